import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Import, Outcome, PreviewItem } from '../../../contracts/intake.ts';
import type { Problem } from '../../../contracts/endpoint.ts';
import {
  aDocx,
  aFile,
  all,
  anOfd,
  aWorkbook,
  aZip,
  ofdLine,
  wordParagraph,
  wordPicture,
} from '../../../test/factories/documents.ts';
import {
  anAccount,
  aUnit,
  signIn,
  type TestAccount,
  type TestUnit,
} from '../../../test/factories/identity.ts';
import { type Headers, importActs, sendFile, workOff } from '../../../test/factories/intake.ts';
import { aSiteWithColumn } from '../../../test/factories/library.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { sheetRows } from '../../platform/documents/sheet-reader.ts';

const database = aDatabase();
const { db } = database;
const importBytes = 1_000_000;
const system = aSystem(database, { importBytes });
const people: { unit?: TestUnit; editor?: TestAccount; headers?: Headers } = {};
const unit = (): TestUnit => people.unit ?? { id: '0', parentId: null, name: '', organisationCode: '' };
const headers = (): Headers => people.headers ?? {};

beforeAll(async () => {
  people.unit = await aUnit(db, { name: '测试教育局' });
  people.editor = await anAccount(db, { unit: people.unit, roles: ['editor'] });
  people.headers = await signIn(system.app, people.editor);
});

async function bring(name: string, bytes: Buffer | string, fields: Readonly<Record<string, string>> = {}) {
  const answer = await sendFile(
    system.app,
    headers(),
    { unitId: unit().id, mode: 'drafts', type: 'article', ...fields },
    { name, bytes },
  );
  expect(answer.statusCode, answer.body).toBe(201);
  const { id } = answer.json<Import>();
  await workOff(system);
  return { id, ...importActs(system.app, headers(), id) };
}

async function runThrough(name: string, bytes: Buffer | string, fields?: Readonly<Record<string, string>>) {
  const one = await bring(name, bytes, fields);
  await one.act('check');
  await workOff(system);
  await one.act('run');
  await workOff(system);
  return one;
}

const outcomesOf = async (id: string, pass: 'check' | 'run'): Promise<Outcome[]> =>
  (
    await system.app.inject({ url: `/api/imports/${id}/outcomes?pass=${pass}&limit=100`, headers: headers() })
  ).json<{
    items: Outcome[];
  }>().items;

const contentOf = async (resourceId: string | null | undefined) => {
  const row = await db
    .selectFrom('library.revision')
    .select('content')
    .where('resource_id', '=', resourceId ?? '0')
    .executeTakeFirstOrThrow();
  return row.content as Readonly<Record<string, unknown>>;
};

describe('a table', () => {
  const header = ['标题', '正文', '发布时间', '来源', '编号', '备注'];
  const rows = [
    ['关于甲的通知', '<p>各学校：</p><p>请认真执行。</p>', '2019年3月4日', '区教育局', 'a-1', ''],
    ['关于乙的通知', '第一段\n第二段', '2019/3/5 10:20', '', 'a-2', 'x'],
    ['', '没有标题', '2019-03-06', '', 'a-3', ''],
    ['日期不对', '正文', '去年', '', 'a-4', ''],
    ['编号重复', '正文', '', '', 'a-1', ''],
  ];

  it('is recognised, mapped, previewed, tried and brought in as drafts of the editor', async () => {
    const one = await bring('旧信息.xlsx', await aWorkbook({ header, rows }));
    const found = await one.get();
    expect(found).toMatchObject({ stage: 'ready', format: 'xlsx', actions: ['map', 'check', 'cancel'] });
    expect(found.mapping).toContainEqual({ target: 'producedOn', source: '发布时间' });
    const preview = await system.app.inject({ url: `/api/imports/${one.id}/preview`, headers: headers() });
    expect(preview.json<PreviewItem[]>()[0]).toMatchObject({
      place: 'Sheet1 第 2 行',
      content: { title: '关于甲的通知', producedOn: '2019-03-04', source: '区教育局', openMode: '主动公开' },
      problems: [],
    });
    await one.act('check');
    await workOff(system);
    expect((await one.get()).checked).toEqual({ read: 5, good: 2, known: 1, refused: 2, warned: 2 });
    expect((await outcomesOf(one.id, 'check')).map(({ place, result }) => `${place} ${result}`)).toContain(
      'Sheet1 第 5 行 refused',
    );
    expect(
      await db.selectFrom('library.resource').select('id').where('unit_id', '=', unit().id).execute(),
    ).toEqual([]);
    await one.act('run');
    await workOff(system);
    expect(await one.get()).toMatchObject({
      stage: 'done',
      imported: { read: 5, good: 2, known: 1, refused: 2 },
    });
    const outcomes = await outcomesOf(one.id, 'run');
    expect(await contentOf(outcomes[1]?.resourceId)).toMatchObject({
      title: '关于乙的通知',
      source: '测试教育局',
      producedOn: '2019-03-05',
    });
    const drafts = await db
      .selectFrom('library.resource')
      .select(['stage', 'created_by', 'imported_from', 'version'])
      .where('unit_id', '=', unit().id)
      .orderBy('id')
      .execute();
    expect(drafts).toEqual(
      ['a-1', 'a-2'].map((key) => ({
        stage: 'draft',
        created_by: people.editor?.id,
        imported_from: key,
        version: 1,
      })),
    );
    const report = await system.app.inject({
      url: `/api/imports/${one.id}/report?form=xlsx`,
      headers: headers(),
    });
    const lines = await all(sheetRows(aFile('report.xlsx', report.rawPayload)));
    expect(lines.map(({ cells }) => cells.slice(2, 5).join('|'))).toEqual([
      '标题|结果|问题',
      expect.stringContaining('关于甲的通知|已导入|'),
      expect.stringContaining('关于乙的通知|已导入|'),
      expect.stringContaining('|未导入|没有标题。'),
      expect.stringContaining('日期不对|未导入|生成日期“去年”不是日期。'),
      expect.stringContaining('编号重复|已存在|'),
    ]);
  });

  it('that is brought in again finds everything there', async () => {
    const one = await runThrough('再来一次.xlsx', await aWorkbook({ header, rows: rows.slice(0, 2) }));
    expect((await one.get()).imported).toEqual({ read: 2, good: 0, known: 2, refused: 0, warned: 0 });
  });

  it('in GB 18030 is read as it was written', async () => {
    // 标题,正文 / 通知一,通知一
    const gb = Buffer.concat([
      Buffer.from('b1eacce22cd5fdcec40a', 'hex'),
      Buffer.from('cda8d6aad2bb2ccda8d6aad2bb0a', 'hex'),
    ]);
    const one = await runThrough('gb.csv', gb);
    const [outcome] = await outcomesOf(one.id, 'run');
    expect(outcome).toMatchObject({ title: '通知一', result: 'good' });
  });

  it('is mapped anew by a person, and a dry run with the old mapping no longer counts', async () => {
    const one = await bring('a.csv', '甲,乙\n标题在乙,真的标题\n');
    expect((await one.get()).mapping).toEqual([]);
    const map = async (mapping: object, expectedVersion: number) =>
      system.app.inject({
        method: 'PUT',
        url: `/api/imports/${one.id}/mapping`,
        headers: headers(),
        payload: { expectedVersion, mapping },
      });
    const { version } = await one.get();
    expect((await map([{ target: 'title', source: '丙' }], version)).json<Problem>().code).toBe(
      'intake.mapping-invalid',
    );
    expect((await map([{ target: 'title', source: '乙' }], version + 1)).json<Problem>().code).toBe(
      'intake.changed',
    );
    expect((await map([{ target: 'title', source: '乙' }], version)).statusCode).toBe(200);
    await one.act('check');
    await workOff(system);
    const checked = await one.get();
    expect(checked).toMatchObject({ stage: 'checked', checked: { good: 1 } });
    await map([{ target: 'title', source: '甲' }], checked.version);
    expect(await one.get()).toMatchObject({ stage: 'ready', checked: null });
  });
});

describe('an archive of documents', () => {
  it('brings in Word, web pages and OFD with their pictures and attachments, and says what it cannot', async () => {
    const picture = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'blue' } })
      .png()
      .toBuffer();
    const zip = await aZip({
      '通知/01 开学通知.docx': await aDocx({
        body: wordParagraph('开学了。') + wordPicture('image1.png'),
        pictures: { 'image1.png': picture },
      }),
      '通知/02 放假.html': `<html><head><title>放假_网站</title></head><body><p>放假安排</p><img src="img/a.png" alt="图"><img src="../../etc/passwd"><img src="img/forged.png"><a href="file/计划.txt">附件</a><script>alert(1)</script></body></html>`,
      '通知/img/a.png': picture,
      '通知/img/forged.png': Buffer.from('MZ this is a program'),
      '通知/file/计划.txt': '计划',
      '03.ofd': await anOfd([ofdLine('区政府公报', 20, 30)]),
      '04 坏.docx': Buffer.from('不是文档'),
    });
    const one = await runThrough('旧文档.zip', zip);
    expect(await one.get()).toMatchObject({
      stage: 'done',
      format: 'documents',
      imported: { good: 3, refused: 1 },
    });
    const outcomes = await outcomesOf(one.id, 'run');
    expect(outcomes.map(({ place, title }) => `${place}: ${title}`)).toEqual([
      '03.ofd: 03',
      '04 坏.docx: 04 坏',
      '通知/01 开学通知.docx: 01 开学通知',
      '通知/02 放假.html: 02 放假',
    ]);
    expect(outcomes[1]?.problems.map(({ code }) => code)).toEqual(['document.damaged']);
    expect(outcomes[3]?.problems.map(({ code }) => code)).toContain('record.picture-refused');
    const page = await contentOf(outcomes[3]?.resourceId);
    expect(JSON.stringify(page['body'])).toContain('"type":"image"');
    expect(JSON.stringify(page)).not.toContain('alert');
    expect(page['attachments']).toMatchObject([{ name: '计划.txt' }]);
    expect(JSON.stringify((await contentOf(outcomes[2]?.resourceId))['body'])).toContain('"type":"image"');
    expect((await contentOf(outcomes[0]?.resourceId))['attachments']).toMatchObject([{ name: '03.ofd' }]);
  });
});

describe('a WordPress export', () => {
  it('brings in posts and pages, and leaves out what is neither', async () => {
    const item = (more: string, body = '') =>
      `<item>${more}<content:encoded><![CDATA[${body}]]></content:encoded></item>`;
    const wxr = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>旧站</title>
${item('<title>第一篇</title><link>https://old.example/1</link><guid>https://old.example/?p=1</guid><wp:post_id>1</wp:post_id><wp:post_date>2018-05-06 07:08:09</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category">通知</category><category domain="post_tag">教育</category>', '第一段\n\n第二段[gallery ids="1"]')}
${item('<title>附件</title><wp:post_type>attachment</wp:post_type>')}
${item('<title>删掉的</title><wp:status>trash</wp:status><wp:post_type>post</wp:post_type>')}
</channel></rss>`;
    const one = await runThrough('export.xml', wxr);
    expect(await one.get()).toMatchObject({ format: 'wxr', imported: { read: 1, good: 1 } });
    const [outcome] = await outcomesOf(one.id, 'run');
    expect(outcome).toMatchObject({ oldAddress: 'https://old.example/1', key: '1' });
    expect(await contentOf(outcome?.resourceId)).toMatchObject({
      title: '第一篇',
      producedOn: '2018-05-06',
      category: '通知',
      keywords: ['教育'],
    });
  });
});

describe('a file that cannot be imported', () => {
  it.each([
    ['a.bin', Buffer.from([1, 2, 3, 0, 4]), 'document.type-unknown'],
    ['a.csv', Buffer.alloc(0), 'document.empty'],
    ['a.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'document.type-old'],
    ['a.xlsx', Buffer.from('PK\u0003\u0004 cut off'), 'document.damaged'],
    ['a.jsonl.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0]), 'document.damaged'],
    ['a.pdf', Buffer.from('%PDF-1.7\n%\u00e2'), 'document.type-unknown'],
  ])('%s ends with its reason, and the worker goes on', async (name, bytes, code) => {
    const one = await bring(name, bytes);
    expect(await one.get()).toMatchObject({ stage: 'failed', problem: { code }, actions: [] });
  });

  it('is refused when it is larger than a file may be, before it comes or while it does', async () => {
    const fields = { unitId: unit().id, mode: 'drafts', type: 'article' };
    for (const size of [importBytes + 1, importBytes * 3]) {
      const answer = await sendFile(system.app, headers(), fields, {
        name: 'a.csv',
        bytes: Buffer.alloc(size, 'a'),
      });
      expect(answer.json<Problem>().code).toBe('intake.file-too-large');
    }
    const kept = await db
      .selectFrom('intake.import')
      .select('id')
      .where('size', '>', String(importBytes))
      .execute();
    expect(kept).toEqual([]);
  });
});

describe('an old archive', () => {
  it('becomes public at once for an operator, line by line as the import command reads it', async () => {
    const { column } = await aSiteWithColumn(db, unit());
    const operator = await anAccount(db, { roles: ['operator'] });
    const signedIn = await signIn(system.app, operator);
    const lines = [
      { key: 'old/1', title: '旧通知', html: '<p>正文</p>', producedOn: '2019-03-04' },
      {
        key: 'old/2',
        type: 'policy',
        title: '旧办法',
        law: '第一条 为了\n第二条 本办法',
        writtenOn: '2020-01-02',
      },
      { key: 'old/3', title: '没有日期', text: '正文' },
    ];
    const fields = { unitId: unit().id, mode: 'archive', type: 'policy', columnId: column.id };
    const sent = await sendFile(system.app, signedIn, fields, {
      name: 'old.jsonl',
      bytes: lines.map((one) => JSON.stringify({ type: 'article', ...one })).join('\n'),
    });
    const acts = importActs(system.app, signedIn, sent.json<Import>().id);
    await workOff(system);
    await acts.act('check');
    await workOff(system);
    await acts.act('run');
    await workOff(system);
    expect(await acts.get()).toMatchObject({ stage: 'done', imported: { read: 3, good: 2, refused: 1 } });
    const live = await db
      .selectFrom('library.resource')
      .select(['stage', 'type', 'imported_from'])
      .where('imported_from', 'like', 'old/%')
      .orderBy('id')
      .execute();
    expect(live).toEqual([
      { stage: 'live', type: 'article', imported_from: 'old/1' },
      { stage: 'live', type: 'policy', imported_from: 'old/2' },
    ]);
  });

  it('is not for editors, and drafts are not for operators', async () => {
    const { column } = await aSiteWithColumn(db, unit());
    const file = { name: 'a.csv', bytes: '标题,正文\n甲,乙\n' };
    const archive = { unitId: unit().id, mode: 'archive', type: 'article', columnId: column.id };
    const byEditor = await sendFile(system.app, headers(), archive, file);
    expect(byEditor.json<Problem>().code).toBe('intake.operator-required');
    const operator = await signIn(system.app, await anAccount(db, { roles: ['operator'] }));
    const byOperator = await sendFile(system.app, operator, { ...archive, mode: 'drafts' }, file);
    expect(byOperator.json<Problem>().code).toBe('intake.editor-required');
  });
});

const samples = join('..', 'shared', 'data', 'ofd');

describe('OFD documents from elsewhere', () => {
  it('come in together, each with its text or a reason', { timeout: 60_000 }, async ({ skip }) => {
    if (!existsSync(samples)) skip('the sample documents are absent');
    const names = readdirSync(samples).filter((name) => name.endsWith('.ofd'));
    const zip = await aZip(
      Object.fromEntries(names.map((name) => [name, readFileSync(join(samples, name))])),
    );
    const one = await runThrough('ofd.zip', zip);
    const outcomes = await outcomesOf(one.id, 'run');
    expect(outcomes.length).toBe(11);
    for (const { result, problems } of outcomes)
      if (result === 'refused') expect(problems[0]?.message).not.toBe('');
  });
});
