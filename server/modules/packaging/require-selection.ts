import type { PackageSelection } from '../../../contracts/packaging.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { currentTypes } from '../library/index.ts';
import { allSites } from '../sites/index.ts';

/** A package of what does not exist would be empty, and look like one of what does. */
export async function requireSelection(db: Db, selection: PackageSelection): Promise<void> {
  const { from, to, unitIds = [], siteIds = [], types = [] } = selection;
  if (from !== undefined && to !== undefined && from > to)
    throw new AppError('invalid', 'packaging.days-reversed', '开始日期不能晚于结束日期。');
  const units = await unitsById(db, unitIds);
  const sites = siteIds.length === 0 ? new Set() : new Set((await allSites(db)).map(({ id }) => id));
  const known = types.length === 0 ? new Set() : new Set((await currentTypes(db)).map(({ key }) => key));
  const isKnown =
    unitIds.every((id) => units.has(id)) &&
    siteIds.every((id) => sites.has(id)) &&
    types.every((type) => known.has(type));
  if (isKnown) return;
  throw new AppError(
    'invalid',
    'packaging.selection-unknown',
    '所选的单位、站点或信息类型不存在，请重新选择。',
  );
}
