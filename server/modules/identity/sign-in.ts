import type { Session, SignIn } from '../../../contracts/identity.ts';
import { anonymous } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Actor } from '../../../contracts/actor.ts';
import { recordEntry } from '../audit/index.ts';
import { type Credentials, findCredentials } from './account.queries.ts';
import { findActor, getActor } from './actor.ts';
import { isPasswordOf, wasteTime } from './password-hash.ts';
import { createToken, digestOf } from './session-cookie.ts';
import {
  countAttempt,
  deleteExpiredSessions,
  deleteSession,
  deleteStaleAttempts,
  forgetAttempts,
  insertSession,
} from './session.queries.ts';
import { describeSession } from './session.presenter.ts';
import type { IdentityParts, IdentitySettings } from './settings.ts';

/** Where the sign-in comes from. */
export interface Door {
  readonly requestId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  /** Token of a session this browser still has; it ends, so that nobody is handed a foreign one. */
  readonly formerToken: string | undefined;
}

export interface SignedIn {
  readonly token: string;
  readonly session: Session;
}

const loginPattern = /^[a-z][a-z0-9.-]{1,39}$/;

/**
 * Signs somebody in. No command: what a failure leaves behind (the count, the audit entry) must survive the
 * refusal, so each is committed by itself.
 */
export async function signIn(parts: IdentityParts, input: SignIn, door: Door): Promise<SignedIn> {
  const credentials = await findCredentials(parts.db, input.login);
  const refusal = await refuseCredentials(parts, input, credentials);
  if (refusal || !credentials) {
    // Looked up in both cases: an unknown login costs as many statements as a known one.
    const actor = (await findActor(parts.db, credentials?.accountId ?? '0')) ?? anonymous;
    const code = refusal?.code ?? 'identity.sign-in-refused';
    await parts.db.transaction().execute((db) => recordSignIn(db, parts, { input, door, actor, code }));
    throw refusal ?? wrongCredentials();
  }
  return openSession(parts, { input, door, accountId: credentials.accountId });
}

async function refuseCredentials(
  parts: IdentityParts,
  input: SignIn,
  credentials: Credentials | undefined,
): Promise<AppError | undefined> {
  // What nobody is called counts apart, so that no claimed login is the name of another count.
  const countedAs = credentials ? input.login : `unknown:${input.login}`;
  const proof = await provePassword(parts, { countedAs, password: input.password, credentials });
  if (proof.outcome === 'locked') return lockedOut(proof.until);
  if (proof.outcome === 'wrong') return wrongCredentials();
  // Only who knows the password learns that the account is disabled.
  if (credentials?.disabled === true) {
    return new AppError('forbidden', 'identity.account-disabled', '账号已停用，请联系管理员。');
  }
  return undefined;
}

export type Proof =
  | { readonly outcome: 'right' }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'locked'; readonly until: Date };

/** Looks at a password under the lock-out. The answers are the same, and as slow, for a login nobody has. */
export async function provePassword(
  parts: Pick<IdentityParts, 'db' | 'clock'> & { readonly settings: Pick<IdentitySettings, 'lockout'> },
  claim: {
    readonly countedAs: string;
    readonly password: string;
    readonly credentials: Credentials | undefined;
  },
): Promise<Proof> {
  const now = parts.clock();
  const attempt = await countAttempt(parts.db, claim.countedAs, { ...parts.settings.lockout, now });
  if (!attempt.admitted) return { outcome: 'locked', until: attempt.lockedUntil ?? now };
  const right = await (claim.credentials
    ? isPasswordOf(claim.credentials.passwordHash, claim.password)
    : wasteTime(claim.password));
  if (right) {
    await forgetAttempts(parts.db, claim.countedAs);
    return { outcome: 'right' };
  }
  return attempt.lockedUntil ? { outcome: 'locked', until: attempt.lockedUntil } : { outcome: 'wrong' };
}

function wrongCredentials(): AppError {
  return new AppError('unauthenticated', 'identity.sign-in-refused', '账号或密码不正确。');
}

export function lockedOut(until: Date): AppError {
  return new AppError(
    'forbidden',
    'identity.account-locked',
    '连续输错次数过多，账号已暂时锁定，请稍后再试。',
    {
      details: { until: until.toISOString() },
    },
  );
}

async function openSession(
  parts: IdentityParts,
  entry: { readonly input: SignIn; readonly door: Door; readonly accountId: string },
): Promise<SignedIn> {
  const now = parts.clock();
  const token = createToken();
  const digest = digestOf(token);
  const expiresAt = new Date(now.getTime() + parts.settings.session.hours * 3_600_000);
  const { door, accountId } = entry;
  return parts.db.transaction().execute(async (db) => {
    await deleteExpiredSessions(db, now);
    await deleteStaleAttempts(db, new Date(now.getTime() - 86_400_000));
    if (door.formerToken !== undefined) await deleteSession(db, digestOf(door.formerToken));
    await insertSession(db, {
      tokenDigest: digest,
      accountId,
      csrfToken: createToken(),
      now,
      expiresAt,
      address: door.address,
      userAgent: door.userAgent?.slice(0, 300) ?? null,
    });
    const actor = await getActor(db, accountId);
    const session = await describeSession(db, digest, { now, settings: parts.settings });
    await recordSignIn(db, parts, { input: entry.input, door, actor, code: null });
    return { token, session };
  });
}

async function recordSignIn(
  db: Db,
  parts: IdentityParts,
  act: { readonly input: SignIn; readonly door: Door; readonly actor: Actor; readonly code: string | null },
): Promise<void> {
  await recordEntry(db, {
    at: parts.clock(),
    actor: act.actor,
    action: 'identity.sign-in',
    objectKind: 'account',
    objectId: act.actor.kind === 'account' ? act.actor.id : null,
    unitId: act.actor.unitId,
    result: act.code === null ? 'done' : 'refused',
    code: act.code,
    // Passwords typed into the wrong field must not reach the record.
    details: { login: loginPattern.test(act.input.login) ? act.input.login : null },
    address: act.door.address,
    requestId: act.door.requestId,
  });
}
