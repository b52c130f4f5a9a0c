import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import { rowsRead } from '../../../test/asked.ts';
import { aDatabase } from '../../../test/harness.ts';
import { filesScannedBefore } from './file.queries.ts';
import { isAnyFileWaiting } from './files-waiting.queries.ts';

const files = 20_000;
const engine = 'ClamAV 1.4/27000';
const now = new Date('2026-11-20T02:00:00+08:00');
const since = new Date('2026-11-13T02:00:00+08:00');

describe('files that wait for the worker', () => {
  const { db } = aDatabase();
  const digest = (number: number) => sql<string>`encode(sha256(${String(number)}::text::bytea), 'hex')`;
  const change = (number: number, values: Record<string, unknown>) =>
    db.updateTable('library.file').set(values).where('digest', '=', digest(number)).execute();
  const old = (limit = 50) => filesScannedBefore(db, { engine, since, now }, limit);

  beforeAll(async () => {
    await sql`
      insert into library.file (digest, media_type, size, scan, scanned_at, scanned_with, sizes, words, preview)
      select encode(sha256(n::text::bytea), 'hex'), 'application/pdf', 1, 'clean', ${now}, ${engine},
        'none', 'read', 'made'
      from generate_series(1, ${files}::int) as n`.execute(db);
    await sql`analyze library.file`.execute(db);
  });

  it('are looked for without going through those that do not', async () => {
    expect(await rowsRead(db, () => isAnyFileWaiting(db, now), 'file')).toBe(0);
    expect(await rowsRead(db, old, 'file')).toBe(0);
  });

  it.each([
    ['a scan', { scan: 'waiting' }],
    ['smaller sizes', { sizes: 'waiting' }],
    ['their words to be read', { words: 'waiting' }],
    ['their first pages to be drawn', { preview: null }],
  ])('are seen when they wait for %s', async (_, waiting) => {
    expect(await isAnyFileWaiting(db, now)).toBe(false);
    await change(7, waiting);
    expect(await isAnyFileWaiting(db, now)).toBe(true);
    await change(7, { scan: 'clean', sizes: 'none', words: 'read', preview: 'made' });
  });

  it('are no reason to look as long as their scan is put off', async () => {
    await change(7, { scan: 'waiting', scan_after: new Date(now.getTime() + 60_000) });
    expect(await isAnyFileWaiting(db, now)).toBe(false);
    expect(await isAnyFileWaiting(db, null)).toBe(true);
    await change(7, { scan: 'clean', scan_after: null });
  });

  it('are scanned again once each when the signatures changed or it is long ago, the never scanned first', async () => {
    const long = new Date('2026-11-01T00:00:00+08:00');
    await change(1, { scanned_with: 'ClamAV 1.4/26999', scanned_at: long });
    await change(2, { scanned_with: 'ClamAV 1.5/1' });
    await change(3, { scan: 'off', scanned_at: null, scanned_with: null });
    const ids = await sql<{
      id: string;
    }>`select unnest(array[${digest(3)}, ${digest(1)}, ${digest(2)}]) as id`.execute(db);
    expect((await old()).map((one) => one.digest)).toEqual(ids.rows.map((row) => row.id));
    expect(await old(2)).toHaveLength(2);
    expect(await rowsRead(db, old, 'file')).toBeLessThan(10);
  });
});
