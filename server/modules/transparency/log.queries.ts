import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { ClaimedFirst, LoggedOutcome, TreeNode } from './log.types.ts';

/** A version of a page that is to be logged. */
export interface LogEntry extends ClaimedFirst {
  readonly site: string;
  readonly path: string;
  readonly outcome: LoggedOutcome;
  readonly digest: string | null;
  readonly revision: string | null;
}

/** To be called in the transaction that records the pages: both are there, or neither. */
export async function appendEntries(db: Db, entries: readonly LogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const column = (value: (entry: LogEntry) => unknown) => entries.map(value);
  await sql`
    insert into transparency.entry (site, path, outcome, digest, resource, revision, first_published_at, imported)
    select site, path, outcome, decode(digest, 'hex'), resource, revision, first_published_at, imported
    from unnest(
      ${column((one) => one.site)}::text[], ${column((one) => one.path)}::text[],
      ${column((one) => one.outcome)}::text[], ${column((one) => one.digest)}::text[],
      ${column((one) => one.resource)}::text[], ${column((one) => one.revision)}::text[],
      ${column((one) => one.first)}::timestamptz[], ${column((one) => one.imported)}::boolean[]
    ) with ordinality as told (site, path, outcome, digest, resource, revision, first_published_at, imported, place)
    order by place`.execute(db);
}

/** The addresses among these that the log has never heard of. */
export async function unloggedAddresses(
  db: Db,
  addresses: readonly { readonly site: string; readonly path: string }[],
): Promise<readonly { readonly site: string; readonly path: string }[]> {
  const { rows } = await sql<{ site: string; path: string }>`
    select site, path from unnest(
      ${addresses.map((one) => one.site)}::text[], ${addresses.map((one) => one.path)}::text[]
    ) as asked (site, path)
    where not exists (select from transparency.leaf where leaf.site = asked.site and leaf.path = asked.path)
      and not exists (select from transparency.entry where entry.site = asked.site and entry.path = asked.path)
  `.execute(db);
  return rows;
}

const SEQUENCER_LOCK = 7_246_041;

/** One writer at a time, until the transaction ends. */
export async function lockLog(db: Db): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) as mine`.execute(db);
  return rows[0]?.mine === true;
}

/**
 * Takes the oldest entries that are committed. One that is committed later has waited for nobody: a smaller number
 * than its predecessors' costs it nothing, it is taken in the next round. Two entries of one address come in the right
 * order in any case, as whoever writes there holds the address until the commit.
 */
export async function takeEntries(db: Db, limit: number): Promise<readonly LogEntry[]> {
  const { rows } = await sql<LogEntry>`
    with taken as (
      delete from transparency.entry where id <= (
        select max(id) from (select id from transparency.entry order by id limit ${limit}) as oldest
      ) returning *
    )
    select site, path, outcome, encode(digest, 'hex') as digest, resource, revision,
      first_published_at as first, imported
    from taken order by id`.execute(db);
  return rows;
}

export interface LogHead {
  readonly size: number;
  readonly root: Buffer;
  readonly at: Date;
  readonly note: string;
}

interface StoredHead extends Omit<LogHead, 'size'> {
  readonly size: string;
}

export async function latestHead(db: Db): Promise<LogHead | undefined> {
  const { rows } = await sql<StoredHead>`
    select size, root, at, note from transparency.head order by size desc limit 1`.execute(db);
  const head = rows[0];
  return head && { ...head, size: Number(head.size) };
}

/** All that a round without entries has to know, in one statement. */
export interface LogStanding {
  readonly origin: string;
  readonly head: LogHead | undefined;
  /** Whether any entry has no place yet. */
  readonly isBehind: boolean;
}

const usualOrigin = 'jiyue';

export async function logStanding(db: Db): Promise<LogStanding> {
  const { rows } = await sql<StandingRow>`
    select origin, exists (select from transparency.entry) as "isBehind", head.size, head.root, head.at, head.note
    from (select (select origin from transparency.log) as origin) as log
    left join lateral (select * from transparency.head order by size desc limit 1) as head on true`.execute(
    db,
  );
  const { origin = null, isBehind = false, size = null, root, at, note } = rows[0] ?? {};
  const isBegun = size !== null && root && at && note !== undefined && note !== null;
  return {
    origin: origin ?? usualOrigin,
    head: isBegun ? { size: Number(size), root, at, note } : undefined,
    isBehind,
  };
}

interface StandingRow {
  readonly origin: string | null;
  readonly isBehind: boolean;
  readonly size: string | null;
  readonly root: Buffer | null;
  readonly at: Date | null;
  readonly note: string | null;
}

/** When the log began; undefined before it has. */
export async function logBeginning(db: Db): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`select at from transparency.head order by size limit 1`.execute(
    db,
  );
  return rows[0]?.at;
}

export async function insertHead(db: Db, head: LogHead): Promise<void> {
  await sql`
    insert into transparency.head (size, root, at, note)
    values (${head.size}, ${head.root}, ${head.at}, ${head.note})`.execute(db);
}

export async function databaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`
    select date_trunc('milliseconds', clock_timestamp()) as now`.execute(db);
  return rows[0]?.now ?? new Date(0);
}

export async function logOrigin(db: Db): Promise<string> {
  const { rows } = await sql<{ origin: string }>`select origin from transparency.log`.execute(db);
  return rows[0]?.origin ?? usualOrigin;
}

export const nodeKey = ({ level, index }: TreeNode): string => `${String(level)}/${String(index)}`;

/** Hashes of full subtrees, by `nodeKey`. */
export async function nodeHashes(db: Db, nodes: readonly TreeNode[]): Promise<ReadonlyMap<string, Buffer>> {
  if (nodes.length === 0) return new Map();
  const { rows } = await sql<{ level: number; index: string; hash: Buffer }>`
    select node.level, node.index, node.hash from unnest(
      ${nodes.map((one) => one.level)}::smallint[], ${nodes.map((one) => one.index)}::bigint[]
    ) as asked (level, index)
    join transparency.node on node.level = asked.level and node.index = asked.index`.execute(db);
  return new Map(rows.map((row) => [`${String(row.level)}/${row.index}`, row.hash]));
}

export async function insertNodes(
  db: Db,
  nodes: readonly (TreeNode & { readonly hash: Uint8Array })[],
): Promise<void> {
  await sql`
    insert into transparency.node (level, index, hash)
    select level, index, decode(hash, 'hex') from unnest(
      ${nodes.map((one) => one.level)}::smallint[], ${nodes.map((one) => one.index)}::bigint[],
      ${nodes.map((one) => Buffer.from(one.hash).toString('hex'))}::text[]
    ) as grown (level, index, hash)`.execute(db);
}

export interface NewLeaf extends LogEntry {
  readonly index: number;
  readonly body: string;
}

export async function insertLeaves(db: Db, leaves: readonly NewLeaf[]): Promise<void> {
  await sql`
    insert into transparency.leaf (index, body, site, path, digest)
    select index, body, site, path, decode(digest, 'hex') from unnest(
      ${leaves.map((one) => one.index)}::bigint[], ${leaves.map((one) => one.body)}::text[],
      ${leaves.map((one) => one.site)}::text[], ${leaves.map((one) => one.path)}::text[],
      ${leaves.map((one) => one.digest)}::text[]
    ) as grown (index, body, site, path, digest)`.execute(db);
}

/** Those of these resources that stand in the log. */
export async function knownResources(db: Db, resources: readonly string[]): Promise<ReadonlySet<string>> {
  if (resources.length === 0) return new Set();
  const { rows } = await sql<{ resource: string }>`
    select resource from transparency.resource where resource = any(${[...resources]}::text[])`.execute(db);
  return new Set(rows.map((row) => row.resource));
}

export async function insertResources(
  db: Db,
  found: readonly { readonly resource: string; readonly leaf: number; readonly first: Date }[],
): Promise<void> {
  if (found.length === 0) return;
  await sql`
    insert into transparency.resource (resource, leaf, first_published_at)
    select resource, leaf, first_published_at from unnest(
      ${found.map((one) => one.resource)}::text[], ${found.map((one) => one.leaf)}::bigint[],
      ${found.map((one) => one.first)}::timestamptz[]
    ) as found (resource, leaf, first_published_at)`.execute(db);
}

/** Entries that have no place yet, counted up to a thousand. */
export async function waitingEntries(db: Db): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from (select from transparency.entry limit 1000) as capped`.execute(db);
  return rows[0]?.waiting ?? 0;
}
