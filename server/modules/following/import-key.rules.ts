import type { OpenOrigin } from '../../../contracts/open-content.ts';

/** What the library calls something by where it was first: it comes in once, whichever way it came. */
export function importKeyOf(chain: readonly OpenOrigin[]): string {
  const [first] = chain;
  if (!first) throw new Error('every chain has a beginning');
  return `platform:${first.instance}/${first.id}`;
}
