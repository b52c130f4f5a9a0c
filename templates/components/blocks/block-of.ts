import type { HomeBlock } from '../../block-types.ts';

export type BlockOf<K extends HomeBlock['kind']> = Extract<HomeBlock, { kind: K }>;

export interface BlockProps<K extends HomeBlock['kind']> {
  readonly block: BlockOf<K>;
  /** Unique on the page; ids inside the block begin with it. */
  readonly id: string;
}
