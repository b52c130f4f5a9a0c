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

export type Announce = (event: Event) => Promise<void>;

/** Which job queues listen to which events; the list itself stands in app.ts. */
export type Subscriptions = Readonly<Record<string, readonly string[]>>;

export interface EventBus {
  announceIn(db: Db, now: Date): Announce;
}

export function createEventBus(boss: Pick<PgBoss, 'send'>, subscriptions: Subscriptions): EventBus {
  return {
    announceIn: (db, now) => async (event) => {
      const row = await db
        .insertInto('platform.event')
        .values({
          at: now,
          name: event.name,
          tags: [...event.tags],
          payload: JSON.stringify(event.payload ?? {}),
          priority: event.priority ?? 0,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const queues = subscriptions[event.name];
      if (!queues) throw new Error(`no subscription is listed for the event ${event.name}`);
      for (const queue of queues) {
        await boss.send(queue, { eventId: row.id }, { db: fromKysely(db), priority: event.priority === 1 ? 0 : 10 });
      }
    },
  };
}

export interface StoredEvent {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly payload: unknown;
  readonly priority: 0 | 1;
}

export async function eventsById(db: Db, ids: readonly string[]): Promise<readonly StoredEvent[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('platform.event')
    .select(['id', 'name', 'tags', 'payload', 'priority'])
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, priority: row.priority === 1 ? 1 : 0 }));
}
