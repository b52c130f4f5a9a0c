import { sql } from 'kysely';

import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';

/** Something that belongs to a unit and goes to the successor when the unit ends. The owner of the table says how. */
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
}

export interface UnitMove {
  readonly from: string;
  readonly to: string;
  readonly limit: number;
}

/** Columns that name a unit and stay as they are, each with the reason. */
export type KeptUnitColumns = Readonly<Record<string, string>>;

export interface HoldingWishes {
  readonly busy?: UnitHolding['busy'];
  /** Acts on the rows that moved, in the same transaction. */
  readonly moved?: (ctx: Ctx, ids: readonly string[]) => Promise<void>;
}

/** A holding that is a table with `id` and `unit_id` and nothing that could clash. */
export function holdingOf(table: string, name: string, wishes: HoldingWishes = {}): UnitHolding {
  return {
    column: `${table}.unit_id`,
    name,
    count: (db, unitId) => countRows(db, table, unitId),
    ...(wishes.busy ? { busy: wishes.busy } : {}),
    move: async (ctx, { from, to, limit }) => {
      const { rows } = await sql<{ id: string }>`update ${sql.table(table)} set unit_id = ${to}
        where id in (select id from ${sql.table(table)} where unit_id = ${from} order by id limit ${limit} for update)
        returning id`.execute(ctx.db);
      if (rows.length > 0)
        await wishes.moved?.(
          ctx,
          rows.map((row) => row.id),
        );
      return rows.length;
    },
  };
}

/** A holding that is a table with `id`, `version` and a list of units that it reaches: who reached the old one reaches the successor. */
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
  };
}

export async function countRows(db: Db, table: string, unitId: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from ${sql.table(table)}
    where unit_id = ${unitId}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
