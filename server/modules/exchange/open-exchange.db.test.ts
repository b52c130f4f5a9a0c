import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import { openExchangeEndpoints, type OpenResource } from '../../../contracts/open-exchange.ts';
import { aKey, openExchange, type TestExchange, type TestKey } from '../../../test/factories/exchange.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  type Stage,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { type ColumnRow, setMappings } from '../sites/index.ts';
import { openSearchIndex, reindexAll } from '../search/index.ts';

const database = aDatabase();
const { db } = database;
let minute = Date.parse('2026-11-20T00:00:00Z');
const nextMinute = (): Date => new Date((minute += 60_000));
const system = aSystem(database);

let exchange: TestExchange;
let stage: Stage;
let district: TestDistrict;
let notices: ColumnRow;
let policies: ColumnRow;
let schools: ColumnRow;
let all: TestKey;
const ids: Record<string, string> = {};

interface List {
  readonly items: OpenResource[];
  readonly nextCursor: string | null;
}

async function list(query: string, key: TestKey = all): Promise<List> {
  const answer = await exchange.ask(`/v1/resources?${query}`, key);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<List>();
}

const idsOf = ({ items }: List): string[] => items.map((one) => one.id);
const named = (...names: string[]): string[] => names.map((name) => ids[name] ?? name);

async function refusal(url: string, key?: Pick<TestKey, 'headers'>): Promise<string> {
  const answer = await exchange.ask(url, key);
  return `${String(answer.statusCode)} ${answer.json<Problem>().code}`;
}

beforeAll(async () => {
  stage = aStage(db, nextMinute);
  district = await aDistrict(stage);
  const { office, bureau, actor, portal, bureauSite } = district;
  notices = await aColumn(stage, { site: portal, name: '通知公告' });
  policies = await aColumn(stage, { site: portal, name: '政策文件', kind: 'policy' });
  schools = await aColumn(stage, { site: bureauSite, name: '学校通知', unitId: bureau.id });
  await stage.perform(actor, setMappings, { columnId: notices.id, sourceColumnIds: [schools.id] });
  const publish = async (name: string, wishes: Parameters<typeof aPublished>[2]): Promise<void> => {
    ids[name] = await aPublished(stage, actor, wishes);
  };
  await publish('policy', {
    unitId: office.id,
    columnIds: [policies.id],
    type: 'policy',
    content: {
      title: '关于支持企业稳岗的若干措施',
      documentNumber: '测府发〔2026〕7号',
      writtenOn: '2026-10-08',
      keywords: ['稳岗'],
      body: aBody('对稳定就业岗位的企业给予补贴。'),
    },
  });
  await publish('old-policy', {
    unitId: office.id,
    columnIds: [policies.id],
    type: 'policy',
    content: { title: '关于废止的办法', writtenOn: '2020-01-02', validity: '废止' },
  });
  await publish('notice', {
    unitId: office.id,
    columnIds: [notices.id],
    content: { title: '停水通知', body: aBody('明日停水。') },
  });
  await publish('school', {
    unitId: bureau.id,
    columnIds: [schools.id],
    content: { title: '秋季学校开学通知', body: aBody('学校九月一日开学。') },
  });
  await publish('explained', {
    unitId: bureau.id,
    columnIds: [schools.id],
    type: 'interpretation',
    content: { title: '稳岗措施解读', interprets: [ids['policy'] ?? '0'], form: '文字解读' },
  });
  await publish('gone', { unitId: office.id, columnIds: [notices.id], content: { title: '撤下的通知' } });
  await withdraw(stage, actor, ids['gone'] ?? '0');
  exchange = openExchange(system);
  all = await aKey(db);
  const index = openSearchIndex({ directory: system.parts.searchDirectory, log: system.parts.options.log });
  await reindexAll({ db, index, searchables: system.parts.searchables, log: system.parts.options.log });
  await index.close();
});
afterAll(() => exchange.app.close());

describe('the exchange port', () => {
  it('answers nobody without a key, with a wrong one, or with one that has ended', async () => {
    const needKeys = openExchangeEndpoints.filter((one) => one.access === 'key' && one.method === 'GET');
    expect(needKeys.length).toBeGreaterThan(4);
    const ended = await aKey(
      db,
      { expiresAt: '2026-11-21T00:00:00Z' },
      () => new Date('2026-11-20T00:00:00Z'),
    );
    const revoked = await aKey(db);
    await db
      .updateTable('exchange.access_key')
      .set({ revoked_at: new Date(), revocation_reason: '不用了' })
      .where('id', '=', revoked.id)
      .execute();
    const bearer = (text: string) => ({ headers: { authorization: `Bearer ${text}` } });
    for (const { path } of needKeys) {
      const url = path.replace(':id', ids['notice'] ?? '').replace(':digest', 'a'.repeat(64));
      expect(await refusal(url), url).toBe('401 exchange.key-missing');
      for (const wrong of ['', 'x', `${all.secret}x`, `jiyue_${all.prefix}_${'A'.repeat(43)}`]) {
        expect(await refusal(url, bearer(wrong)), url).toBe('401 exchange.key-wrong');
      }
      // The clock of the port is real; the test's keys end in the past.
      if (Date.now() > Date.parse('2026-11-21T00:00:00Z')) {
        expect(await refusal(url, ended), url).toBe('401 exchange.key-ended');
      }
      expect(await refusal(url, revoked), url).toBe('401 exchange.key-ended');
    }
    expect(await refusal('/api/resources', all)).toBe('404 request.not-found');
  });

  it('takes the key as a password, too', async () => {
    const authorization = `Basic ${Buffer.from(`harvester:${all.secret}`).toString('base64')}`;
    expect((await exchange.ask('/v1/resources', { headers: { authorization } })).statusCode).toBe(200);
  });

  it('refuses keys, fields, sorts and places that it does not know', async () => {
    const policyPath = `/v1/resources/${ids['policy'] ?? ''}`;
    for (const url of [
      '/v1/resources?unit=1',
      `${policyPath}?q=1`,
      '/v1/changes?from=1',
      '/v1/context?x=1',
    ]) {
      expect(await refusal(url, all), url).toBe('400 request.malformed');
    }
    expect(await refusal('/v1/resources?limit=101', all)).toBe('400 request.malformed');
    expect(await refusal('/v1/resources?fields=title,secret', all)).toBe('422 exchange.field-unknown');
    expect(await refusal(`${policyPath}?fields=body`, all)).toBe('422 exchange.field-unknown');
    expect(await refusal('/v1/resources?q=x&sort=updated', all)).toBe('422 exchange.sort-wrong');
    const { nextCursor } = await list('limit=1');
    const cursor = nextCursor ?? '';
    for (const wrong of [
      'x',
      '',
      'cHVibGlzaGVk',
      `${cursor}A`,
      Buffer.from('hits 2').toString('base64url'),
    ]) {
      expect(await refusal(`/v1/resources?cursor=${wrong}`, all), wrong).toBe('422 exchange.cursor-wrong');
    }
    expect(await refusal(`/v1/resources?sort=updated&cursor=${cursor}`, all)).toBe(
      '422 exchange.cursor-wrong',
    );
    expect(await refusal(`/v1/resources?q=x&cursor=${cursor}`, all)).toBe('422 exchange.cursor-wrong');
    expect(await refusal(`/v1/changes?after=${cursor}`, all)).toBe('422 exchange.cursor-wrong');
  });

  it('lists what is published, newest first, in pages that join', async () => {
    const whole = await list('');
    expect(idsOf(whole)).toEqual(named('explained', 'school', 'notice', 'old-policy', 'policy'));
    const paged: string[] = [];
    let cursor = '';
    for (let page = 0; page < 5; page += 1) {
      const answer = await list(`limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      paged.push(...idsOf(answer));
      if (answer.nextCursor === null) break;
      cursor = answer.nextCursor;
    }
    expect(paged).toEqual(idsOf(whole));
    expect(idsOf(await list('sort=updated&order=asc'))).toEqual(idsOf(whole).reverse());
  });

  it('filters by unit, column, type, dates, validity and numbers', async () => {
    expect(idsOf(await list(`unitId=${district.bureau.id}`))).toEqual(named('explained', 'school'));
    expect(idsOf(await list(`columnId=${notices.id}`))).toEqual(named('explained', 'school', 'notice'));
    expect(idsOf(await list('type=policy'))).toEqual(named('old-policy', 'policy'));
    expect(idsOf(await list('validity=%E6%9C%89%E6%95%88'))).toEqual(named('policy'));
    expect(idsOf(await list('writtenFrom=2026-01-01&writtenTo=2026-10-08'))).toEqual(named('policy'));
    const number = encodeURIComponent('测府发〔2026〕7号');
    expect(idsOf(await list(`documentNumber=${number}`))).toEqual(named('policy'));
    const [first] = (await list('type=policy&order=asc&limit=1')).items;
    const identifier = encodeURIComponent(first?.identifier ?? '');
    expect(idsOf(await list(`indexNumber=${identifier}`))).toEqual(named('policy'));
    const from = encodeURIComponent(first?.publishedAt ?? '');
    expect(idsOf(await list(`publishedTo=${from}`))).toEqual([]);
    expect((await list(`publishedFrom=${from}`)).items).toHaveLength(5);
  });

  it('describes a resource in the core elements, or in those that were asked for', async () => {
    const answer = await exchange.ask(`/v1/resources/${ids['policy'] ?? ''}`, all);
    expect(answer.json()).toMatchObject({
      id: ids['policy'],
      title: '关于支持企业稳岗的若干措施',
      documentNumber: '测府发〔2026〕7号',
      keywords: ['稳岗'],
      provider: { id: district.office.id, name: '区政府办公室' },
      type: 'policy',
      validity: '有效',
      language: 'zh-CN',
      columns: [{ id: policies.id, name: '政策文件' }],
      metadataVersion: 1,
      text: '对稳定就业岗位的企业给予补贴。',
    });
    expect(answer.json<OpenResource>().url).toMatch(/^http:\/\/.+\.localhost\/.+\.html$/);
    const few = await list('type=policy&fields=title,validity&limit=1');
    expect(few.items).toEqual([{ id: ids['old-policy'], title: '关于废止的办法', validity: '废止' }]);
  });

  it('finds words, best first, and says nothing of what is withdrawn', async () => {
    expect(idsOf(await list(`q=${encodeURIComponent('学校')}`))).toEqual(named('school'));
    expect(idsOf(await list(`q=${encodeURIComponent('稳岗')}&type=policy`))).toEqual(named('policy'));
    expect(idsOf(await list(`q=${encodeURIComponent('撤下')}`))).not.toContain(ids['gone']);
    expect(await refusal(`/v1/resources/${ids['gone'] ?? ''}`, all)).toBe('404 exchange.resource-not-found');
  });

  it('answers with a tag, and with nothing to whoever has it already', async () => {
    for (const url of [
      '/v1/resources',
      `/v1/resources/${ids['policy'] ?? ''}`,
      '/v1/changes',
      '/v1/context',
    ]) {
      const first = await exchange.ask(url, all);
      const { etag } = first.headers;
      expect(etag, url).toMatch(/^"[\w-]{27}"$/);
      const again = await exchange.app.inject({ url, headers: { ...all.headers, 'if-none-match': etag } });
      expect([again.statusCode, again.body], url).toEqual([304, '']);
      const other = await exchange.app.inject({ url, headers: { ...all.headers, 'if-none-match': '"x"' } });
      expect(other.statusCode, url).toBe(200);
    }
  });

  it('counts, and stops a key that has used its minute or its day', async () => {
    const hasty = await aKey(db, { perMinute: 2 });
    const answers = [];
    for (let time = 0; time < 3; time += 1) answers.push(await exchange.ask('/v1/context', hasty));
    expect(answers.map((one) => one.statusCode)).toEqual([200, 200, 200]);
    const asked = [];
    for (let time = 0; time < 4; time += 1) asked.push(await exchange.ask('/v1/changes?limit=1', hasty));
    // A minute may end in between.
    expect(asked.filter((one) => one.statusCode === 429).length).toBeGreaterThan(0);
    const stopped = asked.find((one) => one.statusCode === 429);
    expect(Number(stopped?.headers['retry-after'])).toBeGreaterThan(0);
    const daily = await aKey(db, { perDay: 1 });
    await exchange.ask('/v1/changes', daily);
    expect(await refusal('/v1/changes', daily)).toBe('429 request.too-many');
    await expect
      .poll(() =>
        db
          .selectFrom('exchange.usage')
          .select(['operation', 'requests', 'refused'])
          .where('key_id', '=', daily.id)
          .execute(),
      )
      .toEqual([{ operation: 'GET /v1/changes', requests: '2', refused: '1' }]);
  });

  it('says what it is, to everybody', async () => {
    const api = (await exchange.ask('/v1/openapi.json')).json<{ paths: Record<string, object> }>();
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining(['/v1/resources/{id}', '/v1/changes', '/v1/oai']),
    );
    const context = (await exchange.ask('/v1/context')).json<{ '@context': Record<string, unknown> }>();
    const [resource] = (await list('limit=1')).items;
    const unmapped = Object.keys(resource ?? {}).filter((key) => !Object.hasOwn(context['@context'], key));
    expect(unmapped).toEqual([]);
  });
});

describe('a key with a narrow reach', () => {
  /** Of the notice of the office, and of nothing else. */
  const theirWord = encodeURIComponent('停水');

  it('sees only its units', async () => {
    const key = await aKey(db, { unitIds: [district.bureau.id] });
    const own = named('explained', 'school');
    expect(idsOf(await list('', key))).toEqual(own);
    expect(idsOf(await list(`unitId=${district.office.id}`, key))).toEqual([]);
    expect(idsOf(await list(`q=${theirWord}`))).toEqual(named('notice'));
    expect(idsOf(await list(`q=${theirWord}`, key))).toEqual([]);
    expect(idsOf(await list(`q=${theirWord}&unitId=${district.office.id}`, key))).toEqual([]);
    expect(await refusal(`/v1/resources/${ids['policy'] ?? ''}`, key)).toBe(
      '404 exchange.resource-not-found',
    );
    const seen = await exchange.ask('/v1/changes', key);
    expect(seen.json<{ items: { id: string }[] }>().items.map((one) => one.id)).toEqual([...own].reverse());
    // What it names lies outside.
    const explained = await exchange.ask(`/v1/resources/${ids['explained'] ?? ''}`, key);
    expect(explained.json<OpenResource>().relations).toEqual([]);
    const whole = await exchange.ask(`/v1/resources/${ids['explained'] ?? ''}`, all);
    expect(whole.json<OpenResource>().relations).toEqual([{ kind: 'interprets', id: ids['policy'] }]);
  });

  it('sees only its columns, and names no other', async () => {
    const key = await aKey(db, { columnIds: [notices.id] });
    const answer = await list('', key);
    expect(idsOf(answer)).toEqual(named('explained', 'school', 'notice'));
    expect(answer.items.flatMap((one) => one.columns ?? []).map((one) => one.id)).toEqual(
      Array.from({ length: 3 }, () => notices.id),
    );
    expect(idsOf(await list(`columnId=${policies.id}`, key))).toEqual([]);
    expect(idsOf(await list(`q=${encodeURIComponent('稳岗')}`, key))).toEqual(named('explained'));
    expect(idsOf(await list(`q=${encodeURIComponent('稳岗')}&columnId=${policies.id}`, key))).toEqual([]);
  });

  it('sees only its types', async () => {
    const key = await aKey(db, { types: ['policy'] });
    expect(idsOf(await list('', key))).toEqual(named('old-policy', 'policy'));
    expect(idsOf(await list('type=article', key))).toEqual([]);
    expect(idsOf(await list(`q=${theirWord}`, key))).toEqual([]);
    expect(await refusal(`/v1/resources/${ids['notice'] ?? ''}`, key)).toBe(
      '404 exchange.resource-not-found',
    );
  });

  it('reads no text and no file when it may not', async () => {
    const key = await aKey(db, { fullText: false });
    const url = `/v1/resources/${ids['policy'] ?? ''}`;
    expect((await exchange.ask(url, key)).json()).not.toHaveProperty('text');
    expect(await refusal(`${url}?fields=text`, key)).toBe('403 exchange.full-text-withheld');
    expect(await refusal(`/v1/assets/${'a'.repeat(64)}`, key)).toBe('403 exchange.full-text-withheld');
    expect(await refusal(`/v1/assets/${'a'.repeat(64)}`, all)).toBe('404 exchange.asset-not-found');
  });
});
