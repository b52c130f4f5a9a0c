import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  type TestDistrict,
  withdraw,
} from '../test/factories/sites.ts';
import {
  openPublicPort,
  type PublicPort,
  type Said,
  servePublicPort,
} from '../test/factories/public-side.ts';
import { aDatabase } from '../test/harness.ts';
import { aSystem } from '../test/system.ts';
import type { Log } from './platform/log.ts';

const description = '第二段“公交线路”写成了“公交路线”。';

describe('what citizens send from a page', () => {
  const database = aDatabase();
  const { db } = database;
  let at = Date.parse('2026-11-26T02:00:00Z');
  const clock = () => new Date(at);
  const system = aSystem(database, { clock, trustProxy: true });
  const stage = aStage(db, clock);
  let district: TestDistrict;
  let port: PublicPort;
  let article = '';
  let columnPath = '';
  let gone = '';
  let senders = 0;

  const pathOf = async (id: string): Promise<string> =>
    (
      await db
        .selectFrom('sites.address')
        .select('path')
        .where('resource_id', '=', id)
        .executeTakeFirstOrThrow()
    ).path;

  beforeAll(async () => {
    district = await aDistrict(stage);
    const { portal, bureau, actor, office } = district;
    const column = await aColumn(stage, { site: portal, slug: 'tzgg', name: '通知公告', unitId: office.id });
    columnPath = column.path;
    const wishes = { unitId: bureau.id, columnIds: [column.id] };
    article = await pathOf(
      await aPublished(stage, actor, { ...wishes, content: { title: '关于公交线路的公告' } }),
    );
    const removed = await aPublished(stage, actor, wishes);
    gone = await pathOf(removed);
    await withdraw(stage, actor, removed);
    port = await openPublicPort(system.parts, portal.id);
  });
  afterAll(() => port.stop());

  /** Somebody else each time, as a proxy tells it. */
  const from = (address?: string) => ({
    'x-forwarded-for':
      address ?? `198.51.${String(100 + Math.floor((senders += 1) / 250))}.${String(senders % 250)}`,
  });
  const aReport = (part: Readonly<Record<string, string>> = {}) => ({
    page: article,
    kind: 'typo',
    description,
    ...part,
  });
  const report = (part: Readonly<Record<string, string>> = {}, headers = {}): Promise<Said> =>
    port.submit('/corrections', aReport(part), { ...from(), ...headers });
  const codeIn = ({ location }: Said): string => /code=([0-9A-Z-]{14})/.exec(location ?? '')?.[1] ?? '';
  const rowOf = (said: Said) =>
    db
      .selectFrom('interaction.correction')
      .selectAll()
      .where('code', '=', codeIn(said).replaceAll('-', ''))
      .executeTakeFirst();
  const countRows = async () => {
    const { rows } = await sql<{ all: number }>`select (select count(*) from interaction.correction)::int
      + (select count(*) from interaction.rating)::int as all`.execute(db);
    return rows[0]?.all;
  };

  describe('a correction', () => {
    it('is kept as a task of the unit whose article it is about', async () => {
      const said = await report({ quote: '公交路线', contact: ' 138 1234 5678 ' });
      expect(said.status).toBe(303);
      expect(await rowOf(said)).toMatchObject({
        site_id: district.portal.id,
        path: article,
        page_name: '关于公交线路的公告',
        unit_id: district.bureau.id,
        kind: 'typo',
        description,
        quote: '公交路线',
        contact: '13812345678',
        state: 'open',
        answer_days: 3,
        times: 1,
      });
    });

    it('about a list belongs to the unit of its column, and about the home page to that of the site', async () => {
      const list = await rowOf(await report({ page: columnPath }));
      expect(list).toMatchObject({ unit_id: district.office.id, page_name: '通知公告', resource_id: null });
      expect(await rowOf(await report({ page: '/' }))).toMatchObject({
        unit_id: district.portal.unitId,
        column_id: null,
      });
    });

    it('leads to a page with a code that tells its state, and nothing of who wrote', async () => {
      const said = await report({ contact: 'li.si@example.com', description: '时间写错了，应当是下午。' });
      const received = await port.ask(said.location ?? '');
      expect(received.status).toBe(200);
      // Its address holds the code: what the page asks for must not carry it into a log.
      expect(received.referrerPolicy).toBe('strict-origin');
      expect(received.text).toContain(codeIn(said));
      expect(received.text).toContain('<title>已经收到，谢谢您 - 测试区人民政府</title>');
      expect(received.text).toContain('2026-12-01 前答复');
      const status = await port.submit('/correction/status', { code: codeIn(said).toLowerCase() }, from());
      expect(status.text).toContain('办理中');
      expect(status.text).toContain('时间写错了，应当是下午。');
      expect(status.text).not.toContain('li.si');
    });

    it('is found by its code in any spelling, and on the other sites of the district', async () => {
      const said = await report({ description: '这是另外一处错误。' });
      const bureau = await openPublicPort(system.parts, district.bureauSite.id);
      const found = await bureau.submit(
        '/correction/status',
        { code: codeIn(said).replaceAll('-', ' ') },
        from(),
      );
      await bureau.stop();
      expect(found.status).toBe(200);
      expect(found.text).toContain(`http://${district.portal.domains[0] ?? ''}${article}`);
    });

    it('may name the page by its whole address', async () => {
      const said = await report(
        { page: `http://www.example.test${article}?from=wechat#a` },
        { host: 'localhost' },
      );
      expect(said.status).toBe(422);
      const own = await report({ page: `http://localhost${article}?from=wechat#a` }, { host: 'localhost' });
      expect(await rowOf(own)).toMatchObject({ path: article });
    });

    it('in the same words on the same day is counted, and on the next day begins anew', async () => {
      const same = { description: '标题有错别字，\n请改正。', contact: '0792-8001234' };
      const first = await report(same);
      const again = await report({ ...same, description: '标题有错别字，  请改正。' });
      expect(codeIn(again)).toBe(codeIn(first));
      expect(await rowOf(first)).toMatchObject({ times: 2 });
      const other = await report({ ...same, contact: '0792-8005678' });
      expect(codeIn(other)).not.toBe(codeIn(first));
      at += 86_400_000;
      expect(codeIn(await report(same))).not.toBe(codeIn(first));
      at -= 86_400_000;
    });

    it('sent twenty times at once in the same words is one', async () => {
      const words = { description: '同时提交的同一处错误。' };
      const all = await Promise.all(Array.from({ length: 20 }, () => report(words)));
      expect(new Set(all.map(codeIn)).size).toBe(1);
      const [first] = all;
      expect(first && (await rowOf(first))).toMatchObject({ times: 20 });
    });

    it('is on the audit record without anything personal', async () => {
      const said = await report({ contact: '13900001111', description: '审计记录里不应有这句话。' });
      const row = await rowOf(said);
      const entry = await db
        .selectFrom('audit.entry')
        .selectAll()
        .where('object_kind', '=', 'correction')
        .where('object_id', '=', row?.id ?? '')
        .executeTakeFirstOrThrow();
      expect(entry).toMatchObject({
        actor_kind: 'anonymous',
        result: 'done',
        address: null,
        unit_id: district.bureau.id,
      });
      expect(JSON.stringify(entry)).not.toMatch(/13900001111|不应有|198\.51/);
    });

    it('comes as JSON too, and is answered in kind', async () => {
      const good = await port.post('/corrections', aReport({ description: '用脚本提交的。' }), from());
      expect(good.status).toBe(201);
      expect(JSON.parse(good.text)).toMatchObject({ code: expect.stringMatching(/^[0-9A-Z]{4}-/) as string });
      const bad = await port.post('/corrections', aReport({ description: '短' }), from());
      expect(bad.type).toContain('application/problem+json');
      expect(JSON.parse(bad.text)).toMatchObject({
        status: 422,
        code: 'interaction.form-incomplete',
        details: { description: expect.any(String) as string },
      });
    });
  });

  describe('a form that is not right', () => {
    it.each([
      ['without a kind', { kind: '' }, '请选择错误类型'],
      ['with a kind that there is not', { kind: 'nonsense' }, '请选择错误类型'],
      ['with four characters', { description: '错别字😀' }, '至少 5 个字'],
      ['with too many', { description: '错'.repeat(1001) }, '最多 1000 个字'],
      ['with a quotation that is too long', { quote: '错'.repeat(201) }, '最多 200 个字'],
      ['with half a telephone number', { contact: '138123456' }, '11 位手机号'],
      ['filled in by a program', { leave_empty: 'http://spam.example' }, '请留空'],
    ])('%s comes back with everything that was typed', async (_what, wrong, sentence) => {
      const before = await countRows();
      const typed = {
        quote: '原文<b>“引”',
        contact: '13812345678',
        description: '这里有一处错误。',
        ...wrong,
      };
      const said = await report(typed);
      expect(said.status).toBe(422);
      expect(said.text).toContain(sentence);
      expect(said.text).toContain('<title>有误：');
      expect(said.text).not.toContain('http://spam.example');
      expect(said.text).not.toContain('<b>');
      if (!('quote' in wrong)) expect(said.text).toContain('value="原文&lt;b>“引”"');
      expect(said.text).toContain(typed.description);
      expect(said.text).toContain(`value="${typed.contact}"`);
      expect(await countRows()).toBe(before);
    });

    it.each([
      ['that never was', () => '/nothing.html'],
      ['that was withdrawn', () => gone],
      ['that is a style sheet', () => '/theme.css'],
      ['that is made for the server', () => '/forms.html'],
      ['on another site', () => 'https://www.example.com/'],
      ['above its folder', () => '/../../etc/passwd'],
      ['behind two slashes', () => '//www.example.com/'],
      ['that is none', () => 'javascript:alert(1)'],
      ['that is empty', () => ''],
    ])('about a page %s says so and keeps the rest', async (_what, page) => {
      const said = await report({ page: page() });
      expect(said.status).toBe(422);
      expect(said.text).toContain('本网站没有这个页面');
      expect(said.text).toContain(description);
      expect(said.text).not.toMatch(/href="(?:javascript|\/\/)/);
    });

    it.each([
      ['an unknown field', 'page=/&kind=typo&description=12345&role=admin'],
      ['a field twice', 'page=/&kind=typo&kind=other&description=12345'],
      ['NUL', 'page=/&kind=typo&description=12345%00'],
      ['half a character', 'page=/&kind=typo&description=12345%ED%A0%80'],
      ['broken percents', 'page=/&kind=typo&description=12345%E9%94'],
      ['bytes without percents', Buffer.from('page=/&kind=typo&description=这里有错别字')],
    ])('with %s is refused', async (_what, body) => {
      const before = await countRows();
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...from() };
      const said = await port.ask('/corrections', { method: 'POST', headers, body });
      expect(said.status).toBe(400);
      expect(said.text).toContain('格式不正确');
      expect(await countRows()).toBe(before);
    });

    it.each([
      ['a list', '[]'],
      ['a text', '"a"'],
      ['null', 'null'],
      ['half an object', '{"page":"/"'],
      ['a number in a field', '{"page":"/","kind":"typo","description":12345}'],
      ['a prototype', '{"__proto__":{"kind":"typo"},"page":"/"}'],
      ['nothing', ''],
      ['a deep list', '['.repeat(8_000)],
    ])('as JSON with %s is refused', async (_what, body) => {
      const headers = { 'content-type': 'application/json', ...from() };
      const said = await port.ask('/corrections', { method: 'POST', headers, body });
      expect(said.status).toBe(400);
      expect(JSON.parse(said.text)).toMatchObject({ code: 'request.malformed' });
    });

    it.each(['text/plain', 'multipart/form-data; boundary=x', 'application/xml', ''])(
      'of the type “%s” is refused',
      async (type) => {
        const headers = { 'content-type': type, ...from() };
        expect((await port.ask('/feedback', { method: 'POST', headers, body: 'a=1' })).status).toBe(415);
      },
    );

    it('that is too large is refused, whether it says so or not', async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...from() };
      const body = `page=/&kind=typo&description=${'x'.repeat(20_000)}`;
      expect((await port.ask('/corrections', { method: 'POST', headers, body })).status).toBe(413);
      const chunked = { ...headers, 'transfer-encoding': 'chunked' };
      expect((await port.ask('/corrections', { method: 'POST', headers: chunked, body })).status).toBe(413);
    });

    it.each([
      [{ 'sec-fetch-site': 'cross-site' }, 403],
      [{ 'sec-fetch-site': 'same-site' }, 403],
      [{ 'sec-fetch-site': 'none' }, 403],
      [{ origin: 'null' }, 403],
      [{ origin: 'https://evil.example' }, 403],
      [{ host: 'localhost', origin: 'https://localhost.evil.example' }, 403],
      [{ host: 'localhost', origin: 'https://localhost' }, 303],
      [{ 'sec-fetch-site': 'same-origin' }, 303],
    ])('sent with %j is answered with %i', async (headers, status) => {
      expect((await report({ description: `从别处提交的 ${JSON.stringify(headers)}` }, headers)).status).toBe(
        status,
      );
    });

    it('is met by no other method', async () => {
      expect((await port.ask('/corrections')).status).toBe(404);
      expect((await port.ask('/corrections', { method: 'PUT' })).status).toBe(405);
      expect((await port.ask('/correction', { method: 'POST' })).status).toBe(405);
    });
  });

  describe('a rating', () => {
    const rate = (part: Readonly<Record<string, string>>, headers = {}) =>
      port.submit('/feedback', { page: article, ...part }, { ...from(), ...headers });
    const newest = () =>
      db.selectFrom('interaction.rating').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirst();

    it('says whether the page helped, and thanks', async () => {
      const said = await rate({ useful: 'yes' });
      expect(said.status).toBe(303);
      expect(await newest()).toMatchObject({ path: article, useful: true, unit_id: district.bureau.id });
      const thanks = await port.ask(said.location ?? '');
      expect(thanks.text).toContain('<h1>谢谢您的反馈</h1>');
      expect(thanks.text).toContain(`href="${article}"`);
    });

    it('keeps the reason and the words of who was not helped, and of nobody else', async () => {
      await rate({ useful: 'no', reason: 'unclear', remark: '专业词太多，看不懂。' });
      expect(await newest()).toMatchObject({
        useful: false,
        reason: 'unclear',
        remark: '专业词太多，看不懂。',
      });
      await rate({ useful: 'yes', reason: 'unclear', remark: '很好' });
      expect(await newest()).toMatchObject({ useful: true, reason: null, remark: null });
    });

    it.each([
      ['without a choice', {}, '请选择'],
      ['with another choice', { useful: 'maybe' }, '请选择'],
      ['with a reason that there is not', { useful: 'no', reason: 'nonsense' }, '列出的原因'],
      ['with too many words', { useful: 'no', remark: '长'.repeat(501) }, '最多 500 个字'],
    ])('%s comes back as it was', async (_what, part, sentence) => {
      const said = await rate(part);
      expect(said.status).toBe(422);
      expect(said.text).toContain(sentence);
      expect(said.text).toContain(`value="${article}"`);
    });

    it('does not lead away with its thanks', async () => {
      for (const page of [
        '//evil.example/',
        'https://evil.example/',
        'javascript:alert(1)',
        '/\\evil.example',
      ]) {
        const { status, text } = await port.ask(`/feedback/thanks?page=${encodeURIComponent(page)}`);
        expect(status).toBe(200);
        expect(text).not.toMatch(/evil|javascript:/);
      }
    });
  });

  describe('a flood', () => {
    it('from one sender is stopped after ten, with everything that was typed, and hinders nobody else', async () => {
      const sender = from('203.0.113.5');
      const statuses: number[] = [];
      let last: Said | undefined;
      for (let index = 0; index < 30; index += 1) {
        last = await report({ description: `第 ${String(index)} 次提交的错误` }, sender);
        statuses.push(last.status);
      }
      expect(statuses.filter((status) => status === 303)).toHaveLength(10);
      expect(new Set(statuses.slice(10))).toEqual(new Set([429]));
      expect(last?.text).toContain('第 29 次提交的错误');
      expect((await report({ description: '别人提交的错误' })).status).toBe(303);
      const other = { 'x-forwarded-for': '203.0.113.5, 203.0.113.6' };
      expect((await report({ description: '代理写明的另一个人' }, other)).status).toBe(303);
    });

    it('that is slow is stopped at the limit of a day, and goes on the next day', async () => {
      const { digest, addresses } = await (async () => {
        await report({ description: '先提交一次的错误' }, from('203.0.113.9'));
        const rows = await db.selectFrom('interaction.address_day').select(['digest', 'acts']).execute();
        return { digest: rows.map((row) => row.digest.toString('hex')), addresses: rows.length };
      })();
      expect(addresses).toBeGreaterThan(1);
      expect(digest.join(' ')).not.toContain(Buffer.from('203.0.113.9').toString('hex'));
      await db.updateTable('interaction.address_day').set({ acts: 30 }).execute();
      const said = await report({ description: '这一天太多的错误' }, from('203.0.113.9'));
      expect(said.status).toBe(429);
      expect(said.text).toContain('今天提交的次数已达上限');
      expect(said.text).toContain('这一天太多的错误');
      at += 86_400_000;
      expect((await report({ description: '第二天提交的错误' }, from('203.0.113.9'))).status).toBe(303);
      const days = await sql<{ day: string }>`select distinct day::text from interaction.address_day`.execute(
        db,
      );
      expect(days.rows.map((row) => row.day)).toEqual(['2026-11-27']);
      at -= 86_400_000;
    });

    it('of guesses finds no code', async () => {
      const sender = from('203.0.113.77');
      const statuses: number[] = [];
      for (let index = 0; index < 30; index += 1) {
        statuses.push(
          (await port.submit('/correction/status', { code: String(index).padStart(12, '7') }, sender)).status,
        );
      }
      expect(new Set(statuses)).toEqual(new Set([404, 429]));
      expect(statuses.filter((status) => status === 404).length).toBeLessThanOrEqual(21);
    });
  });

  describe('the form', () => {
    it('opened from a page names it and asks for no address', async () => {
      const { status, text } = await port.ask(`/correction?page=${encodeURIComponent(article)}`);
      expect(status).toBe(200);
      expect(text).toContain(`<a href="${article}">关于公交线路的公告</a>`);
      expect(text).toContain(`<input type="hidden" name="page" value="${article}"`);
      expect(text).toContain('<meta name="robots" content="noindex"/>');
      expect(text).not.toContain('{{title}}');
    });

    it('opened from nowhere asks for the address, and shows nothing that is not escaped', async () => {
      const { text } = await port.ask(
        `/correction?page=${encodeURIComponent('"><script>alert(1)</script>')}`,
      );
      expect(text).not.toContain('<script>alert');
      expect(text).toContain('id="field-page"');
    });

    it('stands on every article and list, and leads from there', async () => {
      for (const path of [article, columnPath]) {
        const { text } = await port.ask(path);
        expect(text).toContain('这页有用吗？');
        expect(text).toContain(`href="/correction?page=${encodeURIComponent(path)}"`);
      }
      expect((await port.ask('/correction.html')).text).toContain('action="/corrections"');
    });
  });

  describe('while the database is away', () => {
    const told: unknown[] = [];
    let away: PublicPort;
    beforeAll(async () => {
      const tell = (fields: object, message: string) => told.push({ ...fields, message });
      const log = { debug: tell, info: tell, warn: tell, error: tell } as unknown as Log;
      const { options } = system.parts;
      const parts = {
        ...system.parts,
        options: { ...options, log, databaseUrl: 'postgres://127.0.0.1:1/nothing' },
      };
      away = await servePublicPort(parts, district.portal.id);
    });
    afterAll(() => away.stop());

    it('the form says so, keeps the page it was opened from, and tells whom to call', async () => {
      for (const address of [`/correction?page=${encodeURIComponent(article)}`, '/correction']) {
        const said = await away.ask(address);
        expect(said.status).toBe(503);
        expect(said.text).toContain('现在暂时不能在线提交');
        expect(said.text).toContain('0792-1234567');
        if (address.includes('page')) expect(said.text).toContain(`name="page" value="${article}"`);
      }
    });

    it('what was typed comes back, and nothing personal is in the log', async () => {
      const typed = aReport({ contact: '13812345678', description: '数据库不在时提交的。' });
      const said = await away.submit('/corrections', typed, from());
      expect(said.status).toBe(503);
      expect(said.retryAfter).toBe('30');
      for (const text of ['现在暂时不能在线提交', typed.description, 'value="13812345678"']) {
        expect(said.text).toContain(text);
      }
      expect(told.length).toBeGreaterThan(0);
      expect(JSON.stringify(told)).not.toMatch(/13812345678|数据库不在/);
    });

    it('a script is told in a form that it understands', async () => {
      const said = await away.post('/feedback', { page: article, useful: 'yes' }, from());
      expect(said.status).toBe(503);
      expect(JSON.parse(said.text)).toMatchObject({ code: 'service.unavailable' });
      expect((await away.submit('/correction/status', { code: '7'.repeat(12) }, from())).status).toBe(503);
    });
  });
});
