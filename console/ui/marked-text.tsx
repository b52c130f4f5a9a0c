import type { TextSegment } from '../../contracts/text-segment.ts';

interface Props {
  readonly segments: readonly TextSegment[];
}

/** A text with what was looked for marked in it. */
export function MarkedText({ segments }: Props) {
  return segments.map(({ text, hit }, at) =>
    // The same text always has the same stretches in the same places.
    hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
  );
}
