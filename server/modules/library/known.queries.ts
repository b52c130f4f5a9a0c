import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface KnownResource {
  readonly id: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  /** That of the newest revision for those who may open it, that of the live one for everybody else. */
  readonly title: string;
  readonly isPublic: boolean;
  readonly isOpen: boolean;
  readonly firstPublishedAt: Date | null;
}

/** Those of the resources that somebody may know of: what is public, and what is of the own units and not discarded. */
export async function knownResources(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnownResource>> {
  if (ids.length === 0) return new Map();
  const own = inScope(scope, 'library.resource.unit_id');
  const rows = await db
    .selectFrom('library.resource')
    .leftJoin('library.revision', 'library.revision.id', 'library.resource.live_revision_id')
    .select([
      'library.resource.id',
      'library.resource.unit_id as unitId',
      sql<ResourceTypeKey>`library.resource.type`.as('type'),
      sql<string>`case when ${own} then library.resource.title else library.revision.content ->> 'title' end`.as(
        'title',
      ),
      sql<boolean>`library.resource.live_revision_id is not null`.as('isPublic'),
      sql<boolean>`${own}`.as('isOpen'),
      'library.resource.first_published_at as firstPublishedAt',
    ])
    .where('library.resource.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .where(
      sql<boolean>`(library.resource.live_revision_id is not null or (${own} and library.resource.stage <> 'discarded'))`,
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The versions of those that somebody may open: what they have before them now. */
export async function versionsInScope(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  return new Map((await openOnes(db, scope, ids)).map((row) => [row.id, row.version]));
}

/** The titles of those that somebody may open. */
export async function titlesInScope(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return new Map((await openOnes(db, scope, ids)).map((row) => [row.id, row.title]));
}

async function openOnes(db: Db, scope: Scope, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom('library.resource')
    .select(['id', 'version', 'title'])
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .where(inScope(scope, 'library.resource.unit_id'))
    .execute();
}
