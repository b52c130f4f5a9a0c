import { sql } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';

import { type Db, isCrossed, isDatabaseLost, isTimedOut } from './db.ts';

/** Something that happened. `tags` name what changed, in the words of the page engine. */
export interface Event {
  /** Past tense, `<module>.<what-happened>`: `library.revision-accessioned`. */
  readonly name: string;
  readonly tags: readonly string[];
  /** Ids only. */
  readonly payload?: Readonly<Record<string, string | number | boolean | null>>;
  /** 1 for work that must never delay a person's publication (imports, renames that touch every page). */
  readonly priority?: 0 | 1;
}

/** One event or several of one act: written in their order, with as few statements as for one. */
export type Announce = (...events: readonly Event[]) => Promise<void>;

/** Which job queues listen to which events; the list itself stands in app.ts. */
export type Subscriptions = Readonly<Record<string, readonly string[]>>;

export interface EventBus {
  announceIn(db: Db, now: Date): Announce;
}

export function createEventBus(boss: Pick<PgBoss, 'send'>, subscriptions: Subscriptions): EventBus {
  const queuesOf = (name: string): readonly string[] => {
    const queues = subscriptions[name];
    if (!queues) throw new Error(`no subscription is listed for the event ${name}`);
    return queues;
  };
  return {
    announceIn:
      (db, now) =>
      async (...events) => {
        if (events.length === 0) return;
        const rows = await db
          .insertInto('platform.event')
          .values(
            events.map((event) => ({
              at: now,
              name: event.name,
              tags: [...event.tags],
              payload: JSON.stringify(event.payload ?? {}),
              priority: event.priority ?? 0,
            })),
          )
          .returning(['id', 'name', 'priority'])
          .execute();
        const deliveries = rows.flatMap((row) => queuesOf(row.name).map((queue) => ({ queue, row })));
        if (deliveries.length === 0) return;
        await db
          .insertInto('platform.event_delivery')
          .values(deliveries.map(({ queue, row }) => ({ queue, event_id: row.id, priority: row.priority })))
          .execute();
        // A job only wakes a worker, so one for each queue is enough; what it has to do stands in event_delivery.
        for (const [queue, woken] of Map.groupBy(deliveries, (one) => one.queue)) {
          const isUrgent = woken.some(({ row }) => row.priority === 0);
          await boss.send(
            queue,
            { eventId: woken[0]?.row.id },
            { db: fromKysely(db), priority: isUrgent ? 10 : 0 },
          );
        }
      },
  };
}

export interface StoredEvent {
  readonly id: string;
  readonly at: Date;
  readonly name: string;
  readonly tags: readonly string[];
  readonly payload: unknown;
  readonly priority: 0 | 1;
}

/** Acts on events inside the transaction that ticks them off; all of them have one priority. */
export type HearEvents = (db: Db, events: readonly StoredEvent[]) => Promise<void>;

/** Many enough to share a transaction, few enough that one that fails costs little to find. */
const mostAtOnce = 50;

/**
 * Hands the events that wait for this queue to `hear`, some at a time, until none is left or `signal` says so. One that
 * fails holds nobody up: the part it is in is halved until it is alone, and then it waits for the next call. Trouble of
 * the database is no event's own and is thrown.
 */
export async function hearQueue(
  db: Db,
  queue: string,
  hear: HearEvents,
  { onHeard, onFailed, giveWay, signal }: Hearing = {},
): Promise<void> {
  const failed: string[] = [];
  for (let atMost = mostAtOnce; signal?.aborted !== true;) {
    const taken: string[] = [];
    await giveWay?.();
    try {
      if (!(await hearSome(db, queue, hear, { atMost, except: failed, taken }))) return;
      onHeard?.();
      atMost = Math.min(atMost * 2, mostAtOnce);
    } catch (error) {
      if (taken.length === 0 || !isOfEvents(error)) throw error;
      if (taken.length > 1) {
        atMost = Math.ceil(taken.length / 2);
        continue;
      }
      if (isTimedOut(error)) throw error;
      failed.push(...taken);
      taken.forEach((event) => onFailed?.(event, error));
    }
  }
}

const isOfEvents = (error: unknown): error is Error =>
  error instanceof Error && !isDatabaseLost(error) && !isCrossed(error);

export interface Hearing {
  readonly onHeard?: () => void;
  readonly onFailed?: (eventId: string, error: Error) => void;
  /** Asked before each part: waits for a while when something must go before it. */
  readonly giveWay?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

interface Claim {
  readonly atMost: number;
  readonly except: readonly string[];
  /** Filled with what was taken, also when it is given back because `hear` failed. */
  readonly taken: string[];
}

/**
 * Any number of workers may do so at once: an event is taken by one of them, and by another when that one dies. False
 * when none waits.
 */
function hearSome(
  db: Db,
  queue: string,
  hear: HearEvents,
  { atMost, except, taken }: Claim,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // Lost together with what it did, the tick costs nothing but doing it again: no need to wait for the disk.
    await sql`set local synchronous_commit = off`.execute(trx);
    const { rows } = await sql<StoredEvent>`
      with next as (
        select event_id, priority from platform.event_delivery
        where queue = ${queue} and event_id <> all(${[...except]}::bigint[])
        order by priority, event_id limit ${atMost} for update skip locked
      ), taken as (
        delete from platform.event_delivery as delivery using next
        where delivery.queue = ${queue} and delivery.event_id = next.event_id
          and next.priority = (select min(priority) from next)
        returning delivery.event_id
      )
      select event.id, event.at, event.name, event.tags, event.payload, event.priority
      from platform.event join taken on taken.event_id = event.id order by event.id`.execute(trx);
    if (rows.length === 0) return false;
    taken.push(...rows.map((row) => row.id));
    await hear(trx, rows);
    return true;
  });
}

/** Those of these queues for which some event waits. */
export async function waitingQueues<Name extends string>(
  db: Db,
  queues: readonly Name[],
): Promise<readonly Name[]> {
  const { rows } = await sql<{ queue: Name }>`
    select queue from unnest(${[...queues]}::text[]) as asked (queue)
    where exists (select from platform.event_delivery as delivery where delivery.queue = asked.queue)`.execute(
    db,
  );
  return rows.map((row) => row.queue);
}

/** Events that some queue has still to hear of. */
export async function waitingDeliveries(db: Db): Promise<number> {
  const { rows } = await sql<{ waiting: string }>`
    select count(*) as waiting from (select from platform.event_delivery limit 1000) as capped`.execute(db);
  return Number(rows[0]?.waiting ?? 0);
}

/** A moment, as the database sees it: what is committed before it and what is not. */
export async function currentSnapshot(db: Db): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(
    db,
  );
  return rows[0]?.snapshot ?? '';
}

/**
 * The tags of the events that were not committed at that moment and are now, each list as one event had it. A restored
 * dump brings events with numbers of another server, which may lie ahead of what this one has come to.
 */
export async function tagsSince(db: Db, snapshot: string): Promise<readonly (readonly string[])[]> {
  const { rows } = await sql<{ tags: readonly string[] }>`
    select tags from platform.event where xid >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
      and xid < pg_snapshot_xmax(pg_current_snapshot())
      and not pg_visible_in_snapshot(xid, ${snapshot}::pg_snapshot)`.execute(db);
  return rows.map((row) => row.tags);
}
