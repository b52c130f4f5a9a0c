import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export type ReminderKind = 'soon' | 'overdue' | 'escalated';

/** One time that a column waits: until another entry comes. */
export interface Waiting {
  readonly columnId: string;
  readonly dueAt: Date;
}

export interface Reminder extends Waiting {
  readonly kind: ReminderKind;
}

export const reminderKey = ({ columnId, dueAt, kind }: Reminder): string =>
  `${columnId} ${dueAt.toISOString()} ${kind}`;

/** When people were reminded of these, by `reminderKey`. */
export async function remindersOf(db: Db, waiting: readonly Waiting[]): Promise<ReadonlyMap<string, Date>> {
  if (waiting.length === 0) return new Map();
  const { rows } = await sql<Reminder & { givenAt: Date }>`
    select column_id as "columnId", due_at as "dueAt", kind, given_at as "givenAt"
    from unnest(${waiting.map(({ columnId }) => columnId)}::bigint[], ${waiting.map(({ dueAt }) => dueAt)}::timestamptz[])
      as wanted (column_id, due_at) join sites.update_reminder using (column_id, due_at)`.execute(db);
  return new Map(rows.map((row) => [reminderKey(row), row.givenAt]));
}

/** Notes what was not noted yet, and says how many that were. */
export async function noteReminders(db: Db, reminders: readonly Reminder[], now: Date): Promise<number> {
  if (reminders.length === 0) return 0;
  const rows = await db
    .insertInto('sites.update_reminder')
    .values(
      reminders.map(({ columnId, dueAt, kind }) => ({
        column_id: columnId,
        due_at: dueAt,
        kind,
        given_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('kind')
    .execute();
  return rows.length;
}
