import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** As with access keys: the digital centre decides who is told, the government office looks on. */
export function requireWebhookKeeper(actor: Actor): void {
  if (actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'webhook.operator-required', '只有运维人员可以管理推送地址。');
}

export function requireWebhookReader(actor: Actor): void {
  if (actor.roles.includes('operator') || actor.roles.includes('supervisor')) return;
  throw new AppError('forbidden', 'webhook.overseer-required', '只有运维和主管人员可以查看推送情况。');
}
