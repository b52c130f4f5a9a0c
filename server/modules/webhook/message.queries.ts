import { type Selectable, sql } from 'kysely';

import type { AttemptProblem, MessageState, WebhookEventType } from '../../../contracts/webhook.ts';
import type { WebhookMessage } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';

export interface MessageRow {
  readonly id: string;
  readonly endpointId: string;
  /** Of the change feed; null for a test. */
  readonly position: string | null;
  readonly resourceId: string | null;
  readonly state: MessageState;
  readonly tries: number;
  readonly dueAt: Date;
  readonly toldId: string | null;
  readonly toldType: WebhookEventType | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

export function messageOf(row: Selectable<WebhookMessage>): MessageRow {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    position: row.position,
    resourceId: row.resource_id,
    state: row.state as MessageState,
    tries: row.tries,
    dueAt: row.due_at,
    toldId: row.told_id,
    toldType: row.told_type as WebhookEventType | null,
    createdAt: row.created_at,
    settledAt: row.settled_at,
  };
}

export interface MessageWish {
  readonly endpointId: string;
  readonly state?: MessageState | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

export async function messagesOf(db: Db, wish: MessageWish): Promise<readonly MessageRow[]> {
  let query = db.selectFrom('webhook.message').selectAll().where('endpoint_id', '=', wish.endpointId);
  if (wish.state !== undefined) query = query.where('state', '=', wish.state);
  if (wish.before !== undefined) query = query.where('id', '<', wish.before);
  const rows = await query.orderBy('id', 'desc').limit(wish.limit).execute();
  return rows.map(messageOf);
}

export async function messageById(db: Db, id: string): Promise<MessageRow | undefined> {
  const row = await db.selectFrom('webhook.message').selectAll().where('id', '=', id).executeTakeFirst();
  return row && messageOf(row);
}

export async function messageForUpdate(db: Db, id: string): Promise<MessageRow | undefined> {
  const row = await db
    .selectFrom('webhook.message')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && messageOf(row);
}

export interface AttemptRow {
  readonly at: Date;
  readonly milliseconds: number;
  readonly status: number | null;
  readonly problem: AttemptProblem | null;
  readonly answer: string | null;
}

export async function attemptsOf(db: Db, messageId: string, limit: number): Promise<readonly AttemptRow[]> {
  const rows = await db
    .selectFrom('webhook.attempt')
    .select(['at', 'milliseconds', 'status', 'problem', 'answer'])
    .where('message_id', '=', messageId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, problem: row.problem as AttemptProblem | null }));
}

export interface MessageCounts {
  readonly waiting: number;
  readonly dead: number;
}

/** How many wait and how many are dead letters: counted up to a limit, so that no heap makes a list slow. */
export async function countMessages(
  db: Db,
  endpointIds: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, MessageCounts>> {
  const counted = (state: MessageState) => sql<string>`(select count(*) from (
    select from webhook.message where endpoint_id = wanted.id and state = ${state} limit ${limit}) as counted)`;
  const { rows } = await sql<{ id: string; waiting: string; dead: string }>`
    select wanted.id, ${counted('waiting')} as waiting, ${counted('dead')} as dead
    from unnest(${[...endpointIds]}::bigint[]) as wanted (id)`.execute(db);
  return new Map(rows.map(({ id, waiting, dead }) => [id, { waiting: Number(waiting), dead: Number(dead) }]));
}

/** A test to be sent before everything else. */
export async function insertPing(db: Db, endpointId: string, now: Date): Promise<MessageRow> {
  const row = await db
    .insertInto('webhook.message')
    .values({ endpoint_id: endpointId, state: 'waiting', due_at: now, created_at: now })
    .returningAll()
    .executeTakeFirstOrThrow();
  return messageOf(row);
}

export interface FeedMessage {
  readonly position: string;
  readonly resourceId: string;
}

/** Messages for changes of the feed. What was sent before is sent again; what waits goes on waiting. */
export async function insertMessages(
  db: Db,
  endpointId: string,
  messages: readonly FeedMessage[],
  now: Date,
): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    insert into webhook.message as known (endpoint_id, position, resource_id, state, due_at, created_at)
    select ${endpointId}::bigint, told.position, told.resource_id, 'waiting', ${now}, ${now}
    from unnest(${messages.map((one) => one.position)}::bigint[],
      ${messages.map((one) => one.resourceId)}::bigint[]) as told (position, resource_id)
    order by told.position
    on conflict (endpoint_id, position) do update
      set state = 'waiting', settled_at = null, tries = 0, due_at = excluded.due_at
      where known.state <> 'waiting'`.execute(db);
}

const again = (now: Date) => ({ state: 'waiting', settled_at: null, tries: 0, due_at: now });

export async function sendAgain(db: Db, messageId: string, now: Date): Promise<MessageRow> {
  const row = await db
    .updateTable('webhook.message')
    .set(again(now))
    .where('id', '=', messageId)
    .returningAll()
    .executeTakeFirstOrThrow();
  return messageOf(row);
}

/** When the newest dead letter of an endpoint was given up. */
export async function newestDead(db: Db, endpointId: string): Promise<Date | null> {
  const row = await db
    .selectFrom('webhook.message')
    .select('settled_at')
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'dead')
    .orderBy('settled_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.settled_at ?? null;
}

export interface DeadLetters {
  readonly endpointId: string;
  /** Given up until then: one that is given up once more is not among them. */
  readonly until: Date;
  readonly limit: number;
}

/** At most so many dead letters of an endpoint, those first that were given up first. Says how many. */
export async function sendDeadAgain(
  db: Db,
  { endpointId, until, limit }: DeadLetters,
  now: Date,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('webhook.message')
    .set(again(now))
    .where('id', 'in', (from) =>
      from
        .selectFrom('webhook.message')
        .select('id')
        .where('endpoint_id', '=', endpointId)
        .where('state', '=', 'dead')
        .where('settled_at', '<=', until)
        .orderBy('settled_at')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Everything that waits for its next try waits no longer. */
export async function makeDue(db: Db, endpointId: string, now: Date): Promise<void> {
  await db
    .updateTable('webhook.message')
    .set({ due_at: now })
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'waiting')
    .where('due_at', '>', now)
    .execute();
}

export async function countWaiting(db: Db, endpointId: string, limit: number): Promise<number> {
  const counts = await countMessages(db, [endpointId], limit);
  return counts.get(endpointId)?.waiting ?? 0;
}

/** Of messages that were settled before, at most so many are forgotten with their attempts. Says how many. */
export async function forgetMessages(
  db: Db,
  { delivered, dead }: { readonly delivered: Date; readonly dead: Date },
  limit: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from webhook.message where id in (
      select id from webhook.message
      where settled_at < ${delivered} and (state <> 'dead' or settled_at < ${dead})
      order by settled_at limit ${limit})`.execute(db);
  return Number(numAffectedRows ?? 0);
}
