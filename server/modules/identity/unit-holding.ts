import { type RawBuilder, sql } from 'kysely';

import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';

/** Something that belongs to a unit and goes to others when the unit ends or is divided. The owner of the table says how. */
export interface UnitHolding {
  /** `<schema>.<table>.<column>`: the column that names the unit. */
  readonly column: string;
  /** What people call it. */
  readonly name: string;
  readonly count: (db: Db, unitId: string) => Promise<number>;
  /** How many are at work in the unit's name right now and must end first. */
  readonly busy?: (db: Db, unitId: string) => Promise<number>;
  /** Moves at most `limit` in the caller's transaction and says how many; 0 when none is left to move. */
  readonly move: (ctx: Ctx, step: UnitMove) => Promise<number>;
  readonly division: Division;
}

/** When a unit is divided, each thing goes to one of the receivers, or what reached the unit reaches all of them. */
export type Division =
  | {
      readonly kind: 'each';
      /** The next things of a unit, in order of id. */
      readonly next: (db: Db, page: ThingPage) => Promise<readonly HeldThing[]>;
      /** Moves these and says how many. */
      readonly give: (ctx: Ctx, gift: Gift) => Promise<number>;
    }
  | { readonly kind: 'all'; readonly widen: (ctx: Ctx, step: Widening) => Promise<number> };

/** The first of these that is there says who receives the thing: it goes where that goes. */
export interface HeldThing {
  readonly id: string;
  readonly resourceId: string | null;
  readonly columnId: string | null;
  readonly siteId: string | null;
}

export interface ThingPage {
  readonly unitId: string;
  readonly after: string;
  readonly limit: number;
}

export interface UnitMove {
  readonly from: string;
  readonly to: string;
  readonly limit: number;
}

export interface Gift {
  readonly from: string;
  readonly to: string;
  readonly ids: readonly string[];
}

export interface Widening {
  readonly from: string;
  readonly to: readonly string[];
  /** The divided unit goes on and stays within reach. */
  readonly goesOn: boolean;
  readonly limit: number;
}

/** Columns that name a unit and stay as they are, each with the reason. */
export type KeptUnitColumns = Readonly<Record<string, string>>;

export interface HoldingWishes {
  readonly busy?: UnitHolding['busy'];
  /** Columns of the table that name what a thing is about or stands in. */
  readonly hangsOn?: ThingColumns;
}

interface ThingColumns {
  readonly resource?: string;
  readonly column?: string;
  readonly site?: string;
}

/** The next rows of a table with `id` and `unit_id`, and what they hang on. */
export async function thingsOf(
  db: Db,
  table: string,
  hangsOn: ThingColumns,
  { unitId, after, limit }: ThingPage,
): Promise<readonly HeldThing[]> {
  const or = (column: string | undefined): RawBuilder<string | null> =>
    column === undefined ? sql`null` : sql`${sql.ref(column)}::text`;
  const { rows } = await sql<HeldThing>`select id, ${or(hangsOn.resource)} as "resourceId",
      ${or(hangsOn.column)} as "columnId", ${or(hangsOn.site)} as "siteId"
    from ${sql.table(table)} where unit_id = ${unitId} and id > ${after} order by id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** A holding that is a table with `id` and `unit_id` and nothing that could clash. */
export function holdingOf(
  table: string,
  name: string,
  { busy, hangsOn = {} }: HoldingWishes = {},
): UnitHolding {
  const from = sql.table(table);
  const give = async (db: Db, to: string, chosen: RawBuilder<unknown>): Promise<number> => {
    const { rows } = await sql`update ${from} set unit_id = ${to}
      where id in (select id from ${from} where ${chosen} for update) returning id`.execute(db);
    return rows.length;
  };
  return {
    column: `${table}.unit_id`,
    name,
    count: (db, unitId) => countRows(db, table, unitId),
    ...(busy ? { busy } : {}),
    move: ({ db }, step) => give(db, step.to, sql`unit_id = ${step.from} order by id limit ${step.limit}`),
    division: {
      kind: 'each',
      next: (db, page) => thingsOf(db, table, hangsOn, page),
      give: ({ db }, gift) => give(db, gift.to, isGiven(gift)),
    },
  };
}

/** Which rows a gift takes, in the order in which everybody locks them. */
export function isGiven({ from, ids }: Gift): RawBuilder<unknown> {
  return sql`unit_id = ${from} and id = any(${[...ids]}::bigint[]) order by id`;
}

/** A holding that is a table with `id`, `version` and a list of units that it reaches: who reached the old one reaches those that follow it. */
export function reachOf(table: string, name: string): UnitHolding {
  const from = sql.table(table);
  return {
    column: `${table}.unit_ids`,
    name,
    count: async (db, unitId) => {
      const { rows } = await sql<{ count: string }>`select count(*) as count from ${from}
        where ${unitId}::bigint = any(unit_ids)`.execute(db);
      return Number(rows[0]?.count ?? 0);
    },
    move: async (ctx, step) => {
      const { rows } = await sql`
        update ${from} set version = version + 1, unit_ids = array(
          select distinct unnest(array_replace(unit_ids, ${step.from}::bigint, ${step.to}::bigint)))
        where id in (select id from ${from} where ${step.from}::bigint = any(unit_ids)
          order by id limit ${step.limit} for update)
        returning id`.execute(ctx.db);
      return rows.length;
    },
    division: {
      kind: 'all',
      widen: async ({ db }, step) => {
        const to = sql`${[...step.to]}::bigint[]`;
        const old = step.goesOn ? sql`unit_ids` : sql`array_remove(unit_ids, ${step.from}::bigint)`;
        // One that goes on is reached as before, so those are left that do not reach all receivers yet.
        const { rows } = await sql`
          update ${from} set version = version + 1, unit_ids = array(
            select distinct unnest(${old} || ${to}))
          where id in (select id from ${from} where ${step.from}::bigint = any(unit_ids)
            and (${!step.goesOn} or not unit_ids @> ${to}) order by id limit ${step.limit} for update)
          returning id`.execute(db);
        return rows.length;
      },
    },
  };
}

export async function countRows(db: Db, table: string, unitId: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.table(table)}
    where unit_id = ${unitId}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
