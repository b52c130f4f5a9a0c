import type { Account } from '../../../contracts/identity.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireAccountManager, requireAnyAccountManager } from './account.policy.ts';
import { findAccount, findAccountForUpdate, type LockedAccount } from './account.queries.ts';
import { isInScope } from './scope.ts';

/** The account, locked, for somebody who may manage it. */
export async function requireManagedAccount(ctx: Ctx, id: string): Promise<LockedAccount> {
  requireAnyAccountManager(ctx.actor);
  const account = await findAccountForUpdate(ctx.db, id);
  if (!account || !isInScope(ctx.actor.scope, account.unitId)) throw accountNotFound();
  requireAccountManager(ctx.actor, account.roles);
  return account;
}

export async function getAccount(ctx: Ctx, id: string): Promise<Account> {
  const account = await findAccount(ctx.db, id, ctx.now);
  if (!account) throw accountNotFound();
  return account;
}

export function accountNotFound(): AppError {
  return new AppError('not-found', 'identity.account-not-found', '没有这个账号。');
}
