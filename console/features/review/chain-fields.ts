import {
  escalatedByName,
  type NewChainVersion,
  type ReviewChain,
  type ReviewStep,
  type StepNames,
} from '../../../contracts/review.ts';
import { dayText } from '../../lib/time.ts';

/** Who decides a step: everybody with a role in the unit, those of another unit, or people by name. */
export type Asked = 'role' | 'unit' | 'people';

/** To whom an overdue step is escalated. */
export type Escalate = 'principal' | 'operator' | 'people';

export interface StepFields {
  readonly name?: string;
  readonly role?: ReviewStep['role'];
  readonly asked?: Asked;
  readonly unitId?: string;
  readonly accountIds?: string[];
  readonly quorum?: 'any' | 'all';
  readonly limitAmount?: number | null;
  readonly limitUnit?: 'hours' | 'days';
  /** Units that are asked for their opinion when the step begins, and for how long it waits. */
  readonly opinionUnitIds?: string[];
  readonly opinionDays?: number | null;
  readonly escalate?: Escalate;
  readonly escalateIds?: string[];
  readonly escalateAmount?: number | null;
  readonly escalateUnit?: 'hours' | 'days';
}

export interface ChainFields {
  readonly unitId?: string | null;
  readonly columnId?: string | null;
  readonly type?: ReviewChain['type'];
  readonly name: string;
  readonly steps: StepFields[];
  readonly fewPeopleReason?: string;
  readonly effectiveOn: string;
  readonly note: string;
}

export const newStep: StepFields = {
  role: 'reviewer',
  asked: 'role',
  quorum: 'any',
  limitUnit: 'days',
  escalate: 'principal',
  escalateUnit: 'days',
};
const usualSteps: StepFields[] = [
  { ...newStep, name: '初审' },
  { ...newStep, name: '复审' },
  { ...newStep, name: '签发', role: 'principal' },
];

function limitFieldsOf(step: ReviewStep): StepFields {
  const { limit, escalateAfter, escalateTo } = step;
  const escalateIds = [...escalatedByName(step)];
  const named = escalateIds.length > 0 ? { escalate: 'people' as const, escalateIds } : {};
  return {
    limitAmount: limit?.amount ?? null,
    limitUnit: limit?.unit ?? 'days',
    escalate: escalateTo ? 'operator' : 'principal',
    ...named,
    escalateAmount: escalateAfter?.amount ?? null,
    escalateUnit: escalateAfter?.unit ?? 'days',
  };
}

function fieldsOfStep(step: ReviewStep): StepFields {
  const { name, role, unitId, accountIds, quorum = 'any', opinionUnitIds, opinionDays } = step;
  return {
    name,
    role,
    quorum,
    asked: accountIds ? 'people' : unitId === undefined ? 'role' : 'unit',
    ...(unitId === undefined ? {} : { unitId }),
    ...(accountIds ? { accountIds } : {}),
    ...limitFieldsOf(step),
    opinionUnitIds: opinionUnitIds ?? [],
    opinionDays: opinionDays ?? null,
  };
}

export function fieldsOf(chain: ReviewChain | null): Partial<ChainFields> {
  const newest = chain?.versions.find(({ steps }) => steps !== null);
  return {
    name: newest?.name ?? '',
    steps: newest?.steps?.map(fieldsOfStep) ?? usualSteps,
    fewPeopleReason: newest?.fewPeopleReason ?? '',
    effectiveOn: dayText(new Date()),
    note: '',
  };
}

function askedIn(
  { asked = 'role', unitId, accountIds = [] }: StepFields,
  isLast: boolean,
): Partial<ReviewStep> {
  if (asked === 'unit' && !isLast && unitId !== undefined) return { unitId };
  return asked === 'people' && accountIds.length > 0 ? { accountIds } : {};
}

/** What becomes of the step when it is overdue; nothing of one without a time limit. */
function escalationIn(step: StepFields): Partial<ReviewStep> {
  const {
    limitAmount,
    escalate = 'principal',
    escalateIds = [],
    escalateAmount,
    escalateUnit = 'days',
  } = step;
  if (!limitAmount) return {};
  return {
    ...(escalate === 'operator' ? { escalateTo: { role: 'operator' } } : {}),
    ...(escalate === 'people' && escalateIds.length > 0 ? { escalateTo: { accountIds: escalateIds } } : {}),
    ...(escalateAmount ? { escalateAfter: { amount: escalateAmount, unit: escalateUnit } } : {}),
  };
}

function stepOf(step: StepFields, index: number, isLast: boolean): ReviewStep {
  const { name = '', role = 'reviewer', quorum = 'any', limitAmount, limitUnit = 'days' } = step;
  return {
    key: isLast ? 'signature' : `step-${String(index + 1)}`,
    name: name.trim(),
    role: isLast ? 'principal' : role,
    quorum,
    ...askedIn(step, isLast),
    ...(limitAmount ? { limit: { amount: limitAmount, unit: limitUnit } } : {}),
    ...opinionsIn(step),
    ...escalationIn(step),
  };
}

function opinionsIn({ opinionUnitIds = [], opinionDays }: StepFields): Partial<ReviewStep> {
  if (opinionUnitIds.length === 0) return {};
  return { opinionUnitIds, ...(opinionDays ? { opinionDays } : {}) };
}

/** Steps as they would be stored; whatever comes last is the signature of the own unit. */
export function stepsOf(fields: readonly (StepFields | undefined)[]): ReviewStep[] {
  return fields.map((step, index) => stepOf(step ?? {}, index, index === fields.length - 1));
}

export function versionOf(fields: ChainFields): Omit<NewChainVersion, 'expectedVersion'> {
  const reason = fields.fewPeopleReason?.trim() ?? '';
  return {
    name: fields.name.trim(),
    steps: stepsOf(fields.steps),
    fewPeopleReason: reason === '' ? null : reason,
    effectiveOn: fields.effectiveOn,
    note: fields.note.trim(),
  };
}

export const noNames: StepNames = { people: new Map(), units: new Map() };

/** `区民政局 · 通知公告 · 政策文件`; of everything: `全区`. */
export function rangeText({
  unitName,
  columnName,
  typeName,
}: Pick<ReviewChain, 'unitName' | 'columnName' | 'typeName'>): string {
  const conditions = [unitName, columnName && `栏目“${columnName}”`, typeName].filter((one) => one !== null);
  return conditions.length === 0 ? '全区（没有更具体的流程时）' : conditions.join(' · ');
}
