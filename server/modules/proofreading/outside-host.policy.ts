import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** What may be linked to and shown is decided for the whole district; the government office looks on. */
export function requireHostKeeper(actor: Actor): void {
  if (actor.roles.includes('operator')) return;
  throw new AppError(
    'forbidden',
    'proofreading.host-keeper-required',
    '只有运维人员可以登记外链和图案的审批。',
  );
}

export function requireHostReader(actor: Actor): void {
  if (actor.roles.includes('operator') || actor.roles.includes('supervisor')) return;
  throw new AppError(
    'forbidden',
    'proofreading.host-reader-required',
    '只有运维和主管人员可以查看外链情况。',
  );
}
