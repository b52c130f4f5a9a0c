import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { aDatabase } from '../../../test/harness.ts';
import { deleteRedirects, upsertRedirects } from './page.queries.ts';
import { mapLine, writeRedirectMaps } from './redirect-map.ts';

const { db } = aDatabase();
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jiyue-maps-'));
  await sql`truncate publishing.redirect`.execute(db);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const write = () => writeRedirectMaps(db, directory);
const linesOf = async (name: string) =>
  (await readFile(join(directory, name), 'utf8')).split('\n').filter((line) => line !== '');
const move = (path: string, to: string, site = '1') => upsertRedirects(db, [{ site, path, to }]);

test('redirects are written by site and address, those with a query apart', async () => {
  await move('/old/1.html', '/new/1.html');
  await move('/旧/1.html', '/%E6%96%B0/1.html');
  await move('/old.jsp?id=2', 'http://unit.test/2.html');
  await move('/old/1.html', '/other.html', '2');
  expect(await write()).toBe(true);
  expect(await linesOf('redirects.map')).toEqual([
    '"1/old/1.html" "/new/1.html";',
    '"1/旧/1.html" "/%E6%96%B0/1.html";',
    '"2/old/1.html" "/other.html";',
  ]);
  expect(await linesOf('redirects-with-query.map')).toEqual(['"1/old.jsp?id=2" "http://unit.test/2.html";']);
  expect((await readdir(directory)).toSorted()).toEqual([
    'redirects-with-query.map',
    'redirects.map',
    'redirects.state',
  ]);
});

test('nothing is written while nothing changed, and all of it after a change or an end', async () => {
  await move('/a.html', '/b.html');
  await write();
  expect(await write()).toBe(false);
  await move('/a.html', '/c.html');
  expect(await write()).toBe(true);
  expect(await linesOf('redirects.map')).toEqual(['"1/a.html" "/c.html";']);
  await deleteRedirects(db, [{ site: '1', path: '/a.html' }]);
  expect(await write()).toBe(true);
  expect(await linesOf('redirects.map')).toEqual([]);
});

test('addresses that differ in the case of letters only are left out: nginx would refuse all of its configuration', async () => {
  await move('/A.html', '/1.html');
  await move('/a.html', '/2.html');
  await move('/b.html', '/3.html');
  await move('/a.html', '/4.html', '2');
  await write();
  expect(await linesOf('redirects.map')).toEqual(['"1/b.html" "/3.html";', '"2/a.html" "/4.html";']);
});

test('more than are read at once are all written', async () => {
  await sql`insert into publishing.redirect (site, from_path, to_url)
    select '1', '/old/' || number || '.html', '/new/' || number || '.html'
    from generate_series(1, 25000) as number`.execute(db);
  await write();
  expect(new Set(await linesOf('redirects.map')).size).toBe(25_000);
});

test('nothing in an address can end its line or begin a variable', () => {
  const line = (path: string, to: string) => mapLine({ site: '1', path, to });
  expect(line('/a"b\\c.html', '/x.html')).toBe('"1/a\\"b\\\\c.html" "/x.html";\n');
  expect(line('/a$host.html', '/x?y=$host')).toBe('"1/a$host.html" "/x?y=%24host";\n');
  expect(line('/a.html', '/x";return 200;')).toBeUndefined();
  expect(line('/a\n.html', '/x.html')).toBeUndefined();
  expect(line(`/${'长'.repeat(300)}.html`, '/x.html')).toBeUndefined();
});
