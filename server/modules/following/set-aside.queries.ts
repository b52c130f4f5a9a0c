import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** How many resources of a subscription are set aside, counted up to a limit. */
export async function countSetAside(db: Db, subscriptionId: string, limit: number): Promise<number> {
  const { rows } = await sql<{ number: string }>`
    select count(*) as number from (select from following.item
      where subscription_id = ${subscriptionId}::bigint and state = 'set-aside' limit ${limit}) as found`.execute(
    db,
  );
  return Number(rows[0]?.number ?? 0);
}

export interface DueItem {
  readonly id: string;
  /** It is gone there, and only stands here still. */
  readonly isRemoval: boolean;
}

/** What is set aside and is to be tried again now, whatever waited longest first. */
export async function dueItems(
  db: Db,
  subscriptionId: string,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<readonly DueItem[]> {
  const { rows } = await sql<DueItem>`
    select source_id as id, problem_code = 'removal-failed' as "isRemoval" from following.item
    where subscription_id = ${subscriptionId}::bigint and state = 'set-aside' and retry_at <= ${now}
    order by retry_at, source_id limit ${limit}`.execute(db);
  return rows;
}

/** All that is set aside, or one of them, is due now. Says how many. */
export async function makeItemsDue(
  db: Db,
  subscriptionId: string,
  sourceId: string | null,
  now: Date,
): Promise<number> {
  const only = sourceId === null ? sql`true` : sql`source_id = ${sourceId}`;
  const { numAffectedRows } = await sql`
    update following.item set retry_at = ${now}
    where subscription_id = ${subscriptionId}::bigint and state = 'set-aside' and ${only}`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** One that was refused is tried again as if it were set aside: what was wrong here may have been put right. */
export async function setRefusedAside(
  db: Db,
  subscriptionId: string,
  sourceId: string,
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update following.item set state = 'set-aside', tries = 0, set_aside_at = ${now}, retry_at = ${now}
    where subscription_id = ${subscriptionId}::bigint and source_id = ${sourceId} and state = 'refused'`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}
