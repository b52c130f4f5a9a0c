import { escalatedByName, type ReviewStep, type StepNames } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { accountsById, unitNames } from '../identity/index.ts';

/** The names of the accounts and units that some steps speak of, and of these people besides. */
export async function namesIn(
  db: Db,
  steps: readonly ReviewStep[],
  besides: readonly string[] = [],
): Promise<StepNames> {
  const accountIds = steps.flatMap((step) => [...(step.accountIds ?? []), ...escalatedByName(step)]);
  const people = await accountsById(db, [...new Set([...accountIds, ...besides])]);
  return {
    people: new Map([...people].map(([id, { realName }]) => [id, realName])),
    units: await unitNames(db, [
      ...new Set(
        steps.flatMap(({ unitId, opinionUnitIds = [] }) => [
          ...opinionUnitIds,
          ...(unitId === undefined ? [] : [unitId]),
        ]),
      ),
    ]),
  };
}
