import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** A package holds every unit's drafts: only the digital centre takes one away. */
export function requireOperator(actor: Actor): void {
  if (actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'packaging.operator-required', '只有运维人员可以导出数据包。');
}
