import type { Ctx } from '../../platform/context.ts';
import { unitNames } from '../identity/index.ts';
import { markReleased } from './change-resource.queries.ts';
import { insertCorrectionNotes } from './correction-note.queries.ts';
import { libraryEvents, namedTag, resourceTag } from './events.ts';
import { lockResource, lockResources } from './find-resource.ts';
import { termColumn } from './head-facts.rules.ts';
import { recordRelationsOf } from './record-relations.ts';
import { type ResourceRow, revisionsById } from './resource.queries.ts';
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

const isDue = (row: ResourceRow, now: Date): boolean =>
  row.stage === 'scheduled' &&
  row.signedRevisionId !== null &&
  !row.releaseHeld &&
  (row.releaseAt === null || row.releaseAt <= now);

/** Whether a signed revision waits whose hour has come: asked again under the lock, because hours change. */
export async function isReleaseDue(ctx: Ctx, resourceId: string): Promise<boolean> {
  return isDue(await lockResource(ctx, resourceId), ctx.now);
}

/** The same of several: locks them all and answers those whose hour has come. */
export async function dueAmong(ctx: Ctx, resourceIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await lockResources(ctx, resourceIds);
  return new Set(rows.filter((row) => isDue(row, ctx.now)).map((row) => row.id));
}

/** Signed revisions become what citizens see, in one instant: the same first publication for all that had none. */
export async function releaseRevisions(
  ctx: Ctx,
  resourceIds: readonly string[],
): Promise<readonly Release[]> {
  const rows = await lockResources(ctx, resourceIds);
  const signed = rows.map((row) => {
    requireDeed(stateOf(row), 'release');
    if (row.signedRevisionId === null)
      throw new Error(`resource ${row.id} is scheduled without a signed revision`);
    return { row, revisionId: row.signedRevisionId };
  });
  const revisions = await revisionsById(
    ctx.db,
    signed.map((one) => one.revisionId),
  );
  const contents = new Map(
    signed.map(({ row, revisionId }) => {
      const revision = revisions.get(revisionId);
      if (!revision) throw new Error(`there is no revision ${revisionId}`);
      return [row.id, revision.content];
    }),
  );
  await markReleased(
    ctx.db,
    [...contents].map(([id, content]) => ({ id, liveTerms: termColumn(content) })),
    ctx.now,
  );
  for (const { row } of signed) {
    const content = contents.get(row.id);
    if (content && row.rulingId !== null)
      contents.set(row.id, await ruledContent(ctx.db, content, row.rulingId));
  }
  await noteCorrections(
    ctx,
    signed.flatMap(({ row, revisionId }) => {
      const note = contents.get(row.id)?.correctionNote?.trim() ?? '';
      // What was never public corrects nothing.
      return row.firstPublishedAt === null || note === '' ? [] : [{ row, revisionId, note }];
    }),
  );
  const named = await recordRelationsOf(ctx, contents);
  await ctx.announce(
    ...signed.map(({ row, revisionId }) => ({
      name: libraryEvents.released,
      tags: [resourceTag(row.id), ...(named.get(row.id) ?? []).map(namedTag)],
      payload: { resourceId: row.id, revisionId },
    })),
  );
  return signed.map(({ row, revisionId }) => ({
    resourceId: row.id,
    revisionId,
    unitId: row.unitId,
    firstPublishedAt: row.firstPublishedAt ?? ctx.now,
    isFirst: row.firstPublishedAt === null,
  }));
}

interface Correction {
  readonly row: ResourceRow;
  readonly revisionId: string;
  readonly note: string;
}

async function noteCorrections(ctx: Ctx, corrections: readonly Correction[]): Promise<void> {
  if (corrections.length === 0) return;
  const names = await unitNames(ctx.db, [...new Set(corrections.map(({ row }) => row.unitId))]);
  await insertCorrectionNotes(
    ctx.db,
    corrections.map(({ row, revisionId, note }) => ({
      resourceId: row.id,
      revisionId,
      note,
      unitName: names.get(row.unitId) ?? '',
    })),
    ctx.now,
  );
}
