import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import { type ResourcePage, resourceTypes, stages } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, aUnit, signIn } from '../../../test/factories/identity.ts';
import { aDraft, performAs, policyFacts, someContent } from '../../../test/factories/library.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes } from './index.ts';
import { saveDraft } from './save-draft.ts';

describe('the list of resources', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1 })]);
  let mine: { headers: Record<string, string>; unitIds: string[] };
  let all: Record<string, string>;

  beforeAll(async () => {
    const unit = await aUnit(db);
    const below = await aUnit(db, { parent: unit });
    const foreign = await aUnit(db);
    const unitIds = [unit.id, below.id];
    mine = { headers: await signIn(app, await anAccount(db, { unit, roles: ['editor'] })), unitIds };
    all = await signIn(app, await anAccount(db, { roles: ['operator'] }));
    // Few different instants, so that ties are common.
    for (const unitId of [...unitIds, foreign.id]) {
      await sql`
        insert into library.resource (unit_id, type, stage, title, created_at, updated_at)
        select ${unitId}, case when n % 3 = 0 then 'policy' else 'article' end,
          (array['draft', 'in-review', 'returned', 'discarded'])[1 + n % 4],
          case when n % 5 = 0 then '100%_真的' else '关于第' || n || '号事项' end, now(),
          timestamptz '2026-11-22T00:00:00Z' + (n % 6) * interval '1 hour'
        from generate_series(1, 40) n`.execute(db);
    }
    await sql`
      with written as (
        insert into library.revision (resource_id, number, content, digest, origin, created_by_name, created_at)
        select id, 1, '{}', '\\x00', 'saved', '某', now() from library.resource where id % 3 = 0 and stage <> 'discarded'
        returning id, resource_id
      )
      update library.resource r set stage = 'live', live_revision_id = w.id, index_number = 'n/' || r.id,
        first_published_at = timestamptz '2026-11-01T00:00:00Z' + (r.id % 4) * interval '1 day'
      from written w where w.resource_id = r.id`.execute(db);
  });

  async function page(query: Record<string, string>, headers = mine.headers): Promise<ResourcePage> {
    const answer = await app.inject({ url: '/api/resources', query, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<ResourcePage>();
  }

  async function everyPage(query: Record<string, string>, limit: number) {
    const ids: string[] = [];
    let count: ResourcePage['count'] | undefined;
    for (let cursor: string | null | undefined; cursor !== null;) {
      const one: ResourcePage = await page({
        ...query,
        limit: String(limit),
        ...(cursor === undefined ? {} : { cursor }),
      });
      expect(one.items.length).toBeLessThanOrEqual(limit);
      ids.push(...one.items.map((item) => item.id));
      count = one.count;
      cursor = one.nextCursor;
    }
    return { ids, count };
  }

  it('paging through any filter gives each row once, in one order, and as many as are counted', async () => {
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const query = fc.record({
      stage: maybe(fc.constantFrom(...stages)),
      pending: maybe(fc.constantFrom('true', 'false')),
      type: maybe(fc.constantFrom(...resourceTypes)),
      unitId: maybe(fc.constantFrom(0, 1)),
      q: maybe(fc.constantFrom('第1', '%', '_', '\\', ' ', '事项')),
      updatedFrom: maybe(fc.constant('2026-11-22T02:00:00Z')),
      updatedTo: maybe(fc.constant('2026-11-22T04:00:00Z')),
      sort: maybe(fc.constantFrom('updated', 'published')),
      order: maybe(fc.constantFrom('asc', 'desc')),
    });
    await fc.assert(
      fc.asyncProperty(query, fc.integer({ min: 1, max: 40 }), async (wishes, limit) => {
        const given = {
          ...wishes,
          unitId: wishes.unitId === undefined ? undefined : mine.unitIds[wishes.unitId],
        };
        const filter = Object.fromEntries(
          Object.entries(given).filter(([, value]) => value !== undefined),
        ) as Record<string, string>;
        const { ids, count } = await everyPage(filter, limit);
        expect(new Set(ids).size).toBe(ids.length);
        expect(count).toEqual({ value: ids.length, capped: false });
        expect((await page({ ...filter, limit: '100' })).items.map((item) => item.id)).toEqual(ids);
      }),
      { numRuns: 25 },
    );
  });

  it('shows the own unit and those below it, and never another one', async () => {
    const { items, count } = await page({ limit: '100' });
    expect(new Set(items.map((item) => item.unitId))).toEqual(new Set(mine.unitIds));
    expect(count.value).toBe(60);
    const { count: foreign } = await page({ unitId: String(Number(mine.unitIds[1]) + 1) });
    expect(foreign.value).toBe(0);
    expect((await page({}, all)).count.value).toBe(90);
  });

  it('takes signs of a search for what they are', async () => {
    expect((await page({ q: '100%_' })).items.every((item) => item.title === '100%_真的')).toBe(true);
    expect((await page({ q: '%%' })).count.value).toBe(0);
  });

  it('shows what is in the bin only when asked', async () => {
    expect((await page({ limit: '100' })).items.some((item) => item.stage === 'discarded')).toBe(false);
    expect((await page({ stage: 'discarded' })).count.value).toBeGreaterThan(0);
  });

  it('asked for what is still to go out, leaves out what is on the sites and what is in the bin', async () => {
    const pending = await page({ limit: '100', pending: 'true' });
    const rest = (await page({ limit: '100' })).items.filter((item) => item.stage !== 'live');
    expect(pending.items.map((item) => item.id)).toEqual(rest.map((item) => item.id));
    expect(rest.length).toBeGreaterThan(0);
    expect((await page({ pending: 'true', stage: 'live' })).count.value).toBe(0);
  });

  it('counts to a thousand and says that there are more', async () => {
    await sql`insert into library.resource (unit_id, type, stage, title, created_at, updated_at)
      select 999999, 'article', 'draft', '很多', now(), timestamptz '2020-01-01' from generate_series(1, 1001)`.execute(
      db,
    );
    expect((await page({ q: '很多' }, all)).count).toEqual({ value: 1000, capped: true });
    await sql`delete from library.resource where id = (select max(id) from library.resource where title = '很多')`.execute(
      db,
    );
    expect((await page({ q: '很多' }, all)).count).toEqual({ value: 1000, capped: false });
  });

  describe('asked for a number', () => {
    let headers: Record<string, string>;
    let ids: Record<'first' | 'second' | 'changed', string>;

    beforeAll(async () => {
      const account = await anAccount(db, { roles: ['editor'] });
      const other = await anAccount(db, { roles: ['editor'] });
      headers = await signIn(app, account);
      const draft = (editor: typeof account, documentNumber: string) =>
        aDraft(db, { editor, type: 'policy', content: { documentNumber } });
      const first = await draft(account, '浔测发〔2026〕12号');
      const second = await draft(account, '浔测发〔2026〕120号');
      const changed = await draft(account, '浔测发〔2025〕1号');
      await draft(other, '浔测发〔2026〕12号');
      await performAs({ db }, account)(saveDraft, {
        resourceId: changed.id,
        expectedVersion: changed.version,
        content: someContent({ ...policyFacts, documentNumber: '浔改发〔2026〕3号' }),
      });
      await sql`update library.resource set index_number = '0000TEST9/2026-0000' || (id - ${first.id}::bigint + 1)
        where id in (${first.id}, ${second.id})`.execute(db);
      ids = { first: first.id, second: second.id, changed: changed.id };
    });

    it.each([
      ['浔测发〔2026〕12号', ['first']],
      ['浔测发〔2026〕', ['first', 'second']],
      ['浔测发[2026]第012', ['first', 'second']],
      ['浔改发〔2026〕3号', ['changed']],
      ['浔测发〔2025〕1号', []],
      ['0000test9/2026-00001', ['first']],
      ['0000TEST9', ['first', 'second']],
      ['0000TEST9/2025', []],
    ] as const)('%s finds %j of the own unit', async (q, found) => {
      const { items } = await page({ q }, headers);
      expect(new Set(items.map((item) => item.id))).toEqual(new Set(found.map((name) => ids[name])));
    });

    it('shows and counts a row once whose title names how its own number begins', async () => {
      const account = await anAccount(db, { roles: ['editor'] });
      const own = await signIn(app, account);
      for (const number of ['浔复发〔2026〕1号', '浔复发〔2026〕2号', '浔复发〔2026〕3号'])
        await aDraft(db, {
          editor: account,
          type: 'policy',
          content: { title: `关于印发${number}的通知`, documentNumber: number },
        });
      const first = await page({ q: '浔复发〔2026〕', limit: '2' }, own);
      expect(first.count).toEqual({ value: 3, capped: false });
      const second = await page({ q: '浔复发〔2026〕', limit: '2', cursor: first.nextCursor ?? '' }, own);
      const seen = [...first.items, ...second.items].map((item) => item.id);
      expect([seen.length, new Set(seen).size, second.nextCursor]).toEqual([3, 3, null]);
    });
  });

  it.each([
    ['stage=unknown', 400],
    ['unitId=0', 400],
    ['limit=101', 400],
    ['limit=0', 400],
    ['updatedFrom=yesterday', 400],
    ['updatedFrom=2026-06-30T23:59:60Z', 400],
    ['sort=title', 400],
    ['stages=draft', 400],
    ['scope=all', 400],
    ['cursor=nonsense', 422],
    ['cursor=-1.1', 422],
    [`cursor=${'9'.repeat(400)}`, 422],
  ])('?%s is refused with %i', async (query, status) => {
    const answer = await app.inject({ url: `/api/resources?${query}`, headers: mine.headers });
    expect(answer.statusCode).toBe(status);
  });
});
