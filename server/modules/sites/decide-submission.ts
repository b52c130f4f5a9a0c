import type { Adoption, Submission } from '../../../contracts/ways.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { lockWhatever } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import { changeListing } from './change-listing.ts';
import { columnById, type ColumnRow } from './column.queries.ts';
import { reusableResource } from './find-reusable.ts';
import { reuseIn } from './make-reuse.ts';
import { canFill } from './sites.policy.ts';
import { decideSubmission, type SubmissionRow } from './submission.queries.ts';
import { getSubmission, presentSubmission } from './submission.presenter.ts';

export interface AdoptionInput extends Adoption {
  readonly submissionId: string;
}

/**
 * 采用: what was offered stands in the column from now on, by reference: it has one address, and an edit or a withdrawal
 * by its unit reaches it here. Another title than the reviewed one is given by the principal of the column alone.
 */
export function adoptSubmission(base: PublicBase) {
  return defineCommand(
    'sites.adopt-submission',
    (input: AdoptionInput, result: Submission | undefined) => ({
      kind: 'resource',
      id: result?.resourceId ?? null,
      details: {
        submissionId: input.submissionId,
        title: input.title ?? null,
        pinned: input.pinnedUntil ?? null,
      },
    }),
    async (ctx, { submissionId, title, pinnedUntil }): Promise<Submission> => {
      const { submission, column } = await requireDecidable(ctx, submissionId);
      const { resourceId, columnId } = submission;
      const reuseId = await reuseIn(ctx, column, await offeredResource(ctx, resourceId));
      await end(ctx, submissionId, { state: 'adopted', reuseId });
      if (title !== undefined || pinnedUntil !== undefined) {
        await changeListing.run(ctx, {
          ...{ columnId, resourceId },
          ...(title === undefined ? {} : { titleOverride: title }),
          ...(pinnedUntil === undefined ? {} : { pinnedUntil }),
        });
      }
      return presentSubmission(ctx, base, submissionId);
    },
  );
}

export function returnSubmission(base: PublicBase) {
  return defineCommand(
    'sites.return-submission',
    (input: { readonly submissionId: string; readonly reason: string }, result: Submission | undefined) => ({
      kind: 'resource',
      id: result?.resourceId ?? null,
      details: input,
    }),
    async (ctx, { submissionId, reason }): Promise<Submission> => {
      await requireDecidable(ctx, submissionId);
      await end(ctx, submissionId, { state: 'returned', reason });
      return presentSubmission(ctx, base, submissionId);
    },
  );
}

/** Whoever answers for the column may answer for the offering unit too: between them it is an offer all the same. */
function offeredResource(ctx: Ctx, resourceId: string) {
  const asAnybody = { ...ctx.actor, scope: { kind: 'units', unitIds: [] } } as const;
  return reusableResource({ db: ctx.db, actor: asAnybody }, resourceId);
}

async function end(
  ctx: Ctx,
  id: string,
  how: { readonly state: 'adopted' | 'returned'; readonly reason?: string; readonly reuseId?: string },
): Promise<void> {
  if (await decideSubmission(ctx.db, id, { ...how, byName: ctx.actor.name, at: ctx.now })) return;
  throw new AppError('conflict', 'sites.submission-decided', '这次报送已经处理过了。');
}

/** Waits for whoever withdraws or changes the resource, and then for nobody. */
async function requireDecidable(
  ctx: Ctx,
  id: string,
): Promise<{ readonly submission: SubmissionRow; readonly column: ColumnRow }> {
  const known = await getSubmission(ctx, id);
  await lockWhatever(ctx.db, known.resourceId);
  const submission = await getSubmission(ctx, id);
  const column = await columnById(ctx.db, submission.columnId);
  if (!column || !canFill(ctx.actor, column.unitId)) {
    const message = '只有栏目责任单位的信息员、审核员、签发人可以采用或退回。';
    throw new AppError('forbidden', 'sites.submission-forbidden', message);
  }
  if (submission.state !== 'offered') {
    throw new AppError('conflict', 'sites.submission-decided', '这次报送已经处理过了。');
  }
  return { submission, column };
}
