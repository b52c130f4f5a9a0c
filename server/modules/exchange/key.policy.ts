import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Keys open the whole district's information: the digital centre gives them, the government office looks on. */
export function requireKeyKeeper(actor: Actor): void {
  if (actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'exchange.operator-required', '只有运维人员可以管理访问密钥。');
}

export function requireKeyReader(actor: Actor): void {
  if (actor.roles.includes('operator') || actor.roles.includes('supervisor')) return;
  throw new AppError('forbidden', 'exchange.overseer-required', '只有运维和主管人员可以查看数据共享情况。');
}
