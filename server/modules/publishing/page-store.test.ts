import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { anS3Server, type S3Server } from '../../../test/factories/s3-server.ts';
import { openPageReader, openPageStore, type PagePlace } from './open-store.ts';
import { digestOf } from './page-forms.ts';
import { LARGEST_IN_MEMORY, type PageReader } from './page-reader.ts';
import type { PageStore } from './page-store.ts';

let s3: S3Server;
let folder: string;
beforeAll(async () => {
  s3 = await anS3Server();
});
afterAll(() => s3.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiyue-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const places: readonly (readonly [string, () => PagePlace])[] = [
  ['of files', () => ({ kind: 'files', directory: join(folder, 'pages') })],
  ['in a bucket', () => ({ kind: 's3', ...s3.settings })],
];

async function namesOf(store: PageStore, site: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of store.list(site)) names.push(name);
  return names.sort();
}

describe.each(places)('a page store %s', (_kind, placeOf) => {
  let store: PageStore;
  let reader: PageReader;
  beforeEach(async () => {
    store = await openPageStore(placeOf());
    reader = await openPageReader(placeOf());
    for (const site of await store.sites())
      for (const name of await namesOf(store, site)) await store.remove(site, name);
  });

  test('gives back what was put, under names of any script, and replaces it', async () => {
    for (const name of ['index.html', 'a/b/页面 一.html', 'x/100%.html', "x/it's+1&2.html.gz"]) {
      await store.put('1', name, Buffer.from(`first ${name}`));
      await store.put('1', name, Buffer.from(`second ${name}`));
      expect((await store.read('1', name))?.toString()).toBe(`second ${name}`);
      expect((await reader.read('1', name))?.bytes?.toString()).toBe(`second ${name}`);
      expect(await store.has('1', name)).toBe(true);
      expect(await store.digest('1', name)).toBe(digestOf(Buffer.from(`second ${name}`)));
    }
  });

  test('knows what is not there', async () => {
    await store.put('1', 'a.html', Buffer.from('a'));
    for (const [site, name] of [
      ['1', 'b.html'],
      ['2', 'a.html'],
      ['1', 'a.html/b.html'],
    ] as const) {
      expect(await store.read(site, name)).toBeUndefined();
      expect(await store.digest(site, name)).toBeUndefined();
      expect(await store.has(site, name)).toBe(false);
      expect(await reader.read(site, name)).toBeUndefined();
      expect(await reader.signature(site, name)).toBeUndefined();
      await store.remove(site, name);
    }
  });

  test('lists sites and what they hold, and forgets what was removed', async () => {
    await store.putHosts(Buffer.from('{}'));
    const names = ['index.html', 'index.html.gz', 'x/index.html', 'x/y/z.html'];
    for (const name of names) await store.put('1', name, Buffer.from(name));
    await store.put('12', 'other.html', Buffer.from('other'));
    expect((await store.sites()).toSorted()).toEqual(['1', '12']);
    expect(await namesOf(store, '1')).toEqual(names);
    await store.remove('1', 'x/y/z.html');
    expect(await namesOf(store, '1')).toEqual(names.slice(0, 3));
    expect(await reader.hasFolder('1', '/x')).toBe(true);
    expect(await reader.hasFolder('1', '/x/y')).toBe(false);
    expect((await store.readHosts())?.toString()).toBe('{}');
    expect((await reader.read('', 'hosts.json'))?.bytes?.toString()).toBe('{}');
  });

  test('copies local files of any size, and gives large ones in parts', async () => {
    const source = join(folder, 'film');
    const bytes = Buffer.alloc(LARGEST_IN_MEMORY + 100_000, 'film ');
    await writeFile(source, bytes);
    await store.putCopy('1', 'files/film.mp4', source);
    await writeFile(source, 'changed');
    const found = await reader.read('1', 'files/film.mp4');
    expect([found?.size, found?.digest, found?.bytes]).toEqual([bytes.length, digestOf(bytes), undefined]);
    const { signature = '' } = found ?? {};
    const part = await reader.stream('1', 'files/film.mp4', { start: 5, end: 8, signature });
    expect(part && (await text(part))).toBe('film');
  });

  test('shows a change by another signature, and gives no part of what was changed', async () => {
    await store.put('1', 'a.html', Buffer.from('one'));
    const signature = (await reader.signature('1', 'a.html')) ?? '';
    expect((await reader.read('1', 'a.html'))?.signature).toBe(signature);
    await store.put('1', 'a.html', Buffer.from('two'));
    expect(await reader.signature('1', 'a.html')).not.toBe(signature);
    expect(await reader.stream('1', 'a.html', { start: 0, end: 2, signature })).toBeUndefined();
  });
});

test('a bucket that does not answer is trouble with the store, not a mistake', async () => {
  const store = await openPageStore({ kind: 's3', ...s3.settings, endpoint: 'http://127.0.0.1:9' });
  await expect(store.put('1', 'a.html', Buffer.from('a'))).rejects.toMatchObject({ code: 'EIO' });
  const other = await openPageStore({ kind: 's3', ...s3.settings, bucket: 'no-such-bucket' });
  await expect(other.put('1', 'a.html', Buffer.from('a'))).rejects.toMatchObject({ code: 'EIO' });
  await expect(other.read('1', 'a.html')).rejects.toMatchObject({ code: 'EIO' });
});
