import { monthsLater } from '../../../contracts/day.ts';
import type { NewReassessment, Reassessment } from '../../../contracts/openness.ts';
import { openToAll } from '../../../contracts/library.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { opennessReasonsOn, reassessMonths } from './assessment.queries.ts';
import { requireReassessor } from './undisclosed.policy.ts';
import {
  type Finding,
  insertReassessment,
  type ReassessmentRow,
  reassessmentsOf,
  undisclosedById,
  undisclosedForUpdate,
  type UndisclosedRow,
} from './undisclosed.queries.ts';

export interface ReassessInput {
  readonly reviewId: string;
  readonly reassessment: NewReassessment;
}

/** Article 18: what is not disclosed is looked at again, and what came of it is kept. */
export const reassessResource = defineCommand(
  'review.reassess-resource',
  ({ reviewId, reassessment }: ReassessInput, result: Reassessment | undefined) => ({
    kind: 'review',
    id: reviewId,
    ...(result ? { details: { outcome: reassessment.outcome, nextDueOn: result.nextDueOn } } : {}),
  }),
  async (ctx, { reviewId, reassessment }): Promise<Reassessment> => {
    const found = requireFound(await undisclosedForUpdate(ctx.db, ctx.actor.scope, reviewId));
    requireReassessor(ctx.actor, found.unitId);
    if (found.dueOn === null) {
      throw new AppError(
        'conflict',
        'review.reassessment-ended',
        '这条信息已经可以公开或者已经发布，不用再评估。',
      );
    }
    const finding =
      reassessment.outcome === 'keep'
        ? await keptFinding(ctx, reassessment)
        : { openMode: openToAll, reasonKey: null, nextDueOn: null };
    const { outcome, note } = reassessment;
    await insertReassessment(ctx.db, reviewId, { outcome, note, ...finding, by: ctx.actor, at: ctx.now });
    const [newest] = await reassessmentsOf(ctx.db, reviewId);
    if (!newest) throw new Error(`review ${reviewId} kept no re-assessment`);
    return presentReassessment(newest);
  },
);

/** The reason must allow what was found, and the next day lies ahead, at the latest when the rule says. */
async function keptFinding(ctx: Ctx, given: NewReassessment): Promise<Finding> {
  const { openMode, reasonKey } = given;
  if (openMode === undefined || reasonKey === undefined) {
    throw new AppError(
      'invalid',
      'review.assessment-incomplete',
      '仍不主动公开的，请选择公开属性和法定理由。',
    );
  }
  const today = dayInChina(ctx.now);
  const reason = (await opennessReasonsOn(ctx.db, today)).find(({ key }) => key === reasonKey);
  if (reason?.openModes.includes(openMode) !== true) {
    throw new AppError('invalid', 'review.assessment-contradicts', `请选择适用于“${openMode}”的法定理由。`);
  }
  const latest = monthsLater(today, await reassessMonths(ctx.db));
  const nextDueOn = given.nextDueOn ?? latest;
  if (nextDueOn > today && nextDueOn <= latest) return { openMode, reasonKey, nextDueOn };
  throw new AppError('invalid', 'review.due-day-wrong', `下次评估日期要在今天以后、${latest}以前。`);
}

/** What came of it so far, the newest first. */
export async function listReassessments({ db, actor }: Reader, reviewId: string): Promise<Reassessment[]> {
  requireFound(await undisclosedById(db, actor.scope, reviewId));
  return (await reassessmentsOf(db, reviewId)).map(presentReassessment);
}

function presentReassessment(row: ReassessmentRow): Reassessment {
  return { ...row, assessedAt: row.assessedAt.toISOString() };
}

function requireFound(row: UndisclosedRow | undefined): UndisclosedRow {
  if (row) return row;
  throw new AppError('not-found', 'review.undisclosed-not-found', '没有这条不公开信息，或者您无权查看。');
}
