import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
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

  it('knows no name but a digest', () => {
    for (const name of ['', '../x', 'A'.repeat(64), 'a'.repeat(63)])
      expect(() => store.pathOf(name)).toThrow();
  });
});
