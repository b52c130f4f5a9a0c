import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  findAccountForUpdate,
  formerPasswords,
  type LockedAccount,
  replacePassword,
} from './account.queries.ts';
import { hashPassword, isPasswordOf } from './password-hash.ts';
import { requireStrongPassword } from './password.rules.ts';
import { accountNotFound } from './require-account.ts';
import { deleteSessionsOf } from './session.queries.ts';

export interface ChangePassword {
  /** What looking at the current password gave; counted outside, where a refusal cannot undo it. */
  readonly proved: 'right' | 'wrong' | 'locked';
  readonly newPassword: string;
  /** The session that goes on; all others of the account end. */
  readonly sessionDigest: Buffer;
  /** How many of the last passwords may not come back. */
  readonly remembered: number;
}

export const changePassword = defineCommand<ChangePassword, { accountId: string; unitId: string }>(
  'identity.change-password',
  (_input, result) => ({ kind: 'account', id: result?.accountId ?? null }),
  async (ctx, input) => {
    requireProof(input.proved);
    const account = await findAccountForUpdate(ctx.db, ctx.actor.id);
    if (!account) throw accountNotFound();
    requireStrongPassword(input.newPassword, account);
    await requireUnused(ctx, account, input);
    const change = {
      accountId: account.id,
      formerHash: account.passwordHash,
      newHash: await hashPassword(input.newPassword),
      mustChange: false,
      now: ctx.now,
    };
    await replacePassword(ctx.db, change, input.remembered);
    await deleteSessionsOf(ctx.db, account.id, input.sessionDigest);
    return { accountId: account.id, unitId: account.unitId };
  },
);

function requireProof(proved: ChangePassword['proved']): void {
  switch (proved) {
    case 'right':
      return;
    case 'wrong':
      throw new AppError('invalid', 'identity.password-wrong', '当前密码不正确。');
    case 'locked':
      throw new AppError(
        'forbidden',
        'identity.account-locked',
        '连续输错次数过多，账号已暂时锁定，请稍后再试。',
      );
  }
}

/** The present password counts as one of the remembered. */
async function requireUnused(ctx: Ctx, account: LockedAccount, input: ChangePassword): Promise<void> {
  const former = await formerPasswords(ctx.db, account.id, input.remembered - 1);
  const hashes = [account.passwordHash, ...former.map((one) => one.password_hash)];
  const used = await Promise.all(hashes.map((one) => isPasswordOf(one, input.newPassword)));
  if (!used.includes(true)) return;
  throw new AppError(
    'invalid',
    'identity.password-used-before',
    `不能与最近 ${input.remembered} 次用过的密码相同。`,
  );
}
