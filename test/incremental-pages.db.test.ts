import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';

import {
  createFileStore,
  createInlineWriter,
  fullRebuild,
  type PageStore,
  type PublishingEngine,
  verifyStore,
} from '../server/modules/publishing/index.ts';
import { hostTable, publicPages } from '../server/modules/sites/index.ts';
import { AppError } from '../server/platform/errors.ts';
import { atlasOptions } from './factories/sites.ts';
import {
  ageColumns,
  aLivelyDistrict,
  drawAct,
  type LivelyDistrict,
  pictureBytes,
  play,
} from './factories/sites-acts.ts';
import { aFollower } from './factories/sites-pages.ts';
import { filesIn, silentLog, toyKey } from './factories/toy-pages.ts';
import { aChance } from './faults/random.ts';
import { aDatabase } from './harness.ts';
import { wishedNumber } from './wished-number.ts';

/** Other ones in each run; `JIYUE_ACTS=10000` looks longer. */
const acts = wishedNumber('JIYUE_ACTS', 300);
const actsBetweenLooks = 150;
/** Several acts are sometimes built together, as on a busy morning. */
const mostActsTogether = 8;
/** Smaller than what most acts call for, so that pages of one act are built in several batches. */
const pagesPerBatch = 40;

const { db } = aDatabase();
const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jiyue-incremental-'));
  folders.push(folder);
  return folder;
}

/** The page engine as it is shipped: real definitions, real files, compressed forms and seals. */
async function anEngine(picture: string): Promise<PublishingEngine> {
  const store = createFileStore(await aFolder());
  return {
    db,
    definitions: publicPages(atlasOptions()),
    store,
    writer: createInlineWriter(store, toyKey),
    log: silentLog,
    assetPath: () => picture,
    hosts: hostTable,
  };
}

async function playOrRefuse(lively: LivelyDistrict, act: Parameters<typeof play>[1]): Promise<void> {
  try {
    await play(lively, act);
  } catch (error) {
    // A refusal (a loop of mappings, a closed column, a second withdrawal) must change nothing: looked at like any act.
    if (!(error instanceof AppError)) throw error;
  }
}

interface Tree {
  readonly files: ReadonlyMap<string, string>;
  readonly pages: ReadonlyMap<string, unknown>;
}

async function treeOf(store: PageStore): Promise<Tree> {
  const { rows } = await sql<{ key: string }>`
    select key, kind, rank, site, path, outcome, media_type, encode(digest, 'hex') as digest, size, tags, target
    from publishing.page order by key`.execute(db);
  return { files: await filesIn(store), pages: new Map(rows.map((row) => [row.key, row])) };
}

/** What a rebuild of everything into an empty folder makes; what the database says of pages is as before afterwards. */
async function builtFromNothing(picture: string): Promise<Tree> {
  const engine = await anEngine(picture);
  await sql`create table kept_page as select * from publishing.page`.execute(db);
  try {
    await sql`truncate publishing.page`.execute(db);
    await fullRebuild(engine);
    return await treeOf(engine.store);
  } finally {
    await sql`truncate publishing.page`.execute(db);
    await sql`insert into publishing.page select * from kept_page`.execute(db);
    await sql`drop table kept_page`.execute(db);
  }
}

/** Where pages used to stand is history, which a rebuild from nothing does not know; `verifyStore` looks at it. */
async function withoutHistory(tree: Tree): Promise<Tree> {
  const { rows } = await sql<{ address: string }>`
    select site || from_path as address from publishing.redirect`.execute(db);
  const left = new Set(rows.map((row) => row.address));
  const isLeft = (name: string): boolean => {
    const address = /^(.*)\.moved(?:\.gz)?$/.exec(name)?.[1]?.replace(/\/index\.html$/, '/');
    return address !== undefined && left.has(address);
  };
  return { ...tree, files: new Map([...tree.files].filter(([name]) => !isLeft(name))) };
}

function differences<T>(is: ReadonlyMap<string, T>, ought: ReadonlyMap<string, T>): readonly string[] {
  const text = (value: T | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return [...new Set([...is.keys(), ...ought.keys()])]
    .filter((name) => text(is.get(name)) !== text(ought.get(name)))
    .map(
      (name) =>
        `${name}: ${text(is.get(name)).slice(0, 300)} instead of ${text(ought.get(name)).slice(0, 300)}`,
    )
    .sort();
}

describe('pages kept up to date by events', () => {
  it(`are after every ${String(actsBetweenLooks)} of ${String(acts)} random acts what a full rebuild makes, byte for byte`, async () => {
    const seed = wishedNumber('JIYUE_SEED', Math.floor(Math.random() * 2 ** 31));
    const chance = aChance(seed);
    const picture = join(await aFolder(), 'picture');
    await writeFile(picture, pictureBytes);
    const lively = await aLivelyDistrict(db);
    await ageColumns(db);
    const engine = await anEngine(picture);
    const follow = aFollower(engine, pagesPerBatch);
    await follow();
    await fullRebuild(engine);
    let untilBuilt = 0;
    for (let done = 1; done <= acts; done += 1) {
      const told = `JIYUE_SEED=${String(seed)}, act ${String(done)}`;
      const act = drawAct(chance);
      await playOrRefuse(lively, act).catch((error: unknown) => {
        throw new Error(`${told}: ${JSON.stringify(act)}`, { cause: error });
      });
      untilBuilt -= 1;
      const isLook = done % actsBetweenLooks === 0;
      if (untilBuilt > 0 && !isLook) continue;
      untilBuilt = 1 + Math.floor(chance() * mostActsTogether);
      await follow().catch((error: unknown) => {
        throw new Error(told, { cause: error });
      });
      if (!isLook) continue;
      const is = await withoutHistory(await treeOf(engine.store));
      const ought = await withoutHistory(await builtFromNothing(picture));
      expect(differences(is.files, ought.files), told).toEqual([]);
      expect(differences(is.pages, ought.pages), told).toEqual([]);
      expect(await verifyStore(engine, { key: toyKey }), told).toEqual([]);
      const hosts: unknown = JSON.parse(String(await engine.store.readHosts()));
      expect(hosts, told).toEqual(await hostTable(db));
    }
  }, 3_600_000);
});
