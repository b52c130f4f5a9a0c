import { canActIn } from '../../../contracts/actor.ts';
import type { ReviewStep, StepsWithoutPeople } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { findActors, roleHoldersOver, unitNames, unitsThatWrite } from '../identity/index.ts';
import { stepsLeftOver } from './chain.rules.ts';

const mostListed = 20;
const reviewing = ['reviewer', 'principal'] as const;

/**
 * Refuses steps that in some unit nobody could decide, counting that everyone decides one step only, and that where
 * all of a role have to, it is the nearest who hold it, as when the step begins. A chain for one
 * unit is asked of that unit, whose people reach those below; any other of every unit in which somebody writes.
 */
export async function requirePeople(
  db: Db,
  unitId: string | null,
  steps: readonly ReviewStep[],
): Promise<void> {
  const unitIds = unitId === null ? await unitsThatWrite(db) : [unitId];
  const asked = [...new Set([...unitIds, ...steps.flatMap((step) => step.unitId ?? [])])];
  const holders = await roleHoldersOver(db, asked, reviewing);
  const named = await findActors(db, [...new Set(steps.flatMap(({ accountIds = [] }) => accountIds))]);
  const candidates = (step: ReviewStep, index: number, unit: string): readonly string[] => {
    if (!step.accountIds) {
      const at = step.unitId ?? unit;
      return holders
        .filter((one) => one.unitId === at && one.role === step.role)
        .filter(({ nearest }) => nearest || step.quorum !== 'all')
        .map(({ accountId }) => accountId);
    }
    const isLast = index === steps.length - 1;
    return named
      .filter(({ id }) => step.accountIds?.includes(id))
      .filter((one) => (isLast ? canActIn(one, unit, step.role) : one.roles.includes(step.role)))
      .map(({ id }) => id);
  };
  const lacking = unitIds.flatMap((unit) =>
    stepsLeftOver(
      steps.map((step, index) => ({
        people: candidates(step, index, unit),
        isAll: step.quorum === 'all',
      })),
    ).map((index) => ({
      unit,
      stepName: steps[index]?.name ?? '',
    })),
  );
  if (lacking.length > 0) await refuse(db, lacking);
}

async function refuse(
  db: Db,
  lacking: readonly { readonly unit: string; readonly stepName: string }[],
): Promise<never> {
  const listed = lacking.slice(0, mostListed);
  const names = await unitNames(db, [...new Set(listed.map(({ unit }) => unit))]);
  const details: StepsWithoutPeople = {
    steps: listed.map(({ unit, stepName }) => ({ unitName: names.get(unit) ?? '', stepName })),
  };
  const list = details.steps.map(({ unitName, stepName }) => `${unitName}的${stepName}`).join('、');
  const more = lacking.length > listed.length ? `等${String(lacking.length)}处` : '';
  throw new AppError(
    'conflict',
    'review.chain-without-people',
    `这样设置后有环节没有人可以办理：${list}${more}。每一环节要由不同的人办理。`,
    { details },
  );
}
