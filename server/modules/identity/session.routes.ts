import { identityApi } from '../../../contracts/identity.ts';
import type { Routes } from '../../platform/http.ts';
import { changePassword } from './change-password.ts';
import { findCredentials } from './account.queries.ts';
import { cookieCleared, cookieWith, tokenIn } from './session-cookie.ts';
import { describeSession } from './session.presenter.ts';
import { createSignInLimiter } from './sign-in-limiter.ts';
import { type IdentityParts, isBehindTls } from './settings.ts';
import { provePassword, signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

export function sessionRoutes(parts: IdentityParts): Routes {
  const secure = isBehindTls(parts.settings);
  const limiter = createSignInLimiter(parts.settings.signInsPerMinute);
  return (mount, tools) => {
    mount(identityApi.signIn, async ({ body, request, reply, caller }) => {
      if (!limiter.admit(request.ip, parts.clock())) {
        throw Object.assign(new Error('too many sign-ins'), { statusCode: 429 });
      }
      const { token, session } = await signIn(parts, body, {
        requestId: caller.requestId,
        address: caller.address,
        userAgent: request.headers['user-agent'] ?? null,
        formerToken: tokenIn(request.headers.cookie, secure),
      });
      void reply.header('set-cookie', cookieWith(token, secure));
      return session;
    });
    mount(identityApi.currentSession, ({ caller }) =>
      tools.consult(caller, 'identity.current-session', ({ db, now }) =>
        describeSession(db, sessionDigest(caller.sessionId), { now, settings: parts.settings }),
      ),
    );
    mount(identityApi.signOut, async ({ caller, reply }) => {
      await tools.perform(caller, signOut, { sessionDigest: sessionDigest(caller.sessionId) });
      void reply.header('set-cookie', cookieCleared(secure));
      return null;
    });
    mount(identityApi.signOutEverywhere, async ({ caller, reply }) => {
      await tools.perform(caller, signOut, { sessionDigest: null });
      void reply.header('set-cookie', cookieCleared(secure));
      return null;
    });
    mount(identityApi.changePassword, async ({ caller, body }) => {
      const { login } = await describeSession(parts.db, sessionDigest(caller.sessionId), {
        now: parts.clock(),
        settings: parts.settings,
      });
      // Outside the command, so that a wrong current password is counted although the command is refused.
      const proof = await provePassword(parts, {
        countedAs: login,
        password: body.currentPassword,
        credentials: await findCredentials(parts.db, login),
      });
      await tools.perform(caller, changePassword, {
        proved: proof.outcome,
        newPassword: body.newPassword,
        sessionDigest: sessionDigest(caller.sessionId),
        remembered: parts.settings.password.remembered,
      });
      return null;
    });
  };
}

function sessionDigest(sessionId: string | null): Buffer {
  if (sessionId === null) throw new Error('a signed-in route ran without a session');
  return Buffer.from(sessionId, 'hex');
}
