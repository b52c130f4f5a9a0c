import { describe, expect, it } from 'vitest';

import { aZip, withFalseSize, withRawName } from '../../../test/factories/documents.ts';
import { openZip } from './zip-archive.ts';

const limits = { entries: 10, totalBytes: 1_000_000 };
const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'read',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

describe('an archive', () => {
  it('reads names as Chinese Windows writes them', async () => {
    // 通知 in GBK, in the place of four letters.
    const zip = withRawName(
      await aZip({ 'abcd.txt': '正文' }),
      'abcd.txt',
      Buffer.from('cda8d6aa2e747874', 'hex'),
    );
    const archive = await openZip(zip, limits);
    expect(archive.entries.map(({ name }) => name)).toEqual(['通知.txt']);
    expect((await archive.read('通知.txt', 100)).toString()).toBe('正文');
    archive.close();
  });

  it('knows no file above its root, however it is called', async () => {
    const zip = withRawName(
      await aZip({ 'aa/bb/etc': 'x', 'good.txt': 'y' }),
      'aa/bb/etc',
      Buffer.from('../../etc'),
    );
    const archive = await openZip(zip, limits);
    expect(archive.entries.map(({ name }) => name)).toEqual(['good.txt']);
    archive.close();
  });

  it('is refused when it promises more than may be taken out, and too many files', async () => {
    const bomb = await aZip({ 'a.xml': Buffer.alloc(2_000_000) });
    expect(bomb.length).toBeLessThan(10_000);
    expect(await codeOf(openZip(bomb, limits))).toBe('document.too-large');
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`${at}.txt`, 'x']));
    expect(await codeOf(openZip(await aZip(many), limits))).toBe('document.too-many-files');
  });

  it('that lies about the size of a file is found out while it is read', async () => {
    const lying = withFalseSize(await aZip({ 'a.xml': Buffer.alloc(2_000_000) }), 10);
    const archive = await openZip(lying, limits);
    expect(await codeOf(archive.read('a.xml', 1_000))).toBe('document.damaged');
    archive.close();
  });

  it('is refused when it is cut off', async () => {
    const zip = await aZip({ 'a.txt': 'text' });
    expect(await codeOf(openZip(zip.subarray(0, zip.length - 10), limits))).toBe('document.damaged');
  });
});
