import { sql } from 'kysely';

import type { Db } from '../../server/platform/db.ts';
import type { TestUnit } from './identity.ts';

/** So many live resources of a unit, as an import leaves them: numbered, with a revision each. */
export async function fill(db: Db, unit: TestUnit, size: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`insert into library.resource (unit_id, type, stage, title, imported_from, created_at, updated_at)
      select ${unit.id}, 'article', 'draft', '信息' || n, 'old/' || n, now(), now()
      from generate_series(1, ${size}::int) n`.execute(trx);
    await sql`insert into library.revision (resource_id, number, content, digest, origin, created_by_name, created_at)
      select id, 1, jsonb_build_object('title', title), sha256(id::text::bytea), 'imported', '系统', now()
      from library.resource where unit_id = ${unit.id}`.execute(trx);
    await sql`insert into library.index_number (index_number, unit_id, year, serial, resource_id, given_at)
      select ${unit.organisationCode}::text || '/2025-' || lpad(n::text, 5, '0'), unit_id, 2025, n, id, '2025-06-01T00:00:00Z'
      from (select id, unit_id, row_number() over (order by id)::int as n from library.resource
        where unit_id = ${unit.id}) numbered`.execute(trx);
    await sql`update library.resource one set stage = 'live', live_revision_id = revision.id,
        head_revision_id = revision.id, index_number = given.index_number,
        first_published_at = given.given_at, last_published_at = given.given_at
      from library.revision revision join library.index_number given using (resource_id)
      where revision.resource_id = one.id and one.unit_id = ${unit.id}`.execute(trx);
  });
}

/** What must never change: numbers, revisions and who answered for them. */
export async function pastOf(db: Db, unitIds: readonly string[]): Promise<unknown> {
  const { rows } = await sql<{ past: string }>`select md5(string_agg(
      concat_ws('|', given.index_number, given.unit_id, given.given_at, revision.digest, revision.content,
        resource.index_number, resource.stage, resource.version, resource.updated_at), '~' order by resource.id, revision.id)) as past
    from library.resource resource join library.revision revision on revision.resource_id = resource.id
    join library.index_number given on given.resource_id = resource.id
    where given.unit_id = any(${[...unitIds]}::bigint[])`.execute(db);
  return rows[0]?.past;
}
