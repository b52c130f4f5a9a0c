import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** The record belongs to the audit administrator alone: who acts on the platform does not read it (rule R65). */
export function canReadRecord(actor: Actor): boolean {
  return actor.roles.includes('audit-admin');
}

export function requireRecordReader(actor: Actor): void {
  if (canReadRecord(actor)) return;
  throw new AppError('forbidden', 'audit.reader-required', '只有审计管理员可以查看审计记录。');
}
