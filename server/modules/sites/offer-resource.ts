import type { NewSubmission, Submission } from '../../../contracts/ways.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { isOpenToAll, liveResources, lockResource, requireEditor } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import type { ColumnRow } from './column.queries.ts';
import { takesEntries } from './column.rules.ts';
import { getVisibleColumn } from './find-column.ts';
import { placementsOf } from './placement.queries.ts';
import { requirePortalColumn } from './require-place.ts';
import { mayWriteInto } from './column-writers.ts';
import { decideSubmission, insertSubmission } from './submission.queries.ts';
import { getSubmission, presentSubmission } from './submission.presenter.ts';

const composed: readonly string[] = ['home', 'topic'];

/** 报送: an editor offers a resource of the own unit to a column of the portal. One that is not published yet waits for that. */
export function offerResource(base: PublicBase) {
  return defineCommand(
    'sites.offer-resource',
    (input: NewSubmission, result: Submission | undefined) => ({
      kind: 'resource',
      id: input.resourceId,
      details: { columnId: input.columnId, submissionId: result?.id ?? null },
    }),
    async (ctx, { resourceId, columnId, note = '' }): Promise<Submission> => {
      const row = await lockResource(ctx, resourceId);
      requireEditor(ctx, row.unitId);
      await requireOfferable(ctx, await getVisibleColumn(ctx, columnId), resourceId);
      const live = (await liveResources(ctx.db, [resourceId])).get(resourceId);
      if (composed.includes(row.type) || (live && !isOpenToAll(live.content))) {
        const message = '只能报送主动公开、有自己网页的信息，首页、专题和依申请公开的信息不能报送。';
        throw new AppError('conflict', 'sites.not-open-to-all', message);
      }
      const id = await insertSubmission(ctx.db, {
        ...{ resourceId, columnId, unitId: row.unitId, note: note.trim() },
        state: live ? 'offered' : 'prepared',
        offeredByName: ctx.actor.name,
        offeredAt: ctx.now,
      });
      if (id === undefined) {
        throw new AppError(
          'conflict',
          'sites.submission-exists',
          '这条信息已经报送到这个栏目，正在等待处理。',
        );
      }
      return presentSubmission(ctx, base, id);
    },
  );
}

async function requireOfferable(ctx: Ctx, column: ColumnRow, resourceId: string): Promise<void> {
  await requirePortalColumn(ctx, column);
  if (await mayWriteInto(ctx, column)) {
    const message = '这个栏目由本单位负责或共建，请在“栏目”里直接选择，不用报送。';
    throw new AppError('conflict', 'sites.submission-own', message);
  }
  if (!takesEntries(column.kind) || column.closedAt !== null) {
    throw new AppError('conflict', 'sites.column-takes-no-content', `栏目“${column.name}”不能直接放置内容。`);
  }
  if ((await placementsOf(ctx.db, resourceId)).some((one) => one.columnId === column.id)) {
    throw new AppError('conflict', 'sites.placement-exists', '这条信息已经在这个栏目里。');
  }
}

/** The unit takes back what nobody decided on; what was adopted is ended like any reuse. */
export function withdrawSubmission(base: PublicBase) {
  return defineCommand(
    'sites.withdraw-submission',
    (input: { readonly submissionId: string }, result: Submission | undefined) => ({
      kind: 'resource',
      id: result?.resourceId ?? null,
      details: { submissionId: input.submissionId },
    }),
    async (ctx, { submissionId }): Promise<Submission> => {
      const submission = await getSubmission(ctx, submissionId);
      await lockResource(ctx, submission.resourceId);
      requireEditor(ctx, submission.unitId);
      const end = { state: 'withdrawn', byName: ctx.actor.name, at: ctx.now } as const;
      if (!(await decideSubmission(ctx.db, submissionId, end))) {
        throw new AppError('conflict', 'sites.submission-decided', '这次报送已经处理过了。');
      }
      return presentSubmission(ctx, base, submissionId);
    },
  );
}
