import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDocx } from '../../../test/factories/archives.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  testBase,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { type AssetStore, createFileAssetStore } from '../../platform/asset-store.ts';
import { readDocument } from '../../platform/document-text/read-document.ts';
import { createLog } from '../../platform/log.ts';
import { receiveUpload, registerAsset } from '../library/index.ts';
import { quarantineFile } from './quarantine-file.ts';
import { readDocuments, type ReadRunner } from './read-documents.ts';
import { articleSearchable } from './searchables.ts';

describe('the words of attachments', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  let directory = '';
  let store: AssetStore;
  let runner: ReadRunner;
  let district: TestDistrict;
  let columnId = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-read-'));
    store = createFileAssetStore(directory);
    const log = createLog({ level: 'silent', pretty: false });
    const { clock, performAsSystem } = stage;
    runner = { db, clock, performAsSystem, log, store, read: readDocument };
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal, slug: 'tzgg' })).id;
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const aPageWith = async (fileName: string, bytes: Buffer) => {
    const { actor, office } = district;
    const received = await receiveUpload(store, Readable.from([bytes]), { fileName, limitBytes: 10_000_000 });
    const asset = await stage.perform(actor, registerAsset, { ...received, unitId: office.id });
    const id = await aPublished(stage, actor, {
      unitId: office.id,
      columnIds: [columnId],
      content: { title: '有附件', attachments: [{ assetId: asset.id, name: fileName }] },
    });
    return { id, asset };
  };
  const bodyOf = async (id: string) =>
    (await articleSearchable(testBase).load(db, [`article/${id}`]))[0]?.body ?? '';
  const readAll = async () => {
    while ((await readDocuments(runner)) > 0);
  };

  it('belong to the page that they are attached to, from the moment they are read', async () => {
    const { id } = await aPageWith('方案.docx', aDocx(['城乡居民医疗保险缴费标准']));
    expect(await bodyOf(id)).not.toContain('缴费标准');
    await readAll();
    expect(await bodyOf(id)).toContain('方案.docx\n城乡居民医疗保险缴费标准');
    const { tags } = await db
      .selectFrom('platform.event')
      .select('tags')
      .where('name', '=', 'sites.files-changed')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(tags).toEqual([`findable:${id}`]);
  });

  it('are not there of a file in quarantine', async () => {
    const { id, asset } = await aPageWith('坏.txt', Buffer.from('只在附件里的字句'));
    await readAll();
    expect(await bodyOf(id)).toContain('只在附件里的字句');
    await stage.performAsSystem(quarantineFile, { digest: asset.digest, infection: '演示', engine: 'e' });
    expect(await bodyOf(id)).not.toContain('只在附件里的字句');
  });

  it('of a document that nobody can read are none, and nothing else waits for it', async () => {
    const { asset } = await aPageWith('坏.docx', aDocx(['x', 'y']).subarray(0, 4_000));
    const { asset: good } = await aPageWith('好.txt', Buffer.from('读得到'));
    await rm(store.pathOf(asset.digest));
    await readAll();
    const rows = await db
      .selectFrom('library.file_text')
      .select(['digest', 'findings', 'text'])
      .where('digest', 'in', [asset.digest, good.digest])
      .execute();
    expect(new Map(rows.map((one) => [one.digest, [one.text, one.findings]]))).toEqual(
      new Map([
        [asset.digest, ['', ['damaged']]],
        [good.digest, ['读得到', []]],
      ]),
    );
  });
});
