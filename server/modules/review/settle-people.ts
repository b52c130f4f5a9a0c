import { canActIn } from '../../../contracts/actor.ts';
import type { ReviewStep } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { findActors, roleHoldersOver } from '../identity/index.ts';

/** A step that begins, of whose review, and who stands behind it already or wrote it. */
export interface BeginningStep {
  readonly step: ReviewStep;
  readonly isLast: boolean;
  readonly unitId: string;
  readonly barredIds: readonly string[];
}

/**
 * Who may approve a step, by name, settled when it begins: the people whom it names, or all of a role of whom all
 * have to. Null where one of a role is enough: that is whoever holds it by then. Whoever is barred is not waited
 * for; a step that nobody is left to decide must not begin.
 */
export async function settlePeople(db: Db, beginning: BeginningStep): Promise<readonly string[] | null> {
  const { step } = beginning;
  const people = await findPeople(db, beginning);
  if (people.length > 0) return step.accountIds || step.quorum === 'all' ? people : null;
  throw new AppError(
    'conflict',
    'review.step-without-people',
    `“${step.name}”没有可以办理的人员：相应人员写过本稿、已审过前面的环节，或者不再担任相应角色。请联系运维人员增加人员或者调整审核流程。`,
  );
}

/** Everybody who could decide the step, without those who are barred. */
export async function findPeople(db: Db, beginning: BeginningStep): Promise<readonly string[]> {
  const { step, barredIds } = beginning;
  const asked = step.accountIds
    ? await ableAmong(db, beginning, step.accountIds)
    : await holdersOf(db, beginning);
  return asked.filter((id) => !barredIds.includes(id));
}

/**
 * Of these people those who are in use and hold the role of the step where it is asked for. Whoever left or lost the
 * role holds up no step that waits for all.
 */
export async function ableAmong(
  db: Db,
  { step, isLast, unitId }: Omit<BeginningStep, 'barredIds'>,
  ids: readonly string[],
): Promise<readonly string[]> {
  const isExpert = step.accountIds !== undefined && !isLast;
  return (await findActors(db, ids))
    .filter((one) =>
      isExpert ? one.roles.includes(step.role) : canActIn(one, step.unitId ?? unitId, step.role),
    )
    .map(({ id }) => id);
}

/** Of all who have to, only the nearest. */
async function holdersOf(db: Db, { step, unitId }: BeginningStep): Promise<readonly string[]> {
  const holders = await roleHoldersOver(db, [step.unitId ?? unitId], [step.role]);
  return holders.filter(({ nearest }) => nearest || step.quorum !== 'all').map(({ accountId }) => accountId);
}
