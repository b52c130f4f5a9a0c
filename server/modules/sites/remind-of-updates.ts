import type { Db } from '../../platform/db.ts';
import { columnsOfSites } from './column.queries.ts';
import { noteReminders, type Reminder, reminderKey, remindersOf } from './reminder.queries.ts';
import { readUpdateWarning } from './responsibility.queries.ts';
import { allSites } from './site.queries.ts';
import { waitingAmong } from './waiting-columns.ts';

const dayMilliseconds = 86_400_000;

/** What people are to be reminded of now and were not yet. */
export async function remindersDue(db: Db, now: Date): Promise<readonly Reminder[]> {
  const sites = (await allSites(db)).filter(({ state }) => state !== 'closed');
  const columns = await columnsOfSites(
    db,
    sites.map(({ id }) => id),
  );
  const warning = await readUpdateWarning(db);
  const wanted = (await waitingAmong(db, columns, { now, warning })).flatMap(
    ({ column, state, dueAt }): Reminder[] => {
      const about = { columnId: column.id, dueAt };
      if (state === 'soon') return [{ ...about, kind: 'soon' }];
      const lasts = now.getTime() >= dueAt.getTime() + warning.escalateDays * dayMilliseconds;
      return [{ ...about, kind: 'overdue' }, ...(lasts ? [{ ...about, kind: 'escalated' } as const] : [])];
    },
  );
  const given = await remindersOf(db, wanted);
  return wanted.filter((one) => !given.has(reminderKey(one)));
}

/** Reminds those who keep columns filled, each once for each time that a column waits. Done twice, it does nothing more. */
export async function remindOfUpdates(db: Db, now: Date): Promise<number> {
  return noteReminders(db, await remindersDue(db, now), now);
}
