import type { ReviewStep } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { roleHoldersOver, unitsById } from '../identity/index.ts';

/** Refuses steps that ask for the opinion of a unit that is no more, or in which nobody could answer. */
export async function requireAnswerers(db: Db, steps: readonly ReviewStep[]): Promise<void> {
  const unitIds = [...new Set(steps.flatMap(({ opinionUnitIds = [] }) => opinionUnitIds))];
  if (unitIds.length === 0) return;
  const units = await unitsById(db, unitIds);
  if (unitIds.some((id) => units.get(id)?.closed !== false)) {
    throw new AppError('invalid', 'review.chain-invalid', '没有这个会签单位，或者单位已撤销。');
  }
  const holders = await roleHoldersOver(db, unitIds, ['reviewer', 'principal']);
  const lacking = unitIds.filter((id) => !holders.some(({ unitId }) => unitId === id));
  if (lacking.length === 0) return;
  const names = lacking.map((id) => units.get(id)?.name ?? '').join('、');
  throw new AppError('conflict', 'review.opinion-without-people', `${names}没有可以会签的审核员或者签发人。`);
}
