import {
  type ChainEnd,
  type NewChain,
  type NewChainVersion,
  type ReviewChain,
  type ReviewStep,
} from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { columnById } from '../sites/index.ts';
import { requireChainKeeper } from './chain.policy.ts';
import { presentChains } from './chain.presenter.ts';
import {
  chainById,
  type ChainRow,
  countChainVersion,
  insertChain,
  insertChainVersion,
  lockChains,
  type NewVersionRow,
  versionsOf,
} from './chain.queries.ts';
import { chainProblem, needsReason } from './chain.rules.ts';
import { requireAnswerers } from './require-answerers.ts';
import { requirePeople } from './require-people.ts';

/** A chain for the works of a unit, a column, a type, or of all of them. */
export const createChain = defineCommand(
  'review.create-review-chain',
  (input: NewChain, result: ReviewChain | undefined) => ({
    kind: 'review-chain',
    id: result?.id ?? null,
    unitId: input.unitId,
    details: { name: input.name, columnId: input.columnId, type: input.type, steps: input.steps },
  }),
  async (ctx, input): Promise<ReviewChain> => {
    requireChainKeeper(ctx.actor);
    await lockChains(ctx.db);
    await requirePlaces(ctx, input);
    await requireSteps(ctx, input.unitId, input);
    const id = await insertChain(ctx.db, input, ctx.now);
    if (id === undefined) {
      throw new AppError('conflict', 'review.chain-exists', '这个范围已经有审核流程，请修改它。');
    }
    await addVersion(ctx, id, { ...input, number: 1 });
    return presented(ctx, id);
  },
);

export interface ChangeChainInput extends NewChainVersion {
  readonly id: string;
}

/** Other steps from a day on. A review keeps the steps that it began with. */
export const changeChain = defineCommand(
  'review.change-review-chain',
  (input: ChangeChainInput, result: ReviewChain | undefined) => ({
    kind: 'review-chain',
    id: input.id,
    unitId: result?.unitId ?? null,
    details: { name: input.name, effectiveOn: input.effectiveOn, steps: input.steps },
  }),
  async (ctx, input): Promise<ReviewChain> => {
    requireChainKeeper(ctx.actor);
    await lockChains(ctx.db);
    const chain = await requireChain(ctx, input.id, input.expectedVersion);
    await requireSteps(ctx, chain.unitId, input);
    await addVersion(ctx, chain.id, { ...input, number: await countChainVersion(ctx.db, chain.id) });
    return presented(ctx, chain.id);
  },
);

export interface EndChainInput extends ChainEnd {
  readonly id: string;
}

/** From a day on it is used no more; what is less specific holds again. */
export const endChain = defineCommand(
  'review.end-review-chain',
  (input: EndChainInput, result: ReviewChain | undefined) => ({
    kind: 'review-chain',
    id: input.id,
    unitId: result?.unitId ?? null,
    details: { effectiveOn: input.effectiveOn },
  }),
  async (ctx, input): Promise<ReviewChain> => {
    requireChainKeeper(ctx.actor);
    await lockChains(ctx.db);
    const chain = await requireChain(ctx, input.id, input.expectedVersion);
    requireDay(ctx, input.effectiveOn);
    const [newest] = await versionsOf(ctx.db, [chain.id]);
    if (!newest?.steps) {
      throw new AppError('conflict', 'review.chain-changed', '这个审核流程已经停用。');
    }
    const number = await countChainVersion(ctx.db, chain.id);
    await addVersion(ctx, chain.id, {
      ...input,
      number,
      name: newest.name,
      steps: null,
      fewPeopleReason: null,
    });
    return presented(ctx, chain.id);
  },
);

async function requirePlaces({ db }: Ctx, { unitId, columnId }: NewChain): Promise<void> {
  const unit = unitId === null ? undefined : (await unitsById(db, [unitId])).get(unitId);
  if (unitId !== null && (!unit || unit.closed)) throw invalid('没有这个单位，或者单位已撤销。');
  const column = columnId === null ? undefined : await columnById(db, columnId);
  if (columnId !== null && (!column || column.closedAt !== null))
    throw invalid('没有这个栏目，或者栏目已关闭。');
}

interface WantedSteps {
  readonly steps: readonly ReviewStep[];
  readonly fewPeopleReason: string | null;
  readonly effectiveOn: string;
}

async function requireSteps(ctx: Ctx, unitId: string | null, wanted: WantedSteps): Promise<void> {
  requireDay(ctx, wanted.effectiveOn);
  const problem = chainProblem(wanted.steps);
  if (problem !== null) throw invalid(problem);
  if (needsReason(wanted.steps) && wanted.fewPeopleReason === null) {
    throw new AppError(
      'invalid',
      'review.chain-too-few-people',
      '少于三人的审核流程要写明理由，理由会留存备查。',
    );
  }
  await requirePeople(ctx.db, unitId, wanted.steps);
  await requireAnswerers(ctx.db, wanted.steps);
}

function requireDay(ctx: Ctx, effectiveOn: string): void {
  if (effectiveOn >= dayInChina(ctx.now)) return;
  throw new AppError('invalid', 'review.chain-day-past', '生效日期不能早于今天。');
}

const invalid = (message: string): AppError => new AppError('invalid', 'review.chain-invalid', message);

async function requireChain(ctx: Ctx, id: string, expectedVersion: number): Promise<ChainRow> {
  const chain = await chainById(ctx.db, id);
  if (!chain) throw new AppError('not-found', 'review.chain-not-found', '没有这个审核流程。');
  if (chain.version === expectedVersion) return chain;
  throw new AppError('conflict', 'review.chain-changed', '审核流程刚被他人修改，请刷新后再改。');
}

type WantedVersion = Pick<
  NewVersionRow,
  'number' | 'name' | 'steps' | 'fewPeopleReason' | 'note' | 'effectiveOn'
>;

async function addVersion(ctx: Ctx, chainId: string, wanted: WantedVersion): Promise<void> {
  const { number, name, steps, note, effectiveOn } = wanted;
  // A reason stands only where it is needed.
  const fewPeopleReason = steps && needsReason(steps) ? wanted.fewPeopleReason : null;
  const made = { madeBy: ctx.actor.kind === 'account' ? ctx.actor.id : null, madeByName: ctx.actor.name };
  await insertChainVersion(
    ctx.db,
    { chainId, number, name, steps, fewPeopleReason, note, effectiveOn, ...made },
    ctx.now,
  );
}

async function presented(ctx: Ctx, id: string): Promise<ReviewChain> {
  const row = await chainById(ctx.db, id);
  const [chain] = await presentChains(ctx, row ? [row] : []);
  if (!chain) throw new Error(`there is no chain ${id}`);
  return chain;
}
