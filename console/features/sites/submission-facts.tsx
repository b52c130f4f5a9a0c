import type { Submission } from '../../../contracts/sites.ts';
import { minuteText } from '../../lib/time.ts';

/** What is offered, by whom, to which column, and until when it is to be decided. */
export function SubmissionFacts({ submission }: { readonly submission: Submission }) {
  const { title, url, unitName, siteName, columnName, offeredByName, offeredAt, note, summary } = submission;
  const { state, dueOn, overdue } = submission;
  const words = title ?? '还没有公开，或已经撤下的信息';
  return (
    <div>
      {url === null ? (
        <span className="row-title">{words}</span>
      ) : (
        <a href={url} target="_blank" rel="noreferrer" className="row-title">
          {words}
        </a>
      )}
      <p>
        {unitName}报送到 {siteName} / {columnName}
        {overdue ? <span className="badge badge-late">已超期</span> : null}
      </p>
      {summary === null ? null : <p className="submission-summary">{summary}</p>}
      <p className="hint">
        {offeredByName} · {minuteText(offeredAt)}
        {state === 'offered' && dueOn !== null ? ` · 请在 ${dueOn} 前处理` : ''}
        {note === '' ? '' : ` · 说明：${note}`}
      </p>
    </div>
  );
}
