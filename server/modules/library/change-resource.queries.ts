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
