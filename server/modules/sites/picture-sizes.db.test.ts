import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Asset } from '../../../contracts/library.ts';
import { inMemory } from '../../../test/factories/sites-pages.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  publish,
  edit,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { type AssetStore, createFileAssetStore } from '../../platform/asset-store.ts';
import { createLog } from '../../platform/log.ts';
import { pictureAsAvif } from '../../platform/picture-avif.ts';
import {
  adoptReplacement,
  filesOfResource,
  receiveUpload,
  registerAsset,
  replaceAsset,
} from '../library/index.ts';
import { compressPictures } from './compress-pictures.ts';
import { quarantineFile } from './quarantine-file.ts';
import { sizePictures } from './size-pictures.ts';

describe('pictures on public pages', () => {
  const { db } = aDatabase();
  let at = Date.parse('2026-03-02T02:00:00Z');
  const stage = aStage(db, () => new Date((at += 60_000)));
  const pages = inMemory(db);
  let directory = '';
  let store: AssetStore;
  let district: TestDistrict;
  let columnId = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-sizes-'));
    store = createFileAssetStore(directory);
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal, slug: 'tpxw', kind: 'news', homePosition: 0 }))
      .id;
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const noise = (width: number, height: number, seed: number): Promise<Buffer> =>
    sharp({
      create: {
        width,
        height,
        channels: 3,
        background: { r: seed, g: 90, b: 160 },
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg({ quality: 92 })
      .toBuffer();
  const received = (name: string, bytes: Buffer) =>
    receiveUpload(store, Readable.from([bytes]), { fileName: name, limitBytes: 50_000_000 });
  const upload = async (name: string, bytes: Buffer): Promise<Asset> =>
    stage.perform(district.actor, registerAsset, {
      ...(await received(name, bytes)),
      unitId: district.office.id,
    });
  const log = createLog({ level: 'silent', pretty: false });
  const runner = () => ({ db, clock: stage.clock, performAsSystem: stage.performAsSystem, log, store });
  const sizeAll = async () => {
    while ((await sizePictures(runner())) > 0);
  };
  const compressAll = async (compress: typeof pictureAsAvif) => {
    while ((await compressPictures({ ...runner(), compress })) > 0);
  };
  const content = (title: string, asset: Asset) =>
    someContent({
      title,
      coverAssetId: asset.id,
      body: { type: 'doc', content: [{ type: 'image', attrs: { assetId: asset.id, alt: '湖' } }] },
    });
  const aStory = (title: string, asset: Asset) =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [columnId],
      content: content(title, asset),
    });
  /** Bytes that nobody looks at. */
  const asIf: typeof pictureAsAvif = (path, forms) =>
    Promise.resolve(
      forms.map(({ width }) => ({ width, height: 1, bytes: Buffer.from(`${path} ${String(width)}`) })),
    );
  const addressesWith = (text: string) => [...pages.shown.keys()].filter((key) => key.includes(text)).sort();
  /** What stands now is what a full rebuild gives. */
  const expectWhole = async () => {
    const before = new Map(pages.shown);
    await pages.rebuild();
    expect(pages.shown).toEqual(before);
  };

  it('come as AVIF too once nobody waits, and what knows it asks for nothing else', async () => {
    const slope = { create: { width: 1200, height: 800, channels: 3, background: '#7aa5c8' } } as const;
    const hill = Buffer.from(
      '<svg width="1200" height="800"><path d="M0 700 Q400 200 1200 650 V800 H0Z" fill="#385"/></svg>',
    );
    const asset = await upload(
      '山.jpg',
      await sharp(slope)
        .composite([{ input: hill }])
        .jpeg({ quality: 95 })
        .toBuffer(),
    );
    await sizeAll();
    const id = await aStory('山上', asset);
    await pages.follow();
    expect(addressesWith('.avif')).toEqual([]);
    await compressAll(pictureAsAvif);
    await pages.follow();
    const made = await db
      .selectFrom('library.picture_size')
      .selectAll()
      .where('digest', '=', asset.digest)
      .orderBy('media_type')
      .orderBy('width')
      .execute();
    expect(made.map(({ media_type: type, width }) => [type, width])).toEqual([
      ...[480, 960, 1200].map((width) => ['image/avif', width]),
      ...[480, 960, 1200].map((width) => ['image/webp', width]),
    ]);
    for (const [at, { size_digest: digest, bytes }] of made.slice(0, 3).entries()) {
      expect(await sharp(store.pathOf(digest)).metadata()).toMatchObject({
        format: 'heif',
        compression: 'av1',
      });
      expect(Number(bytes)).toBeLessThanOrEqual(0.9 * Number(made[at + 3]?.bytes));
      expect(addressesWith(digest)).toHaveLength(1);
    }
    const html = [...pages.shown.values()].find((one) => one.includes('<h1>山上')) ?? '';
    const name = encodeURIComponent('山-480.avif');
    expect(html).toContain(
      `<source type="image/avif" srcset="/files/${made[0]?.size_digest ?? ''}/${name} 480w`,
    );
    expect(html.indexOf('image/avif')).toBeLessThan(html.indexOf('image/webp'));
    await expectWhole();
    await withdraw(stage, district.actor, id);
    await pages.follow();
    expect(addressesWith('.avif')).toEqual([]);
    await expectWhole();
  });

  it('are given in the widths that screens have use for, wherever they are shown', async () => {
    const asset = await upload('湖.jpg', await noise(2000, 1200, 10));
    await sizeAll();
    await aStory('湖边', asset);
    await pages.follow();
    const sizes = await db
      .selectFrom('library.picture_size')
      .selectAll()
      .where('digest', '=', asset.digest)
      .orderBy('width')
      .execute();
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [480, 288],
      [960, 576],
      [1600, 960],
    ]);
    for (const { size_digest: digest, width } of sizes) {
      expect(await sharp(store.pathOf(digest)).metadata()).toMatchObject({ format: 'webp', width });
      expect(addressesWith(digest)).toHaveLength(1);
    }
    const html = [...pages.shown.values()].filter((one) => one.includes(encodeURIComponent('湖-480')));
    // The article and the home page.
    expect(html).toHaveLength(2);
    const name = encodeURIComponent('湖-480.webp');
    expect(html[0]).toContain(`/files/${sizes[0]?.size_digest ?? ''}/${name} 480w`);
    await expectWhole();
  });

  it('that get their sizes after they were published are shown with them, as a full rebuild would', async () => {
    const asset = await upload(
      '塔.png',
      await sharp(await noise(700, 500, 90))
        .png()
        .toBuffer(),
    );
    const id = await aStory('塔下', asset);
    await pages.follow();
    expect(addressesWith('-480.webp')).toHaveLength(1);
    await sizeAll();
    await pages.follow();
    expect(addressesWith('-480.webp')).toHaveLength(2);
    expect(addressesWith('-700.webp')).toHaveLength(1);
    await expectWhole();
    await withdraw(stage, district.actor, id);
    await pages.follow();
    expect(addressesWith('塔').length).toBe(0);
    await expectWhole();
  });

  it('that came as WebP are their own widest form', async () => {
    const asset = await upload(
      '桥.webp',
      await sharp(await noise(1200, 700, 60))
        .webp({ quality: 95 })
        .toBuffer(),
    );
    await sizeAll();
    await aStory('桥上', asset);
    await pages.follow();
    const html = [...pages.shown.values()].find((one) => one.includes(encodeURIComponent('桥-960.webp')));
    expect(html).toContain(`${encodeURIComponent('桥-960.webp')} 960w, /files/${asset.digest}/`);
    expect(html).toContain(`${encodeURIComponent('桥.webp')} 1200w`);
    await expectWhole();
  });

  it('of which AVIF would save too little, or cannot be made, are not tried again', async () => {
    const asset = await upload('噪.jpg', await noise(500, 300, 33));
    await sizeAll();
    let asked = 0;
    await compressAll(() => {
      asked += 1;
      return Promise.resolve('took-too-long');
    });
    const row = await db
      .selectFrom('library.file')
      .select('avif')
      .where('digest', '=', asset.digest)
      .executeTakeFirstOrThrow();
    expect(row.avif).toBe('none');
    expect(asked).toBeGreaterThan(0);
    await compressAll(() => {
      throw new Error('asked again');
    });
  });

  it('that cannot be made smaller are shown as they came', async () => {
    const tiny = await upload(
      '小.png',
      await sharp({ create: { width: 20, height: 20, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
    );
    const broken = await upload('坏.jpg', await noise(600, 400, 50));
    await writeFile(store.pathOf(broken.digest), 'no picture any more');
    await sizeAll();
    const states = await db
      .selectFrom('library.file')
      .select(['digest', 'sizes'])
      .where('digest', 'in', [tiny.digest, broken.digest])
      .execute();
    expect(new Map(states.map((one) => [one.digest, one.sizes]))).toEqual(
      new Map([
        [tiny.digest, 'done'],
        [broken.digest, 'failed'],
      ]),
    );
  });

  it('in quarantine leave with all their sizes', async () => {
    const asset = await upload('疑.jpg', await noise(1000, 600, 130));
    await sizeAll();
    await compressAll(asIf);
    await aStory('可疑', asset);
    await pages.follow();
    expect(addressesWith('疑').length).toBe(7);
    await stage.performAsSystem(quarantineFile, { digest: asset.digest, infection: '演示', engine: 'e' });
    await pages.follow();
    expect(addressesWith('疑').length).toBe(0);
    expect([...pages.shown.values()].some((one) => one.includes(encodeURIComponent('疑')))).toBe(false);
    await expectWhole();
  });

  it('that were replaced lead from their old address to the new file, from the moment it is published', async () => {
    const { actor } = district;
    const old = await upload('封面.jpg', await noise(500, 300, 170));
    const id = await aStory('换图', old);
    await pages.follow();
    const [address = ''] = addressesWith(old.digest);
    const bytes = await noise(500, 300, 200);
    const made = await stage.perform(actor, replaceAsset, {
      ...(await received('新封面.jpg', bytes)),
      assetId: old.id,
    });
    await pages.follow();
    // What was reviewed stays until something else is.
    expect(pages.shown.get(address)).toBe(`file ${old.digest}`);
    const version = async () =>
      (
        await db
          .selectFrom('library.resource')
          .select('version')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
      ).version;
    await stage.perform(actor, adoptReplacement, {
      assetId: old.id,
      resourceId: id,
      expectedVersion: await version(),
    });
    await pages.follow();
    expect(pages.shown.get(address)).toBe(`file ${old.digest}`);
    await publish(stage, actor, id);
    await pages.follow();
    expect(pages.shown.get(address)?.startsWith('moved')).toBe(true);
    expect(addressesWith(made.digest)).toHaveLength(1);
    await expectWhole();
    // Back to the old one: its address is a file again.
    await edit(stage, actor, id, content('换图', old));
    await publish(stage, actor, id);
    await pages.follow();
    expect(pages.shown.get(address)).toBe(`file ${old.digest}`);
    await expectWhole();
  });

  it('wait for a text that is going live, so that one of the two sees the other', async () => {
    const asset = await upload('雨.jpg', await noise(700, 500, 70));
    const id = await aStory('雨天', asset);
    const stateOf = async () =>
      (
        await db
          .selectFrom('library.file')
          .select('sizes')
          .where('digest', '=', asset.digest)
          .executeTakeFirstOrThrow()
      ).sizes;
    let sizing: Promise<void> | undefined;
    await db.transaction().execute(async (on) => {
      const files = await filesOfResource(on, id);
      sizing = sizeAll();
      await sleep(1_000);
      expect(await stateOf()).toBe('waiting');
      expect(await filesOfResource(on, id)).toEqual(files);
    });
    await sizing;
    expect(await stateOf()).toBe('done');
    await pages.follow();
    await expectWhole();
  });
});
