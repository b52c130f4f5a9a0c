import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { findAccountForUpdate, replacePassword } from './account.queries.ts';
import { hashPassword } from './password-hash.ts';
import { requireStrongPassword } from './password.rules.ts';
import { accountNotFound } from './require-account.ts';
import { deleteSessionsOf } from './session.queries.ts';
import { defaultIdentitySettings } from './settings.ts';

export interface GivePassword {
  readonly accountId: string;
  readonly password: string;
  readonly mustChange: boolean;
}

/** Sets a known password: for the demonstration district, by the system only. No route leads here. */
export const givePassword = defineCommand<GivePassword, { accountId: string }>(
  'identity.give-password',
  (input) => ({ kind: 'account', id: input.accountId }),
  async (ctx, input) => {
    if (ctx.actor.kind !== 'system') {
      throw new AppError('forbidden', 'identity.role-required', '只有系统自身可以直接设置密码。');
    }
    const account = await findAccountForUpdate(ctx.db, input.accountId);
    if (!account) throw accountNotFound();
    requireStrongPassword(input.password, account);
    const change = {
      accountId: account.id,
      formerHash: account.passwordHash,
      newHash: await hashPassword(input.password),
      mustChange: input.mustChange,
      now: ctx.now,
    };
    await replacePassword(ctx.db, change, defaultIdentitySettings.password.remembered);
    await deleteSessionsOf(ctx.db, account.id);
    return { accountId: account.id };
  },
);
