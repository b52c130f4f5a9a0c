import type { Account } from '../../../contracts/identity.ts';
import { defineCommand } from '../../platform/context.ts';
import { requireOther } from './account.policy.ts';
import { proofsOf } from './prove-signer.ts';
import { getAccount, requireManagedAccount } from './require-account.ts';
import { forgetAttempts } from './session.queries.ts';

export const unlockAccount = defineCommand<{ readonly id: string }, Account>(
  'identity.unlock-account',
  (input, result) => ({ kind: 'account', id: input.id, unitId: result?.unitId ?? null }),
  async (ctx, { id }) => {
    const account = await requireManagedAccount(ctx, id);
    requireOther(ctx.actor, id);
    for (const count of [account.login, proofsOf(account.id)]) await forgetAttempts(ctx.db, count);
    return getAccount(ctx, id);
  },
);
