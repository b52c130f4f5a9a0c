import { sql } from 'kysely';

import { choose, chosen, isChosen } from '../../platform/dump/dump-rows.ts';
import type { DumpPart, LoadStep } from '../../platform/dump/dump.types.ts';
import { insertRows, settleIds, updateRows } from '../../platform/dump/load-rows.ts';
import type { Db } from '../../platform/db.ts';

const units: DumpPart = {
  name: 'units',
  from: sql.table('identity.unit'),
  fields: {
    id: 'id',
    parent_id: 'id?',
    name: 'text',
    short_name: 'text',
    organisation_code: 'text',
    index_number_template: 'text',
    keeps_code9: 'flag',
    kind: 'text',
    position: 'integer',
    closed_at: 'instant?',
    version: 'integer',
    successor_id: 'id?',
  },
  order: ['id'],
};

const unitNames: DumpPart = {
  name: 'unit-names',
  from: sql.table('identity.former_name'),
  fields: { unit_id: 'id', ended_at: 'instant', name: 'text', short_name: 'text', basis: 'text' },
  order: ['unit_id', 'ended_at'],
};

const unitSplits: DumpPart = {
  name: 'unit-splits',
  from: sql.table('identity.unit_split'),
  fields: { unit_id: 'id', at: 'instant', position: 'integer', receiver_id: 'id', basis: 'text' },
  order: ['unit_id', 'at', 'position'],
};

const accounts: DumpPart = {
  name: 'accounts',
  from: sql.table('identity.account'),
  fields: { id: 'id', unit_id: 'id', login: 'text', real_name: 'text', created_at: 'instant' },
  left: {
    phone: 'personal',
    password_hash: 'secret',
    password_changed_at: 'secret',
    must_change_password: 'secret',
    disabled_at: 'whoever is brought in cannot sign in',
    last_seen_at: 'personal',
    version: 'counts changes of what stays behind',
  },
  order: ['id'],
  among: isChosen('id', 'account'),
};

/** No password has this as its hash. */
const noPassword = '!';

export const unitParts = { units, unitNames, unitSplits, accounts } as const;

export const unitSteps: readonly LoadStep[] = [
  {
    name: 'units',
    part: units,
    // A unit may hang under a younger one, or have merged into it.
    load: ({ db }, rows) => insertRows(db, units, rows, { without: ['parent_id', 'successor_id'] }),
    end: ({ db }) => settleIds(db, 'identity.unit'),
  },
  {
    name: 'unit-tree',
    part: units,
    load: ({ db }, rows) => updateRows(db, units, rows, ['parent_id', 'successor_id']),
    end: async ({ db }) => {
      await sql`insert into identity.unit_ancestor (unit_id, ancestor_id)
        with recursive above (unit_id, ancestor_id) as (
          select id, id from identity.unit
          union select above.unit_id, unit.parent_id from above
            join identity.unit on unit.id = above.ancestor_id where unit.parent_id is not null
        ) select unit_id, ancestor_id from above`.execute(db);
    },
  },
  {
    name: 'unit-names',
    part: unitNames,
    load: ({ db }, rows) => insertRows(db, unitNames, rows),
  },
  {
    name: 'unit-splits',
    part: unitSplits,
    load: ({ db }, rows) => insertRows(db, unitSplits, rows),
  },
  {
    name: 'accounts',
    part: accounts,
    load: ({ db, now }, rows) =>
      insertRows(db, accounts, rows, {
        constants: {
          password_hash: sql`${noPassword}::text`,
          password_changed_at: sql`${now}::timestamptz`,
          disabled_at: sql`${now}::timestamptz`,
        },
      }),
    end: ({ db }) => settleIds(db, 'identity.account'),
  },
];

/** Units and people that are there already. */
export async function countIdentity(db: Db): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ units: number; accounts: number }>`
    select (select count(*)::integer from identity.unit) as units,
      (select count(*)::integer from identity.account) as accounts`.execute(db);
  return { units: rows[0]?.units ?? 0, accounts: rows[0]?.accounts ?? 0 };
}

/** The units of a selection with all below them. */
export async function chooseUnits(trx: Db, unitIds: readonly string[]): Promise<void> {
  await choose(
    trx,
    'unit',
    sql`select unit_id from identity.unit_ancestor where ancestor_id = any(${[...unitIds]}::bigint[])`,
  );
}

/** Ids that name nobody: rows that speak of people who are no longer known. */
export async function forgetUnknownAccounts(trx: Db): Promise<void> {
  await sql`delete from ${chosen('account')} as named
    where not exists (select from identity.account where account.id = named.id)`.execute(trx);
}
