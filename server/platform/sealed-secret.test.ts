import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { loadSeal } from './sealed-secret.ts';

describe('a sealed secret', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jiyue-seal-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('is opened by whoever has the key file, never looks the same, and does not show what it holds', async () => {
    const file = join(directory, 'keys', 'a.key');
    const [one, other] = await Promise.all([loadSeal(file), loadSeal(file)]);
    const sealed = one.seal('key 1', 'jiyue_密钥');
    expect(other.open('key 1', sealed)).toBe('jiyue_密钥');
    expect(one.seal('key 1', 'jiyue_密钥')).not.toEqual(sealed);
    expect(sealed.includes('jiyue')).toBe(false);
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readdir(join(directory, 'keys'))).toEqual(['a.key']);
  });

  it('is opened by nobody else, nowhere else, nor when a bit of it was changed', async () => {
    const seal = await loadSeal(join(directory, 'b.key'));
    const stranger = await loadSeal(join(directory, 'c.key'));
    const sealed = seal.seal('key 1', 'geheim');
    expect(() => seal.open('key 2', sealed)).toThrow(
      expect.objectContaining({ code: 'platform.seal-broken' }),
    );
    expect(() => stranger.open('key 1', sealed)).toThrow(
      expect.objectContaining({ code: 'platform.seal-broken' }),
    );
    for (let at = 0; at < sealed.length; at += 1) {
      const bent = Buffer.from(sealed);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(() => seal.open('key 1', bent)).toThrow(
        expect.objectContaining({ code: 'platform.seal-broken' }),
      );
    }
    expect(() => seal.open('key 1', Buffer.alloc(3))).toThrow(
      expect.objectContaining({ code: 'platform.seal-broken' }),
    );
  });
});
