import { type Selectable, sql } from 'kysely';

import { type ItemProblem, type ItemState, itemStates } from '../../../contracts/following.ts';
import type { FollowingItem } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';
import type { TimeCursor } from '../../platform/time-cursor.ts';
import { type Holder, mostAwaited } from './following.types.ts';

export interface Problem {
  readonly code: ItemProblem;
  readonly message: string;
}

export interface ItemRow {
  readonly sourceId: string;
  readonly resourceId: string | null;
  readonly state: ItemState;
  readonly digest: string | null;
  readonly mark: string | null;
  readonly title: string;
  readonly url: string | null;
  readonly indexNumber: string | null;
  readonly columnId: string | null;
  readonly awaits: readonly string[];
  readonly problem: Problem | null;
  readonly pass: number;
  /** Ours was taken down because its origin was, and nothing was shown since. */
  readonly isDown: boolean;
  /** Failed tries in a row, since when, and when the next one is due; null unless it is set aside. */
  readonly setAside: { readonly tries: number; readonly since: Date; readonly retryAt: Date } | null;
}
export interface DatedItem extends ItemRow {
  readonly updatedAt: Date;
}

function itemOf(row: Selectable<FollowingItem>): DatedItem {
  return {
    sourceId: row.source_id,
    resourceId: row.resource_id,
    state: row.state as ItemState,
    digest: row.digest,
    mark: row.mark,
    title: row.title,
    url: row.url,
    indexNumber: row.index_number,
    columnId: row.column_id,
    awaits: row.awaits,
    problem:
      row.problem_code === null
        ? null
        : { code: row.problem_code as ItemProblem, message: row.problem ?? '' },
    pass: row.pass,
    isDown: row.is_down,
    setAside:
      row.set_aside_at === null || row.retry_at === null
        ? null
        : { tries: row.tries, since: row.set_aside_at, retryAt: row.retry_at },
    updatedAt: row.updated_at,
  };
}

/** What is known of some resources of the other platform. */
export async function itemsOf(
  db: Db,
  subscriptionId: string,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, ItemRow>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('following.item')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('source_id', '=', sql<string>`any(${[...sourceIds]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.source_id, itemOf(row)]));
}

export async function writeItems(
  db: Db,
  subscriptionId: string,
  items: readonly ItemRow[],
  now: Date,
): Promise<void> {
  if (items.length === 0) return;
  await db
    .insertInto('following.item')
    .values(
      items.map((item) => ({
        subscription_id: subscriptionId,
        source_id: item.sourceId,
        resource_id: item.resourceId,
        state: item.state,
        digest: item.digest,
        mark: item.mark,
        title: item.title.slice(0, 300),
        url: item.url,
        index_number: item.indexNumber,
        column_id: item.columnId,
        awaits: [...item.awaits],
        problem_code: item.problem?.code ?? null,
        problem: item.problem?.message.slice(0, 500) ?? null,
        pass: item.pass,
        is_down: item.isDown,
        tries: item.setAside?.tries ?? 0,
        set_aside_at: item.setAside?.since ?? null,
        retry_at: item.setAside?.retryAt ?? null,
        updated_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['subscription_id', 'source_id']).doUpdateSet((is) => ({
        resource_id: is.ref('excluded.resource_id'),
        state: is.ref('excluded.state'),
        digest: is.ref('excluded.digest'),
        mark: is.ref('excluded.mark'),
        title: is.ref('excluded.title'),
        url: is.ref('excluded.url'),
        index_number: is.ref('excluded.index_number'),
        column_id: is.ref('excluded.column_id'),
        awaits: is.ref('excluded.awaits'),
        problem_code: is.ref('excluded.problem_code'),
        problem: is.ref('excluded.problem'),
        pass: is.ref('excluded.pass'),
        is_down: is.ref('excluded.is_down'),
        tries: is.ref('excluded.tries'),
        set_aside_at: is.ref('excluded.set_aside_at'),
        retry_at: is.ref('excluded.retry_at'),
        updated_at: is.ref('excluded.updated_at'),
      })),
    )
    .execute();
}

/** Something that was not here before, and one of those that name it there. */
export interface Newcomer {
  readonly sourceId: string;
  readonly namedBy: string;
}

/** Those that name what has come wait for it, and are looked at again. */
export async function awaitNewcomers(
  db: Db,
  subscriptionId: string,
  newcomers: readonly Newcomer[],
): Promise<void> {
  if (newcomers.length === 0) return;
  await sql`
    update following.item set awaits = (select array(select distinct unnest(item.awaits || named.ids) limit ${mostAwaited}))
    from (select by, array_agg(id) as ids from unnest(${newcomers.map((one) => one.sourceId)}::text[],
        ${newcomers.map((one) => one.namedBy)}::text[]) as given (id, by) group by by) as named
    where item.subscription_id = ${subscriptionId}::bigint and item.source_id = named.by
      and item.state in ('taken', 'waiting') and cardinality(item.awaits) < ${mostAwaited}
      and not item.awaits @> named.ids`.execute(db);
}

/** They are still there in this pass, and nothing about them changed. */
export async function markSeen(
  db: Db,
  subscriptionId: string,
  sourceIds: readonly string[],
  pass: number,
): Promise<void> {
  if (sourceIds.length === 0) return;
  await sql`update following.item set pass = ${pass} where subscription_id = ${subscriptionId}::bigint
    and source_id = any(${[...sourceIds]}::text[]) and pass <> ${pass}`.execute(db);
}

/** What an earlier pass knew and this one, which is at its end, did not meet: the key sees it no longer. */
export async function unseenItems(
  db: Db,
  subscriptionId: string,
  pass: number,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select source_id as id from following.item
    where subscription_id = ${subscriptionId}::bigint and pass < ${pass} and state <> 'removed'
    order by source_id limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** What is to be looked at again: what was in review here, and what named something that has come since. */
export async function itemsToRetry(
  db: Db,
  subscriptionId: string,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select item.source_id as id from following.item
    where item.subscription_id = ${subscriptionId}::bigint and (item.state = 'waiting' or item.awaits <> '{}')
      and ((item.state = 'waiting' and item.updated_at < ${before})
        or exists (select from following.item other where other.subscription_id = item.subscription_id
          and other.source_id = any(item.awaits) and other.resource_id is not null))
    order by item.updated_at limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Our resources for some of theirs, as far as they came and were not taken back. */
export async function resourcesOfItems(
  db: Db,
  subscriptionId: string,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = await itemsOf(db, subscriptionId, sourceIds);
  return new Map(
    [...known].flatMap(([id, item]) => (item.resourceId === null ? [] : [[id, item.resourceId]])),
  );
}

/** Items of other subscriptions that stand for resources of ours. */
export async function holdersOf(
  db: Db,
  subscriptionId: string,
  resourceIds: readonly string[],
): Promise<readonly Holder[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<Holder>`
    select item.resource_id as "resourceId", item.subscription_id as "subscriptionId", subscription.instance,
      subscription.state = 'ended' as "isOver", item.state = 'removed' or item.is_down as "isRemoved"
    from following.item join following.subscription on subscription.id = item.subscription_id
    where item.resource_id = any(${[...resourceIds]}::bigint[])
      and item.subscription_id <> ${subscriptionId}::bigint`.execute(db);
  return rows;
}

/** These resources are this subscription's from now on: what others say of them moves nothing any more. */
export async function releaseItems(
  db: Db,
  subscriptionId: string,
  resourceIds: readonly string[],
  now: Date,
): Promise<void> {
  if (resourceIds.length === 0) return;
  await sql`update following.item set state = 'known', resource_id = null, awaits = '{}', problem_code = null,
      problem = null, is_down = false, tries = 0, set_aside_at = null, retry_at = null, updated_at = ${now}
    where resource_id = any(${[...resourceIds]}::bigint[])
      and subscription_id <> ${subscriptionId}::bigint`.execute(db);
}

export type ItemCounts = Record<ItemState, number>;
export const noItems = (): ItemCounts =>
  Object.fromEntries(itemStates.map((state) => [state, 0])) as ItemCounts;

/** How many are in each state: counted up to a limit, so that no heap makes a list slow. */
export async function itemCounts(
  db: Db,
  subscriptionIds: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, ItemCounts>> {
  if (subscriptionIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; state: ItemState; number: string }>`
    select wanted.id, of.state, counted.number
    from unnest(${[...subscriptionIds]}::bigint[]) as wanted (id)
      cross join unnest(${[...itemStates]}::text[]) as of (state)
      cross join lateral (select count(*) as number from (select from following.item
        where subscription_id = wanted.id and state = of.state limit ${limit}) as found) as counted`.execute(
    db,
  );
  const counts = new Map<string, ItemCounts>();
  for (const { id, state, number } of rows) {
    const one = counts.get(id) ?? noItems();
    one[state] = Number(number);
    counts.set(id, one);
  }
  return counts;
}

/** Items of one state, last touched first. */
export async function itemsInState(
  db: Db,
  subscriptionId: string,
  wish: { readonly state: ItemState; readonly after?: TimeCursor | undefined; readonly limit: number },
): Promise<readonly DatedItem[]> {
  let query = db
    .selectFrom('following.item')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where('state', '=', wish.state);
  if (wish.after) {
    query = query.where(sql<boolean>`(updated_at, source_id) < (${wish.after.at}, ${wish.after.id})`);
  }
  const rows = await query
    .orderBy('updated_at', 'desc')
    .orderBy('source_id', 'desc')
    .limit(wish.limit)
    .execute();
  return rows.map(itemOf);
}

/** A file that came before, as it was registered then. */
export async function knownFile(
  db: Db,
  subscriptionId: string,
  file: { readonly digest: string; readonly name: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('following.file')
    .select('asset_id')
    .where('subscription_id', '=', subscriptionId)
    .where('digest', '=', file.digest)
    .where('file_name', '=', file.name)
    .executeTakeFirst();
  return row?.asset_id;
}

export async function noteFile(
  db: Db,
  subscriptionId: string,
  file: { readonly digest: string; readonly name: string; readonly assetId: string },
): Promise<void> {
  await db
    .insertInto('following.file')
    .values({
      subscription_id: subscriptionId,
      digest: file.digest,
      file_name: file.name,
      asset_id: file.assetId,
    })
    .onConflict((conflict) =>
      conflict.columns(['subscription_id', 'digest', 'file_name']).doUpdateSet({ asset_id: file.assetId }),
    )
    .execute();
}
