import { type RawBuilder, sql } from 'kysely';

import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { textMatches, type TypedText } from './resource.queries.ts';

export interface PublishedRow {
  readonly id: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly firstPublishedAt: Date;
}

export interface PublishedFilter {
  readonly type?: ResourceTypeKey | undefined;
  readonly text?: TypedText | undefined;
  readonly ids?: readonly string[] | undefined;
}

const liveTitle: RawBuilder<string> = sql<string>`library.revision.content ->> 'title'`;

/**
 * What is public of any unit, by what citizens read of it: the words of a newer draft find nothing and are not shown.
 * No scope, because nothing here is hidden from anybody.
 */
export function publishedResources(
  db: Db,
  filter: PublishedFilter,
  limit: number,
): Promise<readonly PublishedRow[]> {
  let query = db
    .selectFrom('library.resource')
    .innerJoin('library.revision', 'library.revision.id', 'library.resource.live_revision_id')
    .select([
      'library.resource.id',
      'library.resource.unit_id as unitId',
      sql<ResourceTypeKey>`library.resource.type`.as('type'),
      liveTitle.as('title'),
      sql<string | null>`library.revision.content ->> 'documentNumber'`.as('documentNumber'),
      sql<Date>`library.resource.first_published_at`.as('firstPublishedAt'),
    ]);
  if (filter.type) query = query.where('library.resource.type', '=', filter.type);
  if (filter.ids) {
    query = query.where('library.resource.id', '=', sql<string>`any(${[...filter.ids]}::bigint[])`);
  }
  if (filter.text) {
    const { text } = filter.text;
    query = query
      .where(textMatches(filter.text))
      .where(
        sql<boolean>`(strpos(lower(${liveTitle}), lower(${text})) > 0 or strpos(library.revision.content ->> 'documentNumber', ${filter.text.documentNumbers.at(-1) ?? text}) = 1)`,
      );
  }
  return query
    .orderBy('library.resource.first_published_at', 'desc')
    .orderBy('library.resource.id', 'desc')
    .limit(limit)
    .execute();
}

/** What a content may name: whether it is there, of which type, whose, and whether it was ever public. */
export async function namableResources(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('library.resource')
    .select([
      'id',
      'unit_id as unitId',
      sql<ResourceTypeKey>`type`.as('type'),
      sql<boolean>`first_published_at is not null`.as('wasPublic'),
    ])
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}
