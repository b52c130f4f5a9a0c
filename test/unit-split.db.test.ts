import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type {
  Reorganization,
  ReorganizationPreview,
  UnitFigures,
  UnitHistory,
} from '../contracts/reorganization.ts';
import { stepReorganizations } from '../server/modules/identity/index.ts';
import { liveResources } from '../server/modules/library/index.ts';
import { unitHoldings } from '../server/unit-holdings.ts';
import { fill, pastOf } from './factories/filled-unit.ts';
import { anAccount, aUnit, signIn, type TestAccount, type TestUnit } from './factories/identity.ts';
import { aColumn, aDraft, aSiteWithColumn, type TestColumn } from './factories/library.ts';
import { aLiveArticle, aReviewTeam, openReview, submit } from './factories/review.ts';
import { inMemory } from './factories/sites-pages.ts';
import { aSplitDesk, newUnit, noCondition } from './factories/split-desk.ts';
import { aDatabase } from './harness.ts';
import { aSystem } from './system.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);
const { runner, ask, planned, confirm, carryOut, read, unitOf } = aSplitDesk(database, system);
const none = noCondition;
const size = 1_000;
const movedTo = ({ split }: Reorganization, receiver: number) =>
  new Map(split?.receivers[receiver]?.moved.map(({ holding, count }) => [holding, count]));
describe('a unit of a thousand resources that is divided between one that exists and a new one', () => {
  let unit: TestUnit;
  let taker: TestUnit;
  let team: Awaited<ReturnType<typeof aReviewTeam>>;
  let columns: readonly [TestColumn, TestColumn];
  let siteId: string;
  let before: unknown;
  let split: Reorganization;
  let article: string;
  let openDraft: string;
  let reviewId: string;
  let assetId: string;
  let feedHead: string;
  /** Who is to receive each resource, worked out in another way than the program does. */
  let expected: ReadonlyMap<string, 'taker' | 'made'>;

  const owners = async () => {
    const { rows } = await sql<{ id: string; unitId: string }>`
      select resource_id as id, resource.unit_id as "unitId" from library.index_number given
      join library.resource on resource.id = given.resource_id where given.unit_id = ${unit.id}`.execute(db);
    return rows;
  };

  beforeAll(async () => {
    team = await aReviewTeam(db);
    unit = team.unit;
    taker = await aUnit(db);
    await fill(db, unit, size);
    const { site, column } = await aSiteWithColumn(db, unit);
    siteId = site.id;
    columns = [column, await aColumn(db, { siteId, unit })];
    // Every third in the one column, every third in the other; every fifth under a topic narrower than the rule's.
    await sql`insert into sites.placement (column_id, resource_id, is_main, created_at)
      select (array[${columns[0].id}, ${columns[1].id}]::bigint[])[n % 3], id, true, now()
      from (select id, row_number() over (order by id) as n from library.resource where unit_id = ${unit.id}) numbered
      where n % 3 <> 0`.execute(db);
    await sql`update library.resource set terms = '{topic:0401}' where id in (
      select id from (select id, row_number() over (order by id) as n from library.resource
        where unit_id = ${unit.id}) numbered where n % 5 = 0)`.execute(db);
    const { rows } = await sql<{ id: string; n: number }>`
      select id, row_number() over (order by id)::int as n from library.resource
      where unit_id = ${unit.id} order by id`.execute(db);
    expected = new Map(rows.map(({ id, n }) => [id, n % 3 === 1 || n % 5 === 0 ? 'made' : 'taker']));
    ({ resourceId: article } = await aLiveArticle(db, { team, column: columns[0] }));
    openDraft = (await aDraft(db, { editor: team.editor, column: columns[0] })).id;
    reviewId = await submit(db, team.editor, openDraft);
    ({
      rows: [{ id: assetId } = { id: '' }],
    } = await sql<{ id: string }>`
      with asset as (insert into library.asset (unit_id, digest, file_name, media_type, size, uploaded_at)
        values (${unit.id}, ${'a'.repeat(64)}, 'a.pdf', 'application/pdf', 1, now()) returning id)
      insert into library.revision_asset (revision_id, asset_id, role)
      select revision.id, asset.id, 'attachment' from asset, library.revision
      where resource_id in (${article}::bigint, ${openDraft}::bigint) returning asset_id as id`.execute(db));
    await sql`insert into exchange.access_key
      (name, holder, prefix, digest, unit_ids, full_text, per_minute, per_day, created_at, created_by_name)
      values ('甲系统', '测试单位', 'abcdefghij', sha256('a'), ${[unit.id]}::bigint[], false, 9, 9, now(), '系统')`.execute(
      db,
    );
    before = await pastOf(db, [unit.id]);
    feedHead =
      (await sql<{ head: string }>`select max(position)::text as head from library.change`.execute(db))
        .rows[0]?.head ?? '0';
    split = await planned(unit, {
      receivers: [
        { unitId: taker.id, accountIds: [] },
        { newUnit: newUnit('测试新设局'), accountIds: [team.editor.id] },
      ],
      rules: [
        { ...none, receiver: 1, columnIds: [columns[0].id] },
        { ...none, receiver: 1, terms: ['topic:04'] },
        // Never reached for what the rules above take.
        { ...none, receiver: 0, siteIds: [siteId] },
      ],
      restTo: 0,
    });
  }, 60_000);

  it('changes nothing before a second person has confirmed it, and the preview adds up for each receiver', async () => {
    await carryOut();
    const { holdings } = await read<ReorganizationPreview>(`/api/reorganizations/${split.id}/preview`);
    const resources = holdings.find((one) => one.holding === 'library.resource.unit_id');
    const made = [...expected.values()].filter((to) => to === 'made').length;
    expect(resources).toMatchObject({ count: size + 2, shares: [size - made, made + 2] });
    for (const { count, shares, holding } of holdings.filter((one) => !one.holding.endsWith('_ids')))
      expect(
        shares?.reduce((sum, share) => sum + share, 0),
        holding,
      ).toBe(count);
    expect(new Set((await owners()).map((one) => one.unitId))).toEqual(new Set([unit.id]));
    expect(await read<Reorganization>(`/api/reorganizations/${split.id}`)).toMatchObject({
      state: 'planned',
      split: { receivers: [{ unitId: taker.id }, { unitId: null, name: '测试新设局', isNew: true }] },
    });
  });

  it('is carried out in batches that go on after one was cut off', async () => {
    expect((await confirm(split)).statusCode).toBe(200);
    expect(await stepReorganizations(runner())).toBe(1);
    const cut = {
      ...runner(),
      holdings: unitHoldings.map((one) => ({
        ...one,
        division:
          one.division.kind === 'each'
            ? { ...one.division, give: failing(one.division.give) }
            : { ...one.division, widen: failing(one.division.widen) },
      })),
    };
    await expect(stepReorganizations(cut)).rejects.toThrow('cut off');
    await carryOut();
    split = await read<Reorganization>(`/api/reorganizations/${split.id}`);
    expect(split.state).toBe('done');
    const [toTaker, toMade] = [movedTo(split, 0), movedTo(split, 1)];
    const made = [...expected.values()].filter((to) => to === 'made').length;
    expect(toMade.get('library.resource.unit_id')).toBe(made + 2);
    expect(toTaker.get('library.resource.unit_id')).toBe(size - made);
    expect(toMade.get('identity.account.unit_id')).toBe(1);
    expect(toTaker.get('identity.account.unit_id')).toBe(3);
  });

  it('has given each resource to exactly the receiver that the rules say', async () => {
    const names = new Map([
      [taker.id, 'taker'],
      [split.split?.receivers[1]?.unitId ?? '', 'made'],
    ]);
    const found = new Map((await owners()).map(({ id, unitId }) => [id, names.get(unitId)]));
    for (const [id, to] of expected) expect(found.get(id), id).toBe(to);
    expect(found.get(article)).toBe('made');
  });

  it('has sent along what hangs on resources, columns and sites, and keys reach both', async () => {
    const made = split.split?.receivers[1]?.unitId ?? '';
    expect(await unitOf('sites.column', columns[0].id)).toBe(made);
    expect(await unitOf('sites.column', columns[1].id)).toBe(taker.id);
    expect(await unitOf('sites.site', siteId)).toBe(taker.id);
    expect(await unitOf('review.review', reviewId)).toBe(made);
    expect(await unitOf('library.asset', assetId)).toBe(made);
    const { rows } = await sql<{
      ids: string[];
    }>`select unit_ids::text[] as ids from exchange.access_key`.execute(db);
    expect(new Set(rows[0]?.ids)).toEqual(new Set([taker.id, made]));
    for (const { count, column } of unitHoldings) expect(await count(db, unit.id), column).toBe(0);
  });

  it('leaves index numbers, revisions and their digests as they were, and pages name the issuer of then', async () => {
    expect(await pastOf(db, [unit.id])).toEqual(before);
    const made = split.split?.receivers[1]?.unitId;
    expect((await liveResources(db, [article])).get(article)).toMatchObject({
      issuerId: unit.id,
      unitId: made,
    });
  });

  it('tells followers of every public resource that moved, once', async () => {
    const { rows } = await sql<{ rows: number; resources: number }>`
      select count(*)::int as rows, count(distinct resource_id)::int as resources from library.change
      where position > ${feedHead} and kind = 'relisted'`.execute(db);
    expect(rows).toEqual([{ rows: size + 1, resources: size + 1 }]);
  });

  it('counts a past period under the old unit, and under each receiver its own when asked', async () => {
    const figures = async (by: string) =>
      (await read<UnitFigures>(`/api/unit-figures?from=2025-06-01&to=2025-06-01&by=${by}`)).map((one) => [
        one.unitId,
        one.accessions,
      ]);
    expect(await figures('then')).toEqual([[unit.id, size]]);
    const made = [...expected.values()].filter((to) => to === 'made').length;
    const today = new Map((await figures('successor')) as [string, number][]);
    expect(today.get(taker.id)).toBe(size - made);
    expect(today.get(split.split?.receivers[1]?.unitId ?? '')).toBe(made);
  });

  it('stands in the history of all three, and says nothing of a merger', async () => {
    const kinds = async (id: string) =>
      (await read<UnitHistory>(`/api/units/${id}/history`)).map((one) => [one.kind, one.unit?.id, one.basis]);
    const made = split.split?.receivers[1]?.unitId ?? '';
    expect(new Set(await kinds(unit.id))).toEqual(
      new Set([
        ['gave', taker.id, '测编发〔2026〕7号'],
        ['gave', made, '测编发〔2026〕7号'],
      ]),
    );
    expect(await kinds(made)).toEqual([['received', unit.id, '测编发〔2026〕7号']]);
    expect(await kinds(taker.id)).toEqual([['received', unit.id, '测编发〔2026〕7号']]);
  });

  it('refuses new work for the unit that ended, and its people work for their new units', async () => {
    const old: { actor: TestAccount['actor']; unitId: string } = {
      actor: (await anAccount(db, { unit: taker, roles: ['editor'] })).actor,
      unitId: unit.id,
    };
    await expect(aDraft(db, { editor: old })).rejects.toMatchObject({ code: 'identity.unit-merged' });
    const author = await signIn(system.app, team.editor);
    expect((await ask(author, 'GET', `/api/resources/${openDraft}`)).json()).toMatchObject({
      unitId: split.split?.receivers[1]?.unitId,
    });
    expect(await openReview(db, openDraft)).toMatchObject({ id: reviewId });
    const { rows } = await sql<{ actions: number }>`select count(*)::int as actions from audit.entry
      where action = 'identity.plan-split' and result = 'done' and unit_id = ${unit.id}`.execute(db);
    expect(rows).toEqual([{ actions: 1 }]);
  });
});

describe('a unit that goes on', () => {
  it('keeps what no rule gives away and its people, keys reach both, and pages tell of what went', async () => {
    const team = await aReviewTeam(db);
    const { unit } = team;
    const given = await aLiveArticle(db, { team });
    const kept = await aLiveArticle(db, { team });
    await sql`insert into exchange.access_key
      (name, holder, prefix, digest, unit_ids, full_text, per_minute, per_day, created_at, created_by_name)
      values ('乙系统', '测试单位', 'bbbbbbbbbb', sha256('b'), ${[unit.id]}::bigint[], false, 9, 9, now(), '系统')`.execute(
      db,
    );
    const split = await planned(unit, {
      receivers: [{ newUnit: newUnit('测试分设局'), accountIds: [] }],
      rules: [{ ...none, receiver: 0, columnIds: [given.columnId] }],
      restTo: null,
    });
    await confirm(split);
    await carryOut();
    const done = await read<Reorganization>(`/api/reorganizations/${split.id}`);
    expect(done.state).toBe('done');
    const made = done.split?.receivers[0]?.unitId;
    expect(await unitOf('library.resource', given.resourceId)).toBe(made);
    expect(await unitOf('library.resource', kept.resourceId)).toBe(unit.id);
    expect(await unitOf('identity.account', team.editor.id)).toBe(unit.id);
    const { rows } = await sql<{ ids: string[] }>`select unit_ids::text[] as ids from exchange.access_key
      where name = '乙系统'`.execute(db);
    expect(new Set(rows[0]?.ids)).toEqual(new Set([unit.id, made]));
    const pages = inMemory(db);
    await pages.rebuild();
    const told = [...pages.shown.values()].filter((html) => html.includes('拆分，本信息由测试分设局承接'));
    // The page of what went, and not that of what stayed.
    expect(told.length).toBe(1);
    await expect(aDraft(db, { editor: team.editor })).resolves.toMatchObject({ unitId: unit.id });
  });
});

/** Does the work and fails before the transaction commits, as a kill does. */
function failing<A extends readonly unknown[]>(
  work: (...given: A) => Promise<number>,
): (...given: A) => Promise<number> {
  return async (...given) => {
    await work(...given);
    throw new Error('cut off');
  };
}
