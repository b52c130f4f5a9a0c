import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Asset, AssetPreview, AssetStorage } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { formOf } from '../../../test/form-data.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes, registerUploads } from './index.ts';
import { insertPreview, type KeptPreview } from './preview.queries.ts';

describe('looking at a document without opening it', () => {
  const { db } = aDatabase();
  let directory = '';
  let app: ReturnType<typeof aConsole>;
  let unitId = '';
  let editor: Record<string, string>;
  let stranger: Record<string, string>;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-looks-'));
    const assets = createFileAssetStore(directory);
    app = aConsole({ db }, [libraryRoutes({ assets, uploadBytes: 1_000_000 })]);
    await registerUploads(app);
    const account = await anAccount(db, { roles: ['editor'] });
    unitId = account.unitId;
    editor = await signIn(app, account);
    stranger = await signIn(app, await anAccount(db, { roles: ['editor'] }));
  });
  afterAll(async () => {
    await app.close();
    await rm(directory, { recursive: true, force: true });
  });

  const get = (url: string, headers = editor) => app.inject({ url, headers });
  const upload = async (name: string, bytes: string) => {
    const form = formOf({ unitId }, { name, bytes });
    const headers = { ...editor, ...form.headers };
    return (
      await app.inject({ method: 'POST', url: '/api/assets', payload: form.payload, headers })
    ).json<Asset>();
  };
  const previewOf = async ({ id }: Asset) => (await get(`/api/assets/${id}/preview`)).json<AssetPreview>();
  const nothing: KeptPreview = {
    kind: 'none',
    pages: [],
    totalPages: null,
    body: null,
    isWhole: false,
    findings: [],
  };
  const aDrawn = async (name: string) => {
    const asset = await upload(name, `as if it were a PDF: ${name}`);
    const received = await createFileAssetStore(directory).receive(
      Readable.from([Buffer.from(`page of ${name}`)]),
      100,
    );
    await received.keep();
    const page = { digest: received.digest, width: 1000, height: 1415, bytes: received.size };
    const { digest } = asset;
    await insertPreview(db, { ...nothing, digest, kind: 'pages', pages: [page], totalPages: 3 }, new Date());
    return asset;
  };

  it('waits until somebody drew it, and says when there is nothing to draw', async () => {
    const asset = await upload('通知.txt', '全文');
    expect(await previewOf(asset)).toEqual({ ...nothing, state: 'waiting' });
    const body = { type: 'doc' as const, content: [{ type: 'paragraph' as const }] };
    const made: KeptPreview = {
      ...nothing,
      kind: 'text',
      body,
      isWhole: true,
      findings: ['pictures-left-out'],
    };
    expect(await insertPreview(db, { ...made, digest: asset.digest }, new Date())).toBe(true);
    // Another worker that was as quick changes nothing.
    expect(await insertPreview(db, { ...nothing, digest: asset.digest }, new Date())).toBe(false);
    expect(await previewOf(asset)).toEqual({ ...made, state: 'made' });
    await db
      .updateTable('library.file')
      .set({ media_type: 'video/mp4', preview: null })
      .where('digest', '=', asset.digest)
      .execute();
    expect(await previewOf(asset)).toEqual({ ...nothing, state: 'none' });
  });

  it('counts what was drawn beside the files, once for equal bytes, and only of the own unit', async () => {
    const storage = async (headers = editor) =>
      (await get('/api/asset-storage', headers)).json<AssetStorage>();
    const before = await storage();
    const { digest, size } = await aDrawn('量.txt');
    await upload('又一份.txt', 'as if it were a PDF: 量.txt');
    const form = { digest, width: 1, height: 1, size_digest: 'a'.repeat(64), bytes: 40 };
    await db
      .insertInto('library.picture_size')
      .values([form, { ...form, media_type: 'image/avif', size_digest: 'b'.repeat(64), bytes: 30 }])
      .execute();
    const { originals, pages } = before;
    expect(await storage()).toEqual({
      originals: { files: originals.files + 1, bytes: originals.bytes + size },
      webp: { files: 1, bytes: 40 },
      avif: { files: 1, bytes: 30 },
      pages: { files: pages.files + 1, bytes: pages.bytes + Buffer.byteLength('page of 量.txt') },
    });
    const nothingKept = { files: 0, bytes: 0 };
    const none = { originals: nothingKept, webp: nothingKept, avif: nothingKept, pages: nothingKept };
    expect(await storage(stranger)).toEqual(none);
  });

  it('gives each page as a picture, and no page that is not there', async () => {
    const asset = await aDrawn('甲.txt');
    expect(await previewOf(asset)).toMatchObject({
      state: 'made',
      kind: 'pages',
      pages: [{ width: 1000, height: 1415 }],
      totalPages: 3,
    });
    const page = await get(`/api/assets/${asset.id}/preview-pages/1`);
    expect([page.statusCode, page.headers['content-type'], page.body]).toEqual([
      200,
      'image/webp',
      'page of 甲.txt',
    ]);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    const beyond = await get(`/api/assets/${asset.id}/preview-pages/2`);
    expect([beyond.statusCode, beyond.json<Problem>().code]).toEqual([404, 'library.asset-page-not-found']);
    const odd = ['0', '-1', 'x', '1001'].map((number) => `/api/assets/${asset.id}/preview-pages/${number}`);
    for (const url of [...odd, `/api/assets/${asset.id}/preview?page=1`])
      expect((await get(url)).statusCode, url).toBe(400);
  });

  it('another unit sees neither the preview nor a page of it', async () => {
    const asset = await aDrawn('乙.txt');
    for (const url of [`/api/assets/${asset.id}/preview`, `/api/assets/${asset.id}/preview-pages/1`]) {
      const answer = await get(url, stranger);
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'library.asset-not-found']);
      expect((await get(url, {})).statusCode).toBe(401);
    }
  });

  it('nobody sees a page of a file in quarantine', async () => {
    const asset = await aDrawn('丙.txt');
    await db
      .updateTable('library.file')
      .set({ scan: 'infected', infection: '演示', scanned_at: new Date(), scanned_with: 'e' })
      .where('digest', '=', asset.digest)
      .execute();
    expect(await previewOf(asset)).toEqual({ ...nothing, state: 'none' });
    const page = await get(`/api/assets/${asset.id}/preview-pages/1`);
    expect([page.statusCode, page.json<Problem>().code]).toEqual([409, 'library.asset-infected']);
  });
});
