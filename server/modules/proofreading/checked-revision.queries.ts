import { sql } from 'kysely';

import type { Finding, Override } from '../../../contracts/proofreading.ts';
import type { Db } from '../../platform/db.ts';
import type { Explained, FormerReason } from './submission.types.ts';

export interface CheckedRevisionRow {
  readonly findings: Finding[];
  readonly complete: boolean;
  readonly checkedAt: Date;
}

export interface RevisionName {
  readonly revisionId: string;
  readonly resourceId: string;
}

/** The same revision may be handed in again, and then more is known. */
export async function recordChecked(
  db: Db,
  { revisionId, resourceId }: RevisionName,
  one: { readonly findings: readonly Finding[]; readonly complete: boolean; readonly generation: string },
  now: Date,
): Promise<void> {
  const findings = JSON.stringify(one.findings);
  await sql`
    insert into proofreading.checked_revision (revision_id, resource_id, findings, complete, generation, checked_at)
    values (${revisionId}, ${resourceId}, ${findings}, ${one.complete}, ${one.generation}, ${now})
    on conflict (revision_id) do update set findings = excluded.findings, complete = excluded.complete,
      generation = excluded.generation, checked_at = excluded.checked_at`.execute(db);
}

/** What was said before keeps who said it and when. */
export async function insertOverrides(
  db: Db,
  { revisionId, resourceId }: RevisionName,
  explained: readonly Explained[],
  by: { readonly id: string; readonly name: string; readonly now: Date },
): Promise<void> {
  // Of the very revision that is handed in again they are there.
  const fresh = explained.filter(({ former }) => former?.revisionId !== revisionId);
  if (fresh.length === 0) return;
  const rows = fresh.map(({ finding, reason, former }) => ({
    ...{ finding, reason, given_by: former?.givenBy ?? by.id, given_by_name: former?.givenByName ?? by.name },
    given_at: former?.givenAt ?? by.now,
  }));
  await sql`
    insert into proofreading.override (revision_id, resource_id, finding, reason, given_by, given_by_name, given_at)
    select ${revisionId}, ${resourceId}, given.finding, given.reason, given.given_by, given.given_by_name, given.given_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (finding jsonb, reason text, given_by bigint,
      given_by_name text, given_at timestamptz)`.execute(db);
}

/** The reasons with which the work went on the last time that it needed some, without those taken back since. */
export async function formerReasons(db: Db, resourceId: string): Promise<readonly FormerReason[]> {
  const { rows } = await sql<FormerReason>`
    select revision_id as "revisionId", finding, reason, given_by as "givenBy", given_by_name as "givenByName",
      given_at as "givenAt"
    from proofreading.override where revision_id = (
      select revision_id from proofreading.override where resource_id = ${resourceId} order by id desc limit 1)
      and not exists (
        select from proofreading.finding f where f.resource_id = ${resourceId} and f.rule = override.finding ->> 'rule'
          and f.part = override.finding #>> '{place,part}' and f.found = override.finding ->> 'found'
          and f.reopened_at > override.given_at)
    order by id`.execute(db);
  return rows;
}

export async function checkedRevision(db: Db, revisionId: string): Promise<CheckedRevisionRow | undefined> {
  const { rows } = await sql<CheckedRevisionRow>`
    select findings, complete, checked_at as "checkedAt" from proofreading.checked_revision
    where revision_id = ${revisionId}`.execute(db);
  return rows[0];
}

export async function overridesOf(
  db: Db,
  revisionId: string,
): Promise<readonly (Omit<Override, 'givenAt'> & { readonly givenAt: Date })[]> {
  const { rows } = await sql<Omit<Override, 'givenAt'> & { readonly givenAt: Date }>`
    select finding, reason, given_by_name as "givenByName", given_at as "givenAt"
    from proofreading.override where revision_id = ${revisionId} order by id`.execute(db);
  return rows;
}
