import { type RawBuilder, sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { HeldThing } from '../identity/index.ts';

/** Questions that a unit has not answered yet. */
export async function countAwaited(db: Db, unitId: string): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from review.opinion
    where unit_id = ${unitId} and state = 'open'`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** The next of them; they are about works of others, and follow none of the unit's own things. */
export async function nextAwaited(
  db: Db,
  { unitId, after, limit }: { readonly unitId: string; readonly after: string; readonly limit: number },
): Promise<readonly HeldThing[]> {
  const { rows } = await sql<HeldThing>`
    select id, null as "resourceId", null as "columnId", null as "siteId" from review.opinion
    where unit_id = ${unitId} and state = 'open' and id > ${after} order by id limit ${limit}`.execute(db);
  return rows;
}

interface Passing {
  readonly to: string;
  readonly toName: string;
  readonly at: Date;
}

/**
 * Passes open questions on to another unit. One that the other is asked in the same review already, or whose work is
 * now its own, is closed: nobody is asked the same twice, and no unit for a second voice on its own work.
 */
export async function passOnOpinions(
  db: Db,
  { to, toName, at }: Passing,
  chosen: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await sql`
    with passed as (
      select o.id, exists (select from review.review r where r.id = o.review_id and r.unit_id = ${to})
          or exists (select from review.opinion other
            where other.review_id = o.review_id and other.unit_id = ${to} and other.state = 'open') as is_closed
      from (select id, review_id from review.opinion where state = 'open' and ${chosen} for update) o
    )
    update review.opinion o set
      unit_id = case when is_closed then o.unit_id else ${to} end,
      unit_name = case when is_closed then o.unit_name else ${toName} end,
      state = case when is_closed then 'closed' else 'open' end,
      ended_at = case when is_closed then ${at}::timestamptz end,
      end_reason = case when is_closed then '被征求意见的单位已经撤并，由承接单位一并答复。' end
    from passed where o.id = passed.id returning o.id`.execute(db);
  return rows.length;
}
