import { sql } from 'kysely';

import type { Stage } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import type { ResourceRow } from './resource.queries.ts';

/** The columns a command may set; `version` and `updated_at` follow by themselves. */
export interface ResourceChange {
  readonly stage?: Stage;
  readonly head_revision_id?: string;
  readonly live_revision_id?: string | null;
  readonly signed_revision_id?: string | null;
  readonly title?: string;
  readonly document_number?: string | null;
  readonly open_mode?: string | null;
  readonly validity?: string | null;
  readonly year?: number | null;
  readonly terms?: readonly string[] | null;
  readonly live_terms?: readonly string[] | null;
  readonly ruling_id?: string;
  readonly ruled_validity?: string;
  readonly index_number?: string;
  readonly first_published_at?: Date;
  readonly last_published_at?: Date;
  readonly release_at?: Date | null;
  readonly expire_at?: Date | null;
  readonly withdrawn_at?: Date | null;
  readonly withdrawal_reason?: string | null;
  readonly discarded_at?: Date | null;
  readonly taken_down?: boolean;
}

export interface Released {
  readonly id: string;
  readonly liveTerms: readonly string[] | null;
}

/** The signed revisions of these locked resources become what citizens see. */
export async function markReleased(db: Db, released: readonly Released[], at: Date): Promise<void> {
  const rows = JSON.stringify(released.map(({ id, liveTerms }) => ({ id, live_terms: liveTerms })));
  await sql`
    update library.resource as resource set stage = 'live', live_revision_id = signed_revision_id,
      signed_revision_id = null, first_published_at = coalesce(first_published_at, ${at}),
      last_published_at = ${at}, release_at = null, release_held = false, withdrawn_at = null,
      withdrawal_reason = null, live_terms = released.live_terms, version = version + 1, updated_at = ${at}
    from jsonb_to_recordset(${rows}::jsonb) as released (id bigint, live_terms text[])
    where resource.id = released.id`.execute(db);
}

/** Says of locked resources whether somebody else decides when they go out. It is no change of theirs. */
export async function setHeld(db: Db, ids: readonly string[], isHeld: boolean): Promise<void> {
  await sql`
    update library.resource set release_held = ${isHeld},
      release_at = case when ${isHeld} then null else release_at end
    where id = any(${[...ids]}::bigint[]) and release_held <> ${isHeld}`.execute(db);
}

/** Changes a locked resource and counts its version up. */
export async function updateResource(
  db: Db,
  row: ResourceRow,
  at: Date,
  { terms, live_terms: liveTerms, ...change }: ResourceChange,
): Promise<void> {
  const ruled = change.ruled_validity ?? row.ruledValidity;
  await db
    .updateTable('library.resource')
    .set({
      ...change,
      ...(terms === undefined ? {} : { terms: terms && [...terms] }),
      ...(liveTerms === undefined ? {} : { live_terms: liveTerms && [...liveTerms] }),
      // What was ruled holds, whatever a newer text says.
      ...(ruled !== null && change.validity !== undefined ? { validity: ruled } : {}),
      version: row.version + 1,
      updated_at: at,
    })
    .where('id', '=', row.id)
    .execute();
}
