import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface StoredLeaf {
  readonly index: number;
  readonly body: string;
}

interface LeafRow {
  readonly index: string;
  readonly body: string;
}

const toLeaf = (row: LeafRow): StoredLeaf => ({ index: Number(row.index), body: row.body });

export interface VersionsAsked {
  readonly site: string;
  readonly path: string;
  readonly digest: string | null;
  readonly before: number;
  readonly limit: number;
}

/** What stood at an address, the newest first. */
export async function versionsAt(db: Db, asked: VersionsAsked): Promise<readonly StoredLeaf[]> {
  const { site, path, digest, before, limit } = asked;
  const withDigest = digest === null ? sql`true` : sql`digest = decode(${digest}, 'hex')`;
  const { rows } = await sql<LeafRow>`
    select index, body from transparency.leaf
    where site = ${site} and path = ${path} and index < ${before} and ${withDigest}
    order by index desc limit ${limit}`.execute(db);
  return rows.map(toLeaf);
}

export async function firstVersionAt(db: Db, site: string, path: string): Promise<StoredLeaf | undefined> {
  const { rows } = await sql<LeafRow>`
    select index, body from transparency.leaf where site = ${site} and path = ${path} order by index limit 1`.execute(
    db,
  );
  return rows[0] && toLeaf(rows[0]);
}

/** Where a resource first stood in the log, at whichever address. */
export async function firstLeafOf(db: Db, resource: string): Promise<StoredLeaf | undefined> {
  const { rows } = await sql<LeafRow>`
    select leaf.index, leaf.body from transparency.resource
    join transparency.leaf on leaf.index = resource.leaf where resource.resource = ${resource}`.execute(db);
  return rows[0] && toLeaf(rows[0]);
}

const COUNT_CAP = 1_000;

/** How often something changed at an address, counted up to the cap. */
export async function countVersions(db: Db, site: string, path: string): Promise<number> {
  const { rows } = await sql<{ versions: number }>`
    select count(*)::int as versions from (
      select from transparency.leaf where site = ${site} and path = ${path} limit ${COUNT_CAP}
    ) as capped`.execute(db);
  return rows[0]?.versions ?? 0;
}

export async function leavesBetween(db: Db, start: number, end: number): Promise<readonly StoredLeaf[]> {
  const { rows } = await sql<LeafRow>`
    select index, body from transparency.leaf where index >= ${start} and index < ${end} order by index`.execute(
    db,
  );
  return rows.map(toLeaf);
}
