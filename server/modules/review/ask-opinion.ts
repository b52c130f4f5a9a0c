import { mostOpinions, type NewQuestion, type ReviewOpinions } from '../../../contracts/opinion.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { lastWorkingDay, loadCalendar } from '../../platform/working-days.ts';
import { roleHoldersOver, unitsById } from '../identity/index.ts';
import { type FoundReview, lockReview } from './find-review.ts';
import { askRefusal, requireNoOpinionRefusal } from './opinion.policy.ts';
import { presentOpinions } from './opinion.presenter.ts';
import { insertOpinions } from './opinion.queries.ts';
import { seatFor } from './review.policy.ts';
import { peopleBehind } from './review.rules.ts';

export interface AskInput extends NewQuestion {
  readonly reviewId: string;
}

interface Asked {
  /** Whose work it is. */
  readonly unitId: string;
  readonly opinions: ReviewOpinions;
}

/** 会签: whoever may decide the step that waits asks other units; the step goes on when they have answered. */
export const askOpinions = defineCommand(
  'review.ask-opinions',
  (input: AskInput, result: Asked | undefined) => ({
    kind: 'review',
    id: input.reviewId,
    unitId: result?.unitId ?? null,
    details: {
      unitIds: input.unitIds,
      step: input.step,
      ...(input.withinDays === undefined ? {} : { withinDays: input.withinDays }),
      ...(input.onBehalfOf === undefined ? {} : { onBehalfOf: input.onBehalfOf }),
    },
  }),
  async (ctx, input): Promise<Asked> => {
    const found = await lockReview(ctx, input.reviewId);
    const { row, facts, desk } = found;
    const seat = seatFor(desk, input.onBehalfOf);
    requireNoOpinionRefusal(askRefusal(facts, seat));
    if (input.step !== row.step) {
      throw new AppError('conflict', 'review.step-passed', '这一步刚由他人办理，请刷新后再看。');
    }
    const names = await requireAskable(ctx, found, input.unitIds);
    const asked = {
      reviewId: row.id,
      step: row.step,
      stepName: row.chain[row.step]?.name ?? '',
      question: input.question.trim(),
      askedBy: ctx.actor.id,
      askedByName: ctx.actor.name,
      dueOn: await dueDay(ctx, input.withinDays),
    };
    await insertOpinions(
      ctx.db,
      input.unitIds.map((unitId) => ({ ...asked, unitId, unitName: names.get(unitId) ?? '' })),
      ctx.now,
    );
    return { unitId: row.unitId, opinions: await presentOpinions(ctx, row.id) };
  },
);

/** The names of units in being other than the own, each with somebody who can answer and asked nothing yet. */
async function requireAskable(
  { db }: Ctx,
  { row, facts, opinions }: FoundReview,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const units = await unitsById(db, unitIds);
  const nameOf = (id: string): string => units.get(id)?.name ?? '';
  if (unitIds.some((id) => id === row.unitId || units.get(id)?.closed !== false)) {
    throw new AppError('invalid', 'review.opinion-unit-wrong', '只能请本单位以外、没有撤销的单位会签。');
  }
  const again = unitIds.filter((id) => opinions.some((one) => one.state === 'open' && one.unitId === id));
  if (again.length > 0) {
    throw new AppError(
      'conflict',
      'review.opinion-asked-already',
      `${again.map(nameOf).join('、')}正在会签，不用再请一次。`,
    );
  }
  if (opinions.length + unitIds.length > mostOpinions) {
    throw new AppError('conflict', 'review.opinions-full', `一次审核最多会签${String(mostOpinions)}次。`);
  }
  const barred = [...facts.authorIds, ...peopleBehind(facts.approvals)];
  const able = (await roleHoldersOver(db, unitIds, ['reviewer', 'principal'])).filter(
    ({ accountId }) => !barred.includes(accountId),
  );
  const lacking = unitIds.filter((id) => !able.some(({ unitId }) => unitId === id));
  if (lacking.length > 0) {
    throw new AppError(
      'conflict',
      'review.opinion-without-people',
      `${lacking.map(nameOf).join('、')}没有可以会签的审核员或者签发人（写过、审过本稿的人不能会签）。`,
    );
  }
  return new Map(unitIds.map((id) => [id, nameOf(id)]));
}

/** The last of so many working days; a year whose holidays are not known is told, never guessed. */
async function dueDay({ db, now }: Ctx, withinDays: number | undefined): Promise<string | null> {
  if (withinDays === undefined) return null;
  const day = lastWorkingDay(await loadCalendar(db), dayInChina(now), withinDays);
  if (day !== null) return day;
  throw new AppError(
    'conflict',
    'review.opinion-day-unknown',
    '期限内有一年的放假安排还没有录入，算不出最后一天。请不设期限，或者联系运维人员。',
  );
}
