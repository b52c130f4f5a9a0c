import { beforeAll, describe, expect, it } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { Proofreading, PublishedFinding } from '../../../contracts/proofreading.ts';
import type { Rule, RuleSet, RuleSetVersion } from '../../../contracts/rule-set.ts';
import { aConsole } from '../../../test/app.ts';
import { aRuleSet, aWord } from '../../../test/factories/proofreading.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createLog } from '../../platform/log.ts';
import { createProofreader, isNightWanted, proofreadingRoutes, runNight } from './index.ts';

type Headers = Record<string, string>;

describe('proofreading', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const proofreader = createProofreader();
  const log = createLog({ level: 'silent', pretty: false });
  const app = aConsole({ db }, [proofreadingRoutes(proofreader)]);
  let district: TestDistrict;
  let columnId: string;
  let editor: Headers;
  let operator: Headers;
  let stranger: Headers;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    operator = await signIn(app, await anAccount(db, { unit: district.office, roles: ['operator'] }));
    stranger = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
    await aRuleSet(db, [aWord('绝禁词'), aWord('宜改词', { prefer: '好词', severity: 'note' })], {
      severity: 'blocks',
    });
    await aRuleSet(db, [aWord('慎用词')], { severity: 'needs-reason' });
    await aRuleSet(db, [aWord('明年的词')], { effectiveFrom: '2999-01-01' });
    await aRuleSet(db, [aWord('去年的词')], { effectiveTo: '2000-01-01' });
  });

  const content = (title: string, ...lines: string[]): ResourceContent =>
    someContent({ title, summary: '', body: aBody(...(lines.length === 0 ? ['正文'] : lines)) });
  const draft = (one: ResourceContent) =>
    aDraft(stage, district.actor, { unitId: district.office.id, content: one, columnIds: [columnId] });
  const live = (one: ResourceContent) =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [columnId],
      content: one,
    });
  const send = async (method: 'GET' | 'POST' | 'PUT', url: string, headers: Headers, payload?: object) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const check = async (id: string, one: ResourceContent) => {
    const answer = await send('POST', `/api/resources/${id}/proofreading`, editor, { content: one });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<Proofreading>();
  };
  describe('of a text that is being written', () => {
    it('tells what the rules of today find, in title, fields and tables, in the order of reading', async () => {
      const one = content('含宜改词的标题', '前面有慎用词。', '明年的词，去年的词，绝 禁 词');
      const { findings, complete } = await check(await draft(content('别的')), { ...one, author: '绝禁词' });
      expect(findings.map((finding) => `${finding.place.part} ${finding.found} ${finding.severity}`)).toEqual(
        [
          'title 宜改词 note',
          'body 慎用词 needs-reason',
          'body 绝 禁 词 blocks',
          'field:author 绝禁词 blocks',
        ],
      );
      expect(complete).toBe(true);
    });

    it('goes by a changed rule at once, and says when a text is longer than is checked', async () => {
      const id = await draft(content('变化'));
      expect((await check(id, content('新加的词'))).findings).toEqual([]);
      await aRuleSet(db, [aWord('新加的词')]);
      expect((await check(id, content('新加的词'))).findings).toHaveLength(1);
      const long = await check(id, content('长', '字'.repeat(200_001)));
      expect(long.complete).toBe(false);
    });

    it('is no other unit’s to ask about, and a malformed text is refused', async () => {
      const id = await draft(content('别家的'));
      const body = { content: content('绝禁词') };
      expect((await send('POST', `/api/resources/${id}/proofreading`, stranger, body)).statusCode).toBe(404);
      expect((await send('POST', `/api/resources/${id}/proofreading`, operator, body)).statusCode).toBe(403);
      const deep = JSON.parse(
        `${'{"type":"blockquote","content":['.repeat(500)}${']}'.repeat(500)}`,
      ) as object;
      const sunk = { content: { title: '深', body: { type: 'doc', content: [deep] } } };
      expect((await send('POST', `/api/resources/${id}/proofreading`, editor, sunk)).statusCode).toBe(422);
      const more = { ...body, also: 1 };
      expect((await send('POST', `/api/resources/${id}/proofreading`, editor, more)).statusCode).toBe(400);
    });
  });

  describe('of everything published, at night', () => {
    const night = new Date('2031-03-01T19:00:00Z');
    let days = 0;
    /** Each a day later, so that the run begins anew. */
    const runThrough = async () => {
      const now = new Date(night.getTime() + days * 86_400_000);
      days += 1;
      const runner = { db, log, proofreader: createProofreader(), clock: () => now };
      while (await isNightWanted(runner)) await runNight(runner);
    };
    const findingsOf = async (id: string, query = '', headers = editor) => {
      const answer = await send('GET', `/api/proofreading/findings?limit=100${query}`, headers);
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json<{ items: PublishedFinding[] }>().items.filter((one) => one.resourceId === id);
    };

    it('findings open, stay themselves when the text moves, close when they are gone or the text is', async () => {
      const id = await live(content('旧闻', '慎用词'));
      const other = await live(content('另一条', '慎用词'));
      await runThrough();
      const [first] = await findingsOf(id);
      expect(first).toMatchObject({ state: 'open', mayIgnore: true, finding: { place: { start: 0 } } });

      await edit(stage, district.actor, id, content('旧闻', '前面加了字，慎用词'));
      await publish(stage, district.actor, id);
      await runThrough();
      const [moved] = await findingsOf(id);
      expect(moved).toMatchObject({ id: first?.id, openedAt: first?.openedAt });
      expect(moved?.finding.place.start).toBe(6);

      await edit(stage, district.actor, id, content('旧闻', '改好了'));
      await publish(stage, district.actor, id);
      await withdraw(stage, district.actor, other);
      await runThrough();
      expect(await findingsOf(id)).toEqual([]);
      expect(await findingsOf(other)).toEqual([]);
      expect(await findingsOf(id, '&state=closed')).toHaveLength(1);
    });

    it('an ignored finding stays ignored, with its reason; only the own unit ignores', async () => {
      const id = await live(content('可以忽略', '慎用词'));
      await runThrough();
      const [finding] = await findingsOf(id);
      const url = `/api/proofreading/findings/${finding?.id ?? ''}/ignore`;
      const body = { reason: '属于专有名称' };
      expect((await send('POST', url, stranger, body)).statusCode).toBe(404);
      expect((await send('POST', url, operator, body)).statusCode).toBe(403);
      expect((await send('POST', url, editor, { reason: ' ' })).statusCode).toBe(400);
      expect((await send('POST', url, editor, body)).json()).toMatchObject({ state: 'ignored' });
      expect((await send('POST', url, editor, body)).statusCode).toBe(409);
      await runThrough();
      expect(await findingsOf(id)).toEqual([]);
      expect(await findingsOf(id, '&state=ignored')).toMatchObject([{ ignoreReason: '属于专有名称' }]);
    });

    it('no unit sees another’s findings, whatever it asks for', async () => {
      const id = await live(content('本单位的', '慎用词'));
      await runThrough();
      expect(await findingsOf(id)).toHaveLength(1);
      const asked = ['', `&unitId=${district.office.id}`, '&severity=needs-reason'];
      for (const query of asked) expect(await findingsOf(id, query, stranger)).toEqual([]);
    });

    it('goes on where a killed worker stopped, and looks only at night', async () => {
      const now = new Date('2032-01-01T19:30:00Z');
      const runner = { db, log, proofreader: createProofreader(), clock: () => now };
      expect(await isNightWanted({ ...runner, clock: () => new Date('2032-01-02T04:00:00Z') })).toBe(false);
      const looked = await runNight(runner);
      expect(looked).toBeGreaterThan(0);
      const restarted = { ...runner, proofreader: createProofreader() };
      expect(await runNight(restarted)).toBe(0);
      expect(await isNightWanted(restarted)).toBe(false);
      const [shown] = (await send('GET', '/api/proofreading/nights', operator)).json<object[]>();
      expect(shown).toMatchObject({ day: '2032-01-02', resources: looked });
    });
  });

  describe('rule sets', () => {
    const settings = {
      ...{ severity: 'note', enabled: true },
      ...{ effectiveFrom: null, effectiveTo: null },
    };
    const change = (set: RuleSet, payload: object, headers = operator) =>
      send('POST', `/api/rule-sets/${set.id}/rules`, headers, {
        ...{ expectedVersion: set.version, put: [], remove: [], note: '' },
        ...payload,
      });
    const rulesOf = async (id: string, query = '') =>
      (await send('GET', `/api/rule-sets/${id}/rules${query}`, operator)).json<{
        items: Rule[];
        nextCursor: string | null;
      }>();

    it('every change is a version with who, when and why, and a stale one is refused', async () => {
      const made = await send('POST', '/api/rule-sets', operator, {
        kind: 'word',
        name: '版本',
        ...settings,
      });
      const set = made.json<RuleSet>();
      const put = { put: [aWord('甲词'), aWord('乙词')], note: '按通知增加' };
      expect((await change(set, put)).json()).toMatchObject({ version: 2, rules: 2 });
      expect((await change(set, put)).json()).toMatchObject({ code: 'proofreading.set-changed' });
      const next = { ...set, version: 2 };
      const mixed = { put: [aWord('甲词', { prefer: '好' }), aWord('乙词')], remove: [] };
      expect((await change(next, mixed)).json()).toMatchObject({ version: 3, rules: 2 });
      expect((await change({ ...set, version: 3 }, { remove: ['乙词', '没有'] })).json()).toMatchObject({
        rules: 1,
      });
      const versions = (await send('GET', `/api/rule-sets/${set.id}/versions`, operator)).json<
        RuleSetVersion[]
      >();
      expect(versions.map((one) => `${one.number} +${one.added} -${one.removed} ${one.note}`)).toEqual([
        '4 +0 -1 ',
        '3 +1 -1 ',
        '2 +2 -0 按通知增加',
        '1 +0 -0 ',
      ]);
    });

    it('patterns that together would keep every text waiting are refused, and fewer of them are not', async () => {
      const set = await aRuleSet(db, [], { kind: 'pattern' });
      const large = (name: number) => ({
        ...{ name: `长${String(name)}`, pattern: '[甲乙]{900}丙' },
        ...{ message: '请核对', severity: null },
      });
      const refused = await change(set, { put: [1, 2, 3, 4, 5].map(large) });
      expect(refused.json(), refused.body).toMatchObject({ code: 'proofreading.pattern-refused' });
      expect((await change(set, { put: [1, 2, 3, 4].map(large) })).statusCode).toBe(200);
    });

    it('a broken pattern, a rule of another kind and a taken name are refused, and nothing is kept', async () => {
      const set = await aRuleSet(db, [], { kind: 'pattern' });
      const pattern = { name: '坏', pattern: '(', message: '请核对', severity: null };
      expect((await change(set, { put: [pattern] })).json()).toMatchObject({
        code: 'proofreading.pattern-refused',
      });
      expect((await change(set, { put: [aWord('词')] })).json()).toMatchObject({
        code: 'proofreading.rule-unfit',
      });
      expect((await rulesOf(set.id)).items).toEqual([]);
      const again = await send('POST', '/api/rule-sets', operator, {
        ...{ kind: 'word', name: set.name },
        ...settings,
      });
      expect(again.json()).toMatchObject({ code: 'proofreading.name-taken' });
    });

    it('leaders are listed in their order, words page by page, each once', async () => {
      const leader = (name: string, rank: number) => ({ name, rank, titles: ['职务'], from: null, to: null });
      const leaders = await aRuleSet(db, [leader('二号', 2), leader('一号', 1)], { kind: 'leader' });
      expect((await rulesOf(leaders.id)).items.map((one) => 'name' in one && one.name)).toEqual([
        '一号',
        '二号',
      ]);
      const set = await aRuleSet(
        db,
        ['丙', '甲', '丁', '乙'].map((word) => aWord(`${word}词`)),
      );
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const page = await rulesOf(set.id, `?limit=3${cursor}`);
        seen.push(...page.items.map((one) => ('word' in one ? one.word : '')));
        if (page.nextCursor === null) break;
        cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
      }
      expect(seen.toSorted()).toEqual(['丁词', '丙词', '乙词', '甲词'].sort());
      expect((await rulesOf(set.id, `?contains=${encodeURIComponent('甲')}`)).items).toHaveLength(1);
    });

    it('a list comes in from a file, in place of the old one or beside it; a bad line refuses it with its number', async () => {
      const set = await aRuleSet(db, [aWord('旧词')]);
      const bring = (payload: object) =>
        send('POST', `/api/rule-sets/${set.id}/import`, operator, { note: '', ...payload });
      const table = '词语,建议,例外,说明,级别\n甲,乙,甲子；甲板,说明,禁止提交\n旧词,,,,\n';
      const added = await bring({ expectedVersion: 2, format: 'csv', mode: 'add', text: table });
      expect(added.json()).toMatchObject({ rules: 2, version: 3 });
      expect((await rulesOf(set.id, `?contains=${encodeURIComponent('甲')}`)).items).toEqual([
        { word: '甲', prefer: '乙', exceptions: ['甲子', '甲板'], note: '说明', severity: 'blocks' },
      ]);
      const lines = { expectedVersion: 3, format: 'txt', mode: 'replace', text: '\ufeff一\r\n\r\n二\r\n' };
      expect((await bring(lines)).json()).toMatchObject({ rules: 2 });
      const bad = { expectedVersion: 4, format: 'csv', mode: 'add', text: '词语,级别\n甲,很严重\n' };
      expect((await bring(bad)).json()).toMatchObject({
        code: 'proofreading.import-invalid',
        details: { line: 2 },
      });
      // A file in GBK, as a browser reads it.
      const garbled = { expectedVersion: 4, format: 'txt', mode: 'replace', text: '一\n\ufffd\ufffd\n' };
      const refused: { title: string } = (await bring(garbled)).json();
      expect(refused).toMatchObject({ code: 'proofreading.import-invalid', details: { line: 2 } });
      expect(refused.title).toContain('UTF-8');
    });

    it('are kept by operators; an editor neither reads nor changes them', async () => {
      const set = await aRuleSet(db, []);
      expect((await change(set, { put: [aWord('词')] }, editor)).statusCode).toBe(403);
      expect((await send('GET', '/api/rule-sets', editor)).statusCode).toBe(403);
      const tried = await send('POST', '/api/rule-sets/trial', operator, { text: '请试试绝禁词' });
      expect(tried.json()).toMatchObject([{ found: '绝禁词', place: { start: 3, end: 6 } }]);
    });
  });
});
