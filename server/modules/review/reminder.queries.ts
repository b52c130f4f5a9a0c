import { sql } from 'kysely';

import type { Reminder } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';

export interface ReminderRow {
  readonly stepName: string;
  readonly kind: Reminder['kind'];
  readonly toNames: string | null;
  readonly givenBy: string | null;
  readonly givenByName: string | null;
  readonly note: string | null;
  readonly givenAt: Date;
}

/** A time that a step ran: when it began names it. */
export interface RunningStep {
  readonly reviewId: string;
  readonly stepName: string;
  readonly stepSince: Date;
}

export type NewReminder = Pick<ReminderRow, 'kind'> &
  Partial<Pick<ReminderRow, 'toNames' | 'givenBy' | 'givenByName' | 'note'>>;

/** Notes what was not noted yet of this time that the step ran. */
export async function noteReminders(
  db: Db,
  { reviewId, stepName, stepSince }: RunningStep,
  reminders: readonly NewReminder[],
  at: Date,
): Promise<void> {
  if (reminders.length === 0) return;
  await db
    .insertInto('review.reminder')
    .values(
      reminders.map(({ kind, toNames = null, givenBy = null, givenByName = null, note = null }) => ({
        ...{ review_id: reviewId, step_name: stepName, step_since: stepSince, kind },
        ...{ to_names: toNames, given_by: givenBy, given_by_name: givenByName, note, given_at: at },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Of one review, in their order. */
export function remindersOf(db: Db, reviewId: string): Promise<readonly ReminderRow[]> {
  return db
    .selectFrom('review.reminder')
    .select([
      'step_name as stepName',
      sql<Reminder['kind']>`kind`.as('kind'),
      'to_names as toNames',
      'given_by as givenBy',
      'given_by_name as givenByName',
      'note',
      'given_at as givenAt',
    ])
    .where('review_id', '=', reviewId)
    .orderBy('id')
    .limit(500)
    .execute();
}

/** Who urged last, for those of these reviews whose running step somebody urged. */
export async function urgedBy(db: Db, reviewIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (reviewIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (r.id) r.id, m.given_by_name as name
    from review.review r join review.reminder m on m.review_id = r.id and m.step_since = r.step_since
    where r.id = any(${[...reviewIds]}::bigint[]) and m.kind = 'urged'
    order by r.id, m.id desc`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
