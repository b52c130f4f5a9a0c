import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aDatabase } from '../test/harness.ts';
import { createGiveWay } from './give-way.ts';

describe('giving way to releases that are late', () => {
  const { db } = aDatabase();
  const now = new Date('2026-11-27T01:00:00Z');
  const giveWay = createGiveWay({ db, options: { clock: () => now } }, new AbortController().signal);
  const waited = async (): Promise<number> => {
    const started = performance.now();
    await giveWay();
    return performance.now() - started;
  };
  const lateBy = async (seconds: number, many: number): Promise<void> => {
    await db.transaction().execute(async (on) => {
      // Without the reviews and the revisions that the database asks for.
      await sql`set local session_replication_role = replica`.execute(on);
      await sql`delete from library.resource`.execute(on);
      await sql`
        insert into library.resource (unit_id, type, stage, title, index_number, signed_revision_id, release_at, created_at, updated_at)
        select 1, 'article', 'scheduled', '到点', 'x/' || n, n, ${now}::timestamptz - ${seconds} * interval '1 second', ${now}, ${now}
        from generate_series(1, ${many}::int) as n`.execute(on);
    });
  };

  it('waits while many are late, and no longer than two seconds', async () => {
    await lateBy(1, 50);
    const milliseconds = await waited();
    expect(milliseconds).toBeGreaterThanOrEqual(1_900);
  });

  it('goes on as soon as they are out', async () => {
    await lateBy(1, 50);
    const waiting = waited();
    await lateBy(1, 49);
    expect(await waiting).toBeLessThan(1_900);
  });

  it('waits neither for few, nor for those of this moment, nor for what has failed for long', async () => {
    for (const [seconds, many] of [
      [1, 49],
      [0.1, 50],
      [120, 50],
    ] as const) {
      await lateBy(seconds, many);
      expect(await waited()).toBeLessThan(1_000);
    }
  });
});
