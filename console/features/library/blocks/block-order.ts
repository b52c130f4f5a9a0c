import type { Block } from '../../../../contracts/blocks.ts';
import { newKey } from '../../../lib/first-home.ts';

/** The list with one block at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const next = [...list];
  const [taken] = next.splice(from, 1);
  if (taken !== undefined) next.splice(to, 0, taken);
  return next;
}

/** The same block once more, right behind, under a name of its own. */
export function duplicated(blocks: readonly Block[], index: number): readonly Block[] {
  const block = blocks[index];
  if (block === undefined) return blocks;
  return blocks.toSpliced(index + 1, 0, { ...structuredClone(block), key: newKey() });
}

export function replaced<T>(list: readonly T[], index: number, one: T): T[] {
  return list.map((other, at) => (at === index ? one : other));
}
