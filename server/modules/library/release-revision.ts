import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Ctx } from '../../platform/context.ts';
import { unitNames } from '../identity/index.ts';
import { markReleased } from './change-resource.queries.ts';
import { insertCorrectionNotes } from './correction-note.queries.ts';
import { libraryEvents, namedTag, resourceTag } from './events.ts';
import { lockResources } from './find-resource.ts';
import { termColumn } from './head-facts.rules.ts';
import { recordRelationsOf } from './record-relations.ts';
import type { ResourceRow } from './resource.queries.ts';
import { requireDeed, stateOf } from './resource.rules.ts';
import { type SignedHead, signedHeads } from './signed-heads.queries.ts';

/** What has just become live, as citizens read it. */
export interface Release extends SignedHead {
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  /** The system's own first-publication time, set once. */
  readonly firstPublishedAt: Date;
}

const isDue = (row: ResourceRow, now: Date): boolean =>
  row.stage === 'scheduled' &&
  row.signedRevisionId !== null &&
  !row.releaseHeld &&
  (row.releaseAt === null || row.releaseAt <= now);

/**
 * Those of the resources whose signed revision waits and whose hour has come, locked and in the order in which they are
 * named: asked again under the lock, because hours change.
 */
export async function dueAmong(ctx: Ctx, resourceIds: readonly string[]): Promise<readonly ResourceRow[]> {
  const rows = new Map((await lockResources(ctx, resourceIds)).map((row) => [row.id, row]));
  return resourceIds.flatMap((id) => {
    const row = rows.get(id);
    return row && isDue(row, ctx.now) ? [row] : [];
  });
}

/**
 * Signed revisions of locked resources become what citizens see, in one instant: the same first publication for all that
 * had none. Answers them in the order in which they are given.
 */
export async function releaseRevisions(ctx: Ctx, rows: readonly ResourceRow[]): Promise<readonly Release[]> {
  for (const row of rows) requireDeed(stateOf(row), 'release');
  const heads = await signedHeads(
    ctx.db,
    rows.map((row) => row.id),
  );
  const signed = rows.map((row) => {
    const head = heads.get(row.id);
    if (!head) throw new Error(`resource ${row.id} is scheduled without a signed revision`);
    return { row, head };
  });
  await markReleased(
    ctx.db,
    signed.map(({ row, head }) => ({ id: row.id, liveTerms: termColumn(head.content) })),
    ctx.now,
  );
  await noteCorrections(ctx, signed);
  const named = await recordRelationsOf(ctx, new Map(signed.map(({ row, head }) => [row.id, head.content])));
  await ctx.announce(
    ...signed.map(({ row, head }) => ({
      name: libraryEvents.released,
      tags: [resourceTag(row.id), ...(named.get(row.id) ?? []).map(namedTag)],
      payload: { resourceId: row.id, revisionId: head.revisionId },
    })),
  );
  return signed.map(({ row, head }) => ({
    ...head,
    unitId: row.unitId,
    type: row.type,
    firstPublishedAt: row.firstPublishedAt ?? ctx.now,
  }));
}

interface Signed {
  readonly row: ResourceRow;
  readonly head: SignedHead;
}

async function noteCorrections(ctx: Ctx, signed: readonly Signed[]): Promise<void> {
  const corrections = signed.flatMap(({ row, head }) => {
    const note = head.content.correctionNote?.trim() ?? '';
    // What was never public corrects nothing.
    return row.firstPublishedAt === null || note === '' ? [] : [{ row, head, note }];
  });
  if (corrections.length === 0) return;
  const names = await unitNames(ctx.db, [...new Set(corrections.map(({ row }) => row.unitId))]);
  await insertCorrectionNotes(
    ctx.db,
    corrections.map(({ row, head, note }) => ({
      resourceId: row.id,
      revisionId: head.revisionId,
      note,
      unitName: names.get(row.unitId) ?? '',
    })),
    ctx.now,
  );
}
