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

/** Replaces what a resource names; answers what it names now or named before. */
export async function replaceRelations(
  db: Db,
  resourceId: string,
  named: readonly Omit<Relation, 'resourceId'>[],
): Promise<readonly string[]> {
  const before = await db
    .deleteFrom('library.relation')
    .where('resource_id', '=', resourceId)
    .returning('target_id')
    .execute();
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

/** Resources that name nothing any more, with what they named before. */
export async function endRelations(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (resourceIds.length === 0) return new Map();
  const before = await db
    .deleteFrom('library.relation')
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .returning(['resource_id as id', 'target_id as targetId'])
    .execute();
  return new Map(
    [...Map.groupBy(before, (row) => row.id)].map(([id, rows]) => [
      id,
      [...new Set(rows.map((row) => row.targetId))],
    ]),
  );
}

/** Whoever records relations that must not run in a circle is alone with them until the transaction ends. */
export async function lockOrderedRelations(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('library.relation', 0))`.execute(db);
}

/** Longer chains than this are nobody's; a walk must end. */
const longestChain = 100;

export interface Walk {
  readonly starts: readonly string[];
  readonly goals: readonly string[];
  /** Kinds walked from who names to what is named, and kinds walked the other way. */
  readonly forward: readonly RelationKind[];
  readonly backward: readonly RelationKind[];
  /** What this one recorded does not count: it is about to be replaced. */
  readonly without: string;
}

/** Which of the starting points are a goal or lead to one along recorded relations. */
export async function startsLeadingTo(db: Db, walk: Walk): Promise<ReadonlySet<string>> {
  if (walk.starts.length === 0) return new Set();
  const { rows } = await sql<{ start: string }>`
    with recursive walk (start, at, far) as (
      select given.id, given.id, 0 from unnest(${[...walk.starts]}::bigint[]) as given (id)
      union
      select walk.start, step.destination, walk.far + 1 from walk
      -- From each place by an index: a join would read every relation there is at each step.
      cross join lateral (
        select target_id from library.relation where resource_id = walk.at
          and kind = any(${[...walk.forward]}::text[]) and resource_id <> ${walk.without}::bigint
        union all
        select resource_id from library.relation where target_id = walk.at
          and kind = any(${[...walk.backward]}::text[]) and resource_id <> ${walk.without}::bigint
      ) as step (destination)
      where walk.far < ${longestChain}
    )
    select distinct start from walk where at = any(${[...walk.goals]}::bigint[])`.execute(db);
  return new Set(rows.map((row) => row.start));
}

export interface RecordedRelation extends Relation {
  readonly place: number;
}

/** Recorded relations that begin or end at any of the resources, at most `limit`. */
export function relationsAround(
  db: Db,
  ids: readonly string[],
  limit: number,
): Promise<readonly RecordedRelation[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const among = sql<string>`any(${[...ids]}::bigint[])`;
  return db
    .selectFrom('library.relation')
    .select([
      'resource_id as resourceId',
      sql<RelationKind>`kind`.as('kind'),
      'target_id as targetId',
      'place',
    ])
    .where((is) => is.or([is('resource_id', '=', among), is('target_id', '=', among)]))
    .orderBy('resource_id')
    .orderBy('place')
    .limit(limit)
    .execute();
}

/** What the live revisions of resources name, in their order. */
export async function relationsFrom(db: Db, ids: readonly string[]): Promise<readonly Relation[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('library.relation')
    .select(['resource_id as resourceId', sql<RelationKind>`kind`.as('kind'), 'target_id as targetId'])
    .where('resource_id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .orderBy('resource_id')
    .orderBy('kind')
    .orderBy('place')
    .execute();
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

/** The documents that took the place of each, one after the other; each the last one of its predecessor. */
export async function successorsOf(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ start: string; id: string }>`
    with recursive walk (start, at, far) as (
      select given.id, given.id, 0 from unnest(${[...ids]}::bigint[]) as given (id)
      union all
      select walk.start, relation.target_id, walk.far + 1 from walk
      join library.relation on relation.resource_id = walk.at and relation.kind = 'replacedBy'
      where walk.far < ${longestChain}
    )
    select start, at as id from walk where far > 0 order by start, far`.execute(db);
  return new Map(
    [...Map.groupBy(rows, (row) => row.start)].map(([start, steps]) => [start, steps.map((step) => step.id)]),
  );
}
