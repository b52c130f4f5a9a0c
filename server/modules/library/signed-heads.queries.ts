import { sql } from 'kysely';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';

/** A signed revision that waits, without its body: many are read at once, and whoever releases needs no texts. */
export interface SignedHead {
  readonly id: string;
  readonly revisionId: string;
  /** With what was ruled on its validity. */
  readonly content: ResourceContent;
}

/** Of those of the resources that have one. */
export async function signedHeads(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, SignedHead>> {
  const { rows } = await sql<SignedHead>`
    select resource.id, revision.id as "revisionId",
      library.ruled_content(revision.content - 'body' - 'blocks', resource.ruling_id) as content
    from library.resource join library.revision on revision.id = resource.signed_revision_id
    where resource.id = any(${[...resourceIds]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
