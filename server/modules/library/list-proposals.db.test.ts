import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Scope } from '../../../contracts/actor.ts';
import { rowsRead } from '../../../test/asked.ts';
import { aColumn, aDistrict, aPublished, aStage, type TestDistrict } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { documentLines } from './document.queries.ts';
import { countProposals, proposalPage, replaceProposals } from './proposal.queries.ts';

const documents = 200;
/** Every pair of them. */
const proposals = documents * (documents - 1);

describe('proposals of a district that has tens of thousands', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  let district: TestDistrict;

  beforeAll(async () => {
    district = await aDistrict(stage);
    const columnIds = [(await aColumn(stage, { site: district.portal })).id];
    const unitId = district.office.id;
    await aPublished(stage, district.actor, { unitId, type: 'policy', columnIds });
    await db.transaction().execute(async (on) => {
      await sql`set local session_replication_role = replica`.execute(on);
      await sql`
        insert into library.resource (unit_id, type, stage, head_revision_id, live_revision_id, title,
          index_number, first_published_at, created_at, updated_at)
        select unit_id, type, 'live', live_revision_id, live_revision_id, title, 'n' || n, now(), now(), now()
        from library.resource, generate_series(2, ${documents}::int) as n`.execute(on);
      await sql`
        insert into library.relation_proposal
          (from_id, kind, to_id, unit_id, name, reason, evidence, confidence, found_at)
        select one.id, 'replacedBy', other.id, one.unit_id, 'n' || one.id, 'said', '', 60 + one.id % 40, now()
        from library.resource as one, library.resource as other where one.id <> other.id`.execute(on);
    });
    await sql`analyze library.resource, library.relation_proposal`.execute(db);
  });

  /** How many proposals were read for what was asked. */
  const readFor = (act: () => Promise<unknown>, table = 'relation_proposal') => rowsRead(db, act, table);
  const filter = { state: 'proposed', least: 0 } as const;
  const unit = (id: string): Scope => ({ kind: 'units', unitIds: [id] });

  it('are read by the page, for a unit that has all of them or none', async () => {
    const page = (scope: Scope) => readFor(() => proposalPage(db, scope, filter, 21));
    expect(await page({ kind: 'all' })).toBe(21);
    expect(await page(unit(district.office.id))).toBe(21);
    expect(await page(unit(district.bureau.id))).toBe(0);
    const narrowed = { ...filter, unitId: district.bureau.id };
    expect(await readFor(() => proposalPage(db, { kind: 'all' }, narrowed, 21))).toBe(0);
  });

  it('are counted no further than the count goes', async () => {
    const count = (scope: Scope) => readFor(() => countProposals(db, scope, filter, 100));
    expect(await count({ kind: 'all' })).toBe(101);
    expect(await count(unit(district.bureau.id))).toBe(0);
  });

  it('are replaced by their name, without reading the others', async () => {
    const replaced = () => replaceProposals(db, ['of no document'], [], new Date());
    expect(await readFor(replaced)).toBe(0);
  });

  it('are shown without opening a document, but for one whose title was changed in a draft', async () => {
    const rows = await db.selectFrom('library.resource').select('id').orderBy('id').limit(40).execute();
    const lines = () =>
      documentLines(
        db,
        rows.map(({ id }) => id),
      );
    expect((await lines()).size).toBe(40);
    expect(await readFor(lines, 'revision')).toBe(0);
    const id = rows[7]?.id ?? '';
    await db
      .updateTable('library.resource')
      .set({ head_revision_id: null, title: '改过的标题' })
      .where('id', '=', id)
      .execute();
    expect(await readFor(lines, 'revision')).toBe(1);
    expect((await lines()).get(id)?.title).not.toBe('改过的标题');
  });

  it('go with the document when it goes to another unit', async () => {
    const [moved] = await db.selectFrom('library.resource').select('id').orderBy('id').limit(1).execute();
    const id = moved?.id ?? '';
    await db
      .updateTable('library.resource')
      .set({ unit_id: district.bureau.id })
      .where('id', '=', id)
      .execute();
    const rows = await proposalPage(db, unit(district.bureau.id), filter, proposals);
    expect(new Set(rows.map((row) => row.fromId))).toEqual(new Set([id]));
    expect(rows).toHaveLength(documents - 1);
  });
});
