import type { SigningProof } from '../../../contracts/signing.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import type { Seal } from '../../platform/sealed-secret.ts';
import { findCredentials, loginOf } from './account.queries.ts';
import { recoveryDigest, stepOfCode } from './one-time-code.ts';
import { hasRecoveryCode, oneTimeSecretOf, takeRecoveryCode, takeStep } from './second-factor.queries.ts';
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
 * Wrong proofs are counted apart from the sign-in: whoever knows a login locks the door from outside, but keeps
 * nobody who is inside from signing.
 */
export const proofsOf = (accountId: string): string => `proof:${accountId}`;

/** What somebody proved with. A code is taken by the act itself, with `spendProof`. */
export type ProvenSigner =
  | { readonly method: 'password' }
  | { readonly method: 'totp'; readonly step: number }
  | { readonly method: 'recovery-code'; readonly digest: Buffer };

/**
 * Whoever is signed in proves once more, for one act, that it is they. Under a lock-out as the sign-in, and outside of
 * the act's transaction: a wrong guess is counted although the act is refused.
 */
export async function proveSigner(
  reader: Reader,
  parts: ProofParts,
  proof: SigningProof,
): Promise<ProvenSigner> {
  if (proof.method !== 'password') return proveCode(reader, parts, proof.method, proof.secret);
  await requirePassword(reader, parts, proof.secret);
  return { method: 'password' };
}

/** The own password once more; answers the login that it belongs to. */
export async function requirePassword(
  { db, actor, now }: Reader,
  { lockout }: Pick<ProofParts, 'lockout'>,
  password: string,
): Promise<string> {
  const login = await loginOf(db, actor.id);
  const proof = await provePassword(
    { db, clock: () => now, settings: { lockout } },
    { countedAs: proofsOf(actor.id), password, credentials: await findCredentials(db, login) },
  );
  if (proof.outcome === 'locked') throw lockedOut(proof.until);
  if (proof.outcome === 'wrong') throw wrongProof('密码不正确。');
  return login;
}

async function proveCode(
  { db, actor, now }: Reader,
  { lockout, seal }: ProofParts,
  method: 'totp' | 'recovery-code',
  code: string,
): Promise<ProvenSigner> {
  const secret = await oneTimeSecretOf(db, actor.id);
  if (!secret?.confirmedAt) {
    throw new AppError('conflict', 'identity.second-factor-missing', '您还没有启用动态口令，请用密码签发。');
  }
  const attempt = await countAttempt(db, proofsOf(actor.id), { ...lockout, now });
  if (!attempt.admitted) throw lockedOut(attempt.lockedUntil ?? now);
  let proven: ProvenSigner;
  if (method === 'recovery-code') {
    const digest = recoveryDigest(code);
    if (!(await hasRecoveryCode(db, actor.id, digest))) throw wrongRecoveryCode();
    proven = { method, digest };
  } else {
    const plain = (await seal()).open(sealedFor(actor.id), secret.sealedSecret);
    proven = { method, step: freshStep(plain, { step: secret.lastStep, code, now }) };
  }
  await forgetAttempts(db, proofsOf(actor.id));
  return proven;
}

/** In the transaction of the act: a code is used up if the act is done, and only once. */
export async function spendProof(
  { db, actor, now }: Pick<Reader, 'db' | 'actor' | 'now'>,
  proven: ProvenSigner,
): Promise<void> {
  switch (proven.method) {
    case 'password':
      return;
    case 'totp':
      if (!(await takeStep(db, actor.id, proven.step))) throw usedCode();
      return;
    case 'recovery-code':
      if (!(await takeRecoveryCode(db, actor.id, { digest: proven.digest, now }))) throw wrongRecoveryCode();
  }
}

/** The time step of a right code that was never used: whoever looked over the shoulder cannot use it again. */
export function freshStep(
  secret: string,
  given: { readonly step: number | null; readonly code: string; readonly now: Date },
): number {
  const { code, now } = given;
  const step = stepOfCode(secret, code, { now, lastStep: given.step });
  if (step !== undefined) return step;
  if (stepOfCode(secret, code, { now, lastStep: null }) !== undefined) throw usedCode();
  throw wrongProof('动态口令不正确，请看手机上现在的六位数字。');
}

export function usedCode(): AppError {
  return new AppError('invalid', 'identity.code-used', '这个动态口令已经用过，请等手机上换出新的六位数字。');
}

const wrongRecoveryCode = (): AppError => wrongProof('恢复码不正确，或者已经用过。');

function wrongProof(message: string): AppError {
  return new AppError('invalid', 'identity.proof-wrong', message);
}
