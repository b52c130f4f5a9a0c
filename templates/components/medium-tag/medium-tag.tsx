import type { Medium } from '../../page-types.ts';

const NAMES: Readonly<Record<Medium, string>> = { video: '视频', album: '图集' };

/** Before a title in a list: a word, so that whoever hears it knows it too. */
export function MediumTag({ medium }: { readonly medium: Medium | undefined }) {
  if (medium === undefined) return null;
  return <span class={`tag tag-medium tag-${medium}`}>{NAMES[medium]}</span>;
}
