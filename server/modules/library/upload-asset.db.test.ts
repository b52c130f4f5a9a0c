import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '../../../contracts/library.ts';
import type { Problem } from '../../../contracts/endpoint.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, aUnit, signIn } from '../../../test/factories/identity.ts';
import { aPhotograph } from '../../../test/factories/pictures.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes, registerUploads } from './index.ts';

const mebibyte = 1024 * 1024;
const text = (value: string): Buffer => Buffer.from(value);

/** A form by hand: the order of its parts is what some tests are about. */
type Part = { readonly name: string; readonly fileName?: string; readonly bytes: Buffer };
function aForm(parts: readonly Part[]): { payload: Buffer; headers: Record<string, string> } {
  const boundary = `x${randomBytes(12).toString('hex')}`;
  const chunks = parts.flatMap(({ name, fileName, bytes }) => {
    const file =
      fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`;
    return [
      text(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`),
      bytes,
      text('\r\n'),
    ];
  });
  return {
    payload: Buffer.concat([...chunks, text(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}

const aPicture = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: '#a61c1c' } });

/** The header of a PNG that says it is 60,000 pixels wide and high, and nothing behind it. */
async function aBomb(): Promise<Buffer> {
  const png = await aPicture(1, 1).png().toBuffer();
  png.writeUInt32BE(60_000, 16);
  png.writeUInt32BE(60_000, 20);
  const chunk = png.subarray(12, 29);
  png.writeUInt32BE(crc32(chunk), 29);
  return png;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('uploading a file', () => {
  const { db } = aDatabase();
  const limit = 30 * mebibyte;
  let directory = '';
  let app: ReturnType<typeof aConsole>;
  let editor: { headers: Record<string, string>; unitId: string };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-assets-'));
    app = aConsole({ db }, [libraryRoutes({ assets: createFileAssetStore(directory), uploadBytes: limit })]);
    await registerUploads(app);
    const account = await anAccount(db, { roles: ['editor'] });
    editor = { headers: await signIn(app, account), unitId: account.unitId };
  });
  afterAll(async () => {
    await app.close();
    await rm(directory, { recursive: true, force: true });
  });

  const send = async (parts: readonly Part[], headers: Record<string, string> = editor.headers) => {
    const form = aForm(parts);
    return app.inject({
      method: 'POST',
      url: '/api/assets',
      payload: form.payload,
      headers: { ...headers, ...form.headers },
    });
  };
  const upload = (fileName: string, bytes: Buffer) =>
    send([
      { name: 'unitId', bytes: text(editor.unitId) },
      { name: 'file', fileName, bytes },
    ]);
  const waiting = () => readdir(join(directory, 'waiting')).catch(() => []);

  it('an operator brings a picture for the site of a unit, a supervisor does not', async () => {
    const bytes = await aPicture().png().toBuffer();
    const as = async (role: 'operator' | 'supervisor') => {
      const headers = await signIn(app, await anAccount(db, { roles: [role] }));
      const parts = [
        { name: 'unitId', bytes: text(editor.unitId) },
        { name: 'file', fileName: '标志.png', bytes },
      ];
      return (await send(parts, headers)).statusCode;
    };
    expect([await as('operator'), await as('supervisor')]).toEqual([201, 403]);
  });

  it('keeps the bytes under their digest, says what they are, and gives them back', async () => {
    const bytes = await aPicture().png().toBuffer();
    const answer = await upload('现场 照片.png', bytes);
    expect(answer.statusCode).toBe(201);
    const asset = answer.json<Asset>();
    expect(asset).toMatchObject({
      digest: createHash('sha256').update(bytes).digest('hex'),
      fileName: '现场 照片.png',
      mediaType: 'image/png',
      size: bytes.length,
      width: 40,
      height: 30,
    });
    const content = await app.inject({ url: `/api/assets/${asset.id}/content`, headers: editor.headers });
    expect(content.rawPayload.equals(bytes)).toBe(true);
    expect(content.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('现场 照片.png')}`,
    });
    expect((await upload('现场 照片.png', bytes)).json<Asset>().id).toBe(asset.id);
    expect(await waiting()).toEqual([]);
  });

  it('turns the measures of a picture that a camera stored on its side', async () => {
    const bytes = await aPicture(40, 30).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect((await upload('a.jpg', bytes)).json<Asset>()).toMatchObject({ width: 30, height: 40 });
  });

  const stored = async (asset: Asset) =>
    (await app.inject({ url: `/api/assets/${asset.id}/content`, headers: editor.headers })).rawPayload;

  it.each(['jpeg', 'png', 'webp'] as const)(
    'a photograph as %s keeps its pixels, its turn and its colours, and forgets where it was taken',
    async (format) => {
      const bytes = await aPhotograph(format, { orientation: 6 });
      const answer = await upload(`现场.${format}`, bytes);
      expect(answer.statusCode).toBe(201);
      const asset = answer.json<Asset>();
      const kept = await stored(asset);
      expect(asset).toMatchObject({
        digest: createHash('sha256').update(kept).digest('hex'),
        size: kept.length,
        width: 48,
        height: 64,
      });
      expect(kept.includes('Phone')).toBe(false);
      const [was, is] = [await sharp(bytes).metadata(), await sharp(kept).metadata()];
      expect([is.xmp, is.orientation, is.icc]).toEqual([undefined, 6, was.icc]);
      expect(await sharp(kept).raw().toBuffer()).toEqual(await sharp(bytes).raw().toBuffer());
      expect((await upload(`现场.${format}`, bytes)).json<Asset>().id).toBe(asset.id);
      expect(await waiting()).toEqual([]);
      const fresh = createHash('sha256').update(bytes).digest('hex');
      expect(await readdir(join(directory, fresh.slice(0, 2))).catch(() => [])).not.toContain(fresh);
    },
  );

  it('a photograph that is built oddly is compressed anew rather than kept with its place', async () => {
    const photograph = await aPhotograph('jpeg', { orientation: 6 });
    const [start, rest] = [photograph.indexOf(Buffer.from([0xff, 0xdb])), 'odd'];
    const bytes = Buffer.concat([photograph.subarray(0, start), text(rest), photograph.subarray(start)]);
    const asset = (await upload('a.jpg', bytes)).json<Asset>();
    expect(asset).toMatchObject({ width: 48, height: 64 });
    const kept = await stored(asset);
    const is = await sharp(kept).metadata();
    expect([is.exif, is.xmp, is.icc === undefined]).toEqual([undefined, undefined, false]);
    const wanted = await sharp(photograph).autoOrient().keepIccProfile().raw().toBuffer();
    const pixels = await sharp(kept).keepIccProfile().raw().toBuffer();
    const differences = wanted.reduce((sum, value, at) => sum + Math.abs(value - (pixels[at] ?? 999)), 0);
    expect(pixels.length).toBe(wanted.length);
    // Noise is the hardest of all pictures to compress.
    expect(differences / wanted.length).toBeLessThan(6);
  });

  it('takes plain text in UTF-8 and GB 18030, however short and wherever a character ends', async () => {
    for (const sample of ['你', '你好', '你好吗', '公告a', '一'.repeat(30_000)]) {
      expect((await upload('说明.txt', text(sample))).statusCode, sample.slice(0, 5)).toBe(201);
    }
    expect((await upload('名单.csv', Buffer.from([0xc4, 0xe3, 0xba, 0xc3, 0x0a]))).statusCode).toBe(201);
  });

  it.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['a program called a picture', 'a.png', () => Buffer.concat([text('MZ'), randomBytes(500)])],
    ['a program under its own name', 'setup.exe', () => Buffer.concat([text('MZ'), randomBytes(500)])],
    [
      'an SVG',
      'a.svg',
      () => text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    [
      'an SVG called text',
      'a.txt',
      () => text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['a page called text', 'a.txt', () => text('<!doctype html><html><script>alert(1)</script></html>')],
    ['a page', 'a.html', () => text('<p>你好</p>')],
    ['a PNG called PDF', 'a.pdf', () => aPicture().png().toBuffer()],
    ['binary called text', 'a.txt', () => Buffer.from([0x41, 0x00, 0xff, 0xfe])],
    ['a name without an extension', 'readme', () => text('你好')],
  ])('%s is refused', async (_what, fileName, bytes) => {
    const answer = await upload(fileName, await bytes());
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([422, 'library.asset-type-refused']);
    expect(await waiting()).toEqual([]);
  });

  it.each<[string, string, () => Promise<Buffer>]>([
    [
      'a PNG that ends in the middle',
      'a.png',
      async () =>
        (
          await sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } })
            .png()
            .toBuffer()
        ).subarray(0, 100_000),
    ],
    [
      'a JPEG that ends in the middle',
      'a.jpg',
      async () =>
        (
          await sharp(randomBytes(300 * 300 * 3), { raw: { width: 300, height: 300, channels: 3 } })
            .jpeg()
            .toBuffer()
        ).subarray(0, 20_000),
    ],
    ['a PNG that would unfold to ten gigabytes', 'a.png', aBomb],
  ])('%s is called damaged', async (_what, fileName, bytes) => {
    const answer = await upload(fileName, await bytes());
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([422, 'library.asset-damaged']);
    expect(await waiting()).toEqual([]);
  });

  it('an empty file is refused', async () => {
    expect((await upload('a.txt', Buffer.alloc(0))).json()).toMatchObject({
      status: 422,
      code: 'library.asset-empty',
    });
  });

  it('25 MB arrive whole, and one byte over the limit is refused without a trace', async () => {
    const bytes = Buffer.alloc(25 * mebibyte, '政务公开');
    const answer = await upload('大文件.txt', bytes);
    expect(answer.json()).toMatchObject({
      size: bytes.length,
      digest: createHash('sha256').update(bytes).digest('hex'),
    });
    const tooLarge = await upload('太大.txt', Buffer.alloc(limit + 1, 'x'));
    expect([tooLarge.statusCode, tooLarge.json<Problem>().code]).toEqual([422, 'library.asset-too-large']);
    expect(await waiting()).toEqual([]);
  });

  it('a very long name is cut so that a file system and an address can bear it', async () => {
    const { fileName } = (await upload(`${'关于进一步加强'.repeat(30)}.txt`, text('你好'))).json<Asset>();
    expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(200);
    expect(fileName.endsWith('.txt')).toBe(true);
  });

  it('says what is missing', async () => {
    const file: Part = { name: 'file', fileName: 'a.txt', bytes: text('你好') };
    const unit: Part = { name: 'unitId', bytes: text(editor.unitId) };
    for (const parts of [[file], [unit], [{ ...unit, bytes: text('1; drop') }, file]]) {
      expect((await send(parts)).json()).toMatchObject({ status: 422, code: 'library.asset-missing' });
    }
    const noForm = await app.inject({
      method: 'POST',
      url: '/api/assets',
      payload: { unitId: '1' },
      headers: editor.headers,
    });
    expect(noForm.json()).toMatchObject({ status: 422, code: 'library.asset-missing' });
  });

  it('another unit does not exist for the uploader, and a reader may not upload', async () => {
    const other = await aUnit(db);
    const answer = await send([
      { name: 'unitId', bytes: text(other.id) },
      { name: 'file', fileName: 'a.txt', bytes: text('你好') },
    ]);
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'identity.unit-out-of-scope']);
    const reviewer = await anAccount(db, { unit: { id: editor.unitId }, roles: ['reviewer'] });
    const asReviewer = await send(
      [
        { name: 'unitId', bytes: text(editor.unitId) },
        { name: 'file', fileName: 'a.txt', bytes: text('你好') },
      ],
      await signIn(app, reviewer),
    );
    expect([asReviewer.statusCode, asReviewer.json<Problem>().code]).toEqual([
      403,
      'library.unit-not-writable',
    ]);
  });

  it('a file of another unit is not there', async () => {
    const { id } = (await upload('a.txt', text('你好'))).json<Asset>();
    const stranger = await signIn(app, await anAccount(db, { roles: ['editor'] }));
    for (const url of [`/api/assets/${id}`, `/api/assets/${id}/content`]) {
      expect((await app.inject({ url, headers: stranger })).json()).toMatchObject({
        status: 404,
        code: 'library.asset-not-found',
      });
      expect((await app.inject({ url, headers: editor.headers })).statusCode).toBe(200);
    }
  });
});
