import type { Db } from '../../platform/db.ts';
import { lastWorkingDay, loadCalendar } from '../../platform/working-days.ts';
import { findingDays, termOf } from './finding-days.ts';
import { dateTasks, endTasks, giveBlocking, undatedTerms } from './finding-task.queries.ts';

/** Brings the tasks of these resources to where their findings are; in the transaction in which those changed. */
export async function settleTasks(db: Db, resourceIds: readonly string[], now: Date): Promise<void> {
  await endTasks(db, resourceIds, now);
  const { blocks } = await findingDays(db);
  await giveBlocking(db, resourceIds, { ...(await termOf(db, blocks, now)), at: now });
}

/** Gives a last day to those that had none, once the holidays of its year are known. */
export async function dateUndated(db: Db): Promise<void> {
  const terms = await undatedTerms(db);
  if (terms.length === 0) return;
  const calendar = await loadCalendar(db);
  for (const { givenOn, days } of terms) {
    await dateTasks(db, { givenOn, days, dueOn: lastWorkingDay(calendar, givenOn, days) });
  }
}
