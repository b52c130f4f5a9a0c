import { isRunning, type Review } from '../../../contracts/review.ts';

/** Each step with whom it asks, who approved it and who still has to. */
export function StandingList({ review }: { readonly review: Review }) {
  return (
    <ol className="records">
      {review.standing.map(({ asked, approvedBy, waitingFor }, index) => (
        <li key={review.steps[index]?.key ?? index}>
          <span className="record-name">{review.steps[index]?.name}</span>
          <span>
            {approvedBy.length === 0 ? asked : `${approvedBy.join('、')} 已通过`}
            {isRunning(review.state) && index === review.step ? (
              <span className="hint">
                {waitingFor.length === 0 ? '正在等待办理' : `还在等：${waitingFor.join('、')}`}
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
