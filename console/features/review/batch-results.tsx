import { Link } from '@tanstack/react-router';

import type { BatchResult, ReviewSummary } from '../../../contracts/review.ts';

interface Props {
  readonly works: readonly ReviewSummary[];
  readonly result: BatchResult;
  /** To one of them. */
  readonly onLeave: () => void;
}

const outcomeNames = { approved: '已通过', signed: '已签发', refused: '没有办' } as const;
const tones = { approved: 'stage-live', signed: 'stage-live', refused: 'stage-returned' } as const;

/** What became of each, and of those that were refused why. */
export function BatchResults({ works, result: { items }, onLeave }: Props) {
  const refused = items.filter(({ outcome }) => outcome === 'refused').length;
  return (
    <>
      <p role="status">
        办成 {items.length - refused} 篇
        {refused === 0 ? '。' : `，${String(refused)} 篇没有办，原因写在下面。`}
      </p>
      <ul className="batch-works">
        {works.map(({ id, title }, at) => {
          const { outcome = 'refused', message = null } = items[at] ?? {};
          return (
            <li key={id}>
              {outcome === 'refused' ? (
                <Link to="/reviews/$id" params={{ id }} onClick={onLeave}>
                  {title}
                </Link>
              ) : (
                title
              )}
              <span className={`stage ${tones[outcome]}`}>{outcomeNames[outcome]}</span>
              {message === null ? null : <span className="hint">{message}</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}
