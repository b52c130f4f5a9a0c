import { sql } from 'kysely';

import type { Actor, Scope } from '../../../contracts/actor.ts';
import type { Stage } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import { type ResourceRow, resourcesInScope } from './resource.queries.ts';

/** Drafts that this person began, the last touched first. */
export function draftsOf(db: Db, actor: Actor, limit: number): Promise<readonly ResourceRow[]> {
  return resourcesInScope(db, actor.scope)
    .where('stage', '=', 'draft')
    .where('created_by', '=', actor.id)
    .orderBy('updated_at', 'desc')
    .limit(limit)
    .execute();
}

/** What is signed and waits for its hour, the next one first. */
export function scheduledWork(db: Db, scope: Scope, limit: number): Promise<readonly ResourceRow[]> {
  return resourcesInScope(db, scope)
    .where('signed_revision_id', 'is not', null)
    .where('stage', '=', 'scheduled')
    .orderBy('release_at')
    .orderBy('library.resource.id')
    .limit(limit)
    .execute();
}

export async function stagesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Stage>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.resource')
    .select(['id', sql<Stage>`stage`.as('stage')])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.stage]));
}

/** Those of the resources whose revision is signed and waits to go out, and whose own end has not come before that. */
export async function readyAmong(db: Db, ids: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('library.resource')
    .select('id')
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .where('stage', '=', 'scheduled')
    .where('signed_revision_id', 'is not', null)
    .where((is) => is.or([is('expire_at', 'is', null), is('expire_at', '>', now)]))
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** How many resources became public for the first time since then and still are. */
export async function publishedSince(db: Db, scope: Scope, from: Date): Promise<number> {
  const row = await db
    .selectFrom('library.resource')
    .select((is) => is.fn.countAll<string>().as('number'))
    .where(inScope(scope, 'library.resource.unit_id'))
    .where('live_revision_id', 'is not', null)
    .where('first_published_at', '>=', from)
    .executeTakeFirstOrThrow();
  return Number(row.number);
}
