import { openToAll } from '../../../contracts/library.ts';
import type { NewDecision } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { insertAssessment, opennessReasonsOn, secrecyItemsOn } from './assessment.queries.ts';
import { assessmentProblem } from './assessment.rules.ts';
import type { FoundReview } from './find-review.ts';
import { keepUndisclosed } from './keep-undisclosed.ts';
import { isSignature } from './review.rules.ts';

/** `stepName` where it was made outside the steps of the chain. */
type Assessing = Pick<NewDecision, 'action' | 'assessment'> & { readonly stepName?: string };

/** 公开属性认定 and 保密审查 (rules R48): every approval has a complete one, and the last finds it open to all. */
export async function requireAssessment(
  ctx: Ctx,
  { action, assessment }: Assessing,
  signs: boolean,
): Promise<void> {
  if (!assessment) {
    if (action !== 'approve') return;
    throw new AppError(
      'invalid',
      'review.assessment-incomplete',
      '请先填写公开属性认定和保密审查，再提交意见。',
    );
  }
  const day = dayInChina(ctx.now);
  const form = { items: await secrecyItemsOn(ctx.db, day), reasons: await opennessReasonsOn(ctx.db, day) };
  const problem = assessmentProblem(form, assessment);
  if (problem) throw new AppError('invalid', problem.code, problem.message);
  if (!signs || assessment.openMode === openToAll) return;
  throw new AppError(
    'invalid',
    'review.not-public',
    `只有“${openToAll}”的信息可以发布到网站；认定为“${assessment.openMode}”的请退回，留在库中不公开。`,
  );
}

/** Keeps it with the decision. A return of the last step that finds it must not be open leaves the resource in the library as such. */
export async function recordAssessment(
  ctx: Ctx,
  { row, revision }: FoundReview,
  { action, assessment, stepName = row.chain[row.step]?.name ?? '' }: Assessing,
): Promise<void> {
  if (!assessment) return;
  await insertAssessment(
    ctx.db,
    {
      reviewId: row.id,
      revisionId: revision.id,
      revisionDigest: row.revisionDigest,
      stepName,
      assessment,
      assessedBy: ctx.actor.id,
      assessedByName: ctx.actor.name,
    },
    ctx.now,
  );
  const withholds = action === 'return' && isSignature(row) && assessment.openMode !== openToAll;
  if (withholds) await keepUndisclosed(ctx, row, assessment);
}
