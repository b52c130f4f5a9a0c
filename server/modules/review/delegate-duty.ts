import { type Delegation, longestDelegationDays, type NewDelegation } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { colleaguesOf } from '../identity/index.ts';
import { requireReviewer } from './delegation.policy.ts';
import { presentDelegation } from './delegation.presenter.ts';
import {
  delegationForUpdate,
  delegationsBetween,
  insertDelegation,
  lockDelegations,
  markRevoked,
} from './delegation.queries.ts';

const day = 86_400_000;

/** 出差委托: the named person decides in the actor's place on these days, and both stand in the record. */
export const delegateDuty = defineCommand(
  'review.delegate-duty',
  (input: NewDelegation, result: Delegation | undefined) => ({
    kind: 'delegation',
    id: result?.id ?? null,
    details: { delegateId: input.delegateId, startsOn: input.startsOn, endsOn: input.endsOn },
  }),
  async (ctx, input): Promise<Delegation> => {
    const unitId = requireReviewer(ctx.actor);
    requireDays(ctx, input);
    const delegate = (await colleaguesOf(ctx.db, unitId)).find(({ id }) => id === input.delegateId);
    if (!delegate || delegate.id === ctx.actor.id) {
      throw new AppError('invalid', 'review.delegate-unfit', '只能委托本单位在岗的其他人员。');
    }
    await lockDelegations(ctx.db);
    await requireNoneBeside(ctx, input);
    const id = await insertDelegation(
      ctx.db,
      {
        accountId: ctx.actor.id,
        accountName: ctx.actor.name,
        delegateId: delegate.id,
        delegateName: delegate.realName,
        startsOn: input.startsOn,
        endsOn: input.endsOn,
        reason: input.reason,
      },
      ctx.now,
    );
    return presented(ctx, id);
  },
);

function requireDays(ctx: Ctx, { startsOn, endsOn }: NewDelegation): void {
  const days = (Date.parse(endsOn) - Date.parse(startsOn)) / day + 1;
  if (startsOn >= dayInChina(ctx.now) && days >= 1 && days <= longestDelegationDays) return;
  throw new AppError(
    'invalid',
    'review.delegation-days-wrong',
    `委托从今天或以后开始，结束不早于开始，最长${String(longestDelegationDays)}天。`,
  );
}

/** One delegate at a time, who is not away as well; and who acts for another passes nothing on. */
async function requireNoneBeside(ctx: Ctx, { delegateId, startsOn, endsOn }: NewDelegation): Promise<void> {
  const beside = await delegationsBetween(ctx.db, [ctx.actor.id, delegateId], startsOn, endsOn);
  if (beside.some(({ accountId }) => accountId === ctx.actor.id)) {
    throw new AppError(
      'conflict',
      'review.delegation-overlaps',
      '这段时间您已经委托了他人，请先撤销原委托。',
    );
  }
  const chained = beside.some((one) => one.accountId === delegateId || one.delegateId === ctx.actor.id);
  if (!chained) return;
  throw new AppError(
    'conflict',
    'review.delegation-chained',
    '受托人不能再委托他人：这段时间您正受人委托，或者对方已把职责委托给别人。',
  );
}

export interface RevokeInput {
  readonly id: string;
}

/** The delegator is back; from this moment on the delegate acts for nobody. */
export const revokeDelegation = defineCommand(
  'review.revoke-delegation',
  (input: RevokeInput) => ({ kind: 'delegation', id: input.id }),
  async (ctx, { id }): Promise<Delegation> => {
    const row = await delegationForUpdate(ctx.db, ctx.actor.id, id);
    if (!row) throw notFound();
    const { state } = presentDelegation(row, ctx.now);
    if (state === 'over' || state === 'revoked') {
      throw new AppError('conflict', 'review.delegation-over', '这项委托已经结束，不需要撤销。');
    }
    await markRevoked(ctx.db, id, ctx.now);
    return presented(ctx, id);
  },
);

async function presented(ctx: Ctx, id: string): Promise<Delegation> {
  const row = await delegationForUpdate(ctx.db, ctx.actor.id, id);
  if (!row) throw notFound();
  return presentDelegation(row, ctx.now);
}

const notFound = (): AppError =>
  new AppError('not-found', 'review.delegation-not-found', '没有这项委托，或者不是您的。');
