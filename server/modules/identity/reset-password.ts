import type { InitialPassword } from '../../../contracts/identity.ts';
import { defineCommand } from '../../platform/context.ts';
import { requireOther } from './account.policy.ts';
import { replacePassword } from './account.queries.ts';
import { generateInitialPassword } from './initial-password.ts';
import { hashPassword } from './password-hash.ts';
import { proofsOf } from './prove-signer.ts';
import { requireManagedAccount } from './require-account.ts';
import { deleteSessionsOf, forgetAttempts } from './session.queries.ts';

export interface ResetPassword {
  readonly id: string;
  /** How many former passwords are kept. */
  readonly remembered: number;
}

export const resetPassword = defineCommand<ResetPassword, InitialPassword>(
  'identity.reset-password',
  (input) => ({ kind: 'account', id: input.id }),
  async (ctx, input) => {
    const account = await requireManagedAccount(ctx, input.id);
    requireOther(ctx.actor, account.id);
    const initialPassword = generateInitialPassword(account);
    const change = {
      accountId: account.id,
      formerHash: account.passwordHash,
      newHash: await hashPassword(initialPassword),
      mustChange: true,
      now: ctx.now,
    };
    await replacePassword(ctx.db, change, input.remembered);
    for (const count of [account.login, proofsOf(account.id)]) await forgetAttempts(ctx.db, count);
    await deleteSessionsOf(ctx.db, account.id);
    return { accountId: account.id, initialPassword };
  },
);
