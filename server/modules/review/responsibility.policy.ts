import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** A principal answers for the unit; operator and supervisor look after all of them. */
export function canExportResponsibility({ roles }: Pick<Actor, 'roles'>): boolean {
  return roles.includes('principal') || roles.includes('operator') || roles.includes('supervisor');
}

export function requireResponsibilityReader(actor: Actor): void {
  if (canExportResponsibility(actor)) return;
  throw new AppError('forbidden', 'review.step-not-yours', '首发责任由本单位签发人、运维和主管人员导出。');
}
