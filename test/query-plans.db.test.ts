import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../contracts/actor.ts';
import { openNaming, relationsFrom, relationsToward, successorsOf } from '../server/modules/library/index.ts';
import { relationsAround, startsLeadingTo } from '../server/modules/library/relation.queries.ts';
import { listReusable, type ReusableQuery } from '../server/modules/sites/find-reusable.ts';
import { columnTasks, isShown, waysTasks } from '../server/modules/sites/index.ts';
import { listReuses } from '../server/modules/sites/reuse.presenter.ts';
import { reuseAddressesOf, standingReuses } from '../server/modules/sites/reuse.queries.ts';
import type { Db } from '../server/platform/db.ts';
import { aCrowd, firstId } from './factories/crowd.ts';
import { aUnit } from './factories/identity.ts';
import { readingsOf } from './factories/readings.ts';
import { aColumn, aDistrict, aStage, testBase, type TestDistrict } from './factories/sites.ts';
import { aDatabase } from './harness.ts';

const { db, url } = aDatabase();
const stage = aStage(db);
const count = 8_000;
/** A tenth of the resources and a thirtieth of the relations: whoever reads a table whole reads more. */
const enough = 800;
let district: TestDistrict;
let editor: Actor;

beforeAll(async () => {
  district = await aDistrict(stage);
  editor = { ...district.actor, scope: { kind: 'units', unitIds: [district.office.id] } };
  const unitIds = [district.bureau.id];
  while (unitIds.length < 10) unitIds.push((await aUnit(db)).id);
  const columnsOn = async (site: TestDistrict['portal']): Promise<string[]> => {
    const ids: string[] = [];
    while (ids.length < 8) ids.push((await aColumn(stage, { site })).id);
    return ids;
  };
  const site = district.bureauSite;
  await aCrowd(db, { unitIds, columnIds: await columnsOn(site), siteId: site.id, count });
  const columnIds = await columnsOn(district.portal);
  await sql`
    insert into sites.reuse (resource_id, column_id, made_by_name, made_at)
    select id, (${columnIds}::bigint[])[1 + id % 8], '某', now() from library.resource where id % 3 = 0`.execute(
    db,
  );
  await sql`
    insert into sites.reuse_address (site_id, resource_id, column_id, path)
    select ${district.portal.id}::bigint, resource_id, column_id, '/r_' || resource_id || '.html'
    from sites.reuse`.execute(db);
  await sql`analyze sites.reuse, sites.reuse_address`.execute(db);
});

const idsFrom = (place: number): string[] =>
  Array.from({ length: 20 }, (_, at) => String(firstId + place + at));

async function expectFewRows(ask: (db: Db) => Promise<unknown>): Promise<void> {
  for (const { sql: text, rows } of await readingsOf(url, ask)) expect(rows, text).toBeLessThan(enough);
}

describe('among many resources, only what is answered is read', () => {
  const reusable: readonly [string, ReusableQuery][] = [
    ['the newest', {}],
    ['of a type that many have', { type: 'policy' }],
    ['of a type that few have', { type: 'procurement' }],
    ['with words that many have', { q: '事项' }],
    ['with words that one has', { q: '第1234号' }],
    ['with words that none has', { q: '没有这样的词' }],
  ];

  it.each(reusable)('by who looks for what to reuse: %s', async (_name, query) => {
    await expectFewRows((on) => listReusable({ db: on, actor: editor }, testBase, query));
  });

  it('by who looks for what to reuse: of one unit', async () => {
    const unitId = district.bureau.id;
    await expectFewRows((on) => listReusable({ db: on, actor: editor }, testBase, { unitId }));
  });

  it('by who lists reuses, and by pages that ask where something is reused', async () => {
    await expectFewRows((on) => listReuses({ db: on, actor: editor }, testBase, { side: 'made' }));
    const owner = { ...editor, scope: { kind: 'units', unitIds: [district.bureau.id] } } as const;
    await expectFewRows((on) => listReuses({ db: on, actor: owner }, testBase, { side: 'given' }));
    await expectFewRows((on) => standingReuses(on, idsFrom(4_000)));
    await expectFewRows((on) => reuseAddressesOf(on, idsFrom(4_000)));
  });

  it('by the workbench: columns that wait, offers that came back lately, what rules found', async () => {
    const reader = { actor: editor, now: new Date() };
    const [first] = await db.selectFrom('sites.column').select('id').orderBy('id').execute();
    await sql`
      insert into sites.submission (resource_id, column_id, unit_id, state, offered_by_name, offered_at,
        decided_by_name, decided_at, reason)
      select id, ${first?.id}::bigint, ${district.office.id}::bigint, 'returned', '某', now(), '某',
        now() - interval '1 year', '不合适' from library.resource`.execute(db);
    await sql`analyze sites.submission`.execute(db);
    await expectFewRows((on) => waysTasks({ db: on, ...reader }));
    await expectFewRows((on) => columnTasks({ db: on, ...reader }));
  });

  it('by pages that tell what names what, both ways', async () => {
    await expectFewRows((on) => relationsFrom(on, idsFrom(4_000)));
    await expectFewRows((on) => relationsToward(on, idsFrom(4_000), ['repeals', 'replacedBy', 'seeAlso']));
    await expectFewRows((on) => relationsAround(on, idsFrom(4_000), 200));
    await expectFewRows((on) => successorsOf(on, idsFrom(10)));
  });

  it('by who asks whether relations would run in a circle', async () => {
    const [start = '', ...goals] = idsFrom(10);
    await expectFewRows((on) =>
      startsLeadingTo(on, {
        starts: [start],
        goals,
        forward: ['replacedBy'],
        backward: ['amends'],
        without: '5',
      }),
    );
  });

  it('by other systems that ask what names something', async () => {
    const view = {
      unitIds: null,
      types: null,
      also: (id: Parameters<typeof isShown>[0]) => isShown(id, null),
    };
    await expectFewRows((on) => openNaming(on, view, idsFrom(4_000), 500));
  });
});
