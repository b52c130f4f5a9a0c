import { sql } from 'kysely';

import type { ReviewStep } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import type { StepTimes } from './step-times.types.ts';

/** An open review about whose step there is something to do. */
export interface CalledReview extends StepTimes {
  readonly id: string;
  readonly unitId: string;
  readonly chain: readonly ReviewStep[];
  readonly step: number;
  readonly stepSince: Date;
}

export interface WaitingCall {
  readonly id: string;
  /** False of a step that began before time limits acted. */
  readonly isTimed: boolean;
}

/** Reviews with something to do, the longest waiting first. */
export async function waitingCalls(db: Db, now: Date, limit: number): Promise<readonly WaitingCall[]> {
  const { rows } = await sql<WaitingCall>`
    select id, due_at is not null as "isTimed" from review.review
    where state = 'open' and call_at is not null and call_at <= ${now}
    order by call_at, id limit ${limit}`.execute(db);
  return rows;
}

/** Locked, and only while it is still to be called. */
export async function calledForUpdate(db: Db, id: string, now: Date): Promise<CalledReview | undefined> {
  const { rows } = await sql<CalledReview>`
    select id, unit_id as "unitId", chain, step, step_since as "stepSince",
      soon_at as "soonAt", due_at as "dueAt", escalate_at as "escalateAt"
    from review.review where id = ${id} and state = 'open' and call_at <= ${now} for update`.execute(db);
  return rows[0];
}

/** When to call again, and whom it is escalated to from now on; undefined leaves that as it is. */
export async function noteCall(
  db: Db,
  id: string,
  {
    nextAt,
    escalatedIds,
  }: { readonly nextAt: Date | null; readonly escalatedIds?: readonly string[] | undefined },
): Promise<void> {
  const escalated =
    escalatedIds === undefined ? {} : { escalated_ids: sql<string[]>`${[...escalatedIds]}::bigint[]` };
  await db
    .updateTable('review.review')
    .set({ call_at: nextAt, ...escalated })
    .where('id', '=', id)
    .execute();
}
