import type { RecoveryCodes } from '../../../contracts/signing.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Seal } from '../../platform/sealed-secret.ts';
import { requireOther } from './account.policy.ts';
import { createRecoveryCodes, recoveryDigest } from './one-time-code.ts';
import { freshStep, sealedFor, usedCode } from './prove-signer.ts';
import { requireManagedAccount } from './require-account.ts';
import {
  beginOneTimeSecret,
  confirmOneTimeSecret,
  deleteOneTimeSecret,
  oneTimeSecretOf,
  takeStep,
} from './second-factor.queries.ts';

const onOwn = () => ({ kind: 'account', id: null });

/** The secret is sealed before: sealing reads a file. */
export const beginSecondFactor = defineCommand(
  'identity.begin-second-factor',
  onOwn,
  async (ctx, { sealed }: { readonly sealed: Buffer }): Promise<void> => {
    const begun = await beginOneTimeSecret(ctx.db, { accountId: ctx.actor.id, sealed, now: ctx.now });
    if (begun) return;
    throw new AppError(
      'conflict',
      'identity.second-factor-present',
      '动态口令已经启用；要换手机，请先停用。',
    );
  },
);

/** Answers the recovery codes; of them only digests are kept. */
export const confirmSecondFactor = defineCommand<
  { readonly code: string; readonly seal: Seal },
  RecoveryCodes
>('identity.confirm-second-factor', onOwn, async (ctx, { code, seal }) => {
  const accountId = ctx.actor.id;
  const begun = await oneTimeSecretOf(ctx.db, accountId);
  if (!begun) throw notBegun();
  if (begun.confirmedAt)
    throw new AppError('conflict', 'identity.second-factor-present', '动态口令已经启用。');
  const given = { step: begun.lastStep, code, now: ctx.now };
  const step = freshStep(seal.open(sealedFor(accountId), begun.sealedSecret), given);
  if (!(await takeStep(ctx.db, accountId, step))) throw usedCode();
  const codes = createRecoveryCodes();
  await confirmOneTimeSecret(ctx.db, { accountId, digests: codes.map(recoveryDigest), now: ctx.now });
  return { codes: [...codes] };
});

/** By its owner, who proved the password before. */
export const endSecondFactor = defineCommand<undefined, null>('identity.end-second-factor', onOwn, (ctx) =>
  end(ctx, ctx.actor.id),
);

/** By somebody who manages the account of its owner, for whoever lost the telephone. */
export const resetSecondFactor = defineCommand(
  'identity.reset-second-factor',
  ({ id }: { readonly id: string }) => ({ kind: 'account', id }),
  async (ctx, { id }): Promise<null> => {
    const account = await requireManagedAccount(ctx, id);
    requireOther(ctx.actor, account.id);
    return end(ctx, account.id);
  },
);

async function end(ctx: Ctx, accountId: string): Promise<null> {
  if (!(await deleteOneTimeSecret(ctx.db, accountId))) throw notBegun();
  return null;
}

function notBegun(): AppError {
  return new AppError('conflict', 'identity.second-factor-missing', '这个账号没有启用动态口令。');
}
