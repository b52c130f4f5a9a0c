import { sql } from 'kysely';

import { type RelationKind, relationKinds, type ResourceContent } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';

/** One resource names another. */
export interface Relation {
  readonly resourceId: string;
  readonly kind: RelationKind;
  readonly targetId: string;
}

/** Everything that a content names, in its order. */
export function namedIn(content: ResourceContent): readonly Omit<Relation, 'resourceId'>[] {
  return relationKinds.flatMap((kind) => (content[kind] ?? []).map((targetId) => ({ kind, targetId })));
}

/** Writes what the revision that is going live names; answers what it names now or named before. */
export async function replaceRelations(
  db: Db,
  resourceId: string,
  content: ResourceContent,
): Promise<readonly string[]> {
  const before = await db
    .deleteFrom('library.relation')
    .where('resource_id', '=', resourceId)
    .returning('target_id')
    .execute();
  const named = namedIn(content);
  if (named.length > 0) {
    await db
      .insertInto('library.relation')
      .values(
        named.map(({ kind, targetId }, place) => ({
          resource_id: resourceId,
          kind,
          target_id: targetId,
          place,
        })),
      )
      .execute();
  }
  return [...new Set([...before.map((row) => row.target_id), ...named.map((one) => one.targetId)])];
}

/** What the live revision of a resource names, or what its last one named. */
export async function relatedTo(db: Db, resourceId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.relation')
    .select('target_id')
    .distinct()
    .where('resource_id', '=', resourceId)
    .execute();
  return rows.map((row) => row.target_id);
}

/** Live resources that name one of the targets, newest first. */
export async function relationsToward(
  db: Db,
  targetIds: readonly string[],
  kinds: readonly RelationKind[],
): Promise<readonly Relation[]> {
  if (targetIds.length === 0) return [];
  return db
    .selectFrom('library.relation')
    .innerJoin('library.resource', 'library.resource.id', 'library.relation.resource_id')
    .select([
      'library.relation.resource_id as resourceId',
      sql<RelationKind>`library.relation.kind`.as('kind'),
      'library.relation.target_id as targetId',
    ])
    .where('library.relation.target_id', '=', sql<string>`any(${[...targetIds]}::bigint[])`)
    .where('library.relation.kind', 'in', [...kinds])
    .where('library.resource.live_revision_id', 'is not', null)
    .orderBy('library.resource.first_published_at', 'desc')
    .orderBy('library.resource.id', 'desc')
    .execute();
}
