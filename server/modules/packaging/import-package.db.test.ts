import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';

import {
  aLivedInDistrict,
  aStore,
  exportTo,
  importFrom,
  someFolders,
} from '../../../test/factories/packages.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { underLock } from '../../platform/advisory-lock.ts';
import type { Db } from '../../platform/db.ts';
import { canonicalJson, digestOf } from '../../platform/digest.ts';
import { openSource, type PackageSource } from '../../platform/packages/package-source.ts';
import { requireNoImport } from './import-package.ts';
import { type Manifest, wholeText } from './manifest.ts';

const { db: origin } = aDatabase();
const { db: heir } = aDatabase();
const aFolder = someFolders();
const built: { folder?: string; store?: AssetStore; originStore?: AssetStore } = {};

beforeAll(async () => {
  const store = await aStore(aFolder);
  built.originStore = store;
  await aLivedInDistrict(origin, store, 60);
  built.folder = join(await aFolder(), 'package');
  built.store = await aStore(aFolder);
  await exportTo(built.folder, { db: origin, assets: store });
});

async function aCopy(): Promise<string> {
  const copy = join(await aFolder(), 'copy');
  await cp(built.folder ?? '', copy, { recursive: true });
  return copy;
}

const made = (part: AssetStore | undefined): AssetStore => {
  if (!part) throw new Error('the store is made in beforeAll');
  return part;
};
const store = (): AssetStore => made(built.store);
const originStore = (): AssetStore => made(built.originStore);
const bringIn = (path: string, db: Db = heir, wishes: Parameters<typeof importFrom>[2] = {}) =>
  importFrom(path, { db, assets: store() }, wishes);

const manifestOf = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Manifest;
const writeManifest = (folder: string, manifest: object) =>
  writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));

/** Changes one part and, unlike somebody in a hurry, the manifest as well. */
async function forge(folder: string, name: string, change: (lines: string[]) => string[]): Promise<void> {
  const path = join(folder, `${name}.jsonl`);
  const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  const text = change(lines)
    .map((line) => `${line}\n`)
    .join('');
  await writeFile(path, text);
  const manifest = await manifestOf(folder);
  const parts = manifest.parts.map((part) =>
    part.name === name
      ? {
          ...part,
          rows: text.split('\n').length - 1,
          bytes: Buffer.byteLength(text),
          sha256: createHash('sha256').update(text).digest('hex'),
        }
      : part,
  );
  const sha256 = createHash('sha256').update(wholeText(parts)).digest('hex');
  await writeManifest(folder, { ...manifest, parts, sha256 });
}

type Row = Record<string, unknown>;
const inFirst = (change: (row: Row) => Row) => (lines: string[]) => [
  canonicalJson(change(JSON.parse(lines[0] ?? '{}') as Row)),
  ...lines.slice(1),
];

async function theFile(folder: string): Promise<string> {
  const [line = ''] = (await readFile(join(folder, 'files.jsonl'), 'utf8')).split('\n');
  const { digest } = JSON.parse(line) as { digest: string };
  return join(folder, 'files', digest.slice(0, 2), digest);
}

const tamperings: Readonly<Record<string, { code: string; tamper: (folder: string) => Promise<unknown> }>> = {
  'a manifest of another program': {
    code: 'packaging.manifest-wrong',
    tamper: (folder) => writeManifest(folder, { format: 'something-else', version: 1 }),
  },
  'a manifest that is no JSON': {
    code: 'packaging.manifest-wrong',
    tamper: (folder) => writeFile(join(folder, 'manifest.json'), '{'),
  },
  'no manifest': {
    code: 'packaging.manifest-wrong',
    tamper: (folder) => rm(join(folder, 'manifest.json')),
  },
  'a version from the future': {
    code: 'packaging.version-unknown',
    tamper: async (folder) => writeManifest(folder, { ...(await manifestOf(folder)), version: 2 }),
  },
  'a part that leads out of the package': {
    code: 'packaging.manifest-wrong',
    tamper: async (folder) => {
      const manifest = await manifestOf(folder);
      const parts = manifest.parts.map((part) => ({ ...part, path: `../${part.path}` }));
      const sha256 = createHash('sha256').update(wholeText(parts)).digest('hex');
      await writeManifest(folder, { ...manifest, parts, sha256 });
    },
  },
  'a part that is missing': {
    code: 'packaging.part-missing',
    tamper: (folder) => rm(join(folder, 'listings.jsonl')),
  },
  'a part that is a link': {
    code: 'packaging.part-missing',
    tamper: async (folder) => {
      await rename(join(folder, 'units.jsonl'), join(folder, '..', 'units.jsonl'));
      await symlink(join(folder, '..', 'units.jsonl'), join(folder, 'units.jsonl'));
    },
  },
  'a changed word in a part': {
    code: 'packaging.part-altered',
    tamper: async (folder) => {
      const path = join(folder, 'units.jsonl');
      await writeFile(path, (await readFile(path, 'utf8')).replace('区', '县'));
    },
  },
  'a part that was cut off': {
    code: 'packaging.part-altered',
    tamper: async (folder) => {
      const path = join(folder, 'revisions.jsonl');
      await writeFile(path, (await readFile(path)).subarray(0, -10));
    },
  },
  'a forged text with its old digest': {
    code: 'packaging.row-flawed',
    tamper: (folder) =>
      forge(
        folder,
        'revisions',
        inFirst((row) => ({ ...row, content: { title: '伪造' } })),
      ),
  },
  'a row with a field that nobody knows': {
    code: 'packaging.row-wrong',
    tamper: (folder) =>
      forge(
        folder,
        'accounts',
        inFirst((row) => ({ ...row, passwordHash: 'x' })),
      ),
  },
  'a number that is none': {
    code: 'packaging.row-wrong',
    tamper: (folder) =>
      forge(
        folder,
        'sites',
        inFirst((row) => ({ ...row, id: "1'; drop table x" })),
      ),
  },
  'a number that the database cannot hold': {
    code: 'packaging.row-wrong',
    tamper: (folder) =>
      forge(
        folder,
        'index-counters',
        inFirst((row) => ({ ...row, last: 2 ** 31 })),
      ),
  },
  'a row that comes twice': {
    code: 'packaging.row-wrong',
    tamper: (folder) => forge(folder, 'index-numbers', (lines) => [lines[0] ?? '', ...lines]),
  },
  'a file that is missing': {
    code: 'packaging.file-missing',
    tamper: async (folder) => rm(await theFile(folder)),
  },
  'a file that was changed': {
    code: 'packaging.file-altered',
    tamper: async (folder) => writeFile(await theFile(folder), 'as good as a pictura'),
  },
  'a file too many': {
    code: 'packaging.file-extra',
    tamper: async (folder) => {
      const digest = 'ab'.repeat(32);
      await mkdir(join(folder, 'files', 'ab'), { recursive: true });
      await writeFile(join(folder, 'files', 'ab', digest), 'x');
    },
  },
  'a file under a name of its own': {
    code: 'packaging.file-extra',
    tamper: (folder) => writeFile(join(folder, 'run-me.sh'), 'x'),
  },
};

/** How many rows each table has, but for the record of what was tried. */
async function rowsOf(db: Db): Promise<unknown> {
  const { rows } = await sql<{ name: string; rows: string }>`
    select format('%I.%I', schemaname, tablename) as name, (xpath('//c/text()',
      query_to_xml(format('select count(*) as c from %I.%I', schemaname, tablename), false, true, '')))[1]::text as rows
    from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'audit') order by name`.execute(
    db,
  );
  return rows;
}

async function zipOf(path: string, entries: readonly (readonly [string, Buffer])[]): Promise<string> {
  const zip = new ZipFile();
  for (const [name, bytes] of entries) zip.addBuffer(bytes, name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

describe('a package that was tampered with', () => {
  const nothing = { rows: undefined as unknown };
  beforeAll(async () => {
    nothing.rows = await rowsOf(heir);
  });

  it.each(Object.entries(tamperings))(
    'is refused before anything is written: %s',
    async (_what, { code, tamper }) => {
      const copy = await aCopy();
      await tamper(copy);
      await expect(bringIn(copy)).rejects.toMatchObject({ code });
      expect(await rowsOf(heir)).toEqual(nothing.rows);
    },
  );

  it('is refused as an archive with a way out, with a name twice, and when it is a bomb', async () => {
    const folder = await aFolder();
    const manifest = await readFile(join(built.folder ?? '', 'manifest.json'));
    // The writer of archives refuses such names itself: they are put in afterwards, as an attacker would.
    const replaced = async (name: string, by: string): Promise<string> => {
      const path = await zipOf(join(folder, 'names.zip'), [
        ['manifest.json', manifest],
        [name, Buffer.from('x')],
      ]);
      await writeFile(
        path,
        Buffer.from((await readFile(path)).toString('latin1').replaceAll(name, by), 'latin1'),
      );
      return path;
    };
    for (const name of ['../../../etc/pas', '/absolute/names', 'a//folder/./nam']) {
      const path = await replaced('x'.repeat(name.length), name);
      await expect(bringIn(path), name).rejects.toMatchObject({
        code: expect.stringMatching(/^document\.(?:names-unsafe|damaged)$/) as string,
      });
    }
    const twice = await replaced('manifest.jsom', 'manifest.json');
    await expect(bringIn(twice)).rejects.toMatchObject({ code: 'document.names-unsafe' });
    const bomb = await zipOf(join(folder, 'bomb.zip'), [
      ['manifest.json', manifest],
      ['units.jsonl', Buffer.alloc(20_000_000)],
    ]);
    await expect(bringIn(bomb)).rejects.toMatchObject({ code: 'packaging.bomb' });
    expect(await rowsOf(heir)).toEqual(nothing.rows);
  });
});

describe('an import', () => {
  const { db: cutOff } = aDatabase();
  const { db: busy } = aDatabase();
  const { db: refusing } = aDatabase();

  it('that ends in its middle leaves the instance empty, and run again brings everything once', async () => {
    const nothing = await rowsOf(cutOff);
    for (const batches of [1, 7, 30]) {
      const kill = new AbortController();
      let seen = 0;
      const brought = bringIn(built.folder ?? '', cutOff, {
        signal: kill.signal,
        onStep: () => {
          seen += 1;
          if (seen === batches) kill.abort(new Error('killed'));
        },
      });
      await expect(brought).rejects.toThrow('killed');
      expect(await rowsOf(cutOff)).toEqual(nothing);
    }
    await bringIn(built.folder ?? '', cutOff);
    const again = join(await aFolder(), 'again');
    const manifest = await exportTo(again, { db: cutOff, assets: store() });
    expect(manifest).toEqual(await manifestOf(built.folder ?? ''));
  });

  it('that the database refuses, or whose folder changes after the check, leaves nothing', async () => {
    const nothing = await rowsOf(refusing);
    const forged = await aCopy();
    await forge(forged, 'listings', (lines) => [
      ...lines.slice(0, -1),
      canonicalJson({ ...(JSON.parse(lines.at(-1) ?? '{}') as Row), columnId: '9000000' }),
    ]);
    await expect(bringIn(forged, refusing)).rejects.toMatchObject({
      code: 'packaging.row-refused',
      details: { part: 'listings' },
    });
    expect(await rowsOf(refusing)).toEqual(nothing);
    for (const part of ['sites', 'decisions', 'redirects']) {
      const source = await openSource(built.folder ?? '');
      const opened = new Map<string, number>();
      const changing: PackageSource = {
        ...source,
        open: async (name) => {
          const times = (opened.get(name) ?? 0) + 1;
          opened.set(name, times);
          const bytes = await readFile(join(built.folder ?? '', name));
          const isLater = name === `${part}.jsonl` && times === 2;
          return Readable.from([isLater ? Buffer.from(bytes.toString().replace('2026', '2027')) : bytes]);
        },
      };
      await expect(bringIn('', refusing, { source: changing }), part).rejects.toMatchObject({
        code: 'packaging.part-altered',
        details: { path: `${part}.jsonl` },
      });
      expect(await rowsOf(refusing)).toEqual(nothing);
    }
    await bringIn(built.folder ?? '', refusing);
  });

  it('is refused where somebody is, and is in the record with who ran it', async () => {
    await expect(bringIn(built.folder ?? '', cutOff)).rejects.toMatchObject({ code: 'packaging.not-empty' });
    await sql`insert into identity.unit (name, short_name, organisation_code, kind)
      values ('某局', '某局', '123456789', 'department')`.execute(busy);
    await expect(bringIn(built.folder ?? '', busy)).rejects.toMatchObject({
      code: 'packaging.not-empty',
      details: { units: 1 },
    });
    const acts = await cutOff
      .selectFrom('audit.entry')
      .select(['action', 'result', 'actor_name', 'object_id'])
      .orderBy('seq')
      .execute();
    const act = {
      action: 'packaging.import-package',
      actor_name: '系统',
      object_id: (await manifestOf(built.folder ?? '')).sha256,
    };
    expect(acts).toEqual([...['failed', 'failed', 'failed', 'done'].map((result) => ({ ...act, result }))]);
  });

  it('keeps the program from starting until it has ended', async () => {
    await requireNoImport(cutOff);
    await underLock(cutOff, 7_246_070, async () => {
      await expect(requireNoImport(cutOff)).rejects.toMatchObject({ code: 'packaging.import-running' });
    });
  });

  it('keeps the guards of the database: what came in is changed by nobody', async () => {
    const forged = { title: '改写历史' };
    await expect(
      sql`update library.revision set content = ${JSON.stringify(forged)}::jsonb, digest = ${digestOf(forged)}`.execute(
        cutOff,
      ),
    ).rejects.toThrow(/never changed/);
    await expect(sql`delete from review.responsibility_record`.execute(cutOff)).rejects.toThrow(
      /never changed/,
    );
  });
});

describe('a selection', () => {
  const { db: small } = aDatabase();

  it('brings what its resources need, says what it leaves out, and can be brought in', async () => {
    const unitId = (
      await sql<{ id: string }>`select unit_id as id from review.responsibility_record limit 1`.execute(
        origin,
      )
    ).rows[0]?.id;
    const path = join(await aFolder(), 'part.zip');
    const assets = await aStore(aFolder);
    await importFrom(built.folder ?? '', { db: small, assets });
    const manifest = await exportTo(
      path,
      { db: small, assets },
      { unitIds: [unitId ?? ''], types: ['article'] },
    );
    const rows = Object.fromEntries(manifest.parts.map((part) => [part.name, part.rows]));
    expect(rows).toMatchObject({ resources: 1, revisions: 1, relations: 0, redirects: 0, responsibility: 6 });
    expect(manifest.leftOut).toEqual({ relations: 1, redirects: 1 });
    await bringIn(path);
    const brought = await heir.selectFrom('library.resource').select(['unit_id', 'stage']).execute();
    expect(brought).toEqual([{ unit_id: unitId, stage: 'live' }]);
  });

  it('of a site, or of days, takes those and no others', async () => {
    const [site] = await origin.selectFrom('sites.site').select(['id']).orderBy('id').execute();
    const folder = await aFolder();
    const count = async (name: string, selection: Parameters<typeof exportTo>[2]): Promise<number> => {
      const manifest = await exportTo(join(folder, name), { db: origin, assets: originStore() }, selection);
      return manifest.parts.find((part) => part.name === 'resources')?.rows ?? -1;
    };
    const all = await count('all', {});
    const ofSite = await count('site', { siteIds: [site?.id ?? ''] });
    expect(ofSite).toBeGreaterThan(0);
    expect(ofSite).toBeLessThan(all);
    expect(await count('none', { from: '2020-01-01', to: '2020-12-31' })).toBe(0);
    expect(await count('days', { from: '2020-01-01' })).toBe(all);
  });
});
