import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { PackageSelection } from '../../../contracts/packaging.ts';
import { aStore, exportTo, packageNow, someFolders } from '../../../test/factories/packages.ts';
import { performAs } from '../../../test/factories/library.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { systemActor } from '../../platform/context.ts';
import { openTarget } from '../../platform/packages/package-target.ts';
import { exportPackage } from './export-package.ts';
import { recordExport } from './record-export.ts';

const { db } = aDatabase();
const aFolder = someFolders();
const made: { store?: AssetStore } = {};
const store = (): AssetStore => {
  if (!made.store) throw new Error('the store is made in beforeAll');
  return made.store;
};
beforeAll(async () => {
  made.store = await aStore(aFolder);
});

describe('an export beside the console', () => {
  it.each<[string, PackageSelection]>([
    ['packaging.days-reversed', { from: '2026-02-01', to: '2026-01-01' }],
    ['packaging.selection-unknown', { unitIds: ['99'] }],
    ['packaging.selection-unknown', { siteIds: ['99'] }],
    ['packaging.selection-unknown', { types: ['x-nobody-knows'] }],
  ])('is refused with %s like one that is asked for there', async (code, selection) => {
    const path = join(await aFolder(), 'refused.zip');
    await expect(exportTo(path, { db, assets: store() }, selection)).rejects.toMatchObject({ code });
    await expect(access(path)).rejects.toThrow();
  });

  it('holds no snapshot of the database while uploaded bytes are written', async () => {
    const received = await store().receive(Readable.from(['some bytes']), Infinity);
    await received.keep();
    const { digest } = received;
    await sql`with unit as (insert into identity.unit (name, short_name, organisation_code, kind)
        values ('某局', '某局', '123456789', 'department') returning id)
      insert into library.asset (unit_id, digest, file_name, media_type, size, uploaded_at)
      select id, ${digest}, '一.txt', 'text/plain', 10, ${packageNow} from unit`.execute(db);
    const seen: string[] = [];
    const watched: AssetStore = {
      ...store(),
      has: async (name) => {
        const { rows } = await sql<{ state: string }>`select state from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_xmin is not null`.execute(
          db,
        );
        seen.push(name, ...rows.map(({ state }) => state));
        return store().has(name);
      },
    };
    await exportTo(join(await aFolder(), 'package'), { db, assets: watched });
    expect(seen).toEqual([digest]);
  });

  it('is in the record before the package stands there, or does not stand there', async () => {
    const folder = await aFolder();
    const perform = performAs({ db }, { ...systemActor('command-line'), name: '命令行（甲）' });
    const write = async (name: string, isRecorded: boolean) => {
      const path = join(folder, name);
      return exportPackage({
        db,
        assets: store(),
        target: await openTarget(path),
        selection: {},
        now: packageNow,
        onWritten: async (manifest) => {
          if (!isRecorded) throw new Error('no record');
          await perform(recordExport, { manifest, path });
          await expect(access(path)).rejects.toThrow();
        },
      });
    };
    const { sha256 } = await write('kept.zip', true);
    await access(join(folder, 'kept.zip'));
    await expect(write('dropped.zip', false)).rejects.toThrow('no record');
    await expect(access(join(folder, 'dropped.zip'))).rejects.toThrow();
    const acts = await db.selectFrom('audit.entry').select(['action', 'actor_name', 'object_id']).execute();
    expect(acts).toEqual([
      { action: 'packaging.export-package', actor_name: '命令行（甲）', object_id: sha256 },
    ]);
  });
});
