import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Asset, AssetWords, ListedAsset, Resource } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { formOf } from '../../../test/form-data.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { recordWords } from './file-text.queries.ts';
import { libraryRoutes, registerUploads } from './index.ts';

describe('the asset library', () => {
  const { db } = aDatabase();
  let directory = '';
  let app: ReturnType<typeof aConsole>;
  let unitId = '';
  let editor: Record<string, string>;
  let reviewer: Record<string, string>;
  let stranger: Record<string, string>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-library-'));
    app = aConsole({ db }, [
      libraryRoutes({ assets: createFileAssetStore(directory), uploadBytes: 1_000_000 }),
    ]);
    await registerUploads(app);
    const account = await anAccount(db, { roles: ['editor'] });
    unitId = account.unitId;
    editor = await signIn(app, account);
    reviewer = await signIn(app, await anAccount(db, { unit: { id: unitId }, roles: ['reviewer'] }));
    stranger = await signIn(app, await anAccount(db, { roles: ['editor'] }));
  });
  afterAll(async () => {
    await app.close();
    await rm(directory, { recursive: true, force: true });
  });

  const get = (url: string, headers = editor) => app.inject({ url, headers });
  const send = (method: 'POST' | 'PUT', url: string, payload: object, headers = editor) =>
    app.inject({ method, url, payload, headers });
  const form = (url: string, name: string, bytes: string, headers = editor) => {
    const body = formOf({ unitId }, { name, bytes });
    return app.inject({
      method: 'POST',
      url,
      payload: body.payload,
      headers: { ...headers, ...body.headers },
    });
  };
  const upload = async (name: string, bytes: string) =>
    (await form('/api/assets', name, bytes)).json<Asset>();
  const namesOf = async (query: string, headers = editor) =>
    (await get(`/api/assets${query}`, headers))
      .json<{ items: ListedAsset[] }>()
      .items.map((one) => one.fileName);
  const aDraftWith = async (asset: Asset) =>
    (
      await send('POST', '/api/resources', {
        unitId,
        type: 'article',
        content: { title: `附有${asset.fileName}`, attachments: [{ assetId: asset.id, name: '附件' }] },
      })
    ).json<Resource>();

  it('lists the own files newest first, by name, by kind and by what is missing, page by page', async () => {
    const used = await upload('报名表.txt', '报名');
    await upload('五折_扣.csv', '一,二');
    await aDraftWith(used);
    expect(await namesOf('')).toEqual(['五折_扣.csv', '报名表.txt']);
    expect(await namesOf('?q=折_')).toEqual(['五折_扣.csv']);
    expect(await namesOf('?kind=image')).toEqual([]);
    expect(await namesOf('?kind=document')).toHaveLength(2);
    expect(await namesOf('?show=unused')).toEqual(['五折_扣.csv']);
    expect(await namesOf('?show=no-alt')).toEqual([]);
    expect(await namesOf('?show=trouble')).toEqual([]);
    const first = (await get('/api/assets?limit=1')).json<{ items: ListedAsset[]; nextCursor: string }>();
    expect(first.items[0]).toMatchObject({ fileName: '五折_扣.csv', uses: 0, alt: '', replacedBy: null });
    expect(await namesOf(`?limit=1&cursor=${first.nextCursor}`)).toEqual(['报名表.txt']);
    expect((await get('/api/assets?cursor=x')).json()).toMatchObject({ code: 'library.cursor-wrong' });
  });

  it('another unit sees none of them, by no way', async () => {
    const asset = await upload('内部.txt', '只给本单位');
    const draft = await aDraftWith(asset);
    expect(await namesOf('', stranger)).toEqual([]);
    expect(await namesOf(`?unitId=${unitId}`, stranger)).toEqual([]);
    expect((await get('/api/quarantine', stranger)).json()).toEqual([]);
    const words = { alt: 'x', copyright: '', source: '' };
    const refused = [
      await get(`/api/assets/${asset.id}/uses`, stranger),
      await get(`/api/assets/${asset.id}/words`, stranger),
      await get(`/api/assets/${asset.id}/history`, stranger),
      await send('PUT', `/api/assets/${asset.id}/description`, words, stranger),
      await form(`/api/assets/${asset.id}/replacement`, '新.txt', '新', stranger),
      await send(
        'POST',
        `/api/assets/${asset.id}/adoptions`,
        { resourceId: draft.id, expectedVersion: 1 },
        stranger,
      ),
    ];
    expect(refused.map((one) => [one.statusCode, one.json<Problem>().code])).toEqual(
      refused.map(() => [404, 'library.asset-not-found']),
    );
  });

  it('a reviewer looks and changes nothing, and unknown keys are refused', async () => {
    const asset = await upload('看.txt', '只看不改');
    expect(await namesOf('?q=看', reviewer)).toEqual(['看.txt']);
    const words = { alt: 'x', copyright: '', source: '' };
    const refused = [
      await send('PUT', `/api/assets/${asset.id}/description`, words, reviewer),
      await form(`/api/assets/${asset.id}/replacement`, '新.txt', '新的', reviewer),
      await send(
        'POST',
        `/api/assets/${asset.id}/adoptions`,
        { resourceId: '1', expectedVersion: 1 },
        reviewer,
      ),
    ];
    expect(refused.map((one) => one.statusCode)).toEqual([403, 403, 403]);
    const malformed = [
      await get('/api/assets?kind=picture'),
      await get('/api/assets?colour=red'),
      await get('/api/quarantine?all=1'),
      await send('PUT', `/api/assets/${asset.id}/description`, { ...words, digest: 'x' }),
      await send('PUT', `/api/assets/${asset.id}/description`, { ...words, alt: 'x'.repeat(501) }),
    ];
    expect(malformed.map((one) => one.statusCode)).toEqual(malformed.map(() => 400));
  });

  it('keeps what is said of a file', async () => {
    const { id } = await upload('说明.txt', '要写清楚');
    const words = { alt: ' 会场全景 ', copyright: '区融媒体中心', source: '现场拍摄' };
    expect((await send('PUT', `/api/assets/${id}/description`, words)).json()).toMatchObject({
      alt: '会场全景',
      copyright: '区融媒体中心',
      source: '现场拍摄',
    });
    expect((await get(`/api/assets/${id}`)).json()).toMatchObject({ alt: '会场全景' });
  });

  it('gives a stretch of a file to a player that jumps, and the whole to whoever asks oddly', async () => {
    const { id } = await upload('声音.txt', '0123456789');
    const stretch = async (range: string) => {
      const answer = await get(`/api/assets/${id}/content`, { ...editor, range });
      return [answer.statusCode, answer.headers['content-range'], answer.body];
    };
    expect(await stretch('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await stretch('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await stretch('bytes=7-99999')).toEqual([206, 'bytes 7-9/10', '789']);
    for (const odd of ['bytes=20-30', 'bytes=4-2', 'bytes=-3', 'pages=1-2'])
      expect(await stretch(odd)).toEqual([200, undefined, '0123456789']);
  });

  it('shows the words that were read in a document', async () => {
    const { id, digest } = await upload('通知.txt', '全文在此');
    const words = async () => (await get(`/api/assets/${id}/words`)).json<AssetWords>();
    expect(await words()).toEqual({ state: 'waiting', text: '', findings: [] });
    await recordWords(db, { digest, text: '全文在此', findings: ['too-long'] }, new Date());
    expect(await words()).toEqual({ state: 'read', text: '全文在此', findings: ['too-long'] });
  });

  it('a replaced file is followed by the new one, and drafts can take it', async () => {
    const old = await upload('名单v1.txt', '第一版');
    await send('PUT', `/api/assets/${old.id}/description`, { alt: '名单', copyright: '', source: '' });
    const draft = await aDraftWith(old);
    const made = (await form(`/api/assets/${old.id}/replacement`, '名单v2.txt', '第二版')).json<Asset>();
    expect(made).toMatchObject({ fileName: '名单v2.txt', alt: '名单', replacedBy: null });
    expect((await get(`/api/assets/${old.id}`)).json()).toMatchObject({ replacedBy: made.id });
    expect(await namesOf('?q=名单')).toEqual(['名单v2.txt']);
    const again = await form(`/api/assets/${old.id}/replacement`, '名单v3.txt', '第三版');
    expect([again.statusCode, again.json<Problem>().code]).toEqual([409, 'library.asset-replaced']);
    const same = await form(`/api/assets/${made.id}/replacement`, '名单v2.txt', '第二版');
    expect([same.statusCode, same.json<Problem>().code]).toEqual([409, 'library.asset-unchanged']);
    const newest = (await form(`/api/assets/${made.id}/replacement`, '名单v3.txt', '第三版')).json<Asset>();
    const line = (await get(`/api/assets/${made.id}/history`)).json<ListedAsset[]>();
    expect(line.map((one) => one.id)).toEqual([newest.id, made.id, old.id]);
    expect((await get(`/api/assets/${old.id}/uses`)).json()).toEqual({
      resources: [
        {
          resourceId: draft.id,
          title: '附有名单v1.txt',
          stage: 'draft',
          version: 1,
          isLive: false,
          isHead: true,
        },
      ],
      sites: [],
    });
    const adoption = { resourceId: draft.id, expectedVersion: draft.version };
    const stale = await send('POST', `/api/assets/${old.id}/adoptions`, { ...adoption, expectedVersion: 9 });
    expect(stale.json<Problem>().code).toBe('library.resource-changed');
    expect((await send('POST', `/api/assets/${old.id}/adoptions`, adoption)).json()).toMatchObject({
      resourceId: draft.id,
    });
    const after = (await get(`/api/resources/${draft.id}`)).json<Resource>();
    expect(after.head.content.attachments).toEqual([{ assetId: newest.id, name: '附件' }]);
    const nothing = await send('POST', `/api/assets/${old.id}/adoptions`, {
      ...adoption,
      expectedVersion: after.version,
    });
    expect(nothing.json<Problem>().code).toBe('library.asset-unused');
  });
});
