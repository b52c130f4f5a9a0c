import type { NewChain, NewChainVersion, ReviewStep } from '../../contracts/review.ts';
import { createChain, delegateDuty } from '../../server/modules/review/index.ts';
import { dayInChina } from '../../server/platform/china-time.ts';
import type { Db } from '../../server/platform/db.ts';
import { anAccount, type TestAccount } from './identity.ts';
import { performAs } from './library.ts';

export const today = (): string => dayInChina(new Date());

/** The day so many days from now. */
export const dayFrom = (days: number): string => dayInChina(new Date(Date.now() + days * 86_400_000));

export const someSteps: readonly ReviewStep[] = [
  { key: 'first', name: '初审', role: 'reviewer' },
  { key: 'signature', name: '签发', role: 'principal' },
];

/** A body that makes a chain for a unit, from today on. */
export function aChainBody(part: Partial<NewChain> = {}): NewChain {
  return {
    unitId: null,
    columnId: null,
    type: null,
    name: '两级审核',
    steps: [...someSteps],
    fewPeopleReason: '单位人员少',
    effectiveOn: today(),
    note: '按单位申请',
    ...part,
  };
}

/** The same as another version of one that is there. */
export function aVersionBody(part: Partial<NewChainVersion> = {}): NewChainVersion {
  const { name, steps, fewPeopleReason, effectiveOn, note } = aChainBody();
  return { expectedVersion: 1, name, steps, fewPeopleReason, effectiveOn, note, ...part };
}

/** A chain that the operator made. */
export async function aChain(db: Db, part: Partial<NewChain> = {}): Promise<string> {
  const operator = await anAccount(db, { roles: ['operator'] });
  return (await performAs({ db }, operator)(createChain, aChainBody(part))).id;
}

/** From today on for a week. */
export async function aDelegation(db: Db, from: TestAccount, to: TestAccount): Promise<string> {
  const wish = { delegateId: to.id, startsOn: today(), endsOn: dayFrom(7), reason: '出差' };
  return (await performAs({ db }, from)(delegateDuty, wish)).id;
}
