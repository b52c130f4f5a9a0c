import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type AssetStore, createFileAssetStore } from './asset-store.ts';

describe('the asset store', () => {
  let directory = '';
  let store: AssetStore;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-store-'));
    store = createFileAssetStore(directory);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const streamOf = (...chunks: string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const waiting = () => readdir(join(directory, 'waiting'));

  it('keeps bytes under their digest only when told to', async () => {
    const received = await store.receive(streamOf('政务', '公开'), 100);
    expect(received.digest).toBe(createHash('sha256').update('政务公开').digest('hex'));
    expect(received.size).toBe(12);
    expect(await store.has(received.digest)).toBe(false);
    await received.keep();
    expect((await buffer(store.open(received.digest))).toString()).toBe('政务公开');
    expect((await buffer(store.open(received.digest, { start: 0, end: 5 }))).toString()).toBe('政务');
    expect(await waiting()).toEqual([]);
  });

  it('stops taking an upload of two gigabytes as soon as it is too large, and keeps nothing of it', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024);
    let sent = 0;
    const source = Readable.from(
      (function* () {
        for (; sent < 2_048; sent += 1) yield mebibyte;
      })(),
    );
    await expect(store.receive(source, 20 * mebibyte.length)).rejects.toMatchObject({
      code: 'library.asset-too-large',
    });
    expect(sent).toBeLessThan(64);
    expect(await waiting()).toEqual([]);
  });

  it('keeps the same bytes once, also when they come twice at the same time', async () => {
    const both = await Promise.all([
      store.receive(streamOf('同一份'), 100),
      store.receive(streamOf('同一份'), 100),
    ]);
    await Promise.all(both.map((one) => one.keep()));
    expect(await store.has(both[0].digest)).toBe(true);
    expect(await waiting()).toEqual([]);
  });

  it('takes exactly as many bytes as allowed', async () => {
    const received = await store.receive(streamOf('12345'), 5);
    await received.drop();
    await expect(store.receive(streamOf('123', '456'), 5)).rejects.toMatchObject({
      code: 'library.asset-too-large',
    });
    expect(await waiting()).toEqual([]);
  });

  it('leaves nothing of an upload that broke off', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('begin');
        throw new Error('the line is dead');
      })(),
    );
    await expect(store.receive(broken, 100)).rejects.toThrow('the line is dead');
    expect(await waiting()).toEqual([]);
  });

  it('throws away what a killed process left waiting, and nothing that may still be arriving', async () => {
    const kept = await store.receive(streamOf('已经收好'), 100);
    await kept.keep();
    const arriving = await store.receive(streamOf('还在路上'), 100);
    const left = join(directory, 'waiting', 'left');
    await writeFile(left, '半个文件');
    const longAgo = new Date(Date.now() - 3_700_000);
    for (const path of [left, store.pathOf(kept.digest)]) await utimes(path, longAgo, longAgo);
    expect(await store.sweep(new Date(Date.now() - 3_600_000))).toBe(1);
    expect(await waiting()).toHaveLength(1);
    await arriving.keep();
    expect([await store.has(kept.digest), await store.has(arriving.digest)]).toEqual([true, true]);
    expect(await store.sweep(new Date())).toBe(0);
  });

  it('has nothing to throw away before the first upload', async () => {
    expect(await createFileAssetStore(join(directory, 'new')).sweep(new Date())).toBe(0);
  });

  it('knows no name but a digest', () => {
    for (const name of ['', '../x', 'A'.repeat(64), 'a'.repeat(63)])
      expect(() => store.pathOf(name)).toThrow();
  });
});
