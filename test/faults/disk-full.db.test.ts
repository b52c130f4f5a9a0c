import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import { libraryRoutes, registerUploads } from '../../server/modules/library/index.ts';
import {
  backgroundProgress,
  createFileStore,
  createInlineWriter,
  createPublisher,
  fullRebuild,
  markAll,
  type PageStore,
  publishingStatus,
  rebuildDirty,
  verifyStore,
} from '../../server/modules/publishing/index.ts';
import { type AssetStore, createFileAssetStore } from '../../server/platform/asset-store.ts';
import { aConsole } from '../app.ts';
import { anAccount, signIn } from '../factories/identity.ts';
import { announceToy, aToyEngine, createToyTable, filesIn, putToy, toyKey } from '../factories/toy-pages.ts';
import { formOf } from '../form-data.ts';
import { aDatabase } from '../harness.ts';
import { aSmallDisk, sizesIn, type SmallDisk } from './small-disk.ts';

const database = aDatabase();
const { db } = database;
const disks: SmallDisk[] = [];

async function disk(): Promise<SmallDisk> {
  const one = await aSmallDisk();
  disks.push(one);
  return one;
}

afterEach(async () => {
  for (const one of disks.splice(0)) await one.remove();
});

describe('a full disk under the pages', () => {
  beforeAll(() => createToyTable(db));

  const onDisk = (small: SmallDisk): PageStore => {
    const files = createFileStore(small.directory);
    const stopAtShortage = (): void => {
      const shortage = small.shortage();
      if (shortage) throw shortage;
    };
    return {
      ...files,
      async put(...args) {
        stopAtShortage();
        await files.put(...args);
      },
      async putCopy(...args) {
        stopAtShortage();
        await files.putCopy(...args);
      },
    };
  };

  it('leaves every page whole, and the pages follow by themselves when there is room again', async () => {
    const small = await disk();
    const store = onDisk(small);
    const toy = await aToyEngine(db, { more: { store, writer: createInlineWriter(store, toyKey) } });
    const { engine } = toy;
    for (let at = 0; at < 10; at += 1) await putToy(db, `a${String(at)}`, { path: `/a${String(at)}.html` });
    await fullRebuild(engine);
    const before = await filesIn(store);

    await small.fill();
    for (let at = 0; at < 10; at += 1) {
      await putToy(db, `a${String(at)}`, { path: `/a${String(at)}.html`, body: 'changed '.repeat(2_000) });
    }
    await putToy(db, 'new', { path: '/new.html' });
    await announceToy(engine, [
      'column:1',
      'resource:new',
      ...Array.from({ length: 10 }, (_, at) => `resource:a${String(at)}`),
    ]);
    const report = await rebuildDirty(engine, { limit: 50 });
    expect(report.written).toBe(0);
    expect(report.failed).toBeGreaterThan(0);
    const { failing } = await publishingStatus(db);
    expect(failing[0]?.problem).toMatch(/ENOSPC/);
    // A page is the old one or, when its own write still found room, the new one: never a part of one.
    for (const [name, bytes] of await filesIn(store)) {
      if (!name.endsWith('.html')) continue;
      const text = Buffer.from(bytes, 'base64').toString();
      expect(
        text === Buffer.from(before.get(name) ?? '', 'base64').toString() || text.endsWith('</html>'),
        name,
      ).toBe(true);
    }

    await small.free();
    const publisher = createPublisher(engine);
    const end = Date.now() + 20_000;
    for (let waiting = 1; waiting > 0 && Date.now() < end;) {
      await sleep(100);
      const { dirty } = await publishingStatus(db);
      waiting = dirty[0] + dirty[1];
    }
    await publisher.stop();
    expect(await verifyStore(engine, { key: toyKey })).toEqual([]);
    const fresh = await aToyEngine(db, {});
    await db.deleteFrom('publishing.page').execute();
    await fullRebuild(fresh.engine);
    expect(await filesIn(store)).toEqual(await filesIn(fresh.engine.store));
    await toy.remove();
    await fresh.remove();
  }, 40_000);

  it('in the middle of a rebuild of everything leaves no half page, names what is missing, and the rebuild goes on', async () => {
    const small = await disk();
    const files = onDisk(small);
    let roomFor = 60;
    // The disk fills up while the rebuild is at it.
    const store: PageStore = {
      ...files,
      async put(...args) {
        roomFor -= 1;
        if (roomFor === 0) await small.fill();
        await files.put(...args);
      },
    };
    await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.intent`.execute(db);
    await sql`insert into toy_page select i::text, '1', '/' || i || '.html', 'x', 'page', i % 5, '{}'
      from generate_series(1, 60) as i`.execute(db);
    const toy = await aToyEngine(db, { more: { store, writer: createInlineWriter(store, toyKey) } });
    const { engine } = toy;
    await fullRebuild(engine);
    const { failing, failingCount } = await publishingStatus(db);
    expect(failingCount).toBeGreaterThan(0);
    expect(failing.map((one) => one.problem).join()).toMatch(/ENOSPC/);
    for (const [name, bytes] of await filesIn(store)) {
      if (name.endsWith('.html')) expect(Buffer.from(bytes, 'base64').toString(), name).toMatch(/<\/html>$/);
    }

    await small.free();
    await markAll(engine);
    const publisher = createPublisher(engine);
    const end = Date.now() + 30_000;
    while (
      Date.now() < end &&
      (await publishingStatus(db)).dirty[0] + (await backgroundProgress(db)).waiting > 0
    )
      await sleep(100);
    await publisher.stop();
    expect((await publishingStatus(db)).failingCount).toBe(0);
    expect(await verifyStore(engine, { key: toyKey })).toEqual([]);
    const fresh = await aToyEngine(db, {});
    await db.deleteFrom('publishing.page').execute();
    await fullRebuild(fresh.engine);
    expect(await filesIn(store)).toEqual(await filesIn(fresh.engine.store));
    await toy.remove();
    await fresh.remove();
  }, 60_000);
});

describe('a full disk under the uploads', () => {
  const storeOn = (small: SmallDisk): AssetStore => {
    const files = createFileAssetStore(join(small.directory, 'assets'));
    return {
      ...files,
      receive(source, limit) {
        const shortage = small.shortage();
        if (!shortage) return files.receive(source, limit);
        source.resume();
        return files.receive(Readable.from(failing(shortage)), limit);
      },
    };
  };

  async function* failing(shortage: Error): AsyncGenerator<Buffer> {
    yield Buffer.from('the first bytes');
    await Promise.resolve();
    throw shortage;
  }

  it('refuses an upload with 503, keeps no part of it, and takes it when there is room again', async () => {
    const small = await disk();
    const app = aConsole(database, [libraryRoutes({ assets: storeOn(small), uploadBytes: 8_000_000 })]);
    await registerUploads(app);
    const editor = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(app, editor);
    // Noise does not compress: about 300 kB.
    const noise = {
      create: {
        width: 320,
        height: 320,
        channels: 3 as const,
        noise: { type: 'gaussian' as const, mean: 128, sigma: 60 },
        background: '#888',
      },
    };
    const bytes = await sharp(noise).png().toBuffer();
    const form = formOf({ unitId: editor.unitId }, { name: 'noise.png', bytes });
    const upload = () =>
      app.inject({
        method: 'POST',
        url: '/api/assets',
        headers: { ...headers, ...form.headers },
        payload: form.payload,
      });

    await small.fill();
    const refused = await upload();
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.json()).toMatchObject({ code: 'service.unavailable', status: 503 });
    expect([...(await sizesIn(join(small.directory, 'assets'))).keys()]).toEqual([]);
    expect(await db.selectFrom('library.asset').selectAll().execute()).toEqual([]);

    await small.free();
    const taken = await upload();
    expect(taken.statusCode).toBe(201);
    expect([...(await sizesIn(join(small.directory, 'assets'))).values()]).toEqual([bytes.length]);
    await app.close();
  }, 30_000);

  it('says so as well when the last step finds no room', async () => {
    const small = await disk();
    const files = createFileAssetStore(join(small.directory, 'assets'));
    const source = join(small.directory, 'source');
    await mkdir(join(small.directory, 'assets'), { recursive: true });
    await writeFile(source, 'short');
    await small.fill();
    const shortage = small.shortage();
    const received = files.receive(
      shortage ? Readable.from(failing(shortage)) : createReadStream(source),
      1_000,
    );
    await expect(received.then((one) => one.keep())).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'service.unavailable',
    });
  });
});
