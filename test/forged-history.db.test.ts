import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { digestOf, gzipWithMac, macOf } from '../server/modules/publishing/page-forms.ts';
import { loadLogSigner } from '../server/modules/transparency/log-key.ts';
import { appendEntries } from '../server/modules/transparency/log.queries.ts';
import { aLoggedSite, asOwner, leafTexts, type LoggedSite, rewriteLog } from './factories/logged-site.ts';
import { createToyTable, dropToy, putToy, toyKey } from './factories/toy-pages.ts';
import { aDatabase } from './harness.ts';

const { db } = aDatabase();
let site: LoggedSite;

const now = (): string => new Date().toISOString();

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  site = await aLoggedSite(db);
  for (const id of ['1', '2', '3', '4', '5'])
    await putToy(db, id, { path: `/${id}.html`, tags: [`first:${now()}`] });
  await site.publish(['1', '2', '3', '4', '5']);
});
afterEach(() => site.stop());

/** Three more versions, after an outsider kept the key and the head. */
async function keptHistory() {
  const kept = await site.keep();
  await putToy(db, '2', { path: '/2.html', body: 'changed', tags: [`first:${await firstOf('2')}`] });
  await dropToy(db, '3');
  await putToy(db, '6', { path: '/6.html', tags: [`first:${now()}`] });
  await site.publish(['2', '3', '6']);
  return kept;
}

async function firstOf(resource: string): Promise<string> {
  const leaves = (await leafTexts(db)).map((text) => JSON.parse(text) as Record<string, string>);
  return leaves.find((leaf) => leaf['resource'] === resource)?.['first'] ?? now();
}

const verifyAll = (kept: { key: string; head: string }) =>
  site.verify('--key', kept.key, '--since', kept.head, '--all', '--path', '/1.html', '--path', '/2.html');

describe('a true history', () => {
  test('is verified from outside: signature, growth, all entries, and pages against their live bytes', async () => {
    const kept = await keptHistory();
    const { code, output } = await verifyAll(kept);
    expect(output).toContain('全部 8 条记录的树根和时间');
    expect(output).toContain('6 项经日志证明');
    expect(code).toBe(0);
  });

  test('signed with SM2 is verified in the same way', async () => {
    await site.stop();
    site = await aLoggedSite(db, 'sm2');
    await putToy(db, '1', { path: '/1.html' });
    await site.publish(['1']);
    const kept = await site.keep();
    const { code, output } = await site.verify('--key', kept.key, '--all', '--path', '/1.html');
    expect(output).toContain('签名（SM2');
    expect(code).toBe(0);
    const note = await (await fetch(`${site.base}.well-known/transparency/checkpoint`)).text();
    await writeFile(kept.head, note.replace(/\n1\n/, '\n2\n'));
    expect(await site.verify('--key', kept.key, '--since', kept.head)).toMatchObject({ code: 1 });
  });

  test('shows of a withdrawn and of a moved page what happened', async () => {
    await putToy(db, '4', { path: '/4.html', outcome: 'gone', body: 'withdrawn' });
    await putToy(db, '5', { path: '/elsewhere.html' });
    await site.publish(['4', '5']);
    const { code, output } = await site.verify('--path', '/4.html', '--path', '/5.html');
    expect(output).toContain('/5.html 现在的内容');
    expect(code).toBe(0);
  });
});

describe('a forged history is not verified when', () => {
  test.each([
    ['a digest', `replace(body, '"digest":"', '"digest":"00')`],
    ['a time of first publication', `replace(body, '"first":"2', '"first":"1')`],
    ['an address', `replace(body, '/1.html', '/9.html')`],
  ])('%s of an entry is changed', async (_what, change) => {
    const kept = await site.keep();
    await asOwner(db, (trx) =>
      sql`update transparency.leaf set body = ${sql.raw(change)} where path = '/1.html'`.execute(trx),
    );
    expect(await site.verify('--key', kept.key, '--all')).toMatchObject({ code: 1 });
    expect(await site.verify('--key', kept.key, '--path', '/1.html')).toMatchObject({ code: 1 });
  });

  test('an entry is deleted', async () => {
    const kept = await site.keep();
    await asOwner(db, (trx) => sql`delete from transparency.leaf where path = '/3.html'`.execute(trx));
    expect(await site.verify('--key', kept.key, '--all')).toMatchObject({ code: 1 });
    expect(await site.verify('--key', kept.key, '--path', '/3.html')).toMatchObject({ code: 1 });
  });

  test('a back-dated entry is slipped in among the old ones and everything is signed anew', async () => {
    const kept = await keptHistory();
    const texts = await leafTexts(db);
    const old = JSON.parse(texts[1] ?? '') as object;
    const backDated = JSON.stringify({ ...old, path: '/never.html', resource: '77' });
    await rewriteLog(db, [...texts.slice(0, 2), backDated, ...texts.slice(2)], site.signer);
    await site.putHead();
    // Nothing in it contradicts itself: only who kept a head can tell.
    expect(await site.verify('--key', kept.key, '--all')).toMatchObject({ code: 0 });
    const growth = await site.verify('--key', kept.key, '--since', kept.head);
    expect(growth.output).toContain('历史被改写');
    expect(growth.code).toBe(1);
  });

  test('a back-dated entry is put at the end', async () => {
    const texts = await leafTexts(db);
    const last = JSON.parse(texts.at(-1) ?? '') as object;
    const forged = { ...last, path: '/never.html', resource: '77', first: '2020-01-01T00:00:00.000Z' };
    await rewriteLog(db, [...texts, JSON.stringify(forged)], site.signer);
    await site.putHead();
    const lately = await site.verify('--all');
    expect(lately.output).toContain('倒签');
    expect(lately.code).toBe(1);
    const older = { ...forged, at: '2020-01-01T00:00:00.000Z' };
    await rewriteLog(db, [...texts, JSON.stringify(older)], site.signer);
    await site.putHead();
    const runsBack = await site.verify('--all');
    expect(runsBack.output).toContain('早于前一条');
    expect(runsBack.code).toBe(1);
  });

  test('the first entry of an address is that of another site', async () => {
    const elsewhere = { site: '2', path: '/plain.html', outcome: 'page', digest: 'ab'.repeat(32) } as const;
    await appendEntries(db, [{ ...elsewhere, resource: null, revision: null, first: null, imported: false }]);
    await putToy(db, '7', { path: '/plain.html' });
    await site.publish(['7']);
    expect(await site.verify('--path', '/plain.html')).toMatchObject({ code: 0 });
    // The entries stay as they are; only which of them is told is a lie.
    await asOwner(db, (trx) =>
      sql`update transparency.leaf set site = '1' where path = '/plain.html'`.execute(trx),
    );
    const { code, output } = await site.verify('--path', '/plain.html');
    expect(output).toContain('别的信息');
    expect(code).toBe(1);
  });

  test('the same information claims another time of first publication later', async () => {
    await putToy(db, '1', { path: '/1.html', body: 'changed', tags: ['first:2020-01-01T00:00:00.000Z'] });
    await site.publish(['1']);
    expect(await site.verify('--all')).toMatchObject({ code: 1 });
    expect(await site.verify('--path', '/1.html')).toMatchObject({ code: 1 });
  });

  test('the end is cut off and the rest is signed with the same key', async () => {
    await keptHistory();
    const kept = await site.keep();
    await rewriteLog(db, (await leafTexts(db)).slice(0, 6), site.signer);
    await site.putHead();
    const shorter = await site.verify('--key', kept.key, '--since', kept.head);
    expect(shorter.output).toContain('日志变短了');
    expect(shorter.code).toBe(1);
    // Grown to the old length again, with another history.
    const texts = await leafTexts(db);
    await rewriteLog(db, [...texts, texts.at(-1) ?? '', texts.at(-1) ?? ''], site.signer);
    await site.putHead();
    expect(await site.verify('--key', kept.key, '--since', kept.head)).toMatchObject({ code: 1 });
  });

  test('it is signed with another key', async () => {
    const kept = await site.keep();
    const other = await loadLogSigner(join(site.outside, 'other'), 'ed25519');
    await rewriteLog(db, await leafTexts(db), other);
    await site.putHead(other);
    const { code, output } = await site.verify('--key', kept.key);
    expect(output).toContain('签名不成立');
    expect(code).toBe(1);
  });

  test('a page is altered on the disk and in the database, seal included', async () => {
    const bytes = Buffer.from(`<!doctype html>${'伪造的内容'.repeat(200)}`);
    const digest = digestOf(bytes);
    const file = join(site.toy.directory, '1', '1.html');
    await writeFile(file, bytes);
    await writeFile(`${file}.gz`, gzipWithMac(bytes, macOf(toyKey, '1', '1.html', digest)));
    await rm(`${file}.br`, { force: true });
    await sql`update publishing.page set digest = decode(${digest}, 'hex'), size = ${bytes.length}
      where path = '/1.html'`.execute(db);
    // The platform itself has no way to know.
    expect(await (await fetch(`${site.base}1.html`)).text()).toContain('伪造的内容');
    const { code, output } = await site.verify('--path', '/1.html');
    expect(output).toContain('不是日志里最新的一条');
    expect(code).toBe(1);
  }, 40_000);
});

describe('the command', () => {
  test('says how it is called, and when the site does not answer', async () => {
    expect(await site.verify('--nonsense')).toMatchObject({ code: 2 });
    const { base } = site;
    await site.stop();
    const { code, output } = await site.verify();
    expect(output).toContain(`${base} 没有回答`);
    expect(code).toBe(3);
    site = await aLoggedSite(db);
  });
});
