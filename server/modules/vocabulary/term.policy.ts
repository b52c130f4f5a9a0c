import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Vocabularies are shared by all units, so that only the digital centre keeps them. */
export function requireTermKeeper(actor: Actor): void {
  if (actor.kind === 'system' || actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'vocabulary.operator-required', '只有运维人员可以管理分类词表。');
}
