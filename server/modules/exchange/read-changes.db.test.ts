import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { OpenChange, OpenChangePage } from '../../../contracts/open-exchange.ts';
import { aKey, openExchange, type TestExchange, type TestKey } from '../../../test/factories/exchange.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aSite,
  aStage,
  edit,
  publish,
  someContent,
  type Stage,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { changeSite, type ColumnRow, setMappings, setPlacements } from '../sites/index.ts';
import { writeChangeCursor } from './open-cursor.rules.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);

let exchange: TestExchange;
let stage: Stage;
let district: TestDistrict;
let portalColumn: ColumnRow;
let bureauColumn: ColumnRow;
let all: TestKey;

beforeAll(async () => {
  stage = aStage(db);
  district = await aDistrict(stage);
  portalColumn = await aColumn(stage, { site: district.portal });
  bureauColumn = await aColumn(stage, { site: district.bureauSite, unitId: district.bureau.id });
  exchange = openExchange(system);
  all = await aKey(db);
});
afterAll(() => exchange.app.close());

async function ask(query: string, key = all): Promise<OpenChangePage> {
  const answer = await exchange.ask(`/v1/changes?${query}`, key);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<OpenChangePage>();
}

/** Everything after a place, however many answers it takes. */
async function follow(after: string, key = all, limit = 2): Promise<{ items: OpenChange[]; cursor: string }> {
  const items: OpenChange[] = [];
  for (let cursor = after; ;) {
    const page = await ask(`limit=${String(limit)}&after=${cursor}`, key);
    items.push(...page.items);
    cursor = page.cursor;
    if (!page.more) return { items, cursor };
  }
}

const headOf = async (key = all): Promise<string> => (await follow(writeChangeCursor('0'), key, 500)).cursor;
const told = (items: readonly OpenChange[]) => items.map(({ id, kind, deleted }) => [id, kind, deleted]);
const inBureau = () => ({ unitId: district.bureau.id, columnIds: [bureauColumn.id] });

describe('who follows what is published', () => {
  it('is told of each release, and of a withdrawal by a tombstone', async () => {
    const start = await headOf();
    const { actor } = district;
    const id = await aPublished(stage, actor, inBureau());
    await edit(stage, actor, id, someContent({ title: '改过的通知' }));
    await publish(stage, actor, id);
    const before = await follow(start);
    expect(told(before.items)).toEqual([
      [id, 'released', false],
      [id, 'released', false],
    ]);
    expect(before.items.map((one) => one.revision)).toEqual([1, 2]);
    const resource = (await exchange.ask(`/v1/resources/${id}`, all)).json<{ digest: string }>();
    expect(before.items.at(-1)?.digest).toBe(resource.digest);
    await withdraw(stage, actor, id);
    const after = await follow(before.cursor);
    expect(told(after.items)).toEqual([[id, 'withdrawn', true]]);
    expect(after.items[0]).toMatchObject({ revision: null, digest: null });
    expect((await follow(after.cursor)).items).toEqual([]);
    // Who comes later learns that the releases left nothing.
    expect(told((await follow(start)).items)).toEqual([
      [id, 'removed', true],
      [id, 'removed', true],
      [id, 'withdrawn', true],
    ]);
  });

  it('begins at the beginning, at an instant, or where an answer ended, and at one of them only', async () => {
    const since = new Date().toISOString();
    const id = await aPublished(stage, district.actor, inBureau());
    const from = await ask(`since=${encodeURIComponent(since)}`);
    expect(told(from.items)).toEqual([[id, 'released', false]]);
    expect((await ask(`after=${from.items[0]?.cursor ?? ''}`)).items).toEqual([]);
    const everything = await follow(writeChangeCursor('0'));
    expect(everything.items.at(-1)).toEqual(from.items[0]);
    const twice = await exchange.ask(`/v1/changes?after=${from.cursor}&since=${since}`, all);
    expect(twice.json<Problem>().code).toBe('exchange.start-twice');
  });

  it('is told to begin anew when the place lies ahead of all that happened', async () => {
    const answer = await exchange.ask(`/v1/changes?after=${writeChangeCursor('999999999')}`, all);
    expect(`${String(answer.statusCode)} ${answer.json<Problem>().code}`).toBe('409 exchange.cursor-ahead');
  });

  it('through a column is told what comes into it, what leaves it, and nothing else', async () => {
    const key = await aKey(db, { columnIds: [portalColumn.id] });
    const { actor } = district;
    const id = await aPublished(stage, actor, inBureau());
    const start = await headOf(key);
    expect((await follow(writeChangeCursor('0'), key)).items).toEqual([]);
    await stage.perform(actor, setMappings, {
      columnId: portalColumn.id,
      sourceColumnIds: [bureauColumn.id],
    });
    const come = await follow(start, key);
    expect(told(come.items)).toContainEqual([id, 'relisted', false]);
    await stage.perform(actor, setMappings, { columnId: portalColumn.id, sourceColumnIds: [] });
    const gone = await follow(come.cursor, key);
    expect(told(gone.items)).toContainEqual([id, 'removed', true]);
    expect(gone.items.every((one) => one.deleted)).toBe(true);
    // For others it is where it was.
    expect(told((await follow(come.cursor)).items)).toContainEqual([id, 'relisted', false]);
  });

  it('hears once of an act that lists in many columns', async () => {
    const third = await aColumn(stage, { site: district.bureauSite, unitId: district.bureau.id });
    const start = await headOf();
    const id = await aPublished(stage, district.actor, {
      ...inBureau(),
      columnIds: [bureauColumn.id, third.id],
    });
    expect(told((await follow(start)).items)).toEqual([[id, 'released', false]]);
  });

  it('sees nothing of a site before it opens, and tombstones when it goes offline', async () => {
    const { actor, bureau } = district;
    const site = await aSite(stage, { unitId: bureau.id, state: 'testing' });
    const column = await aColumn(stage, { site, unitId: bureau.id });
    const start = await headOf();
    const id = await aPublished(stage, actor, { unitId: bureau.id, columnIds: [column.id] });
    const missing = await exchange.ask(`/v1/resources/${id}`, all);
    expect(missing.statusCode).toBe(404);
    expect((await follow(start)).items).toEqual([]);
    const operator = { ...actor, roles: ['operator'] as const };
    const change = async (state: 'online' | 'offline', version: number) =>
      stage.perform(operator, changeSite, {
        siteId: site.id,
        expectedVersion: version,
        state,
        ...(state === 'offline' ? { notice: '网站维护，暂停服务。' } : {}),
      });
    const online = await change('online', site.version);
    const opened = await follow(start);
    // The release is told now that it may be seen, too.
    expect(told(opened.items)).toEqual([
      [id, 'released', false],
      [id, 'relisted', false],
    ]);
    await change('offline', online.version);
    expect(told((await follow(opened.cursor)).items)).toEqual([[id, 'removed', true]]);
    expect((await exchange.ask(`/v1/resources/${id}`, all)).statusCode).toBe(404);
  });

  it('of one unit gets answers in time, however much others do', async () => {
    const key = await aKey(db, { unitIds: [district.office.id] });
    const page = await ask('limit=1', key);
    expect(page).toMatchObject({ items: [], more: false });
  });

  it('places moved by hand are told like others', async () => {
    const { actor } = district;
    const id = await aPublished(stage, actor, inBureau());
    const other = await aColumn(stage, { site: district.bureauSite, unitId: district.bureau.id });
    const start = await headOf();
    await stage.perform(actor, setPlacements({ scheme: 'http', port: null }), {
      resourceId: id,
      columnIds: [other.id],
    });
    expect(told((await follow(start)).items)).toEqual([[id, 'relisted', false]]);
    const left = await aKey(db, { columnIds: [bureauColumn.id] });
    expect(told((await follow(start, left)).items)).toEqual([[id, 'removed', true]]);
  });
});
