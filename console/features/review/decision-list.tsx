import type { Decision, Review } from '../../../contracts/review.ts';
import { minuteText } from '../../lib/time.ts';

const outcomeNames = {
  approved: '通过',
  returned: '退回作者',
  'sent-back': '退回',
  recalled: '撤回审核',
  urgent: '，先签发后补审',
  objected: '不通过',
} as const;

/** Decisions of this round and, below, of the rounds before. */
export function DecisionList({ review }: { readonly review: Review }) {
  const earlier = review.earlierReviews.filter(({ decisions }) => decisions.length > 0);
  if (review.decisions.length === 0 && earlier.length === 0) return <p className="hint">还没有人审核。</p>;
  return (
    <>
      <Decisions decisions={review.decisions} />
      {earlier.map(({ id, submittedAt, decisions }) => (
        <div key={id}>
          <h3 className="minor">{minuteText(submittedAt)} 提交的那一次</h3>
          <Decisions decisions={decisions} />
        </div>
      ))}
    </>
  );
}

function Decisions({ decisions }: { readonly decisions: readonly Decision[] }) {
  return (
    <ol className="records">
      {decisions.map((decision, index) => (
        <li key={index}>
          <span className={`record-name record-${decision.outcome}`}>
            {decision.stepName}
            {outcomeNames[decision.outcome]}
            {decision.backToName === null ? '' : `到${decision.backToName}`}
          </span>
          <span>
            {decision.decidedByName}
            {decision.onBehalfOfName === null ? '' : `（代${decision.onBehalfOfName}）`}
            <span className="hint">
              {decision.counts ? '' : '已退回重审，不再计入 · '}
              {minuteText(decision.decidedAt)}
              {decision.openness === null ? '' : ` · 认定${decision.openness}`}
              {decision.secrecyChecked ? ' · 已作保密审查' : ''}
            </span>
            {decision.reason === null ? null : <q>{decision.reason}</q>}
          </span>
        </li>
      ))}
    </ol>
  );
}
