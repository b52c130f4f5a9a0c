import { type Static, Type } from 'typebox';

import { roleNames } from './actor.ts';
import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { ResourceTypeKey } from './library.ts';
import { stepOpinions } from './opinion.ts';

export const chainErrorCodes = [
  'review.operator-required',
  'review.chain-not-found',
  'review.chain-changed',
  'review.chain-exists',
  'review.chain-invalid',
  'review.chain-too-few-people',
  'review.chain-without-people',
  'review.chain-day-past',
] as const;

export const mostSteps = 5;
export const mostNamedPeople = 10;
/** 三审三人 (rules R68): fewer different people only with a stated reason. */
export const usualPeople = 3;

const line = '^[^\\s](?:[^\\n\\r]*[^\\s])?$';
export const Quorum = Type.Union([Type.Literal('any'), Type.Literal('all')]);
export type Quorum = Static<typeof Quorum>;
/** A time limit in working time. */
export const StepLimit = Closed({
  amount: Type.Integer({ minimum: 1, maximum: 99 }),
  unit: Type.Union([Type.Literal('hours'), Type.Literal('days')]),
});
export type StepLimit = Static<typeof StepLimit>;
export const usualEscalation: StepLimit = { amount: 1, unit: 'days' };
const limitUnits = { hours: '工作小时', days: '个工作日' } as const;

/** One step: who decides on it, and whether one of them is enough. */
export const ReviewStep = Closed({
  /** Different for each step of a chain. */
  key: Type.String({ pattern: '^[a-z0-9-]{1,20}$' }),
  name: Type.String({ minLength: 2, maxLength: 10, pattern: line }),
  /** What everybody who decides here must hold. */
  role: Type.Union([Type.Literal('reviewer'), Type.Literal('principal')]),
  /** Whose people are asked, with those of the units above; the unit of the resource when absent. */
  unitId: Type.Optional(Id),
  /** These people are asked, and nobody else. */
  accountIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: mostNamedPeople, uniqueItems: true })),
  /** One of them when absent. Of a role, all are those of the nearest unit that has any. */
  quorum: Type.Optional(Quorum),
  /** From the beginning of the step on. */
  limit: Type.Optional(StepLimit),
  /** How long after the limit it is escalated; a working day when absent. */
  escalateAfter: Type.Optional(StepLimit),
  /** To whom: these people, or the operators; the principals of the unit when absent. They urge, and decide nothing by it. */
  escalateTo: Type.Optional(
    Type.Union([
      Closed({ role: Type.Literal('operator') }),
      Closed({
        accountIds: Type.Array(Id, { minItems: 1, maxItems: mostNamedPeople, uniqueItems: true }),
      }),
    ]),
  ),
  ...stepOpinions,
});
export type ReviewStep = Static<typeof ReviewStep>;

/** Names of the accounts and units that steps speak of. */
export interface StepNames {
  readonly people: ReadonlyMap<string, string>;
  readonly units: ReadonlyMap<string, string>;
}

/** `审核员任一人`, `法制局审核员全部`, `张三、李四任一人` */
export function askedPeople(step: ReviewStep, names: StepNames): string {
  const isAll = step.quorum === 'all';
  if (step.accountIds) {
    const people = step.accountIds.map((id) => names.people.get(id) ?? '（已不在的人员）').join('、');
    return step.accountIds.length === 1 ? people : `${people}${isAll ? '全部通过' : '任一人'}`;
  }
  const unit = step.unitId === undefined ? '' : (names.units.get(step.unitId) ?? '（已不在的单位）');
  return `${unit}${roleNames[step.role]}${isAll ? '全部通过' : '任一人'}`;
}

const limitText = ({ amount, unit }: StepLimit): string => `${String(amount)}${limitUnits[unit]}`;

/** The people whom it is escalated to by name. */
export function escalatedByName({ escalateTo }: Pick<ReviewStep, 'escalateTo'>): readonly string[] {
  return escalateTo && 'accountIds' in escalateTo ? escalateTo.accountIds : [];
}

function escalationText(step: ReviewStep, names: StepNames): string {
  if (!step.escalateAfter && !step.escalateTo) return '';
  const named = escalatedByName(step).map((id) => names.people.get(id) ?? '（已不在的人员）');
  const role = step.escalateTo ? '运维人员' : '本单位签发人';
  return `，超期${limitText(step.escalateAfter ?? usualEscalation)}报${named.length > 0 ? named.join('、') : role}`;
}

/** `初审：审核员任一人（2个工作日内，区司法局会签） → 签发：签发人任一人` */
export function chainSentence(steps: readonly ReviewStep[], names: StepNames): string {
  return steps
    .map((step) => {
      const { limit } = step;
      const within = limit ? [`${limitText(limit)}内${escalationText(step, names)}`] : [];
      const terms = [...within, ...opinionTerms(step, names)];
      return `${step.name}：${askedPeople(step, names)}${terms.length === 0 ? '' : `（${terms.join('，')}）`}`;
    })
    .join(' → ');
}

/** `区司法局、区财政局3个工作日内会签` */
function opinionTerms({ opinionUnitIds, opinionDays }: ReviewStep, names: StepNames): readonly string[] {
  if (opinionUnitIds === undefined) return [];
  const units = opinionUnitIds.map((id) => names.units.get(id) ?? '（已不在的单位）').join('、');
  return [`${units}${opinionDays === undefined ? '' : `${String(opinionDays)}个工作日内`}会签`];
}

const Name = Type.String({ minLength: 2, maxLength: 40, pattern: line });
const Reason = Type.String({ minLength: 2, maxLength: 200, pattern: line });
const Steps = Type.Array(ReviewStep, { minItems: 1, maxItems: mostSteps });

/** Which works a chain is for; null sets no condition. */
const rule = {
  unitId: Type.Union([Id, Type.Null()]),
  columnId: Type.Union([Id, Type.Null()]),
  type: Type.Union([ResourceTypeKey, Type.Null()]),
};

const version = {
  name: Name,
  steps: Steps,
  /** Why fewer than three different people are enough. */
  fewPeopleReason: Type.Union([Reason, Type.Null()]),
  /** The day from which works that are handed in go this way. */
  effectiveOn: Day,
};

export const ChainVersion = Closed({
  ...version,
  number: Type.Integer(),
  /** Null: from that day on the chain is used no more. */
  steps: Type.Union([Steps, Type.Null()]),
  /** The steps as a sentence. */
  sentence: Type.String(),
  note: Type.String(),
  madeByName: Type.String(),
  madeAt: Instant,
});
export type ChainVersion = Static<typeof ChainVersion>;

export const ReviewChain = Closed({
  id: Id,
  ...rule,
  unitName: Type.Union([Type.String(), Type.Null()]),
  columnName: Type.Union([Type.String(), Type.Null()]),
  typeName: Type.Union([Type.String(), Type.Null()]),
  version: Type.Integer(),
  /** The newest first. */
  versions: Type.Array(ChainVersion),
  /** The people whom a version names. */
  people: Type.Array(Closed({ id: Id, name: Type.String() })),
  /** The version that holds today; null before the first and after the last. */
  inForce: Type.Union([Type.Integer(), Type.Null()]),
});
export type ReviewChain = Static<typeof ReviewChain>;

export const NewChain = Closed({ ...rule, ...version, note: Reason });
export type NewChain = Static<typeof NewChain>;
export const NewChainVersion = Closed({
  expectedVersion: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  ...version,
  note: Reason,
});
export type NewChainVersion = Static<typeof NewChainVersion>;
export const ChainEnd = Closed({
  expectedVersion: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  effectiveOn: Day,
  note: Reason,
});
export type ChainEnd = Static<typeof ChainEnd>;

/** `details` of `review.chain-without-people`: the steps that nobody could decide, at most twenty. */
export interface StepsWithoutPeople {
  readonly steps: readonly { readonly unitName: string; readonly stepName: string }[];
}

/** What a work would be reviewed by. */
export const ChosenChain = Closed({
  /** Null: the chain that is built in. */
  chainId: Type.Union([Id, Type.Null()]),
  name: Type.String(),
  sentence: Type.String(),
});
export type ChosenChain = Static<typeof ChosenChain>;

export const chainApi = {
  listChains: defineEndpoint({
    method: 'GET',
    path: '/api/review-chains',
    summary: 'All review chains with all their versions. Operators and supervisors only.',
    access: 'signed-in',
    response: Type.Array(ReviewChain),
  }),
  createChain: defineEndpoint({
    method: 'POST',
    path: '/api/review-chains',
    summary: 'A chain for a unit, a column, a type, or all of them, from a day on. Operators only.',
    access: 'signed-in',
    body: NewChain,
    response: ReviewChain,
    status: 201,
  }),
  changeChain: defineEndpoint({
    method: 'POST',
    path: '/api/review-chains/:id/versions',
    summary: 'Other steps from a day on; reviews that run keep theirs. Operators only.',
    access: 'signed-in',
    params: IdParams,
    body: NewChainVersion,
    response: ReviewChain,
    status: 201,
  }),
  endChain: defineEndpoint({
    method: 'POST',
    path: '/api/review-chains/:id/end',
    summary: 'From a day on the chain is used no more, and the next less specific one holds. Operators only.',
    access: 'signed-in',
    params: IdParams,
    body: ChainEnd,
    response: ReviewChain,
  }),
  chooseChain: defineEndpoint({
    method: 'GET',
    path: '/api/review-chain-choice',
    summary: 'Which chain a work of this unit, column and type would get today.',
    access: 'signed-in',
    query: Closed({
      unitId: Id,
      columnId: Type.Optional(Id),
      type: ResourceTypeKey,
    }),
    response: ChosenChain,
  }),
} as const;
