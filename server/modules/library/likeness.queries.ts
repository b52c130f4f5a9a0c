import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface FoundLikeness {
  readonly otherId: string;
  readonly similarity: number;
}

/** The pairs of one resource as they were found now. */
export async function replaceLikenesses(
  db: Db,
  resourceId: string,
  found: readonly FoundLikeness[],
  at: Date,
): Promise<void> {
  const before = await db
    .deleteFrom('library.likeness')
    .where((is) => is.or([is('one_id', '=', resourceId), is('other_id', '=', resourceId)]))
    .returning(['one_id', 'other_id', 'found_at'])
    .execute();
  if (found.length === 0) return;
  const knownSince = new Map(
    before.map((row) => [row.one_id === resourceId ? row.other_id : row.one_id, row.found_at]),
  );
  await db
    .insertInto('library.likeness')
    .values(
      found.map(({ otherId, similarity }) => {
        const isFirst = BigInt(resourceId) < BigInt(otherId);
        return {
          one_id: isFirst ? resourceId : otherId,
          other_id: isFirst ? otherId : resourceId,
          similarity,
          found_at: knownSince.get(otherId) ?? at,
        };
      }),
    )
    .execute();
}

export interface LikenessFilter {
  readonly unitId?: string | undefined;
  readonly least: number;
  readonly after?:
    { readonly similarity: number; readonly oneId: string; readonly otherId: string } | undefined;
}

export interface LikenessRow {
  readonly oneId: string;
  readonly otherId: string;
  readonly similarity: number;
  readonly foundAt: Date;
}

/** Nobody has called the two no repetition. */
const notDismissed = (one: string, other: string) => sql<boolean>`not exists (
  select from library.likeness_dismissal as dismissed
  where dismissed.one_id = ${sql.ref(one)} and dismissed.other_id = ${sql.ref(other)})`;

/** What was called no repetition of a resource. */
export async function dismissedOf(db: Db, resourceId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select other_id as id from library.likeness_dismissal where one_id = ${resourceId}::bigint
    union all select one_id from library.likeness_dismissal where other_id = ${resourceId}::bigint`.execute(
    db,
  );
  return new Set(rows.map((row) => row.id));
}

export interface Dismissal {
  readonly pair: readonly [string, string];
  readonly by: string | null;
  readonly at: Date;
}

export async function insertDismissal(db: Db, { pair, by, at }: Dismissal): Promise<void> {
  const [one, other] = pair;
  const isFirst = BigInt(one) < BigInt(other);
  await db
    .insertInto('library.likeness_dismissal')
    .values({
      one_id: isFirst ? one : other,
      other_id: isFirst ? other : one,
      dismissed_by: by,
      dismissed_at: at,
    })
    .onConflict((conflict) => conflict.columns(['one_id', 'other_id']).doNothing())
    .execute();
}

/** Pairs of which both are in scope and neither is in the bin. */
function pairsInScope(db: Db, scope: Scope, { unitId, least }: LikenessFilter) {
  let query = db
    .selectFrom('library.likeness as pair')
    .innerJoin('library.resource as one', 'one.id', 'pair.one_id')
    .innerJoin('library.resource as other', 'other.id', 'pair.other_id')
    .where(inScope(scope, 'one.unit_id'))
    .where(inScope(scope, 'other.unit_id'))
    .where('one.stage', '<>', 'discarded')
    .where('other.stage', '<>', 'discarded')
    .where('pair.similarity', '>=', least)
    .where(notDismissed('pair.one_id', 'pair.other_id'));
  if (unitId !== undefined) {
    query = query.where((is) => is.or([is('one.unit_id', '=', unitId), is('other.unit_id', '=', unitId)]));
  }
  return query;
}

/** One page of pairs, the most alike and the newest first. */
export function likenessPage(
  db: Db,
  scope: Scope,
  filter: LikenessFilter,
  limit: number,
): Promise<readonly LikenessRow[]> {
  let query = pairsInScope(db, scope, filter).select([
    'pair.one_id as oneId',
    'pair.other_id as otherId',
    'pair.similarity',
    'pair.found_at as foundAt',
  ]);
  if (filter.after) {
    const { similarity, oneId, otherId } = filter.after;
    query = query.where(
      sql<boolean>`(pair.similarity, pair.one_id, pair.other_id) < (${similarity}::smallint, ${oneId}::bigint, ${otherId}::bigint)`,
    );
  }
  return query
    .orderBy('pair.similarity', 'desc')
    .orderBy('pair.one_id', 'desc')
    .orderBy('pair.other_id', 'desc')
    .limit(limit)
    .execute();
}

export async function countLikenesses(
  db: Db,
  scope: Scope,
  filter: LikenessFilter,
  cap: number,
): Promise<{ value: number; capped: boolean }> {
  const some = pairsInScope(db, scope, filter)
    .select('pair.one_id')
    .limit(cap + 1);
  const row = await db
    .selectFrom(some.as('some'))
    .select((is) => is.fn.countAll<string>().as('number'))
    .executeTakeFirstOrThrow();
  return { value: Math.min(Number(row.number), cap), capped: Number(row.number) > cap };
}

/** False when another worker compares already: two at once would only get in each other's way. */
export async function mayCompare(db: Db): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('library.compare', 0)) as mine`.execute(db);
  return rows[0]?.mine === true;
}
