import type { Task } from '../../../contracts/review.ts';
import { ruleText } from '../../../contracts/sites.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { columnsConcerning } from './column.queries.ts';
import { type Reminder, reminderKey, remindersOf } from './reminder.queries.ts';
import { entriesOf, readUpdateWarning } from './responsibility.queries.ts';
import { allSites } from './site.queries.ts';
import { mindsColumn } from './sites.policy.ts';
import { type WaitingColumn, waitingAmong } from './waiting-columns.ts';

/** Nobody works off more than this in one sitting. */
const shown = 50;
const dayMilliseconds = 86_400_000;

/**
 * Columns that the reader keeps filled, or is named for, and that wait for an update. Principals are told of those that
 * have waited so long that the clock told them.
 */
export async function columnTasks({ db, actor, now }: Reader): Promise<Task[]> {
  if (actor.scope.kind === 'all' || actor.kind !== 'account') return [];
  const unitIds = actor.scope.unitIds.filter((unitId) => mindsColumn(actor, unitId) !== 'no');
  const columns = await columnsConcerning(db, { unitIds, accountId: actor.id });
  const waiting = await waitingAmong(db, columns, { now, warning: await readUpdateWarning(db) });
  if (waiting.length === 0) return [];
  const entries = await entriesOf(
    db,
    waiting.map(({ column }) => column.id),
  );
  const isNamed = (columnId: string): boolean => {
    const entry = entries.get(columnId);
    return entry?.responsibleId === actor.id || entry?.contactId === actor.id;
  };
  const reminders = await remindersOf(
    db,
    waiting.map(({ column, dueAt }) => ({ columnId: column.id, dueAt })),
  );
  const given = ({ column, dueAt }: WaitingColumn, kind: Reminder['kind']): Date | undefined =>
    reminders.get(reminderKey({ columnId: column.id, dueAt, kind }));
  const isTold = (one: WaitingColumn): boolean =>
    isNamed(one.column.id) ||
    mindsColumn(actor, one.column.unitId) === 'at-once' ||
    given(one, 'escalated') !== undefined;
  const sites = new Map((await allSites(db)).map((site) => [site.id, site]));
  return waiting
    .filter(isTold)
    .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
    .slice(0, shown)
    .map((one) => {
      const siteName = sites.get(one.column.siteId)?.shortName ?? '';
      return taskOf(one, {
        siteName,
        now,
        remindedAt: given(one, one.state === 'soon' ? 'soon' : 'overdue'),
      });
    });
}

interface TaskWords {
  readonly siteName: string;
  readonly now: Date;
  readonly remindedAt: Date | undefined;
}

function taskOf(one: WaitingColumn, { siteName, now, remindedAt }: TaskWords): Task {
  const { column, rule, state, lastEntryAt, dueAt, soonAt } = one;
  const idle = lastEntryAt && Math.floor((now.getTime() - lastEntryAt.getTime()) / dayMilliseconds);
  const waited = idle === null ? '还没有内容' : `已${String(idle)}天未更新`;
  const until = state === 'soon' ? `，请在${dayInChina(new Date(dueAt.getTime() - 1))}前更新` : '';
  const reminded = remindedAt === undefined ? '' : ` · ${dayInChina(remindedAt)}已提醒`;
  return {
    kind: state === 'soon' ? 'soon-column' : 'overdue-column',
    title: column.name,
    detail: `${siteName} · ${waited}（要求${ruleText(rule)}）${until}${reminded}`,
    since: (state === 'soon' ? soonAt : dueAt).toISOString(),
    resourceId: null,
    reviewId: null,
    columnId: column.id,
    correctionId: null,
  };
}
