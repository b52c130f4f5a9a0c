import type { Resource } from '../../../contracts/library.ts';
import type { Ctx } from '../../platform/context.ts';
import { authorsOfWork } from './author.rules.ts';
import { updateResource } from './change-resource.queries.ts';
import { requireContent } from './content.rules.ts';
import { getHead, getResource, lockResource, requireEditor, requireVersion } from './find-resource.ts';
import { lockType } from './find-type.ts';
import { presentResource } from './resource.presenter.ts';
import { resourceForUpdate, type ResourceRow, type RevisionRow, writtenUpTo } from './resource.queries.ts';
import { requireDeed, requireSchedule, stageAfterRecall, stateOf } from './resource.rules.ts';
import { requireSoundFiles } from './require-sound-files.ts';

export interface SubmittedWork {
  readonly resource: ResourceRow;
  readonly revision: RevisionRow;
  /** Whose work it is: none of them may review it. */
  readonly authorIds: readonly string[];
}

/** Freezes the newest revision for review: complete by the rules of its type, and no longer editable. */
export async function submitHead(
  ctx: Ctx,
  resourceId: string,
  expectedVersion: number,
): Promise<SubmittedWork> {
  const row = await lockResource(ctx, resourceId);
  requireEditor(ctx, row.unitId);
  requireDeed(stateOf(row), 'submit');
  await requireVersion(ctx, row, expectedVersion);
  const revision = await getHead(ctx, row);
  requireContent(await lockType(ctx.db, row.type), revision.content, 'submission');
  await requireSoundFiles(ctx, revision.id, 'submit');
  requireSchedule(row.releaseAt, row.expireAt, ctx.now);
  const history = await writtenUpTo(ctx.db, row.id, revision.id);
  await updateResource(ctx.db, row, ctx.now, { stage: 'in-review', taken_down: false });
  return { resource: row, revision, authorIds: authorsOfWork(history, row.liveRevisionId) };
}

/** Hands the work back to its author after a return. A step may ask people of other units, so that no scope is asked here. */
export async function returnWork(ctx: Ctx, resourceId: string): Promise<void> {
  const row = await resourceForUpdate(ctx.db, { kind: 'all' }, resourceId);
  if (!row) throw new Error(`there is no resource ${resourceId}`);
  requireDeed(stateOf(row), 'return');
  await updateResource(ctx.db, row, ctx.now, { stage: 'returned' });
}

/** The author took the work back: it is a draft again, or a live resource with an unfinished edit. */
export async function recallWork(ctx: Ctx, resourceId: string): Promise<void> {
  const row = await lockResource(ctx, resourceId);
  requireDeed(stateOf(row), 'recall');
  await updateResource(ctx.db, row, ctx.now, { stage: stageAfterRecall(stateOf(row)) });
}

export async function presentById(
  ctx: Pick<Ctx, 'db' | 'actor' | 'now'>,
  resourceId: string,
): Promise<Resource> {
  return presentResource(ctx, await getResource(ctx, resourceId));
}
