import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aUnit } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { Db } from '../../platform/db.ts';
import {
  awaitCommits,
  type ChangeRow,
  changesAfter,
  feedHead,
  lastChange,
  positionBefore,
} from './change-feed.queries.ts';
import type { OpenView } from './open-view.queries.ts';

const everything: OpenView = { unitIds: null, types: null, also: () => sql`true` };
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

async function readOn(db: Db, after: string, limit = 100): Promise<readonly ChangeRow[]> {
  return changesAfter(db, { after, upTo: await feedHead(db), view: everything, limit });
}

describe('the change feed', () => {
  const { db } = aDatabase();
  let serial = 0;

  /** A resource with so many revisions, none of them live. */
  async function aResource(revisions = 2): Promise<{ readonly id: string; readonly revisions: string[] }> {
    const own = (serial += 1);
    const unit = await aUnit(db);
    const { id } = await db
      .insertInto('library.resource')
      .values({
        unit_id: unit.id,
        type: 'article',
        stage: 'draft',
        title: `第${String(own)}条`,
        index_number: `测试/${String(own)}`,
        first_published_at: new Date(),
        last_published_at: new Date(),
        created_at: new Date(),
        updated_at: new Date(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const made: string[] = [];
    for (let number = 1; number <= revisions; number += 1) {
      const row = await db
        .insertInto('library.revision')
        .values({
          resource_id: id,
          number,
          content: JSON.stringify({ title: `第${String(number)}版` }),
          digest: Buffer.alloc(32, number),
          origin: 'saved',
          created_by_name: '测试员',
          created_at: new Date(),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      made.push(row.id);
    }
    return { id, revisions: made };
  }

  const setLive = (on: Db, id: string, revisionId: string | null, more: object = {}) =>
    on
      .updateTable('library.resource')
      .set({ live_revision_id: revisionId, ...more })
      .where('id', '=', id)
      .execute();

  it('has a row for each release, withdrawal and expiry, and none for what changes nothing that is live', async () => {
    const { id, revisions } = await aResource();
    const start = await feedHead(db);
    await setLive(db, id, revisions[0] ?? null);
    await setLive(db, id, revisions[1] ?? null);
    await setLive(db, id, revisions[1] ?? null, { title: '改了标题' });
    await setLive(db, id, null, { withdrawn_at: new Date() });
    await setLive(db, id, revisions[1] ?? null, { expire_at: new Date() });
    await setLive(db, id, null, { expire_at: null });
    const rows = await readOn(db, start);
    expect(rows.map(({ kind, revisionNumber }) => [kind, revisionNumber])).toEqual([
      ['released', 1],
      ['released', 2],
      ['withdrawn', null],
      ['released', 2],
      ['expired', null],
    ]);
    expect(rows[1]?.digest).toBe('02'.repeat(32));
    expect(await lastChange(db, everything, id)).toEqual(rows.at(-1));
  });

  it('has nothing of a transaction that was rolled back', async () => {
    const { id, revisions } = await aResource();
    const start = await feedHead(db);
    const broken = db.transaction().execute(async (trx) => {
      await setLive(trx, id, revisions[0] ?? null);
      throw new Error('given up');
    });
    await expect(broken).rejects.toThrow('given up');
    expect(await readOn(db, start)).toEqual([]);
  });

  it('gives whoever commits later the later position, whoever wrote first', async () => {
    const [slow, quick] = [await aResource(), await aResource()];
    const start = await feedHead(db);
    await db.transaction().execute(async (trx) => {
      await setLive(trx, slow.id, slow.revisions[0] ?? null);
      await setLive(db, quick.id, quick.revisions[0] ?? null);
      expect((await readOn(db, start)).map((row) => row.resourceId)).toEqual([quick.id]);
    });
    expect((await readOn(db, start)).map((row) => row.resourceId)).toEqual([quick.id, slow.id]);
  });

  it('begins at any instant, and misses nothing that was being committed then', async () => {
    const { id, revisions } = await aResource();
    const before = await awaitCommits(db);
    await setLive(db, id, revisions[0] ?? null);
    const from = await readOn(db, await positionBefore(db, before));
    expect(from.map((row) => row.resourceId)).toEqual([id]);
    const after = new Date((await awaitCommits(db)).getTime() + 1);
    expect(await readOn(db, await positionBefore(db, after))).toEqual([]);
  });

  it('is never changed', async () => {
    const change = sql`update library.change set kind = 'released'`.execute(db);
    await expect(change).rejects.toThrow('append-only');
    await expect(sql`truncate library.change`.execute(db)).rejects.toThrow('append-only');
  });

  it(
    'shows a reader who goes on every change once, in an order that ends with what is',
    { timeout: 120_000 },
    async () => {
      const act = fc.record({
        resource: fc.nat(4),
        live: fc.constantFrom(0, 1, null),
        second: fc.option(fc.nat(4), { nil: undefined }),
        delay: fc.nat(6),
        fails: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 3, maxLength: 4 }),
          fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
          async (writers, limits) => {
            const resources = await Promise.all(Array.from({ length: 5 }, () => aResource()));
            const start = await feedHead(db);
            let committed = 0;
            let isOver = false;
            const write = async (acts: (typeof writers)[number]): Promise<void> => {
              for (const one of acts) {
                const ids = [...new Set([one.resource, one.second ?? one.resource])].sort();
                const told = await db
                  .transaction()
                  .execute(async (trx) => {
                    let changes = 0;
                    for (const at of ids) {
                      const wanted = one.live === null ? null : (resources[at]?.revisions[one.live] ?? null);
                      const { rows } = await sql<{ was: string | null }>`
                      select live_revision_id as was from library.resource
                      where id = ${resources[at]?.id} for update`.execute(trx);
                      if (rows[0]?.was !== wanted) changes += 1;
                      await setLive(trx, resources[at]?.id ?? '0', wanted);
                      await pause(one.delay);
                    }
                    if (one.fails) throw new Error('given up');
                    return changes;
                  })
                  .catch(() => 0);
                committed += told;
              }
            };
            const seen: ChangeRow[] = [];
            const read = async (): Promise<void> => {
              for (let turn = 0; ; turn += 1) {
                const ends = isOver;
                const after = seen.at(-1)?.position ?? start;
                const rows = await readOn(db, after, limits[turn % limits.length]);
                seen.push(...rows);
                if (ends && rows.length === 0) return;
                if (rows.length === 0) await pause(1);
              }
            };
            const reading = read();
            await Promise.all(writers.map(write));
            isOver = true;
            await reading;
            const positions = seen.map((row) => BigInt(row.position));
            expect(new Set(positions).size).toBe(positions.length);
            expect(positions.every((one, at) => at === 0 || one > (positions[at - 1] ?? one))).toBe(true);
            expect(seen.length).toBe(committed);
            expect(seen.map((row) => row.at.getTime())).toEqual(
              seen.map((row) => row.at.getTime()).sort((a, b) => a - b),
            );
            const last = new Map(seen.map((row) => [row.resourceId, row.revisionId]));
            const now = await db
              .selectFrom('library.resource')
              .select(['id', 'live_revision_id'])
              .where('id', 'in', [...last.keys(), '0'])
              .execute();
            for (const row of now) expect(last.get(row.id)).toBe(row.live_revision_id);
          },
        ),
        { numRuns: 25 },
      );
    },
  );
});
