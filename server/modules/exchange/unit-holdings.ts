import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { UnitHolding } from '../identity/index.ts';

async function keysNaming(db: Db, unitId: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from exchange.access_key
    where ${unitId}::bigint = any(unit_ids)`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** A key that reached the old unit reaches the successor, which is the only way to keep what it could read before. */
export const exchangeHoldings: readonly UnitHolding[] = [
  {
    column: 'exchange.access_key.unit_ids',
    name: '数据共享密钥',
    count: keysNaming,
    move: async (ctx, { from, to, limit }) => {
      const { rows } = await sql`
        update exchange.access_key set version = version + 1, unit_ids = array(
          select distinct unnest(array_replace(unit_ids, ${from}::bigint, ${to}::bigint)))
        where id in (select id from exchange.access_key where ${from}::bigint = any(unit_ids)
          order by id limit ${limit} for update)
        returning id`.execute(ctx.db);
      return rows.length;
    },
  },
];
