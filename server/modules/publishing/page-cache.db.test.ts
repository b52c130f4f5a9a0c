import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { announceToy, aToyEngine, type ToyEngine, toyKey } from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileReader } from './file-reader.ts';
import { PageCache, RECHECK_MS } from './page-cache.ts';
import { digestOf } from './page-forms.ts';
import type { PageReader } from './page-reader.ts';
import { createPageProof } from './page-proof.ts';
import type { PageDefinition } from './page.types.ts';
import { rebuildDirty } from './rebuild-dirty.ts';

const { db } = aDatabase();
const bytes = Buffer.from('%PDF-1.7 a notice that should not have gone out');
const digest = digestOf(bytes);
const path = `/files/${digest}/notice.pdf`;

let toy: ToyEngine;
let cache: PageCache;
let isStoreAway = false;

function mayFail(reader: PageReader): PageReader {
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    isStoreAway ? Promise.reject(new Error('the page store is away')) : answer;
  return {
    ...reader,
    read: (...wanted) => asked(reader.read(...wanted)),
    signature: (...wanted) => asked(reader.signature(...wanted)),
  };
}

interface Interval {
  /** The files have changed, and the database does not say so yet. */
  readonly beforeRecording?: () => Promise<void>;
}

async function build(isPublished: boolean, { beforeRecording }: Interval = {}): Promise<void> {
  const files: PageDefinition = {
    kind: 'file',
    rank: 0,
    keysForTag: () => ['file/1'],
    allKeys: async () => ['file/1'],
    load: async () =>
      isPublished
        ? [
            {
              key: 'file/1',
              site: '1',
              path,
              tags: [],
              outcome: 'file',
              mediaType: 'application/pdf',
              digest,
            },
          ]
        : [],
    render: () => '',
  };
  const { writer } = toy.engine;
  const engine: ToyEngine['engine'] = {
    ...toy.engine,
    definitions: [files],
    assetPath: () => join(toy.directory, 'asset'),
    writer: {
      ...writer,
      settle: async (...changes) => {
        const troubles = await writer.settle(...changes);
        await beforeRecording?.();
        return troubles;
      },
    },
  };
  await announceToy(engine, ['asset:1']);
  await rebuildDirty(engine, { limit: 10 });
}

const look = async () => (await cache.get('1', path)).outcome;
/** Past the time in which memory answers without a look at the disk. */
const untilNextLook = () => sleep(RECHECK_MS + 20);

beforeEach(async () => {
  await sql`truncate publishing.page, publishing.dirty, publishing.intent`.execute(db);
  toy = await aToyEngine(db);
  await writeFile(join(toy.directory, 'asset'), bytes);
  await build(true);
  cache = new PageCache({
    source: { reader: mayFail(createFileReader(toy.directory)), proof: createPageProof(db), key: toyKey },
    largestBytes: 1_000_000,
    onTampered: () => undefined,
  });
  expect(await look()).toBe('found');
});
afterEach(async () => {
  isStoreAway = false;
  await toy.remove();
});

describe('a file in memory', () => {
  test('that is withdrawn is not given any more a moment later', async () => {
    await build(false);
    await untilNextLook();
    expect(await look()).toBe('absent');
    expect(cache.bytes).toBe(0);
  });

  test('that was asked for while it was being withdrawn is not given any more a moment later', async () => {
    await build(false, {
      beforeRecording: async () => {
        await untilNextLook();
        expect(await look()).toBe('found');
      },
    });
    await untilNextLook();
    expect(await look()).toBe('absent');
    expect(cache.bytes).toBe(0);
  });

  test('that the disk lost is given for as long as the database knows it', async () => {
    await rm(join(toy.directory, '1', path));
    for (let looks = 0; looks < 4; looks += 1) {
      await untilNextLook();
      expect(await look()).toBe('found');
    }
  });
});

describe('while the page store cannot be asked', () => {
  test('memory answers for as long as the database does not say that it is over', async () => {
    isStoreAway = true;
    await untilNextLook();
    expect(await look()).toBe('found');
    await sql`delete from publishing.page`.execute(db);
    await untilNextLook();
    await expect(look()).rejects.toThrow('away');
    expect(cache.bytes).toBe(0);
  });

  test('what is not in memory is neither there nor missing', async () => {
    isStoreAway = true;
    await expect(cache.get('1', '/unseen.html')).rejects.toThrow('away');
  });
});
