import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import {
  aLivedInDistrict,
  aStore,
  digestsBelow,
  exportTo,
  importFrom,
  packageNow,
  someFolders,
} from '../../../test/factories/packages.ts';
import { pictureBytes } from '../../../test/factories/sites-acts.ts';
import { buildFromScratch } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import type { Db } from '../../platform/db.ts';
import { readSetting } from '../../platform/settings.ts';
import type { Manifest } from './manifest.ts';
import { packageParts } from './package-parts.ts';

const { db: origin } = aDatabase();
const { db: heir } = aDatabase();
const aFolder = someFolders();

interface Ends {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly stores: readonly [AssetStore, AssetStore];
}
const built: { ends?: Ends } = {};
const ends = (): Ends => {
  if (!built.ends) throw new Error('the package is made in beforeAll');
  return built.ends;
};

async function digestsIn(db: Db): Promise<unknown> {
  const { rows } = await sql`
    select 'resource ' || id || ' ' || stage || ' ' || coalesce(index_number, '') as what,
      md5(resource::text) as digest from library.resource
    union all select 'revision ' || id, encode(digest, 'hex') from library.revision
    union all select 'file ' || digest, digest from library.asset
    union all select 'index ' || index_number, md5(index_number::text) from library.index_number as index_number
    union all select 'address ' || resource_id, site_id || path from sites.address
    union all select 'listing ' || column_id || ' ' || sequence, md5(listing::text) from sites.listing
    union all select 'duty ' || review_id || duty || place, md5(one::text) from review.responsibility_record as one
    order by what`.execute(db);
  return rows;
}

beforeAll(async () => {
  const stores = [await aStore(aFolder), await aStore(aFolder)] as const;
  const folder = join(await aFolder(), 'package');
  await aLivedInDistrict(origin, stores[0]);
  const manifest = await exportTo(folder, { db: origin, assets: stores[0] });
  await importFrom(folder, { db: heir, assets: stores[1] });
  built.ends = { folder, manifest, stores };
});

describe('a package brought into an empty instance', () => {
  it('holds something of every kind, or the rest would prove little', () => {
    const { manifest } = ends();
    const empty = manifest.parts.filter(({ rows }) => rows === 0).map(({ name }) => name);
    expect(empty).toEqual([]);
    expect(manifest.files).toEqual({ count: 1, bytes: pictureBytes.length });
  });

  it('gives the same digest for every resource, revision, file, number and address', async () => {
    const there = await digestsIn(heir);
    expect(there).toEqual(await digestsIn(origin));
    expect(there).not.toEqual([]);
  });

  it('gives the same public pages, byte for byte', async () => {
    const [was, is] = [await buildFromScratch(origin), await buildFromScratch(heir)];
    expect(is.shown.size).toBeGreaterThan(50);
    expect(is.shown).toEqual(was.shown);
  });

  it('is exported again as the same bytes, in a folder and in an archive', async () => {
    const [base, { stores, folder }] = [await aFolder(), ends()];
    await exportTo(join(base, 'again'), { db: heir, assets: stores[1] });
    expect(await digestsBelow(join(base, 'again'))).toEqual(await digestsBelow(folder));
    await exportTo(join(base, 'one.zip'), { db: origin, assets: stores[0] });
    await exportTo(join(base, 'two.zip'), { db: heir, assets: stores[1] });
    const [one, two] = [await readFile(join(base, 'one.zip')), await readFile(join(base, 'two.zip'))];
    expect(one.equals(two)).toBe(true);
  });

  it('begins a change feed with what is public, and gives new rows new ids', async () => {
    const live = await heir
      .selectFrom('library.resource')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('live_revision_id', 'is not', null)
      .executeTakeFirstOrThrow();
    const changes = await heir.selectFrom('library.change').select('kind').execute();
    expect(changes.length).toBe(Number(live.count));
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['released']));
    const { rows } = await sql<{ next: boolean }>`
      select nextval(pg_get_serial_sequence('library.revision', 'id')) > (select max(id) from library.revision)
        as next`.execute(heir);
    expect(rows[0]?.next).toBe(true);
  });

  it('leaves its texts to the index as what nobody waits for', async () => {
    const notes = await heir.selectFrom('library.text_waiting').selectAll().execute();
    expect(notes).toEqual([]);
    const { rows } = await sql<{ last: string }>`select max(id) as last from library.resource`.execute(heir);
    expect(await readSetting(heir, 'library.texts-unindexed')).toBe(rows[0]?.last);
  });

  it('names people and lets none of them in', async () => {
    const people = await heir.selectFrom('identity.account').selectAll().execute();
    expect(people.length).toBeGreaterThan(3);
    for (const one of people) {
      expect(one).toMatchObject({ phone: null, password_hash: '!', disabled_at: packageNow });
    }
    expect(await heir.selectFrom('identity.account_role').selectAll().execute()).toEqual([]);
  });
});

const typesOf: Readonly<Record<string, readonly string[]>> = {
  id: ['bigint'],
  integer: ['integer'],
  small: ['smallint'],
  text: ['text'],
  uuid: ['uuid'],
  flag: ['boolean'],
  instant: ['timestamp with time zone'],
  day: ['date'],
  json: ['jsonb'],
  bytes: ['bytea'],
  ids: ['bigint[]'],
  texts: ['text[]'],
};

describe('the parts of a package', () => {
  it('carry every column of their tables as it is, or say why one stays behind', async () => {
    for (const part of packageParts) {
      const table = /^"(\w+)"\."(\w+)"$/.exec(sql`${part.into ?? part.from}`.compile(origin).sql);
      if (!table) continue;
      const { rows } = await sql<{ name: string; type: string; nullable: boolean }>`
        select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable
        from pg_attribute where attrelid = ${`${table[1] ?? ''}."${table[2] ?? ''}"`}::regclass and attnum > 0
          and not attisdropped`.execute(origin);
      const known = rows.filter(({ name }) => !Object.hasOwn(part.left ?? {}, name));
      for (const { name, type, nullable } of known) {
        const kind = part.fields[name] ?? 'nothing';
        expect(typesOf[kind.replace('?', '')], `${part.name}: ${name}`).toContain(type);
        expect(kind.endsWith('?'), `${part.name}: ${name}`).toBe(nullable);
      }
    }
  });
});
