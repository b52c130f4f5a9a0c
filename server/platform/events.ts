import { sql } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';

import type { Db } from './db.ts';

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
          .values(deliveries.map(({ queue, row }) => ({ queue, event_id: row.id })))
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

/** Acts on one event inside the transaction that ticks it off. */
export type HearEvent = (db: Db, event: StoredEvent) => Promise<void>;

/**
 * Hands the next event that waits for this queue to `hear`; false when none waits. Any number of workers may do so
 * at once: an event is taken by one of them, and by another when that one dies. One event in one transaction: two
 * would touch rows out of order, and could so wait for each other.
 */
export function hearEvent(db: Db, queue: string, hear: HearEvent): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // Lost together with what it did, the tick costs nothing but doing it again: no need to wait for the disk.
    await sql`set local synchronous_commit = off`.execute(trx);
    const { rows } = await sql<StoredEvent & { priority: number }>`
      with next as (
        select delivery.event_id from platform.event_delivery as delivery
        join platform.event on event.id = delivery.event_id
        where delivery.queue = ${queue}
        order by event.priority, event.id limit 1 for update of delivery skip locked
      ), taken as (
        delete from platform.event_delivery as delivery using next
        where delivery.queue = ${queue} and delivery.event_id = next.event_id
        returning delivery.event_id
      )
      select event.id, event.at, event.name, event.tags, event.payload, event.priority
      from platform.event join taken on taken.event_id = event.id`.execute(trx);
    const event = rows[0];
    if (event === undefined) return false;
    await hear(trx, { ...event, priority: event.priority === 1 ? 1 : 0 });
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
