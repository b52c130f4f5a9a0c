import { sql } from 'kysely';

import type { ResourceContent, ResourceTypeKey } from '../../../contracts/library.ts';
import { termsIn } from '../../../contracts/term-values.ts';
import type { Db } from '../../platform/db.ts';

/** What others choose published resources by. */
export interface LiveFacts {
  readonly id: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly terms: readonly string[];
}

/** Of the live resources among these; without their texts. */
export async function liveFacts(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, LiveFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.resource')
    .innerJoin('library.revision', 'library.revision.id', 'library.resource.live_revision_id')
    .select([
      'library.resource.id',
      'library.resource.unit_id as unitId',
      sql<ResourceTypeKey>`library.resource.type`.as('type'),
      sql<ResourceContent>`library.revision.content - 'body' - 'blocks'`.as('content'),
    ])
    .where('library.resource.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
  return new Map(
    rows.map(({ content, ...row }) => [row.id, { ...row, title: content.title, terms: termsIn(content) }]),
  );
}

/** Whoever lists or unlists several resources waits for those who are changing them, in the order that all keep. */
export async function lockEach(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`select id from library.resource where id = any(${[...ids]}::bigint[])
    order by id for update`.execute(db);
}
