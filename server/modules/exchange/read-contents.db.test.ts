import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OpenAbout, OpenContentPage } from '../../../contracts/open-content.ts';
import { aKey, openExchange, type TestExchange, type TestKey } from '../../../test/factories/exchange.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import type { ColumnRow } from '../sites/index.ts';
import { viewOf } from './key-view.ts';
import { readContents } from './read-contents.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);
const stage = aStage(db);
let exchange: TestExchange;
let district: TestDistrict;
let column: ColumnRow;
let bureauColumn: ColumnRow;
let all: TestKey;

beforeAll(async () => {
  district = await aDistrict(stage);
  column = await aColumn(stage, { site: district.portal });
  bureauColumn = await aColumn(stage, { site: district.bureauSite, unitId: district.bureau.id });
  exchange = openExchange(system);
  all = await aKey(db);
});
afterAll(() => exchange.app.close());

const write = (content: object = {}, unit: 'office' | 'bureau' = 'office'): Promise<string> =>
  aPublished(stage, district.actor, {
    unitId: district[unit].id,
    columnIds: [unit === 'office' ? column.id : bureauColumn.id],
    content,
  });
const contents = async (query: string, key = all): Promise<OpenContentPage> => {
  const answer = await exchange.ask(`/v1/contents?${query}`, key);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<OpenContentPage>();
};

describe('resources whole', () => {
  it('come in the order in which they were asked for, with where they have been', async () => {
    const ids = [await write({ title: '甲' }), await write({ title: '乙' })].reverse();
    const { items, rest } = await contents(`ids=${ids.join(',')}`);
    expect(items.map((one) => one.id)).toEqual(ids);
    expect(rest).toEqual([]);
    const { instance } = (await exchange.ask('/v1/about', all)).json<OpenAbout>();
    expect(items[0]).toMatchObject({ content: { title: '乙' }, origin: [{ instance, id: ids[0] }] });
  });

  it('are left for the next answer when they are long', async () => {
    const ids = await Promise.all(Array.from({ length: 3 }, () => write({ body: aBody('长'.repeat(900)) })));
    const view = await viewOf(db, { unitIds: null, columnIds: null, types: null, fullText: true });
    const reading = { db, base: { scheme: 'http', port: null } } as const;
    const { items, rest } = await readContents(reading, view, ids, 2_500);
    expect((await readContents(reading, view, ids, 1)).items).toHaveLength(1);
    expect([...items.map((one) => one.id), ...rest]).toEqual(ids);
    expect(items.length).toBeGreaterThan(0);
    expect(rest.length).toBeGreaterThan(0);
  });

  it('are those that the key sees, and name no other', async () => {
    const hidden = await write({ title: '教育局的' }, 'bureau');
    const gone = await write({ title: '撤回的' });
    const shown = await write({ title: '办公室的', seeAlso: [hidden] });
    await withdraw(stage, district.actor, gone);
    const narrow = await aKey(db, { unitIds: [district.office.id] });
    const query = `ids=${[hidden, gone, shown].join(',')}`;
    const { items } = await contents(query, narrow);
    expect(items.map((one) => one.id)).toEqual([shown]);
    expect(items[0]?.content).toMatchObject({ seeAlso: [] });
    // A part that is asked for reaches no further than the key.
    const wish = `${query}&units=${district.bureau.id}`;
    expect((await contents(wish, narrow)).items).toEqual([]);
    expect((await contents(wish)).items.map((one) => one.id)).toEqual([hidden]);
    const about = (await exchange.ask('/v1/about', narrow)).json<OpenAbout>();
    expect(about.units.map((unit) => unit.id)).toEqual([district.office.id]);
    expect(about.columns.map((one) => one.id)).toEqual([column.id]);
  });

  it('need a key that reads full texts, and a question in its form', async () => {
    const poor = await aKey(db, { fullText: false });
    expect((await exchange.ask('/v1/contents?ids=1', poor)).json()).toMatchObject({
      code: 'exchange.full-text-withheld',
    });
    expect((await exchange.ask('/v1/contents?ids=1')).statusCode).toBe(401);
    expect((await exchange.ask('/v1/about')).statusCode).toBe(401);
    for (const wrong of ['', 'ids=', 'ids=x', 'ids=1,,2', 'ids=1&more=1', `ids=${'1,'.repeat(100)}1`])
      expect((await exchange.ask(`/v1/contents?${wrong}`, all)).statusCode, wrong).toBe(400);
  });
});
