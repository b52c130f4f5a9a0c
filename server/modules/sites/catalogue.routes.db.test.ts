import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type {
  Catalogue,
  CatalogueChoices,
  CatalogueImportReport,
  UpdateYear,
} from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, aUnit, signIn } from '../../../test/factories/identity.ts';
import { all } from '../../../test/factories/documents.ts';
import { aColumn, aDistrict, aPublished, aStage, atlasOptions } from '../../../test/factories/sites.ts';
import { formOf } from '../../../test/form-data.ts';
import { aDatabase } from '../../../test/harness.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { sheetRows } from '../../platform/documents/sheet-reader.ts';
import { registerUploads } from '../library/index.ts';
import { sitesRoutes } from './index.ts';

type Headers = Record<string, string>;
const today = dayInChina(new Date());
const yesterday = dayInChina(new Date(Date.now() - 86_400_000));

describe('the catalogue of a site', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())]);
  const stage = aStage(db);
  let world: Awaited<ReturnType<typeof aWorld>>;

  async function aWorld() {
    const district = await aDistrict(stage);
    const { office, bureau, portal, bureauSite } = district;
    const section = await aUnit(db, { name: '区政府办公开科', parent: office });
    const channel = await aColumn(stage, { site: portal, kind: 'channel', name: '政务资讯' });
    const news = await aColumn(stage, {
      site: portal,
      parent: channel,
      kind: 'news',
      name: '要闻',
      updateDays: 14,
    });
    const theirs = await aColumn(stage, { site: portal, parent: channel, unitId: bureau.id, name: '教育' });
    const own = await aColumn(stage, { site: bureauSite, unitId: bureau.id, name: '工作动态' });
    // As if the catalogue were some days old.
    await sql`update sites.column set created_at = now() - interval '9 days'`.execute(db);
    const person = (roles: Parameters<typeof anAccount>[1]['roles'], unit: { id: string }) =>
      anAccount(db, { roles, unit });
    const chief = await person(['principal'], office);
    const clerk = await person(['liaison'], section);
    return {
      ...district,
      ...{ section, channel, news, theirs, own, chief, clerk },
      operator: await signIn(app, await person(['operator'], office)),
      principal: await signIn(app, chief),
      liaison: await signIn(app, await person(['liaison'], bureau)),
      editor: await signIn(app, await person(['editor'], bureau)),
      supervisor: await signIn(app, await person(['supervisor'], office)),
      stranger: await signIn(app, await anAccount(db, { roles: ['liaison'] })),
    };
  }
  beforeAll(async () => {
    await registerUploads(app);
    world = await aWorld();
  });

  const send = (method: 'GET' | 'PATCH' | 'PUT', url: string, headers: Headers, payload?: object) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const outcome = async (...attempt: Parameters<typeof send>) => {
    const answer = await send(...attempt);
    return [answer.statusCode, answer.json<Partial<Problem>>().code];
  };
  const read = async (headers: Headers, siteId = world.portal.id, query = '') =>
    (await send('GET', `/api/sites/${siteId}/catalogue${query}`, headers)).json<Catalogue>();
  const entryOf = async (columnId: string, query = '') =>
    (await read(world.operator, world.portal.id, query)).entries.find((one) => one.columnId === columnId);
  const change = async (
    columnIds: readonly string[],
    part: object,
    headers = world.operator,
    siteId = world.portal.id,
  ) => {
    const { entries } = await read(world.operator, siteId);
    const chosen = entries.filter(({ columnId }) => columnIds.includes(columnId));
    return send('PATCH', `/api/sites/${siteId}/catalogue`, headers, {
      entries: chosen.map(({ columnId, version }) => ({ columnId, expectedVersion: version })),
      change: part,
    });
  };
  const download = async (query = '') =>
    (await send('GET', `/api/sites/${world.portal.id}/catalogue.xlsx${query}`, world.operator)).rawPayload;
  const upload = (bytes: Buffer | string, dryRun: boolean, headers = world.operator) => {
    const form = formOf({ dryRun: String(dryRun) }, { name: '目录.xlsx', bytes });
    return app.inject({
      method: 'POST',
      url: `/api/sites/${world.portal.id}/catalogue-imports`,
      headers: { ...headers, ...form.headers },
      payload: form.payload,
    });
  };

  it('stands in the order of the tree, and tells what it lacks', async () => {
    const { entries, editable, current } = await read(world.operator);
    expect(entries.map(({ levels }) => levels.join('/'))).toEqual([
      '政务资讯',
      '政务资讯/要闻',
      '政务资讯/教育',
    ]);
    expect({ editable, current }).toEqual({ editable: true, current: true });
    expect(entries[0]).toMatchObject({ gathers: true, missing: ['responsible', 'contact'], state: null });
    expect(entries[1]).toMatchObject({
      rule: { kind: 'days', days: 14 },
      missing: ['responsible', 'contact', 'requirement', 'ways'],
      state: 'empty',
    });
  });

  it('is changed for one column or for many at once, and who reads it sees only that', async () => {
    const part = {
      responsibleId: world.chief.id,
      contactId: world.clerk.id,
      rule: { kind: 'months', months: 6 },
      requirement: '写明时间、地点和结果。',
      ways: ['submitted', 'linked'],
      supplierIds: [world.bureau.id],
    };
    expect((await change([world.news.id], part)).statusCode).toBe(200);
    expect(await entryOf(world.news.id)).toMatchObject({
      responsible: { name: world.chief.actor.name },
      contact: { name: world.clerk.actor.name },
      rule: { kind: 'months', months: 6 },
      suppliers: [{ id: world.bureau.id }],
      missing: [],
    });
    expect((await change([world.news.id, world.theirs.id], { requirement: '两个都是。' })).statusCode).toBe(
      200,
    );
    expect(await entryOf(world.theirs.id)).toMatchObject({ requirement: '两个都是。', rule: null, ways: [] });
    expect(await entryOf(world.news.id)).toMatchObject({
      requirement: '两个都是。',
      ways: ['submitted', 'linked'],
    });
  });

  it('of the portal is written by its office, of a unit by the unit, and read by those it concerns', async () => {
    const { portal, bureauSite, own, theirs, news } = world;
    expect((await change([theirs.id], { requirement: '办公室写的' }, world.principal)).statusCode).toBe(200);
    expect(
      (await change([own.id], { requirement: '局里写的' }, world.liaison, bureauSite.id)).statusCode,
    ).toBe(200);
    for (const headers of [world.liaison, world.editor, world.supervisor]) {
      const refused = await change([theirs.id], { requirement: '不该写' }, headers);
      expect([refused.statusCode, refused.json<Problem>().code]).toEqual([403, 'sites.entry-forbidden']);
    }
    const refused = await change([own.id], { unitId: world.office.id }, world.liaison, bureauSite.id);
    expect([refused.statusCode, refused.json<Problem>().code]).toEqual([403, 'sites.entry-forbidden']);
    // The bureau supplies the news and answers for the other column; the channel is neither.
    expect((await read(world.editor)).entries.map(({ columnId }) => columnId)).toEqual([news.id, theirs.id]);
    expect((await read(world.supervisor)).entries).toHaveLength(3);
    expect((await read(world.stranger)).entries).toEqual([]);
    expect(await outcome('GET', `/api/sites/${bureauSite.id}/catalogue`, world.stranger)).toEqual([
      404,
      'sites.site-not-found',
    ]);
    expect(await outcome('GET', `/api/sites/${portal.id}/catalogue-choices`, world.editor)).toEqual([
      403,
      'sites.entry-forbidden',
    ]);
  });

  it('names nobody who is not of the unit, no unit that is closed, and no column of another site', async () => {
    const stranger = await anAccount(db, { roles: ['editor'] });
    const closed = await aUnit(db, { name: '已撤销的局' });
    await db
      .updateTable('identity.unit')
      .set({ closed_at: new Date() })
      .where('id', '=', closed.id)
      .execute();
    for (const part of [{ responsibleId: stranger.id }, { supplierIds: [closed.id] }, { unitId: '999999' }]) {
      const answer = await change([world.news.id], part);
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([422, 'sites.keeper-unknown']);
    }
    const body = {
      entries: [{ columnId: world.own.id, expectedVersion: 1 }],
      change: { requirement: '别处的' },
    };
    expect(await outcome('PATCH', `/api/sites/${world.portal.id}/catalogue`, world.operator, body)).toEqual([
      404,
      'sites.column-not-found',
    ]);
    for (const malformed of [
      { rule: { kind: 'days', days: 0 } },
      { rule: { kind: 'event', words: '14天内更新' } },
      { ways: ['begged'] },
      { unknown: 1 },
    ])
      expect((await change([world.news.id], malformed)).statusCode).toBe(400);
  });

  it('lets one of two who change the same entry win', async () => {
    const version = (await entryOf(world.theirs.id))?.version ?? 0;
    const body = {
      entries: [{ columnId: world.theirs.id, expectedVersion: version }],
      change: { ways: ['mapped'] },
    };
    const both = await Promise.all(
      [1, 2].map(() => send('PATCH', `/api/sites/${world.portal.id}/catalogue`, world.operator, body)),
    );
    expect(both.map((one) => one.statusCode).sort()).toEqual([200, 409]);
  });

  it('is read as it was on any day, whoever changed what since', async () => {
    const { theirs } = world;
    const note = async (until: string, state: object) => {
      await sql`insert into sites.responsibility_past (column_id, until, state)
        select column_id, ${until}::timestamptz, state || ${JSON.stringify(state)}::jsonb
        from sites.responsibility_past where column_id = ${theirs.id} order by until desc limit 1`.execute(
        db,
      );
    };
    await note(`${yesterday}T10:00:00+08:00`, {
      name: '教育新闻',
      requirement: '老要求',
      unitId: world.office.id,
    });
    const days = await Promise.all(
      [4, 3, 1]
        .map((ago) => dayInChina(new Date(Date.now() - ago * 86_400_000)))
        .map((day) => entryOf(theirs.id, `?day=${day}`)),
    );
    expect(days.map((one) => [one?.levels.at(-1), one?.requirement, one?.unitId, one?.state])).toEqual([
      ['教育新闻', '老要求', world.office.id, null],
      ['教育新闻', '老要求', world.office.id, null],
      ['教育', '', world.bureau.id, null],
    ]);
    expect((await read(world.operator, world.portal.id, '?day=2020-01-01')).entries).toEqual([]);
    expect(await read(world.operator, world.portal.id, `?day=${yesterday}`)).toMatchObject({
      editable: false,
    });
    expect(
      await outcome('GET', `/api/sites/${world.portal.id}/catalogue?day=2100-01-01`, world.operator),
    ).toEqual([422, 'sites.catalogue-day-ahead']);
    await expect(sql`update sites.responsibility_past set state = '{}'`.execute(db)).rejects.toThrow(
      'never changes',
    );
    await expect(sql`delete from sites.responsibility_past`.execute(db)).rejects.toThrow('never changes');
  });

  it('keeps of its past what the first of two writers noted, also where the one who began before ends last', async () => {
    const column = await aColumn(stage, { site: world.bureauSite, name: '旧名称' });
    await sql`update sites.column set created_at = now() - interval '9 days' where id = ${column.id}`.execute(
      db,
    );
    const rename = (connection: typeof db, name: string) =>
      connection.updateTable('sites.column').set({ name }).where('id', '=', column.id).execute();
    await db.transaction().execute(async (early) => {
      const { rows } = await sql<{ at: Date }>`select now() as at`.execute(early);
      await rename(db, '新名称');
      await rename(early, '最后的名称');
      const past = await sql<{ name: string; follows: boolean }>`
        select state ->> 'name' as name, until > ${rows[0]?.at} as follows
        from sites.responsibility_past where column_id = ${column.id}`.execute(early);
      expect(past.rows).toEqual([{ name: '旧名称', follows: true }]);
    });
  });

  it('goes out as an official table and comes back the same', async () => {
    const file = await download();
    const rows = await all(sheetRows(file));
    expect(rows[0]?.cells[0]).toBe('“测试区人民政府”栏目设置及内容保障责任目录');
    expect(rows[1]?.cells[0]).toBe(`截至${today}`);
    expect(rows[2]?.cells.slice(0, 4)).toEqual(['一级栏目', '二级栏目', '三级栏目', '责任单位']);
    expect(rows[4]?.cells.slice(0, 4)).toEqual(['', '要闻', '', world.office.name]);
    const report = (await upload(file, true)).json<CatalogueImportReport>();
    expect(report).toEqual({ changed: [], unchanged: 3, absent: [], problems: [], applied: false });
  });

  it('is taken over from a table as it was when that was written, after a look at what would change', async () => {
    const said = async () => (await read(world.operator)).entries.map((entry) => ({ ...entry, version: 0 }));
    const before = await said();
    const file = await download();
    expect((await change([world.news.id], { rule: null, ways: [], responsibleId: null })).statusCode).toBe(
      200,
    );
    expect((await change([world.theirs.id], { unitId: world.office.id })).statusCode).toBe(200);
    const trial = (await upload(file, true)).json<CatalogueImportReport>();
    expect(trial.changed.map(({ levels, fields }) => [levels.at(-1), fields])).toEqual([
      ['要闻', ['责任人', '更新要求', '保障方式']],
      ['教育', ['责任单位']],
    ]);
    expect(await entryOf(world.news.id)).toMatchObject({ rule: null });
    expect((await upload(file, false)).json<CatalogueImportReport>()).toMatchObject({
      applied: true,
      problems: [],
    });
    expect(await said()).toEqual(before);
  });

  it('is taken over whole or not at all, and by nobody who may not write it', async () => {
    await db.updateTable('sites.column').set({ name: '要闻改名' }).where('id', '=', world.news.id).execute();
    const file = await download();
    await db.updateTable('sites.column').set({ name: '要闻' }).where('id', '=', world.news.id).execute();
    const trial = (await upload(file, true)).json<CatalogueImportReport>();
    expect(trial.problems).toEqual([{ row: 5, message: '没有“政务资讯 / 要闻改名”这个栏目' }]);
    expect(trial.absent).toEqual([['政务资讯', '要闻']]);
    const refused = await upload(file, false);
    expect([refused.statusCode, refused.json<Problem>().code]).toEqual([422, 'sites.catalogue-import-wrong']);
    const stranger = await upload(file, true, world.editor);
    expect([stranger.statusCode, stranger.json<Problem>().code]).toEqual([403, 'sites.entry-forbidden']);
    const noTable = await upload('这不是表格', true);
    expect([noTable.statusCode, noTable.json<Problem>().code]).toEqual([422, 'sites.catalogue-file-wrong']);
    const large = await upload(Buffer.alloc(2 * 1024 * 1024 + 1), true);
    expect([large.statusCode, large.json<Problem>().code]).toEqual([422, 'sites.catalogue-file-missing']);
  });

  it('offers the people and units that it may name', async () => {
    const choices = (headers: Headers, siteId: string) =>
      send('GET', `/api/sites/${siteId}/catalogue-choices`, headers).then((one) =>
        one.json<CatalogueChoices>(),
      );
    const portal = await choices(world.principal, world.portal.id);
    expect(portal.units.map(({ id }) => id)).toContain(world.bureau.id);
    const bureau = await choices(world.liaison, world.bureauSite.id);
    expect(bureau.units.map(({ id }) => id)).toEqual([world.bureau.id]);
    expect(new Set(bureau.people.map(({ unitId }) => unitId))).toEqual(new Set([world.bureau.id]));
    expect(bureau.suppliers.length).toBeGreaterThan(2);
  });

  it('counts by days of China what came to each column in a year', async () => {
    const wish = { unitId: world.office.id, columnIds: [world.news.id] };
    for (let count = 0; count < 4; count += 1) await aPublished(stage, world.actor, wish);
    // Of the last sequence: already the first morning of the next year in China.
    await sql`update sites.listing set listed_at = '2026-12-31T16:00:00Z' where sequence = 4 and column_id = ${world.news.id}`.execute(
      db,
    );
    await sql`update sites.listing set listed_at = '2025-12-31T16:30:00Z' where sequence = 1 and column_id = ${world.news.id}`.execute(
      db,
    );
    await sql`update sites.listing set listed_at = '2026-03-01T15:00:00Z' where sequence in (2, 3) and column_id = ${world.news.id}`.execute(
      db,
    );
    const url = `/api/sites/${world.portal.id}/updates`;
    const { columns } = (await send('GET', `${url}?year=2026`, world.operator)).json<UpdateYear>();
    expect(columns.map(({ levels, days }) => [levels.at(-1), days])).toEqual([
      [
        '要闻',
        [
          { day: '2026-01-01', count: 1 },
          { day: '2026-03-01', count: 2 },
        ],
      ],
      ['教育', []],
    ]);
    const rows = await all(
      sheetRows((await send('GET', `${url}.xlsx?year=2026`, world.operator)).rawPayload),
    );
    expect(rows[1]?.cells.slice(0, 4)).toEqual(['政务资讯 / 要闻', world.office.name, '3', '1']);
    expect((await send('GET', url, world.operator)).statusCode).toBe(400);
    expect(
      await outcome('GET', `/api/sites/${world.bureauSite.id}/updates?year=2026`, world.stranger),
    ).toEqual([404, 'sites.site-not-found']);
  });

  it('has its warnings set by operators alone', async () => {
    const warning = { soonPercent: 70, fortnightDays: 9, escalateDays: 5, topicDays: 14 };
    expect(await outcome('PUT', '/api/update-warning', world.principal, warning)).toEqual([
      403,
      'sites.operator-required',
    ]);
    expect(
      (await send('PUT', '/api/update-warning', world.operator, { ...warning, soonPercent: 0 })).statusCode,
    ).toBe(400);
    expect((await send('PUT', '/api/update-warning', world.operator, warning)).statusCode).toBe(200);
    expect((await send('GET', '/api/update-warning', world.editor)).json()).toEqual(warning);
  });
});
