import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDatabase } from '../../test/harness.ts';
import type { Db } from './db.ts';
import {
  createEventBus,
  currentSnapshot,
  type EventBus,
  type HearEvents,
  hearQueue,
  type StoredEvent,
  tagsSince,
  waitingDeliveries,
} from './events.ts';
import { createJobs } from './jobs.ts';
import { createLog } from './log.ts';

const [first, second] = ['publishing.apply-event', 'search.apply-event'] as const;

describe('an event', () => {
  const database = aDatabase();
  const { db } = database;
  const boss = createJobs({
    url: database.url,
    log: createLog({ level: 'silent', pretty: false }),
    listens: false,
  });
  const now = new Date('2026-11-22T00:00:00Z');
  let bus: EventBus;
  beforeAll(async () => {
    await boss.start();
    bus = createEventBus(boss, {
      'test.happened': [first, second],
      'test.unheard': [],
      'test.once': [first],
    });
  });
  afterAll(() => boss.stop({ graceful: false }));

  const announce = (on: Db, name: string, more: object = {}) =>
    bus.announceIn(on, now)({ name, tags: ['thing:1'], payload: { id: '1' }, ...more });
  const jobs = async (): Promise<number> => {
    const { rows } = await sql<{ jobs: number }>`select count(*)::int as jobs from job.job`.execute(db);
    return rows[0]?.jobs ?? 0;
  };
  const events = async () =>
    (await db.selectFrom('platform.event').select('name').orderBy('id').execute()).map((row) => row.name);
  const hearAll = async (queue: string): Promise<readonly StoredEvent[]> => {
    const heard: StoredEvent[] = [];
    await hearQueue(db, queue, (_db, events) => Promise.resolve(void heard.push(...events)));
    return heard;
  };

  it('is kept with a job and a delivery for each queue that listens, or with nothing', async () => {
    await db.transaction().execute((trx) => announce(trx, 'test.happened'));
    expect([await events(), await jobs(), await waitingDeliveries(db)]).toEqual([['test.happened'], 2, 2]);
    const undone = db.transaction().execute(async (trx) => {
      await announce(trx, 'test.happened');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect([await events(), await jobs(), await waitingDeliveries(db)]).toEqual([['test.happened'], 2, 2]);
  });

  it('is heard once by each queue, as it was announced', async () => {
    const heard = await hearAll(first);
    expect(heard).toMatchObject([
      { name: 'test.happened', tags: ['thing:1'], payload: { id: '1' }, priority: 0 },
    ]);
    expect(await hearAll(first)).toEqual([]);
    expect(await hearAll(second)).toHaveLength(1);
  });

  it('that nobody listens to is kept, and waits for nobody', async () => {
    const before = await jobs();
    await db.transaction().execute((trx) => announce(trx, 'test.unheard'));
    expect([await jobs(), await waitingDeliveries(db)]).toEqual([before, 0]);
    expect(await events()).toContain('test.unheard');
  });

  it('that no list names is a fault, and leaves nothing', async () => {
    const before = await events();
    await expect(db.transaction().execute((trx) => announce(trx, 'test.unknown'))).rejects.toThrow(
      'test.unknown',
    );
    expect(await events()).toEqual(before);
  });

  it('of people comes before one of an import, and else the older one first', async () => {
    for (const [id, priority] of [
      ['slow', 1],
      ['one', 0],
      ['two', 0],
    ] as const) {
      await db.transaction().execute((trx) => announce(trx, 'test.once', { payload: { id }, priority }));
    }
    const heard = await hearAll(first);
    expect(heard.map((one) => (one.payload as { id: string }).id)).toEqual(['one', 'two', 'slow']);
  });

  it('is heard together with others of its priority, and in their order', async () => {
    for (const priority of [1, 0, 0, 1, 0] as const)
      await db.transaction().execute((trx) => announce(trx, 'test.once', { priority }));
    const parts: number[][] = [];
    await hearQueue(db, first, (_db, events) =>
      Promise.resolve(void parts.push(events.map((one) => one.priority))),
    );
    expect(parts).toEqual([
      [0, 0, 0],
      [1, 1],
    ]);
  });

  it('that cannot be heard waits on, told by its number, and holds none of the others up', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 120; index += 1) {
      await db
        .transaction()
        .execute((trx) => announce(trx, 'test.once', { payload: { isBad: index % 50 === 7 } }));
    }
    const isBad = (event: StoredEvent): boolean => (event.payload as { isBad: boolean }).isBad;
    const failed: string[] = [];
    const hear: HearEvents = (_db, events) => {
      if (events.some(isBad)) return Promise.reject(new Error('fell'));
      return Promise.resolve(void ids.push(...events.map((one) => one.id)));
    };
    await hearQueue(db, first, hear, { onFailed: (id) => failed.push(id) });
    expect([ids.length, new Set(ids).size, failed.length]).toEqual([117, 117, 3]);
    expect(await waitingDeliveries(db)).toBe(3);
    expect((await hearAll(first)).map((one) => one.id)).toEqual(failed);
  });

  it("is nobody else's fault when the database is in trouble: what was taken waits again", async () => {
    await db.transaction().execute((trx) => announce(trx, 'test.once'));
    const crossed = Object.assign(new Error('deadlock detected'), { code: '40P01' });
    await expect(hearQueue(db, first, () => Promise.reject(crossed))).rejects.toThrow('deadlock');
    expect(await waitingDeliveries(db)).toBe(1);
    expect(await hearAll(first)).toHaveLength(1);
  });

  it('is heard by one of many who ask at the same time', async () => {
    const all = 30;
    for (let index = 0; index < all; index += 1) {
      await db.transaction().execute((trx) => announce(trx, 'test.once', { payload: { id: String(index) } }));
    }
    const heard = (await Promise.all([hearAll(first), hearAll(first), hearAll(first)])).flat();
    expect(new Set(heard.map((one) => one.id)).size).toBe(all);
    expect(heard).toHaveLength(all);
  });

  describe('looked for since a moment', () => {
    const insert = (tag: string) =>
      db
        .insertInto('platform.event')
        .values({ at: now, name: 'test.happened', tags: [tag] })
        .returning('id')
        .executeTakeFirstOrThrow();

    it('is found when it was committed after it, and not when before', async () => {
      await insert('before');
      const moment = await currentSnapshot(db);
      await insert('after');
      expect(await tagsSince(db, moment)).toEqual([['after']]);
    });

    it('is found when it was written before it and committed after it, and not before its commit', async () => {
      let moment = '';
      await db.transaction().execute(async (slow) => {
        await slow
          .insertInto('platform.event')
          .values({ at: now, name: 'test.happened', tags: ['slow'] })
          .execute();
        moment = await currentSnapshot(db);
        await insert('fast');
        expect(await tagsSince(db, moment)).toEqual([['fast']]);
      });
      expect(await tagsSince(db, moment)).toEqual([['slow'], ['fast']]);
    });

    it('is not found when a dump of a server that had counted further brought it', async () => {
      const { id } = await insert('restored');
      await sql`update platform.event set xid = '9000000000' where id = ${id}`.execute(db);
      const moment = await currentSnapshot(db);
      expect(await tagsSince(db, moment)).toEqual([]);
    });
  });
});
