import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import { aDatabase, type TestDatabase } from '../../../test/harness.ts';
import { anonymous, systemActor } from '../../platform/context.ts';
import type { AuditEntry } from '../../platform/http.ts';
import { recordEntry } from './record-entry.ts';
import { verifyChain } from './verify-chain.ts';

function anEntry(wishes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: new Date('2026-11-22T08:30:00.123Z'),
    actor: systemActor('test'),
    action: 'library.save-draft',
    objectKind: 'resource',
    objectId: '42',
    unitId: '7',
    result: 'done',
    code: null,
    details: { 标题: '关于“做好”工作的\n通知\t\\ "引号" \u001f é 😀', number: 1.5, list: [null, true] },
    address: '10.0.0.1',
    requestId: 'r-1',
    ...wishes,
  };
}

async function record({ db }: TestDatabase, ...wishes: readonly Partial<AuditEntry>[]): Promise<void> {
  for (const one of wishes) await db.transaction().execute((open) => recordEntry(open, anEntry(one)));
}

/** What somebody with the database's highest rights could do. */
async function tamper({ db }: TestDatabase, ...statements: readonly string[]): Promise<void> {
  await db.connection().execute(async (connection) => {
    await sql`set session_replication_role = replica`.execute(connection);
    for (const statement of statements) await sql.raw(statement).execute(connection);
    await sql`set session_replication_role = origin`.execute(connection);
  });
}

describe('an untouched record', () => {
  const database = aDatabase();

  it('is intact when it is empty', async () => {
    expect(await verifyChain(database.db)).toEqual({
      entries: 0,
      intact: true,
      brokenAt: null,
      reason: null,
    });
  });

  it('is intact whatever texts it holds, across years, and reports its progress', async () => {
    await record(
      database,
      {},
      { at: new Date('2027-02-03T00:00:00Z'), actor: anonymous, objectId: null, unitId: null, address: null },
      {
        at: new Date('1999-12-31T23:59:59.999Z'),
        result: 'refused',
        code: 'identity.role-required',
        details: {},
      },
      {
        objectId: 'a\u0000b\u001f"\\\u007f',
        actor: { ...anonymous, name: '半个\ud83d 字\u2028' },
        details: { a: '\u0000\udc00' },
      },
    );
    const seen: number[] = [];
    const report = await verifyChain(database.db, (entries) => seen.push(entries));
    expect(report).toEqual({ entries: 4, intact: true, brokenAt: null, reason: null });
    expect(seen).toEqual([4]);
  });

  it('is read in batches', async () => {
    await database.db.transaction().execute(async (db) => {
      for (let n = 0; n < 2_100; n += 1) await recordEntry(db, anEntry({ objectId: String(n) }));
    });
    const seen: number[] = [];
    const report = await verifyChain(database.db, (entries) => seen.push(entries));
    expect(report).toMatchObject({ entries: 2_104, intact: true });
    expect(seen).toEqual([2_000, 2_104]);
  });
});

describe('tampering', () => {
  const database = aDatabase();
  const fresh = async () => {
    await tamper(
      database,
      'delete from audit.entry',
      `update audit.head set seq = 0, hash = decode(repeat('00', 32), 'hex')`,
    );
    await record(database, { objectId: '1' }, { objectId: '2' }, { objectId: '3' }, { objectId: '4' });
    expect(await verifyChain(database.db)).toMatchObject({ entries: 4, intact: true });
  };

  it.each([
    [
      'an entry whose actor was changed',
      `update audit.entry set actor_name = '别人' where seq = 2`,
      '2',
      '改动',
    ],
    [
      'an entry whose details were changed',
      `update audit.entry set details = '{}' where seq = 3`,
      '3',
      '改动',
    ],
    [
      'an entry moved by a microsecond',
      `update audit.entry set at = at + interval '1 microsecond' where seq = 1`,
      '1',
      '改动',
    ],
    ['an entry without its unit', `update audit.entry set unit_id = null where seq = 4`, '4', '改动'],
    ['a removed entry', `delete from audit.entry where seq = 2`, '2', '缺失'],
    ['a removed first entry', `delete from audit.entry where seq = 1`, '1', '缺失'],
    ['a removed last entry', `delete from audit.entry where seq = 4`, '4', '链尾'],
    ['a record emptied whole', `delete from audit.entry`, '1', '链尾'],
    ['an end that was rewritten', `update audit.head set hash = sha256(hash)`, '5', '链尾'],
    [
      'an entry added past the trigger',
      `insert into audit.entry select 5, at, actor_kind, actor_id, actor_name, unit_id, action, object_kind, object_id, result, code, details, address, request_id, hash, hash from audit.entry where seq = 4`,
      '5',
      '改动',
    ],
  ])('%s is found', async (_what, statement, brokenAt, reason) => {
    await fresh();
    await tamper(database, statement);
    const report = await verifyChain(database.db);
    expect(report).toMatchObject({ intact: false, brokenAt });
    expect(report.reason).toContain(reason);
  });

  it('two entries that changed places are found', async () => {
    await fresh();
    await tamper(
      database,
      'update audit.entry set seq = 99 where seq = 2',
      'update audit.entry set seq = 2 where seq = 3',
      'update audit.entry set seq = 3 where seq = 99',
    );
    expect(await verifyChain(database.db)).toMatchObject({ intact: false, brokenAt: '2' });
  });

  it('a removed entry is found although the numbers after it were closed up', async () => {
    await fresh();
    await tamper(
      database,
      'delete from audit.entry where seq = 2',
      'update audit.entry set seq = seq - 1 where seq > 2',
      'update audit.head set seq = 3',
    );
    expect(await verifyChain(database.db)).toMatchObject({ intact: false, brokenAt: '2' });
  });
});

describe('the record', () => {
  const database = aDatabase();

  it.each([
    ['update', `update audit.entry set actor_name = 'x'`],
    ['delete', `delete from audit.entry`],
    ['truncate', `truncate audit.entry`],
    ['truncate of one year', `truncate audit.entry_2026`],
    ['update of one year', `update audit.entry_2026 set actor_name = 'x'`],
  ])('refuses %s', async (_what, statement) => {
    await record(database, {});
    await expect(sql.raw(statement).execute(database.db)).rejects.toThrow('append-only');
    expect(await verifyChain(database.db)).toMatchObject({ intact: true });
  });

  it('chains twenty transactions at once without a gap', async () => {
    const before = (await verifyChain(database.db)).entries;
    await Promise.all(Array.from({ length: 20 }, (_, n) => record(database, { requestId: `at-once-${n}` })));
    expect(await verifyChain(database.db)).toMatchObject({ intact: true, entries: before + 20 });
  });

  it('has no gap where a transaction was rolled back', async () => {
    const before = (await verifyChain(database.db)).entries;
    await expect(
      database.db.transaction().execute(async (db) => {
        await recordEntry(db, anEntry());
        throw new Error('the act failed after all');
      }),
    ).rejects.toThrow('after all');
    await record(database, {});
    expect(await verifyChain(database.db)).toMatchObject({ intact: true, entries: before + 1 });
  });
});
