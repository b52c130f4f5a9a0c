import { sql } from 'kysely';

import type { Ctx } from '../../platform/context.ts';
import { updateResource } from './change-resource.queries.ts';
import { headFacts } from './head-facts.rules.ts';
import type { ImportedItem } from './import-resources.ts';
import { resourceForUpdate } from './resource.queries.ts';
import { addImportedRevision } from './revise-imports.ts';

/** `busy`: it is in review or signed, and whoever reviews it must not find another text. */
export type RedraftOutcome = 'written' | 'busy' | 'changed-here';

interface HeadRow {
  readonly id: string;
  readonly number: number;
  readonly origin: string;
}

/**
 * A new text of something that came from elsewhere, for the people here to review: what citizens see stays. What people
 * changed here stays too; a draft that they threw away comes back only when `mayRestore`.
 */
export async function redraftImport(
  ctx: Ctx,
  resourceId: string,
  { content }: Pick<ImportedItem, 'content'>,
  mayRestore: boolean,
): Promise<RedraftOutcome> {
  const row = await resourceForUpdate(ctx.db, ctx.actor.scope, resourceId);
  if (!row) throw new Error(`resource ${resourceId} is gone`);
  if (row.stage === 'in-review' || row.stage === 'scheduled') return 'busy';
  const { rows } = await sql<HeadRow>`
    select resource_id as id, number, origin from library.revision where id = ${row.headRevisionId}`.execute(
    ctx.db,
  );
  const [head] = rows;
  if (head?.origin !== 'imported' || (row.stage === 'discarded' && !mayRestore)) return 'changed-here';
  await updateResource(ctx.db, row, ctx.now, {
    ...(row.stage === 'discarded' ? { stage: 'draft', discarded_at: null } : {}),
    head_revision_id: await addImportedRevision(ctx, head, content),
    ...headFacts(content),
  });
  return 'written';
}

/** Its origin took it back: a draft that was never public goes into the bin, unless somebody is reviewing it. */
export async function discardImport(ctx: Ctx, resourceId: string): Promise<void> {
  const row = await resourceForUpdate(ctx.db, ctx.actor.scope, resourceId);
  if (row?.firstPublishedAt !== null || (row.stage !== 'draft' && row.stage !== 'returned')) return;
  await updateResource(ctx.db, row, ctx.now, { stage: 'discarded', discarded_at: ctx.now });
}
