import { sql } from 'kysely';

import { termFields } from '../../../contracts/term-values.ts';
import type { TermReference } from '../../../contracts/vocabulary.ts';
import type { Db } from '../../platform/db.ts';

/** Whether the resource, in one of its revisions, was classified by all of these terms. */
export async function wasClassifiedBy(
  db: Db,
  resourceId: string,
  terms: readonly TermReference[],
): Promise<boolean> {
  const { rows } = await sql<{ was: boolean }>`
    select exists (
      select from library.revision
      cross join lateral (
        select jsonb_agg(content -> field) as held from unnest(${[...termFields, 'values']}::text[]) as field
      ) fields
      where resource_id = ${resourceId} and not exists (
        select from unnest(${[...terms]}::text[]) as term
        where not jsonb_path_exists(held, '$.** ? (@ == $term)', jsonb_build_object('term', term))
      )
    ) as was`.execute(db);
  return rows[0]?.was === true;
}
