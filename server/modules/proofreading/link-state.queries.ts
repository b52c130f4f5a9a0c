import { sql } from 'kysely';

import type { LinkProblem } from '../../../contracts/link-check.ts';
import type { Db } from '../../platform/db.ts';

/** Failures on so many days in a row make a link dead. Written in the index of the table, too. */
const daysUntilDead = 3;

export interface DeadLinkRow {
  readonly address: string;
  readonly status: number | null;
  readonly problem: LinkProblem | null;
  readonly failedDays: number;
  readonly triedAt: Date;
  readonly uses: number;
  readonly resourceIds: readonly string[];
}

/** Dead links of live texts in order of address. */
export async function deadLinks(
  db: Db,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly DeadLinkRow[]> {
  const { rows } = await sql<DeadLinkRow>`
    select state.address, status, problem, failed_days as "failedDays", tried_at as "triedAt",
      (select count(*)::int from proofreading.link_use used where used.address = state.address) as uses,
      array(select used.resource_id::text from proofreading.link_use used
        where used.address = state.address order by used.resource_id desc limit 10) as "resourceIds"
    from proofreading.link_state state
    where failed_days >= ${sql.lit(daysUntilDead)} and due_at is not null and state.address > ${after}
    order by state.address limit ${limit}`.execute(db);
  return rows;
}

/** Which of the addresses are dead. Of those that are tried no longer nothing is known. */
export async function deadAmong(db: Db, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await db
    .selectFrom('proofreading.link_state')
    .select('address')
    .where('address', '=', sql<string>`any(${[...addresses]}::text[])`)
    .where('failed_days', '>=', daysUntilDead)
    .where('due_at', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.address));
}

export interface LinkUse {
  readonly resourceId: string;
  readonly address: string;
  readonly host: string;
}

/**
 * What the texts link to from now on. New addresses are due at once; those that no text has any more are tried no
 * longer, and are due again when one has them.
 */
export async function replaceLinkUses(
  db: Db,
  resourceIds: readonly string[],
  uses: readonly LinkUse[],
  now: Date,
): Promise<void> {
  if (resourceIds.length === 0) return;
  const { rows: former } = await sql<{ address: string }>`
    delete from proofreading.link_use where resource_id = any(${[...resourceIds]}::bigint[])
    returning address`.execute(db);
  if (uses.length > 0) {
    const given = sql`unnest(${uses.map((use) => use.resourceId)}::bigint[], ${uses.map((use) => use.address)}::text[],
      ${uses.map((use) => use.host)}::text[]) as given (resource_id, address, host)`;
    await sql`
      insert into proofreading.link_state (address, host, due_at)
      select distinct address, host, ${now}::timestamptz from ${given} order by address
      on conflict (address) do update set due_at = excluded.due_at
        where link_state.due_at is null`.execute(db);
    await sql`
      insert into proofreading.link_use (resource_id, address)
      select resource_id, address from ${given} on conflict do nothing`.execute(db);
  }
  await sql`
    update proofreading.link_state state set due_at = null
    where address = any(${former.map((row) => row.address)}::text[]) and due_at is not null
      and not exists (select from proofreading.link_use used where used.address = state.address)`.execute(db);
}

export async function isAnyLinkDue(db: Db, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('proofreading.link_state')
    .select('address')
    .where('due_at', '<=', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface DueLink {
  readonly address: string;
  readonly host: string;
  readonly failedDays: number;
  readonly failedOn: string | null;
}

/** What is due longest, but of each host only some: one that has thousands must not keep the others waiting. */
export async function dueLinks(
  db: Db,
  now: Date,
  { limit, ofHost }: { readonly limit: number; readonly ofHost: number },
): Promise<readonly DueLink[]> {
  // Host after host is found in the index, however many links each of them has. A host is asked for as a range, so that
  // the planner takes the index that is in that order: by time alone it would read all that is due of the others.
  const { rows } = await sql<DueLink>`
    with recursive hosts as (
      (select host from proofreading.link_state where due_at is not null order by host limit 1)
      union all
      select (select state.host from proofreading.link_state state
        where state.due_at is not null and state.host > hosts.host order by state.host limit 1)
      from hosts where hosts.host is not null)
    select due.address, hosts.host, due.failed_days as "failedDays",
      to_char(due.failed_on, 'YYYY-MM-DD') as "failedOn"
    from hosts cross join lateral (
      select address, failed_days, failed_on, due_at from proofreading.link_state state
      where state.host between hosts.host and hosts.host and state.due_at <= ${now}
      order by state.host, state.due_at limit ${ofHost}) as due
    order by due.due_at limit ${limit}`.execute(db);
  return rows;
}

/** How the trying of an address ended, and when it is tried again. */
export interface LinkOutcome {
  readonly address: string;
  readonly status: number | null;
  readonly problem: LinkProblem | null;
  readonly failedDays: number;
  readonly failedOn: string | null;
  readonly dueAt: Date;
}

export async function recordOutcomes(db: Db, outcomes: readonly LinkOutcome[], now: Date): Promise<void> {
  const column = <T>(pick: (outcome: LinkOutcome) => T): T[] => outcomes.map(pick);
  await sql`
    update proofreading.link_state state set tried_at = ${now}, status = given.status, problem = given.problem,
      failed_days = given.failed_days, failed_on = given.failed_on,
      due_at = case when state.due_at is null then null else given.due_at end
    from unnest(${column((one) => one.address)}::text[], ${column((one) => one.status)}::int[],
      ${column((one) => one.problem)}::text[], ${column((one) => one.failedDays)}::int[],
      ${column((one) => one.failedOn)}::date[], ${column((one) => one.dueAt)}::timestamptz[])
      as given (address, status, problem, failed_days, failed_on, due_at)
    where state.address = given.address`.execute(db);
}
