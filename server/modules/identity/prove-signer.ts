import type { SigningMethod, SigningProof } from '../../../contracts/signing.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import type { Seal } from '../../platform/sealed-secret.ts';
import { findCredentials, loginOf } from './account.queries.ts';
import { recoveryDigest, stepOfCode } from './one-time-code.ts';
import { oneTimeSecretOf, takeRecoveryCode, takeStep } from './second-factor.queries.ts';
import { countAttempt, forgetAttempts } from './session.queries.ts';
import type { IdentitySettings } from './settings.ts';
import { lockedOut, provePassword } from './sign-in.ts';

export interface ProofParts {
  readonly lockout: IdentitySettings['lockout'];
  readonly seal: () => Promise<Seal>;
}

/** What a secret of one-time codes is sealed for. */
export const sealedFor = (accountId: string): string => `identity.one-time-secret:${accountId}`;

/**
 * Whoever is signed in proves once more, for one act, that it is they. Under the same lock-out as the sign-in, and
 * outside of the act's transaction: a wrong guess is counted although the act is refused.
 */
export async function proveSigner(
  reader: Reader,
  parts: ProofParts,
  proof: SigningProof,
): Promise<SigningMethod> {
  const login = await loginOf(reader.db, reader.actor.id);
  switch (proof.method) {
    case 'password':
      await requirePassword(reader, parts, { login, password: proof.secret });
      break;
    case 'totp':
    case 'recovery-code':
      await requireCode(reader, parts, { login, ...proof });
      break;
  }
  return proof.method;
}

export async function requirePassword(
  { db, now }: Reader,
  { lockout }: Pick<ProofParts, 'lockout'>,
  claim: { readonly login: string; readonly password: string },
): Promise<void> {
  const proof = await provePassword(
    { db, clock: () => now, settings: { lockout } },
    { ...claim, credentials: await findCredentials(db, claim.login) },
  );
  if (proof.outcome === 'locked') throw lockedOut(proof.until);
  if (proof.outcome === 'wrong') throw wrongProof('密码不正确。');
}

async function requireCode(
  { db, actor, now }: Reader,
  { lockout, seal }: ProofParts,
  claim: SigningProof & { readonly login: string },
): Promise<void> {
  const secret = await oneTimeSecretOf(db, actor.id);
  if (!secret?.confirmedAt) {
    throw new AppError('conflict', 'identity.second-factor-missing', '您还没有启用动态口令，请用密码签发。');
  }
  const attempt = await countAttempt(db, claim.login, { ...lockout, now });
  if (!attempt.admitted) throw lockedOut(attempt.lockedUntil ?? now);
  if (claim.method === 'recovery-code') {
    if (!(await takeRecoveryCode(db, actor.id, { digest: recoveryDigest(claim.secret), now })))
      throw wrongProof('恢复码不正确，或者已经用过。');
  } else {
    const plain = (await seal()).open(sealedFor(actor.id), secret.sealedSecret);
    await requireFreshCode(plain, { step: secret.lastStep, code: claim.secret, now }, (step) =>
      takeStep(db, actor.id, step),
    );
  }
  await forgetAttempts(db, claim.login);
}

/** Right, and never used before: whoever looked over the shoulder cannot use it again. */
export async function requireFreshCode(
  secret: string,
  given: { readonly step: number | null; readonly code: string; readonly now: Date },
  take: (step: number) => Promise<boolean>,
): Promise<void> {
  const { code, now } = given;
  const step = stepOfCode(secret, code, { now, lastStep: given.step });
  if (step !== undefined && (await take(step))) return;
  if (stepOfCode(secret, code, { now, lastStep: null }) === undefined)
    throw wrongProof('动态口令不正确，请看手机上现在的六位数字。');
  throw new AppError('invalid', 'identity.code-used', '这个动态口令已经用过，请等手机上换出新的六位数字。');
}

function wrongProof(message: string): AppError {
  return new AppError('invalid', 'identity.proof-wrong', message);
}
