import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type CopiedFile, gbkOf, tarOf, zipOf } from '../../../test/old-copy.ts';
import { readArchive, readFolder } from './read-archive.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jiyue-archive-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function read(bytes: Buffer): Promise<Record<string, string>> {
  const file = join(directory, 'archive');
  await writeFile(file, bytes);
  const found: Record<string, string> = {};
  await readArchive(file, async (name, content) => {
    found[name] = await text(content);
  });
  return found;
}

const files: readonly CopiedFile[] = [
  { name: 'index.html', bytes: '首页' },
  { name: 'zwgk/t1.html', bytes: 'x'.repeat(3_000) },
];
const expected = { 'index.html': '首页', 'zwgk/t1.html': 'x'.repeat(3_000) };

test.each([
  ['a zip', zipOf(files)],
  ['a tar', tarOf(files)],
  ['a gzipped tar', gzipSync(tarOf(files))],
])('%s gives its files', async (_name, bytes) => {
  expect(await read(bytes)).toEqual(expected);
});

test('names in GBK are read as such', async () => {
  expect(await read(zipOf([{ name: gbkOf('政务公开/通知.html'), bytes: 'a' }]))).toEqual({
    '政务公开/通知.html': 'a',
  });
});

test.each([
  ['no archive at all', Buffer.from('<html></html>')],
  ['nothing', Buffer.alloc(0)],
  ['half a zip', zipOf(files).subarray(0, 500)],
  ['half a gzip', gzipSync(tarOf(files)).subarray(0, 60)],
  ['a zip that lies about sizes', zipOf(files, () => 1)],
])('%s is refused', async (_name, bytes) => {
  await expect(read(bytes)).rejects.toMatchObject({ code: 'relocation.copy-unreadable' });
});

test('a folder gives its files, and follows no link out of it', async () => {
  await mkdir(join(directory, 'site', 'a'), { recursive: true });
  await writeFile(join(directory, 'secret'), 'secret');
  await writeFile(join(directory, 'site', 'a', 'b.html'), 'b');
  await symlink(join(directory, 'secret'), join(directory, 'site', 'link.html'));
  const found: Record<string, string> = {};
  await readFolder(join(directory, 'site'), async (name, content) => {
    found[name] = await text(content);
  });
  expect(found).toEqual({ 'a/b.html': 'b' });
});
