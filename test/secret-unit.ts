import { randomBytes } from 'node:crypto';

import { sql } from 'kysely';

import type { Role, UnitRole } from '../contracts/actor.ts';
import { unitRoles } from '../contracts/actor.ts';
import type { Resource } from '../contracts/library.ts';
import { discardResource } from '../server/modules/library/discard-resource.ts';
import { scheduleResource } from '../server/modules/library/index.ts';
import { withdrawResource } from '../server/modules/sites/index.ts';
import type { Db } from '../server/platform/db.ts';
import { aCorrection, aRating } from './factories/interaction.ts';
import { anAccount, aUnit, type TestAccount, type TestUnit } from './factories/identity.ts';
import { aDraft, performAs } from './factories/library.ts';
import { publish, submit } from './factories/review.ts';
import { aColumn, aSite, aStage } from './factories/sites.ts';

/** Stands in every name that belongs to the secret unit; nobody outside may ever read it. */
export const marker = 'zqx7';
const aName = (what: string): string => `${what}${marker}${randomBytes(3).toString('hex')}`;

/** Ids begin far up, each table in its own thousands of millions: ten digits that stand for one row only. */
export async function spreadIds(db: Db): Promise<void> {
  await sql`do $$
    declare one record; start bigint := 1000000000;
    begin
      for one in select table_schema, table_name, column_name from information_schema.columns
        where is_identity = 'YES' and table_schema <> 'job' order by 1, 2 loop
        start := start + 100003007;
        perform setval(pg_get_serial_sequence(format('%I.%I', one.table_schema, one.table_name), one.column_name), start);
      end loop;
    end $$`.execute(db);
}

/** The people of one unit, one for each role. */
export type Staff = Readonly<Record<UnitRole, TestAccount>>;

export async function aStaff(db: Db, unit: { readonly id: string }, name: () => string): Promise<Staff> {
  const people: [UnitRole, TestAccount][] = [];
  for (const role of unitRoles)
    people.push([role, await anAccount(db, { unit, roles: [role], realName: name() })]);
  return Object.fromEntries(people) as Staff;
}

export interface Place {
  readonly siteId: string;
  readonly columnId: string;
}

/** A site that is not the portal, with one column. */
export async function aPlace(
  db: Db,
  unit: { readonly id: string },
  name: (what: string) => string,
): Promise<Place> {
  const stage = aStage(db);
  const site = await aSite(stage, { unitId: unit.id, name: name('网站'), shortName: name('站') });
  const column = await aColumn(stage, { site, name: name('栏目') });
  return { siteId: site.id, columnId: column.id };
}

/**
 * One unit with everything in it that others must not see. What is asked for by a function is made anew at
 * every call, for those who may change it.
 */
export interface SecretUnit extends Place {
  readonly unit: TestUnit;
  readonly staff: Staff;
  readonly draft: () => Promise<Resource>;
  readonly inReview: () => Promise<Resource>;
  readonly scheduled: () => Promise<Resource>;
  readonly live: () => Promise<Resource>;
  readonly withdrawn: () => Promise<Resource>;
  readonly discarded: () => Promise<Resource>;
  readonly account: (roles: readonly Role[]) => Promise<TestAccount>;
  readonly childUnit: () => Promise<TestUnit>;
  readonly column: () => Promise<string>;
  /** Reported of the column, in words and with a contact that are the unit's alone; the page rated too. */
  readonly correction: () => Promise<string>;
}

export async function aSecretUnit(db: Db, parent: { readonly id: string }): Promise<SecretUnit> {
  const unit = await aUnit(db, { parent, name: aName('单位') });
  const staff = await aStaff(db, unit, () => aName('人'));
  const second = await anAccount(db, { unit, roles: ['reviewer'], realName: aName('人') });
  const place = await aPlace(db, unit, aName);
  const team = { unit, editor: staff.editor, first: staff.reviewer, second, principal: staff.principal };
  const current = async (id: string): Promise<Resource> => {
    const { version } = await db
      .selectFrom('library.resource')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return { id, version } as Resource;
  };
  const draft = async () => {
    const made = await aDraft(db, {
      editor: staff.editor,
      column: { id: place.columnId },
      content: { title: aName('标题'), summary: aName('摘要') },
    });
    return current(made.id);
  };
  const live = async () => {
    const { id } = await draft();
    await publish(db, team, id);
    return current(id);
  };
  return {
    ...place,
    unit,
    staff,
    draft,
    live,
    inReview: async () => {
      const { id } = await draft();
      await submit(db, staff.editor, id);
      return current(id);
    },
    scheduled: async () => {
      const { id, version } = await draft();
      await performAs({ db }, staff.editor)(scheduleResource, {
        resourceId: id,
        expectedVersion: version,
        releaseAt: new Date(Date.now() + 86_400_000).toISOString(),
        expireAt: null,
      });
      await publish(db, team, id);
      return current(id);
    },
    withdrawn: async () => {
      const { id, version } = await live();
      const reason = aName('原因');
      await performAs({ db }, staff.principal)(withdrawResource, {
        resourceId: id,
        expectedVersion: version,
        reason,
      });
      return current(id);
    },
    discarded: async () => {
      const { id, version } = await draft();
      await performAs({ db }, staff.editor)(discardResource, { resourceId: id, expectedVersion: version });
      return current(id);
    },
    account: (roles) =>
      anAccount(db, {
        unit,
        roles,
        realName: aName('人'),
        login: `${marker}${randomBytes(5).toString('hex')}`,
      }),
    childUnit: () => aUnit(db, { parent: unit, name: aName('科室') }),
    column: async () => {
      const stage = aStage(db);
      const site = { id: place.siteId, unitId: unit.id } as Parameters<typeof aColumn>[1]['site'];
      return (await aColumn(stage, { site, name: aName('栏目') })).id;
    },
    correction: async () => {
      const { path } = await db
        .selectFrom('sites.column')
        .select('path')
        .where('id', '=', place.columnId)
        .executeTakeFirstOrThrow();
      const page = { siteId: place.siteId, path };
      await aRating(db, { ...page, remark: aName('看不懂') });
      const contact = `${marker}@example.com`;
      return (await aCorrection(db, { ...page, description: aName('有错别字'), contact })).id;
    },
  };
}

const idColumns = ['id', 'unit_id', 'live_revision_id', 'head_revision_id'];

/** The ids of all rows of the unit: what an outsider's answer must not hold. */
export async function secretIds(db: Db, unitIds: readonly string[]): Promise<readonly string[]> {
  const ids = new Set<string>(unitIds);
  for (const table of [
    'library.resource',
    'library.asset',
    'review.review',
    'interaction.correction',
    'intake.import',
    'sites.site',
    'sites.column',
    'identity.account',
  ]) {
    const { rows } = await sql<Record<string, string | null>>`select * from ${sql.table(table)}
      where unit_id = any(${[...unitIds]}::bigint[])`.execute(db);
    for (const row of rows) for (const column of idColumns) if (row[column]) ids.add(row[column]);
  }
  return [...ids];
}
