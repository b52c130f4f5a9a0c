import type { Actor } from '../../../contracts/actor.ts';
import type { SubscriptionAct, SubscriptionState } from '../../../contracts/following.ts';
import { AppError } from '../../platform/errors.ts';

/** What is followed fills other units' columns: the digital centre decides it, the government office looks on. */
export function requireFollower(actor: Actor): void {
  if (actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'following.operator-required', '只有运维人员可以管理订阅。');
}

export function requireFollowReader(actor: Actor): void {
  if (actor.roles.includes('operator') || actor.roles.includes('supervisor')) return;
  throw new AppError('forbidden', 'following.overseer-required', '只有运维和主管人员可以查看订阅。');
}

/** What can be done with a subscription. */
export const actsIn: Readonly<Record<SubscriptionState, readonly SubscriptionAct[]>> = {
  active: ['pause', 'resync', 'end'],
  paused: ['resume', 'resync', 'end'],
  // Only a new key helps.
  barred: ['end'],
  ended: [],
};
