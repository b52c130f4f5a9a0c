import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '../../../contracts/library.ts';
import type { Problem } from '../../../contracts/endpoint.ts';
import { aConsole } from '../../../test/app.ts';
import {
  aClamd,
  hasClamd,
  infectedBytes,
  infectedName,
  laterBytes,
  laterName,
  type TestClamd,
} from '../../../test/factories/clamd.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { inMemory } from '../../../test/factories/sites-pages.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aStage,
  publish,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { formOf } from '../../../test/form-data.ts';
import { aDatabase } from '../../../test/harness.ts';
import { type AssetStore, createFileAssetStore } from '../../platform/asset-store.ts';
import { createClamd, ScannerAway } from '../../platform/clamd.ts';
import { createLog } from '../../platform/log.ts';
import { libraryRoutes, receiveUpload, registerAsset, registerUploads } from '../library/index.ts';
import { scanFiles, type ScanRunner } from './scan-files.ts';

// The console's clock is the real one; tomorrow at ten in the morning and at two in the night, in China.
const tomorrow = (Math.floor(Date.now() / 86_400_000) + 1) * 86_400_000;
const day = tomorrow + 2 * 3_600_000;
const night = tomorrow + 18 * 3_600_000;

describe.skipIf(!hasClamd())('scanning files with a real clamd', () => {
  const { db } = aDatabase();
  let now = day;
  const stage = aStage(db, () => new Date((now += 1_000)));
  const pages = inMemory(db);
  let clamd: TestClamd;
  let directory = '';
  let store: AssetStore;
  let runner: ScanRunner;
  let district: TestDistrict;
  let columnId = '';
  let app: ReturnType<typeof aConsole>;
  let editor: Record<string, string>;

  beforeAll(async () => {
    clamd = await aClamd();
    directory = await mkdtemp(join(tmpdir(), 'jiyue-scan-'));
    store = createFileAssetStore(directory);
    const scanner = createClamd(clamd.place);
    const log = createLog({ level: 'silent', pretty: false });
    runner = { db, clock: stage.clock, performAsSystem: stage.performAsSystem, log, store, scanner };
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal, slug: 'tzgg' })).id;
    app = aConsole({ db }, [libraryRoutes({ assets: store, uploadBytes: 8_000_000, scanner })]);
    await registerUploads(app);
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await clamd.remove();
    await rm(directory, { recursive: true, force: true });
  });

  const upload = (name: string, bytes: Buffer | string) => {
    const form = formOf({ unitId: district.office.id }, { name, bytes });
    return app.inject({
      method: 'POST',
      url: '/api/assets',
      payload: form.payload,
      headers: { ...editor, ...form.headers },
    });
  };
  const scanOf = async (id: string) =>
    (await app.inject({ url: `/api/assets/${id}`, headers: editor })).json<Asset>().scan;
  const aDraftWith = (asset: Asset) =>
    aDraft(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [columnId],
      content: { title: `附有${asset.fileName}`, attachments: [{ assetId: asset.id, name: asset.fileName }] },
    });
  const apart = () => readdir(join(directory, 'quarantine')).catch(() => []);
  const scanAll = async () => {
    while ((await scanFiles(runner)) > 0);
  };

  it('a clean file is said to be clean, and can be published at once', async () => {
    const answer = await upload('说明.txt', '各有关单位');
    expect(answer.json()).toMatchObject({ scan: 'clean' });
    await publish(stage, district.actor, await aDraftWith(answer.json<Asset>()));
  });

  it('an upload with a virus is refused, kept apart and on record', async () => {
    const answer = await upload('木马.txt', Buffer.concat([Buffer.from('开头 '), infectedBytes]));
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([422, 'library.asset-infected']);
    expect(await apart()).toHaveLength(1);
    expect(await readdir(join(directory, 'waiting'))).toEqual([]);
    const found = await db.selectFrom('library.quarantine').selectAll().execute();
    expect(found).toMatchObject([{ file_name: '木马.txt', infection: infectedName, found_by: 'upload' }]);
    const acts = await db
      .selectFrom('audit.entry')
      .select('action')
      .where('action', '=', 'library.record-infected-upload')
      .execute();
    expect(acts).toHaveLength(1);
  });

  it('a file larger than the scanner takes is refused with a reason', async () => {
    const answer = await upload('很大.txt', Buffer.alloc(6_000_000, '大'));
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([422, 'library.asset-unscannable']);
  });

  it('while the scanner is away files wait and hold up the release, and nothing else', async () => {
    await clamd.stop();
    const asset = (await upload('待查.txt', '等一等再发布')).json<Asset>();
    expect(asset.scan).toBe('waiting');
    const id = await aDraftWith(asset);
    await expect(publish(stage, district.actor, id)).rejects.toMatchObject({
      code: 'library.asset-unscanned',
    });
    await expect(scanFiles(runner)).rejects.toBeInstanceOf(ScannerAway);
    expect(await scanOf(asset.id)).toBe('waiting');
    await clamd.start();
    await scanAll();
    expect(await scanOf(asset.id)).toBe('clean');
    await publish(stage, district.actor, id);
  });

  it('what waited and is infected is never published', async () => {
    await clamd.stop();
    const asset = (await upload('带毒.txt', infectedBytes)).json<Asset>();
    const id = await aDraftWith(asset);
    await clamd.start();
    await scanAll();
    expect(await scanOf(asset.id)).toBe('infected');
    await expect(publish(stage, district.actor, id)).rejects.toMatchObject({
      code: 'library.asset-infected',
    });
    const content = await app.inject({ url: `/api/assets/${asset.id}/content`, headers: editor });
    expect([content.statusCode, content.json<Problem>().code]).toEqual([409, 'library.asset-infected']);
    expect(await store.has(asset.digest)).toBe(false);
  });

  it('new signatures take a published file from every page, and withdrawn ones give it back', async () => {
    const asset = (await upload('名单.txt', laterBytes)).json<Asset>();
    expect(asset.scan).toBe('clean');
    await publish(stage, district.actor, await aDraftWith(asset));
    await pages.follow();
    const before = new Map(pages.shown);
    const file = [...before.keys()].find((address) => address.includes(asset.digest));
    expect(file).toBeDefined();

    await clamd.learn();
    // By day nothing is scanned again; a week later at night it is, whatever the engine calls itself.
    await scanAll();
    expect(await scanOf(asset.id)).toBe('clean');
    now = night + 8 * 24 * 3_600_000;
    await scanAll();
    expect(await scanOf(asset.id)).toBe('infected');
    expect(await store.has(asset.digest)).toBe(false);
    await pages.follow();
    const all = [...pages.shown].join('\n');
    expect(pages.shown.has(file ?? '')).toBe(false);
    expect(all.includes(asset.digest)).toBe(false);
    const found = await db
      .selectFrom('library.quarantine')
      .select(['infection', 'found_by'])
      .where('digest', '=', asset.digest)
      .execute();
    expect(found).toEqual([{ infection: laterName, found_by: 'scan' }]);
    const again = await upload('名单.txt', laterBytes);
    expect(again.json<Problem>().code).toBe('library.asset-infected');

    await clamd.unlearn();
    now += 8 * 24 * 3_600_000;
    await scanAll();
    expect(await scanOf(asset.id)).toBe('clean');
    expect(await store.has(asset.digest)).toBe(true);
    await pages.follow();
    expect(pages.shown).toEqual(before);
    await pages.rebuild();
    expect(pages.shown).toEqual(before);
  });

  it('files from before there was a scanner are looked at in the night', async () => {
    const received = await receiveUpload(store, Readable.from([Buffer.from('从前的文件')]), {
      fileName: '从前.txt',
      limitBytes: 1_000,
    });
    const asset = await stage.perform(district.actor, registerAsset, {
      ...received,
      unitId: district.office.id,
    });
    expect(asset.scan).toBe('off');
    await scanAll();
    expect(await scanOf(asset.id)).toBe('clean');
  });
});
