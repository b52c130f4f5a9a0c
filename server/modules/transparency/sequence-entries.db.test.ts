import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';

import { aDatabase } from '../../../test/harness.ts';
import type { Db } from '../../platform/db.ts';
import { findConsistency, findEntries, findPageProofs } from './find-proof.ts';
import {
  appendEntries,
  latestHead,
  type LogEntry,
  unloggedAddresses,
  waitingEntries,
} from './log.queries.ts';
import { rootFromInclusion, rootsFromConsistency } from './merkle.rules.ts';
import { sequenceEntries } from './sequence-entries.ts';
import type { NoteSigner } from './signed-note.ts';
import { hashLeaf, hashNodes } from './tree-hash.ts';

const { db } = aDatabase();
const signer: NoteSigner = {
  type: Uint8Array.of(1),
  publicKey: new Uint8Array(32),
  sign: () => new Uint8Array(64),
};

/** An emptied log: what no program may do to one that is in use. */
beforeEach(async () => {
  for (const table of ['leaf', 'node', 'head', 'resource'])
    await sql`alter table ${sql.table(`transparency.${table}`)} disable trigger user`.execute(db);
  await sql`truncate transparency.entry, transparency.leaf, transparency.node, transparency.head,
    transparency.resource`.execute(db);
  for (const table of ['leaf', 'node', 'head', 'resource'])
    await sql`alter table ${sql.table(`transparency.${table}`)} enable trigger user`.execute(db);
});

const anEntry = (at: number, more: Partial<LogEntry> = {}): LogEntry => ({
  site: '1',
  path: `/${String(at)}.html`,
  outcome: 'page',
  digest: 'ab'.repeat(32),
  resource: null,
  revision: null,
  first: null,
  imported: false,
  ...more,
});
const someEntries = (from: number, count: number): readonly LogEntry[] =>
  Array.from({ length: count }, (_, at) => anEntry(from + at));

const leaves = async (): Promise<readonly { path: string; claim: string | null; at: string }[]> =>
  ((await findEntries(db, 0, 256)) ?? []).map(
    (leaf) => JSON.parse(leaf.body) as { path: string; claim: string | null; at: string },
  );

async function expectSoundTree(size: number): Promise<void> {
  const head = await latestHead(db);
  expect(head?.size).toBe(size);
  for (const { index, body } of (await findEntries(db, 0, size)) ?? []) {
    const { path } = JSON.parse(body) as { path: string };
    const told = (await findPageProofs(db, { site: '1', path, digest: null }))?.versions.find(
      (one) => one.index === index,
    );
    const proof = (told?.proof ?? []).map((hash) => Buffer.from(hash, 'base64'));
    const root = rootFromInclusion(hashLeaf(body), { index, size }, proof, hashNodes);
    expect(Buffer.from(root ?? []).toString('hex')).toBe(head?.root.toString('hex'));
  }
}

describe('the sequencer', () => {
  test('gives entries their places without gaps, and proves each', async () => {
    for (let size = 0; size < 40; size += 5) {
      await appendEntries(db, someEntries(size, 5));
      expect(await sequenceEntries(db, signer)).toBe(5);
    }
    expect((await leaves()).map((leaf) => leaf.path)).toEqual(someEntries(0, 40).map((entry) => entry.path));
    await expectSoundTree(40);
  });

  test('proves that every signed head grew from every earlier one', async () => {
    for (let at = 0; at < 12; at += 1) {
      await appendEntries(db, someEntries(at * 3, 1 + (at % 3)));
      await sequenceEntries(db, signer);
    }
    const { rows } = await sql<{ size: number; root: Buffer }>`
      select size::int, root from transparency.head order by size`.execute(db);
    for (const old of rows) {
      for (const now of rows.filter((one) => one.size >= old.size)) {
        const told = (await findConsistency(db, old.size, now.size)) ?? [];
        const proof = told.map((hash) => Buffer.from(hash, 'base64'));
        const growth = { first: old.size, firstRoot: old.root, second: now.size };
        expect(rootsFromConsistency(growth, proof, hashNodes)).toEqual({ first: old.root, second: now.root });
      }
    }
  });

  test('takes entries that are committed late, and none of a transaction that is not', async () => {
    await db.transaction().execute(async (open) => {
      await appendEntries(open, [anEntry(1)]);
      await appendEntries(db, [anEntry(2)]);
      expect(await sequenceEntries(db, signer)).toBe(1);
      expect((await leaves()).map((leaf) => leaf.path)).toEqual(['/2.html']);
    });
    expect(await sequenceEntries(db, signer)).toBe(1);
    expect((await leaves()).map((leaf) => leaf.path)).toEqual(['/2.html', '/1.html']);
  });

  test('works alone: of several at once one does the work', async () => {
    await appendEntries(db, someEntries(0, 100));
    const taken = await Promise.all([1, 2, 3, 4].map(() => sequenceEntries(db, signer, 30)));
    while ((await waitingEntries(db)) > 0) taken.push(await sequenceEntries(db, signer, 30));
    expect(taken.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBe(100);
    await expectSoundTree(100);
  });

  test('killed at each single step loses no entry and doubles none', async () => {
    let size = 0;
    for (let steps = 0, wasKilled = true; wasKilled; steps += 1) {
      await appendEntries(db, someEntries(size, 7));
      size += 7;
      let left = steps;
      const mortal: Db = db.withPlugin({
        transformQuery(args) {
          left -= 1;
          if (left < 0) throw new Error('killed');
          return args.node;
        },
        transformResult: async (args) => args.result,
      });
      wasKilled = await sequenceEntries(mortal, signer).then(
        () => false,
        () => true,
      );
      await sequenceEntries(db, signer);
      expect(await waitingEntries(db)).toBe(0);
    }
    expect(size).toBeGreaterThan(40);
    expect((await leaves()).map((leaf) => leaf.path)).toEqual(
      someEntries(0, size).map((entry) => entry.path),
    );
    await expectSoundTree(size);
  });

  test('does not go on from a tree that is not the signed one', async () => {
    await appendEntries(db, someEntries(0, 5));
    await sequenceEntries(db, signer);
    await sql`alter table transparency.node disable trigger user`.execute(db);
    await sql`update transparency.node set hash = sha256('forged') where level = 2`.execute(db);
    await sql`alter table transparency.node enable trigger user`.execute(db);
    await appendEntries(db, [anEntry(5)]);
    await expect(sequenceEntries(db, signer)).rejects.toMatchObject({ code: 'transparency.log-broken' });
    expect(await waitingEntries(db)).toBe(1);
  });
});

describe('the log', () => {
  test.each(['leaf', 'node', 'head', 'resource'])('refuses a change of what stands in %s', async (table) => {
    await appendEntries(db, [anEntry(1, { resource: '1', first: new Date() })]);
    await sequenceEntries(db, signer);
    const name = sql.table(`transparency.${table}`);
    await expect(sql`delete from ${name}`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`truncate ${name} cascade`.execute(db)).rejects.toThrow('append-only');
  });

  test('has a time that never runs back, whatever the clock does', async () => {
    await appendEntries(db, [anEntry(1)]);
    await sequenceEntries(db, signer);
    const [leaf] = await leaves();
    await sql`alter table transparency.head disable trigger user`.execute(db);
    await sql`update transparency.head set at = at + interval '1 hour'`.execute(db);
    await sql`alter table transparency.head enable trigger user`.execute(db);
    await appendEntries(db, [anEntry(2)]);
    await sequenceEntries(db, signer);
    const later = (await leaves())[1];
    expect(Date.parse(later?.at ?? '') - Date.parse(leaf?.at ?? '')).toBe(3_600_000);
  });

  test('tells what a claimed time of first publication is worth', async () => {
    const now = Date.now();
    const daysAgo = (days: number): Date => new Date(now - days * 86_400_000);
    await appendEntries(db, [
      anEntry(1, { resource: '1', first: new Date(now) }),
      anEntry(2, { resource: '2', first: daysAgo(30) }),
      anEntry(3, { resource: '3', first: daysAgo(30), imported: true }),
      anEntry(4),
    ]);
    await sequenceEntries(db, signer);
    await sql`alter table transparency.head disable trigger user`.execute(db);
    await sql`update transparency.head set at = at - interval '10 days'`.execute(db);
    await sql`alter table transparency.head enable trigger user`.execute(db);
    await appendEntries(db, [
      anEntry(5, { resource: '5', first: daysAgo(5) }),
      anEntry(6, { resource: '2', first: daysAgo(30) }),
    ]);
    await sequenceEntries(db, signer);
    expect((await leaves()).map((leaf) => leaf.claim)).toEqual([
      'new',
      'adopted',
      'imported',
      null,
      'late',
      'repeated',
    ]);
  });

  test('knows which addresses it never heard of', async () => {
    await appendEntries(db, [anEntry(1)]);
    await sequenceEntries(db, signer);
    await appendEntries(db, [anEntry(2)]);
    const asked = someEntries(1, 3).map(({ site, path }) => ({ site, path }));
    expect(await unloggedAddresses(db, asked)).toEqual([{ site: '1', path: '/3.html' }]);
  });

  test('answers of a page the versions with these bytes, of an unknown one nothing', async () => {
    await appendEntries(db, [
      anEntry(1),
      anEntry(1, { digest: 'cd'.repeat(32) }),
      anEntry(1, { digest: null, outcome: 'absent' }),
    ]);
    await sequenceEntries(db, signer);
    const indexes = async (digest: string | null) =>
      (await findPageProofs(db, { site: '1', path: '/1.html', digest }))?.versions.map((one) => one.index);
    expect(await indexes(null)).toEqual([2, 1, 0]);
    expect(await indexes('cd'.repeat(32))).toEqual([1]);
    expect(await indexes('ef'.repeat(32))).toBeUndefined();
    expect(await findPageProofs(db, { site: '2', path: '/1.html', digest: null })).toBeUndefined();
  });
});
