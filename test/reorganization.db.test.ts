import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Reorganization, ReorganizationPreview, UnitFigures } from '../contracts/reorganization.ts';
import { stepReorganizations } from '../server/modules/identity/index.ts';
import { liveResources } from '../server/modules/library/index.ts';
import { keptColumns, reformParts, unitHoldings } from '../server/unit-holdings.ts';
import { fill, pastOf } from './factories/filled-unit.ts';
import { anAccount, aUnit, signIn, type TestUnit } from './factories/identity.ts';
import { aDraft, aSiteWithColumn } from './factories/library.ts';
import { aLiveArticle, approve, aReviewTeam, submit } from './factories/review.ts';
import { aDatabase } from './harness.ts';
import { aSystem } from './system.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);
const size = 1_000;

const runner = () => ({
  db,
  clock: () => new Date(),
  ...reformParts,
  performAsSystem: system.parts.performAsSystem,
});

async function ask<T>(
  headers: Record<string, string>,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
): Promise<T> {
  const answer = await system.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  if (answer.statusCode >= 300) throw new Error(`${answer.statusCode} ${answer.body}`);
  return answer.json<T>();
}

describe('the columns that name a unit', () => {
  it('each move in a merger and in a split or stay for a reason, and none is forgotten', async () => {
    const { rows } = await sql<{ column: string }>`
      select n.nspname || '.' || c.relname || '.' || a.attname as column
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and not a.attisdropped
        and n.nspname not in ('pg_catalog', 'information_schema', 'job')
        and (a.attname ~ '(^|_)unit_ids?$' or exists (
          select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid
            and k.confrelid = 'identity.unit'::regclass and a.attnum = any(k.conkey)))
      order by 1`.execute(db);
    const treated = [...unitHoldings.map((one) => one.column), ...Object.keys(keptColumns)];
    expect(treated.sort()).toEqual(rows.map((row) => row.column));
  });
});

describe('two units of a thousand resources each that merge into a third', () => {
  let units: readonly [TestUnit, TestUnit];
  let successor: TestUnit;
  let operator: Record<string, string>;
  let supervisor: Record<string, string>;
  let plan: Reorganization;
  let before: unknown;
  let article: Awaited<ReturnType<typeof aLiveArticle>>;
  let openDraft: string;
  let ownDraft: string;
  let successorTeam: Awaited<ReturnType<typeof aReviewTeam>>;
  let feedHead: string;
  const figures = (by: string) =>
    ask<UnitFigures>(operator, 'GET', `/api/unit-figures?from=2025-06-01&to=2025-06-01&by=${by}`);

  beforeAll(async () => {
    successorTeam = await aReviewTeam(db);
    successor = successorTeam.unit;
    const team = await aReviewTeam(db);
    units = [team.unit, await aUnit(db)];
    for (const unit of units) await fill(db, unit, size);
    article = await aLiveArticle(db, { team });
    const { column } = await aSiteWithColumn(db, team.unit);
    openDraft = (await aDraft(db, { editor: team.editor, column })).id;
    await submit(db, team.editor, openDraft);
    ownDraft = (await aDraft(db, { editor: team.editor, column })).id;
    operator = await signIn(system.app, await anAccount(db, { roles: ['operator'] }));
    supervisor = await signIn(system.app, await anAccount(db, { roles: ['supervisor'] }));
    await sql`insert into exchange.access_key
      (name, holder, prefix, digest, unit_ids, full_text, per_minute, per_day, created_at, created_by_name)
      values ('甲系统', '测试单位', 'abcdefghij', sha256('a'), ${[units[0].id, units[1].id]}::bigint[], false, 9, 9, now(), '系统')`.execute(
      db,
    );
    before = await pastOf(
      db,
      units.map((unit) => unit.id),
    );
    const { rows } = await sql<{
      head: string;
    }>`select max(position)::text as head from library.change`.execute(db);
    feedHead = rows[0]?.head ?? '0';
    plan = await ask<Reorganization>(operator, 'POST', '/api/reorganizations', {
      name: '组建测试局',
      basis: '测编发〔2026〕3号',
      unitIds: units.map((unit) => unit.id),
      successorId: successor.id,
      startsAt: new Date(Date.now() - 1_000).toISOString(),
    });
  }, 120_000);

  it('nothing begins before a second person has confirmed it, and the preview counts what will move', async () => {
    expect(await stepReorganizations(runner())).toBe(0);
    const preview = await ask<ReorganizationPreview>(
      operator,
      'GET',
      `/api/reorganizations/${plan.id}/preview`,
    );
    const counted = new Map(preview.holdings.map((one) => [one.holding, one.count]));
    expect(counted.get('library.resource.unit_id')).toBe(2 * size + 3);
    expect(counted.get('review.review.unit_id')).toBe(2);
    expect(counted.get('exchange.access_key.unit_ids')).toBe(2);
  });

  it('is carried out in batches that go on after one was cut off', async () => {
    await ask(supervisor, 'POST', `/api/reorganizations/${plan.id}/confirmation`, { expectedVersion: 1 });
    expect(await stepReorganizations(runner())).toBe(1);
    // Killed in the middle of a batch: the transaction has not happened.
    const cut = { ...runner(), holdings: unitHoldings.map((one) => ({ ...one, move: failing(one.move) })) };
    await expect(stepReorganizations(cut)).rejects.toThrow('cut off');
    const began = performance.now();
    while ((await stepReorganizations(runner())) > 0);
    expect(performance.now() - began).toBeLessThan(60_000);
    const [done] = await ask<Reorganization[]>(operator, 'GET', '/api/reorganizations');
    expect(done?.state).toBe('done');
    const moved = new Map(done?.moved.map((one) => [one.holding, one.count]));
    expect(moved.get('library.resource.unit_id')).toBe(2 * size + 3);
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from library.resource
      where unit_id in (${units[0].id}, ${units[1].id})`.execute(db);
    expect(rows[0]?.left).toBe(0);
  });

  it('leaves index numbers, revisions and their digests as they were', async () => {
    expect(
      await pastOf(
        db,
        units.map((unit) => unit.id),
      ),
    ).toBe(before);
  });

  it('keeps the issuer of then on pages while the successor answers for them', async () => {
    const live = (await liveResources(db, [article.resourceId])).get(article.resourceId);
    expect(live).toMatchObject({ issuerId: units[0].id, unitId: successor.id });
  });

  it('counts a past period under the old units, and under the successor when asked', async () => {
    const then = new Map((await figures('then')).map((one) => [one.unitId, one.accessions]));
    expect([then.get(units[0].id), then.get(units[1].id), then.get(successor.id)]).toEqual([
      size,
      size,
      undefined,
    ]);
    const today = await figures('successor');
    expect(today.map((one) => [one.unitId, one.accessions])).toEqual([[successor.id, 2 * size]]);
  });

  it('tells followers of every public resource that moved, once', async () => {
    const { rows } = await sql<{ rows: number; resources: number }>`
      select count(*)::int as rows, count(distinct resource_id)::int as resources from library.change
      where position > ${feedHead} and kind = 'relisted'`.execute(db);
    expect(rows).toEqual([{ rows: 2 * size + 1, resources: 2 * size + 1 }]);
  });

  it('lets reviewers of the successor go on with an open review, and numbers go on in the successor’s series', async () => {
    for (const who of [successorTeam.first, successorTeam.second, successorTeam.principal]) {
      await approve(db, who, openDraft);
    }
    const row = await db
      .selectFrom('library.resource')
      .select('index_number')
      .where('id', '=', openDraft)
      .executeTakeFirstOrThrow();
    expect(row.index_number).toMatch(new RegExp(`^${successor.organisationCode}/\\d{4}-00001$`));
  });

  it('keeps drafts with their authors, who work for the successor now', async () => {
    const author = await signIn(system.app, article.team.editor);
    const draft = await ask<{ unitId: string; actions: string[] }>(
      author,
      'GET',
      `/api/resources/${ownDraft}`,
    );
    expect(draft.unitId).toBe(successor.id);
    expect(draft.actions).toContain('edit');
  });

  it('lets a key reach the successor, and refuses new work and changes for a unit that ended', async () => {
    const { rows } = await sql<{
      ids: string[];
    }>`select unit_ids::text[] as ids from exchange.access_key`.execute(db);
    expect(rows[0]?.ids).toEqual([successor.id]);
    const editor = await anAccount(db, { unit: successor, roles: ['editor'] });
    const old = { actor: editor.actor, unitId: units[0].id };
    await expect(aDraft(db, { editor: old })).rejects.toMatchObject({ code: 'identity.unit-merged' });
    const change = { expectedVersion: 2, closed: false };
    const answer = await system.app.inject({
      method: 'PATCH',
      url: `/api/units/${units[0].id}`,
      headers: operator,
      payload: change,
    });
    expect(answer.json()).toMatchObject({ code: 'identity.unit-merged' });
  });

  it('is refused for a successor below the unit that ends', async () => {
    const parent = await aUnit(db);
    const child = await aUnit(db, { parent });
    const answer = await system.app.inject({
      method: 'POST',
      url: '/api/reorganizations',
      headers: operator,
      payload: {
        name: '机构改革',
        basis: '测编发〔2026〕4号',
        unitIds: [parent.id],
        successorId: child.id,
        startsAt: '2099-01-01T00:00:00Z',
      },
    });
    expect(answer.json()).toMatchObject({ code: 'identity.reorganization-impossible' });
  });
});

/** Does the work and fails before the transaction commits, as a kill does. */
function failing(move: (typeof unitHoldings)[number]['move']): typeof move {
  return async (ctx, step) => {
    await move(ctx, step);
    throw new Error('cut off');
  };
}
