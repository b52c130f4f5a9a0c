import { type RawBuilder, sql } from 'kysely';

import type {
  AttemptProblem,
  MessageState,
  PauseCause,
  WebhookEventType,
} from '../../../contracts/webhook.ts';
import type { Db } from '../../platform/db.ts';
import { feedHead } from '../library/index.ts';
import { type EndpointRow, endpointOf } from './endpoint.queries.ts';
import { messageOf, type MessageRow } from './message.queries.ts';

/** Whether changes are to be laid out for somebody, or a message may be sent, again or for the first time. */
export async function isSomethingDue(db: Db, now: Date): Promise<boolean> {
  const head = await feedHead(db);
  const { rows } = await sql<{ due: boolean }>`
    select exists (select from webhook.endpoint
        where paused_at is null and (position < ${head}::bigint or dead_again_until is not null))
      or exists (select from webhook.endpoint where ${mayBeTold(now)}) as due`.execute(db);
  return rows[0]?.due === true;
}

/** Endpoints that changes of the feed have not been laid out for yet, or that dead letters are to be sent to again. */
export async function endpointsBehind(db: Db, head: string): Promise<readonly EndpointRow[]> {
  const rows = await db
    .selectFrom('webhook.endpoint')
    .selectAll()
    .where('paused_at', 'is', null)
    .where((is) => is.or([is('position', '<', head), is('dead_again_until', 'is not', null)]))
    .orderBy('id')
    .execute();
  return rows.map(endpointOf);
}

export async function movePosition(db: Db, endpointId: string, position: string): Promise<void> {
  await db.updateTable('webhook.endpoint').set({ position }).where('id', '=', endpointId).execute();
}

/** Something waits for the endpoint and may be sent to it now. Tests do not wait for one that is held back. */
const mayBeTold = (now: Date): RawBuilder<boolean> => sql<boolean>`exists (
  select from webhook.message where endpoint_id = endpoint.id and state = 'waiting' and due_at <= ${now}
    and (position is null or (endpoint.paused_at is null and coalesce(endpoint.held_until <= ${now}, true))))`;

/** All that were to be sent again are. */
export async function endDeadAgain(db: Db, endpointId: string): Promise<void> {
  await db
    .updateTable('webhook.endpoint')
    .set({ dead_again_until: null })
    .where('id', '=', endpointId)
    .execute();
}

/** Where something may be sent now, those that waited longest for their last attempt first. */
export async function readyEndpoints(db: Db, now: Date, busy: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from webhook.endpoint where id <> all(${[...busy]}::bigint[]) and ${mayBeTold(now)}
    order by last_attempt_at nulls first, id`.execute(db);
  return rows.map(({ id }) => id);
}

/** What is sent to an endpoint next: a test, or the oldest that is due. */
export async function nextMessage(db: Db, endpoint: EndpointRow, now: Date): Promise<MessageRow | undefined> {
  const isOpen = endpoint.pausedAt === null && (endpoint.heldUntil === null || endpoint.heldUntil <= now);
  let query = db
    .selectFrom('webhook.message')
    .selectAll()
    .where('endpoint_id', '=', endpoint.id)
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now);
  if (!isOpen) query = query.where('position', 'is', null);
  const row = await query
    .orderBy('position', (order) => order.asc().nullsFirst())
    .limit(1)
    .executeTakeFirst();
  return row && messageOf(row);
}

export async function insertAttempt(
  db: Db,
  attempt: {
    readonly messageId: string;
    readonly at: Date;
    readonly milliseconds: number;
    readonly status: number | null;
    readonly problem: AttemptProblem | null;
    readonly answer: string | null;
  },
): Promise<void> {
  const { messageId, ...rest } = attempt;
  await db
    .insertInto('webhook.attempt')
    .values({ message_id: messageId, ...rest })
    .execute();
}

export interface MessageOutcome {
  readonly state: MessageState;
  readonly tries: number;
  readonly dueAt: Date;
  readonly settledAt: Date | null;
  readonly told?: { readonly id: string; readonly type: WebhookEventType };
}

/** What became of a message. One that somebody had sent again meanwhile stays as it was told to be. */
export async function storeOutcome(db: Db, before: MessageRow, outcome: MessageOutcome): Promise<void> {
  const { state, tries, dueAt, settledAt, told } = outcome;
  await db
    .updateTable('webhook.message')
    .set({
      state,
      tries,
      due_at: dueAt,
      settled_at: settledAt,
      ...(told ? { told_id: told.id, told_type: told.type } : {}),
    })
    .where('id', '=', before.id)
    .where('state', '=', 'waiting')
    .where('tries', '=', before.tries)
    .execute();
}

export interface EndpointOutcome {
  readonly at: Date;
  readonly status: number | null;
  readonly problem: AttemptProblem | null;
  /** Null: it succeeded, and nothing is held back. */
  readonly failure: {
    readonly since: Date;
    readonly heldUntil: Date;
    readonly pause: PauseCause | null;
  } | null;
}

export async function storeEndpointOutcome(
  db: Db,
  endpointId: string,
  { at, status, problem, failure }: EndpointOutcome,
): Promise<void> {
  const after =
    failure === null
      ? { failures: 0, failing_since: null, held_until: null, last_success_at: at }
      : {
          failures: sql<number>`failures + 1`,
          failing_since: failure.since,
          held_until: failure.heldUntil,
          ...(failure.pause === null ? {} : pausedBy(failure.pause, at)),
        };
  await db
    .updateTable('webhook.endpoint')
    .set({ last_attempt_at: at, last_status: status, last_problem: problem, ...after })
    .where('id', '=', endpointId)
    .execute();
}

/** What the system pauses keeps the first reason that it was paused for. */
const pausedBy = (cause: PauseCause, at: Date) => ({
  paused_at: sql<Date>`coalesce(paused_at, ${at})`,
  pause_cause: sql<string>`coalesce(pause_cause, ${cause})`,
});

export async function pauseBySystem(db: Db, endpointId: string, cause: PauseCause, at: Date): Promise<void> {
  await db.updateTable('webhook.endpoint').set(pausedBy(cause, at)).where('id', '=', endpointId).execute();
}
