import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface FingerprintRow {
  readonly resourceId: string;
  readonly revisionId: string;
  /** Both empty for a text that is too short to be compared. */
  readonly minhash: Buffer;
  readonly bands: readonly number[];
}

const valuesOf = ({ resourceId, revisionId, minhash, bands }: FingerprintRow, made = true) => ({
  resource_id: resourceId,
  revision_id: revisionId,
  minhash,
  bands: [...bands],
  // A short text has nothing to be compared with.
  compared: made && bands.length === 0,
});

/** The newest text of a resource; what did not change stays compared. */
export async function putFingerprint(db: Db, row: FingerprintRow): Promise<void> {
  const values = valuesOf(row);
  await db
    .insertInto('library.fingerprint')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('resource_id').doUpdateSet({
        revision_id: values.revision_id,
        minhash: values.minhash,
        bands: values.bands,
        compared: sql<boolean>`excluded.compared or (library.fingerprint.compared and library.fingerprint.minhash = excluded.minhash)`,
      }),
    )
    .execute();
}

/** Those of many resources that have none yet. */
export async function addFingerprints(db: Db, rows: readonly FingerprintRow[], made = true): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('library.fingerprint')
    .values(rows.map((row) => valuesOf(row, made)))
    .onConflict((conflict) => conflict.column('resource_id').doNothing())
    .execute();
}

/** More than these share a band only where one form was filled in thousands of times. */
const mostCandidates = 300;

export interface Candidate {
  readonly resourceId: string;
  readonly minhash: Buffer;
}

/** Resources that share a band: what is worth a closer look. */
export function candidatesFor(
  db: Db,
  resourceId: string,
  bands: readonly number[],
): Promise<readonly Candidate[]> {
  return db
    .selectFrom('library.fingerprint')
    .select(['resource_id as resourceId', 'minhash'])
    .where(sql<boolean>`bands && ${[...bands]}::integer[]`)
    .where('resource_id', '<>', resourceId)
    .limit(mostCandidates)
    .execute();
}

export interface ComparableText {
  readonly resourceId: string;
  readonly revisionId: string;
  readonly content: ResourceContent;
}

/** What is compared for somebody: the newest text of the own units' resources, of others the one that is public. */
export function comparableTexts(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<readonly ComparableText[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const own = inScope(scope, 'library.resource.unit_id');
  return db
    .selectFrom('library.resource')
    .innerJoin('library.revision', (join) =>
      join.on(
        sql<boolean>`library.revision.id = case when ${own} then library.resource.head_revision_id else library.resource.live_revision_id end`,
      ),
    )
    .select([
      'library.resource.id as resourceId',
      'library.revision.id as revisionId',
      sql<ResourceContent>`library.revision.content`.as('content'),
    ])
    .where('library.resource.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .where('library.resource.stage', '<>', 'discarded')
    .execute();
}

/** Newest texts without a fingerprint, in the order of their resources: written before there were any. */
export function textsWithoutFingerprint(
  db: Db,
  after: string,
  limit: number,
): Promise<readonly ComparableText[]> {
  return db
    .selectFrom('library.resource')
    .innerJoin('library.revision', 'library.revision.id', 'library.resource.head_revision_id')
    .leftJoin('library.fingerprint', 'library.fingerprint.resource_id', 'library.resource.id')
    .select([
      'library.resource.id as resourceId',
      'library.revision.id as revisionId',
      sql<ResourceContent>`library.revision.content`.as('content'),
    ])
    .where('library.fingerprint.resource_id', 'is', null)
    .where('library.resource.id', '>', after)
    .orderBy('library.resource.id')
    .limit(limit)
    .execute();
}

/** Notes of many new resources that their fingerprints are still to be made, beside all other work. */
export async function awaitFingerprints(
  db: Db,
  revisions: readonly { readonly resourceId: string; readonly id: string }[],
): Promise<void> {
  await addFingerprints(
    db,
    revisions.map(({ resourceId, id }) => ({
      resourceId,
      revisionId: id,
      minhash: Buffer.alloc(0),
      bands: [],
    })),
    false,
  );
}

/** Resources whose pairs nobody has looked for yet. */
export async function isAnyUncompared(db: Db): Promise<boolean> {
  const { rows } = await sql`select from library.fingerprint where not compared limit 1`.execute(db);
  return rows.length > 0;
}

export async function waitingForComparison(db: Db, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.fingerprint')
    .select('resource_id')
    .where('compared', '=', false)
    .orderBy('resource_id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map((row) => row.resource_id);
}

export async function markCompared(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('library.fingerprint')
    .set({ compared: true })
    .where('resource_id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
}
