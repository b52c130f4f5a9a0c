import type { Ctx } from '../../platform/context.ts';
import { updateResource } from './change-resource.queries.ts';
import { libraryEvents, namedTag, resourceTag } from './events.ts';
import { lockResource } from './find-resource.ts';
import { termColumn } from './head-facts.rules.ts';
import { recordRelations } from './record-relations.ts';
import { revisionById } from './resource.queries.ts';
import { requireDeed, stateOf } from './resource.rules.ts';
import { ruledContent } from './ruling.queries.ts';

export interface Release {
  readonly resourceId: string;
  readonly revisionId: string;
  readonly unitId: string;
  /** The system's own first-publication time, set here once. */
  readonly firstPublishedAt: Date;
  readonly isFirst: boolean;
}

/** Whether a signed revision waits whose hour has come: asked again under the lock, because hours change. */
export async function isReleaseDue(ctx: Ctx, resourceId: string): Promise<boolean> {
  const row = await lockResource(ctx, resourceId);
  if (row.stage !== 'scheduled' || row.signedRevisionId === null) return false;
  return row.releaseAt === null || row.releaseAt <= ctx.now;
}

/** The signed revision becomes what citizens see. */
export async function releaseRevision(ctx: Ctx, resourceId: string): Promise<Release> {
  const row = await lockResource(ctx, resourceId);
  requireDeed(stateOf(row), 'release');
  const revisionId = row.signedRevisionId;
  if (revisionId === null) throw new Error(`resource ${resourceId} is scheduled without a signed revision`);
  const firstPublishedAt = row.firstPublishedAt ?? ctx.now;
  const revision = await revisionById(ctx.db, revisionId);
  if (!revision) throw new Error(`there is no revision ${revisionId}`);
  await updateResource(ctx.db, row, ctx.now, {
    stage: 'live',
    live_revision_id: revisionId,
    signed_revision_id: null,
    first_published_at: firstPublishedAt,
    last_published_at: ctx.now,
    release_at: null,
    withdrawn_at: null,
    withdrawal_reason: null,
    live_terms: termColumn(revision.content),
  });
  const named = await recordRelations(
    ctx,
    resourceId,
    await ruledContent(ctx.db, revision.content, row.rulingId),
  );
  await ctx.announce({
    name: libraryEvents.released,
    tags: [resourceTag(resourceId), ...named.map(namedTag)],
    payload: { resourceId, revisionId },
  });
  return {
    resourceId,
    revisionId,
    unitId: row.unitId,
    firstPublishedAt,
    isFirst: row.firstPublishedAt === null,
  };
}
