import type { Reminder } from '../../../contracts/review.ts';
import { minuteText } from '../../lib/time.ts';

const kindNames: Readonly<Record<Reminder['kind'], string>> = {
  soon: '已提醒即将到期',
  overdue: '已提醒超期',
  escalated: '已升级',
  urged: '催办',
};

/** What people were told because of the time limits of steps. */
export function ReminderList({ reminders }: { readonly reminders: readonly Reminder[] }) {
  return (
    <ol className="records">
      {reminders.map(({ kind, stepName, toNames, byName, note, at }, index) => (
        <li key={index}>
          <span className="record-name">
            {stepName}
            {kindNames[kind]}
          </span>
          <span>
            {byName}
            {toNames === null ? '' : `报告${toNames}`}
            <span className="hint">{minuteText(at)}</span>
            {note === null ? null : <q>{note}</q>}
          </span>
        </li>
      ))}
    </ol>
  );
}
