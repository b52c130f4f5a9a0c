import { access, chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createSubscription, keyContext } from '../../server/modules/following/index.ts';
import { receiveUpload, registerAsset } from '../../server/modules/library/index.ts';
import { type ColumnRow, importArchive } from '../../server/modules/sites/index.ts';
import { createFileAssetStore } from '../../server/platform/asset-store.ts';
import { systemActor } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { instanceOf } from '../../server/platform/instance.ts';
import { createQueues } from '../../server/platform/jobs.ts';
import { loadSeal } from '../../server/platform/sealed-secret.ts';
import { queueNames } from '../../server/queues.ts';
import { aKey } from '../factories/exchange.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aStage,
  edit,
  publish,
  someContent,
  type Stage,
  type TestDistrict,
  withdraw,
} from '../factories/sites.ts';
import { aDatabase } from '../harness.ts';
import { wishedNumber } from '../wished-number.ts';
import { compileProgram } from './program.ts';
import { aChance } from './random.ts';
import { aRole, freePort, type Mortal } from './system.ts';

const seed = wishedNumber('JIYUE_SEED', Date.now() % 1_000_000_000);
/** A few in every run; `JIYUE_SYNC_RESOURCES=10000 JIYUE_SYNC_KILLS=10` before a release. */
const resources = wishedNumber('JIYUE_SYNC_RESOURCES', 300);
const kills = wishedNumber('JIYUE_SYNC_KILLS', 4);
const patience = 20_000 + resources * 60;

interface Side {
  readonly db: Db;
  readonly stage: Stage;
  readonly district: TestDistrict;
  readonly column: ColumnRow;
  readonly data: string;
  readonly program: Mortal;
}

interface Kept {
  readonly id: string;
  readonly content: string;
  readonly files: string | null;
}

/** What citizens see of what was written above: texts with their files by content, under the ids of above. */
async function keptOf(db: Db, isCopy: boolean): Promise<readonly Kept[]> {
  const id = isCopy ? sql`origin.source_id` : sql`resource.id::text`;
  const origins = isCopy ? sql`join library.origin on origin.resource_id = resource.id` : sql``;
  const { rows } = await sql<Kept>`
    select ${id} as id, md5((revision.content - 'attachments')::text) as content,
      (select string_agg(asset.digest, ' ' order by asset.digest) from library.revision_asset as use
        join library.asset on asset.id = use.asset_id where use.revision_id = revision.id) as files
    from library.resource ${origins} join library.revision on revision.id = resource.live_revision_id
    where exists (select from sites.listing where listing.resource_id = resource.id)
    order by 1`.execute(db);
  return rows;
}

describe('a platform that follows another one, while either is killed again and again', () => {
  const upper = aDatabase();
  const lower = aDatabase();
  let directory = '';
  let above: Side;
  let below: Side;
  const programs: Mortal[] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-follow-'));
    await chmod(directory, 0o711);
    compileProgram(join(directory, 'program'));
    const port = await freePort();
    const side = async (name: string, { db, url }: typeof upper, role: string): Promise<Side> => {
      const data = join(directory, name);
      await mkdir(data, { mode: 0o711 });
      await createQueues(url, queueNames);
      const stage = aStage(db);
      const district = await aDistrict(stage);
      const column = await aColumn(stage, { site: district.portal });
      const environment = {
        ...{ DATABASE_URL: url, JIYUE_DATA: data, JIYUE_LOG_LEVEL: 'info', JIYUE_FOLLOW_PRIVATE: '1' },
        ...{ JIYUE_ROLES: role, JIYUE_EXCHANGE_PORT: String(port) },
      };
      const program = aRole({ name, kind: 'worker', directory, environment });
      programs.push(program);
      return { db, stage, district, column, data, program };
    };
    above = await side('above', upper, 'exchange');
    below = await side('below', lower, 'worker');
    await writeArchive(above);
    const key = await aKey(above.db);
    const { id: unitId } = below.district.office;
    const operator = { ...systemActor('test'), roles: ['operator'] as const };
    const address = `http://127.0.0.1:${String(port)}`;
    await below.stage.perform(operator, createSubscription, {
      ...{ name: '上级平台', sourceTypes: null, sourceUnitIds: null, sourceColumnIds: null },
      ...{ unitId, rules: [], columnId: below.column.id, mode: 'reviewed', mostItems: 1_000_000 },
      address,
      about: { instance: await instanceOf(above.db), name: '上级平台', reach: 'unasked' },
      sealedKey: (await loadSeal(join(below.data, 'keys', 'seal.key'))).seal(keyContext(address), key.secret),
    });
  }, patience);
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    if (directory !== '') await rm(directory, { recursive: true, force: true });
  }, 60_000);

  it(
    `ends with the same resources, texts and files (seed ${String(seed)})`,
    { timeout: patience * 2 },
    async () => {
      const chance = aChance(seed);
      const began = performance.now();
      await Promise.all(programs.map((program) => program.start()));
      const [killed] = await Promise.all([killByTurns(chance), writeOn(above, chance)]);
      const written = performance.now();
      const wanted = await keptOf(above.db, false);
      const end = Date.now() + patience;
      let kept = await keptOf(below.db, true);
      while (JSON.stringify(kept) !== JSON.stringify(wanted) && Date.now() < end) {
        await sleep(200);
        kept = await keptOf(below.db, true);
      }
      expect(kept.length).toBe(wanted.length);
      expect(kept).toEqual(wanted);
      await requireFiles(below, wanted);
      expect(await doubles(below.db)).toEqual([]);
      expect(programs.flatMap((program) => program.surprises)).toEqual([]);
      const seconds = (from: number): string => ((performance.now() - from) / 1_000).toFixed(1);
      const after = `${String(wanted.length)} resources the same after ${killed.join(', ')}`;
      process.stdout.write(`${after}: ${seconds(began)} s, ${seconds(written)} s after the last change\n`);
    },
  );

  async function killByTurns(chance: () => number): Promise<readonly string[]> {
    const killed: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(300 + chance() * 700);
      const victim = programs[Math.floor(chance() * programs.length)];
      if (victim === undefined) throw new Error('nobody to kill');
      await victim.kill();
      killed.push(victim.name);
      await sleep(chance() * 500);
      await victim.start();
    }
    return killed;
  }
});

/** An archive with long and short texts; every tenth has a file. */
async function writeArchive({ stage, district, column, data }: Side): Promise<void> {
  const assets = createFileAssetStore(join(data, 'assets'));
  const unitId = district.office.id;
  const files: string[] = [];
  for (let at = 0; at < 20; at += 1) {
    const bytes = Buffer.from(`编号,数量\n${String(at)},${'9'.repeat(at * 400)}\n`);
    const upload = await receiveUpload(assets, Readable.from([bytes]), {
      fileName: `附件${String(at)}.csv`,
      limitBytes: 1_000_000,
    });
    files.push((await stage.perform(district.actor, registerAsset, { ...upload, unitId })).id);
  }
  for (let first = 0; first < resources; first += 100) {
    const items = Array.from({ length: Math.min(100, resources - first) }, (_, at) => {
      const number = first + at;
      const file = number % 10 === 0 ? files[(number / 10) % files.length] : undefined;
      return {
        importKey: `old-${String(number)}`,
        type: 'article' as const,
        content: someContent({
          title: `第${String(number)}号通知`,
          body: aBody(
            ...Array.from(
              { length: 1 + (number % 9) },
              (_, line) => `第${String(line)}段，${'内容'.repeat(60)}`,
            ),
          ),
          ...(file === undefined ? {} : { attachments: [{ assetId: file, name: `附件${file}` }] }),
        }),
      };
    });
    await stage.performAsSystem(importArchive, { unitId, columnId: column.id, items });
  }
}

/** Edits and withdrawals, while all of it is being read. */
async function writeOn({ db, stage, district }: Side, chance: () => number): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from library.resource order by id`.execute(db);
  const changes = Math.ceil(resources / 10);
  for (let change = 0; change < changes; change += 1) {
    const id = rows[Math.floor(chance() * rows.length)]?.id ?? '0';
    const { live } = await db
      .selectFrom('library.resource')
      .select('live_revision_id as live')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (live !== null && chance() < 0.3) await withdraw(stage, district.actor, id);
    else {
      const body = aBody(`改于第${String(change)}步`, '又一段。');
      await edit(stage, district.actor, id, someContent({ title: `第${String(change)}次修改`, body }));
      await publish(stage, district.actor, id);
    }
    await sleep(chance() * 200);
  }
}

async function requireFiles({ data }: Side, wanted: readonly Kept[]): Promise<void> {
  const assets = createFileAssetStore(join(data, 'assets'));
  const digests = new Set(wanted.flatMap((one) => one.files?.split(' ') ?? []));
  for (const digest of digests) await access(assets.pathOf(digest));
}

/** Nothing came twice: neither a resource nor a place in a column. */
async function doubles(db: Db): Promise<readonly unknown[]> {
  const { rows } = await sql`
    select imported_from, count(*) from library.resource group by 1 having count(*) > 1
    union all select title, count(*) from library.resource
      join sites.listing on listing.resource_id = resource.id group by resource.id, title having count(*) > 1`.execute(
    db,
  );
  return rows;
}
