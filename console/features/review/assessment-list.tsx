import { type OpennessAssessment, secrecyAnswerNames } from '../../../contracts/openness.ts';
import { minuteText } from '../../lib/time.ts';

/** What each step found: confirmed, or changed and how. */
export function AssessmentList({ assessments }: { readonly assessments: readonly OpennessAssessment[] }) {
  return (
    <ol className="records">
      {assessments.map((one, index) => {
        const found = one.answers.filter(({ answer }) => answer !== 'no');
        return (
          <li key={index}>
            <span className="record-name">{one.stepName}</span>
            <span>
              {one.openMode}
              {one.reason === null ? '' : ` · ${one.reason.article} ${one.reason.name}`}
              <span className="hint">
                {one.assessedByName} · {minuteText(one.assessedAt)}
                {index > 0 && one.changes.length === 0 ? ' · 确认，没有变化' : ''}
              </span>
              {one.changes.map((change) => (
                <span key={change} className="record-change">
                  {change}
                </span>
              ))}
              {index > 0 ? null : (
                <span className="hint">
                  {found.length === 0
                    ? `保密审查 ${String(one.answers.length)} 项全部为“否”`
                    : found
                        .map(
                          ({ name, answer, remark }) =>
                            `${name}：${secrecyAnswerNames[answer]}${remark === null ? '' : `（${remark}）`}`,
                        )
                        .join('；')}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
