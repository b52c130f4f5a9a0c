import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  adoptPages,
  createInlineWriter,
  fullRebuild,
  type PageStore,
  rebuildDirty,
  recoverIntents,
} from '../server/modules/publishing/index.ts';
import { markForced } from '../server/modules/publishing/dirty.queries.ts';
import { sequenceEntries } from '../server/modules/transparency/sequence-entries.ts';
import { aLoggedSite, emptyLog, leafTexts, type LoggedSite } from './factories/logged-site.ts';
import { announceToy, createToyTable, dropToy, putToy, toyKey } from './factories/toy-pages.ts';
import { aDatabase } from './harness.ts';

const { db } = aDatabase();
let site: LoggedSite;

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  site = await aLoggedSite(db);
});
afterEach(() => site.stop());

interface ReadLeaf {
  readonly path: string;
  readonly outcome: string;
  readonly digest: string | null;
  readonly resource: string | null;
  readonly claim: string | null;
}

const leaves = async (): Promise<readonly ReadLeaf[]> =>
  (await leafTexts(db)).map((text) => JSON.parse(text) as ReadLeaf);
const told = async (path: string): Promise<readonly string[]> =>
  (await leaves()).filter((leaf) => leaf.path === path).map((leaf) => leaf.outcome);

/** The newest entry of each address, where something stands. */
async function standingInLog(): Promise<Readonly<Record<string, string>>> {
  const newest = new Map((await leaves()).map((leaf) => [leaf.path, leaf]));
  return Object.fromEntries(
    [...newest].flatMap(([path, { outcome, digest }]) =>
      outcome === 'absent' ? [] : [[path, `${outcome} ${digest ?? ''}`]],
    ),
  );
}

async function standingInDatabase(): Promise<Readonly<Record<string, string>>> {
  const { rows } = await sql<{ path: string; stands: string }>`
    select path, outcome || ' ' || encode(digest, 'hex') as stands from publishing.page
    union all
    select from_path, 'moved ' || encode(sha256(convert_to(to_url, 'UTF8')), 'hex') from publishing.redirect`.execute(
    db,
  );
  return Object.fromEntries(rows.map((row) => [row.path, row.stands]));
}

describe('what is published', () => {
  test('is logged with each of its versions, until nothing stands there', async () => {
    await putToy(db, '1', { path: '/1.html', tags: [`first:${new Date().toISOString()}`] });
    await site.publish(['1']);
    await putToy(db, '1', { path: '/1.html', body: 'changed' });
    await site.publish(['1']);
    await putToy(db, '1', { path: '/1.html', outcome: 'gone' });
    await site.publish(['1']);
    await dropToy(db, '1');
    await site.publish(['1']);
    expect(await told('/1.html')).toEqual(['page', 'page', 'gone', 'absent']);
    expect((await leaves()).map((leaf) => leaf.claim)).toEqual(['new', null, null, null]);
    expect((await leaves())[0]?.resource).toBe('1');
  });

  test('is logged at both addresses when it moves', async () => {
    await putToy(db, '1', { path: '/old.html' });
    await site.publish(['1']);
    await putToy(db, '1', { path: '/new.html' });
    await site.publish(['1']);
    expect(await told('/old.html')).toEqual(['page', 'moved']);
    expect(await told('/new.html')).toEqual(['page']);
  });

  test('is not logged again when its bytes are the same, even when they are written again', async () => {
    await putToy(db, '1', { path: '/1.html' });
    await site.publish(['1']);
    await site.publish(['1']);
    await markForced(db, ['article/1'], 0);
    await site.publish(['1']);
    await fullRebuild(site.toy.engine);
    await site.publish([]);
    expect(await told('/1.html')).toEqual(['page']);
  });

  test('before there was a log enters it once', async () => {
    for (const id of ['1', '2', '3'])
      await putToy(db, id, { path: `/${id}.html`, tags: ['first:2020-01-01'] });
    await site.publish(['1', '2', '3']);
    await emptyLog(db);
    await adoptPages(site.toy.engine, new AbortController().signal);
    await adoptPages(site.toy.engine, new AbortController().signal);
    await site.publish([]);
    expect((await leaves()).map(({ path, claim }) => `${path} ${claim ?? ''}`).sort()).toEqual([
      '/1.html adopted',
      '/2.html adopted',
      '/3.html adopted',
    ]);
    expect(await standingInLog()).toEqual(await standingInDatabase());
  });
});

class Killed extends Error {}

interface Chapter {
  readonly changes: readonly { readonly id: string; readonly act: string; readonly at: number }[];
  readonly steps: number;
}

async function killAfter(steps: number): Promise<void> {
  const fuse = { left: steps };
  const burn = (): void => {
    fuse.left -= 1;
    if (fuse.left < 0) throw new Killed();
  };
  const mortalDb = db.withPlugin({
    transformQuery(args) {
      burn();
      return args.node;
    },
    transformResult: async (args) => args.result,
  });
  const { engine } = site.toy;
  const store: PageStore = {
    ...engine.store,
    put: async (...args) => {
      burn();
      await engine.store.put(...args);
    },
  };
  const mortal = { ...engine, db: mortalDb, store, writer: createInlineWriter(store, toyKey) };
  await rebuildDirty(mortal, { limit: 50 })
    .then(() => sequenceEntries(mortalDb, site.signer))
    .catch((error: unknown) => {
      const cause = error instanceof Error ? error.cause : undefined;
      if (!(error instanceof Killed) && !(cause instanceof Killed)) throw error;
    });
  await sql`update publishing.dirty set retry_at = '-infinity'`.execute(db);
}

async function converge(): Promise<void> {
  for (let taken = 1; taken > 0;) {
    await recoverIntents(site.toy.engine);
    ({ taken } = await rebuildDirty(site.toy.engine, { limit: 50 }));
  }
  await site.publish([]);
}

const chapter: fc.Arbitrary<Chapter> = fc.record({
  changes: fc.array(
    fc.record({
      id: fc.constantFrom('1', '2', '3'),
      act: fc.constantFrom('put', 'withdraw', 'drop', 'move'),
      at: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  steps: fc.integer({ min: 0, max: 60 }),
});

describe('the newest entry of each address', () => {
  test('says what stands there, whoever is killed in the middle of publishing or logging', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(chapter, { minLength: 1, maxLength: 4 }), async (chapters) => {
        await site.stop();
        site = await aLoggedSite(db);
        for (const { changes, steps } of chapters) {
          for (const { id, act, at } of changes) {
            const path = act === 'move' ? `/p/${String(at)}.html` : `/old/${id}.html`;
            if (act === 'drop') await dropToy(db, id);
            else
              await putToy(db, id, {
                path,
                body: `${act} ${String(at)}`,
                outcome: act === 'withdraw' ? 'gone' : 'page',
              });
            await announceToy(site.toy.engine, [`resource:${id}`]);
          }
          await killAfter(steps);
        }
        await converge();
        expect(await standingInLog()).toEqual(await standingInDatabase());
        expect((await site.verify('--all')).code).toBe((await leaves()).length === 0 ? 3 : 0);
      }),
      { numRuns: 25, seed: 20_261_126, endOnFailure: true },
    );
  }, 120_000);
});

describe('the answers about the log', () => {
  const ask = async (path: string, method = 'GET') => {
    const response = await fetch(`${site.base}${path}`, { method });
    const text = await response.text();
    const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, json, cache: response.headers.get('cache-control') };
  };

  const publishMany = async (count: number): Promise<void> => {
    await sql`insert into toy_page select i::text, '1', '/' || i || '.html', 'body', 'page', 1, '{}'
      from generate_series(1, ${count}::int) as i`.execute(db);
    await site.publish(Array.from({ length: count }, (_, at) => String(at + 1)));
  };

  test('give proofs, growth and entries', async () => {
    await publishMany(300);
    const proof = await ask('transparency/proof?path=/7.html');
    expect(proof.json).toMatchObject({ site: '1', path: '/7.html', changes: 1, firstOfResource: null });
    expect((await ask('transparency/consistency?first=3&second=300')).cache).toContain('immutable');
    const entries = await ask('transparency/entries?start=0&end=256');
    expect(entries.json['leaves']).toHaveLength(256);
    expect(entries.cache).toContain('immutable');
  });

  test('that will be longer another time are not kept', async () => {
    await publishMany(20);
    const entries = await ask('transparency/entries?start=10&end=40');
    expect(entries.json['leaves']).toHaveLength(10);
    expect(entries.cache).not.toContain('immutable');
  });

  test.each([
    ['transparency/proof?path=/unknown.html', 404, 'transparency.not-logged'],
    [`transparency/proof?path=/7.html&digest=${'0'.repeat(64)}`, 404, 'transparency.not-logged'],
    ['transparency/consistency?first=3&second=21', 404, 'transparency.log-too-short'],
    ['transparency/entries?start=20&end=21', 404, 'transparency.log-too-short'],
    ['transparency/proof', 400, 'transparency.question-malformed'],
    ['transparency/proof?path=7.html', 400, 'transparency.question-malformed'],
    ['transparency/proof?path=/../7.html', 400, 'transparency.question-malformed'],
    ['transparency/proof?path=/7.html&digest=7', 400, 'transparency.question-malformed'],
    ['transparency/proof?path=/7.html&site=2', 400, 'transparency.question-malformed'],
    ['transparency/proof?path=/7.html&path=/8.html', 400, 'transparency.question-malformed'],
    ['transparency/consistency?first=0&second=3', 400, 'transparency.question-malformed'],
    ['transparency/consistency?first=4&second=3', 400, 'transparency.question-malformed'],
    ['transparency/entries?start=0&end=257', 400, 'transparency.question-malformed'],
    ['transparency/entries?start=1&end=1', 400, 'transparency.question-malformed'],
    ['transparency/entries?start=-1&end=1', 400, 'transparency.question-malformed'],
    ['transparency/entries?start=0&end=1e3', 400, 'transparency.question-malformed'],
  ])('refuse %s with %i', async (path, status, code) => {
    await publishMany(20);
    expect(await ask(path)).toMatchObject({ status, json: { status, code } });
  });

  test('are for reading only', async () => {
    await publishMany(1);
    expect(await ask('transparency/entries?start=0&end=1', 'POST')).toMatchObject({ status: 405 });
    expect(await ask('.well-known/transparency/checkpoint', 'DELETE')).toMatchObject({ status: 405 });
    expect(await ask('.well-known/transparency/log.key')).toMatchObject({ status: 404 });
  });

  test('name the head and the key without the database', async () => {
    await publishMany(1);
    await db.transaction().execute(async (holder) => {
      await sql`lock table transparency.head in access exclusive mode`.execute(holder);
      expect((await ask('.well-known/transparency/checkpoint')).status).toBe(200);
      expect((await ask('.well-known/transparency/key')).status).toBe(200);
    });
  });
});
