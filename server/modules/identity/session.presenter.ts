import type { Session } from '../../../contracts/identity.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { rolesFrom } from './actor.rules.ts';
import { findSession } from './session.queries.ts';
import { isPasswordDue } from './session.rules.ts';
import type { IdentitySettings } from './settings.ts';

/** A session as its owner sees it. */
export async function describeSession(
  db: Db,
  tokenDigest: Buffer,
  at: { readonly now: Date; readonly settings: IdentitySettings },
): Promise<Session> {
  const session = await findSession(db, tokenDigest);
  if (!session) throw new AppError('unauthenticated', 'identity.session-expired', '登录已超时，请重新登录。');
  return {
    accountId: session.accountId,
    login: session.login,
    realName: session.realName,
    unitId: session.unitId,
    unitName: session.unitName,
    roles: [...rolesFrom(session.roles)],
    mustChangePassword: isPasswordDue(session, at.now, at.settings.password.maximumAgeDays),
    csrfToken: session.csrfToken,
    expiresAt: session.expiresAt.toISOString(),
    idleMinutes: at.settings.session.idleMinutes,
  };
}
