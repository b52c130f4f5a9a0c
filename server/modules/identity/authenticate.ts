import { timingSafeEqual } from 'node:crypto';

import { anonymous } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Authenticate, Caller } from '../../platform/http.ts';
import { actorOf, rolesFrom } from './actor.rules.ts';
import { digestOf, tokenIn } from './session-cookie.ts';
import { deleteSession, findSession, type OpenSession, touchSession } from './session.queries.ts';
import { isCrossSite, isPasswordDue, isSessionOver, shouldNoteRequest } from './session.rules.ts';
import { type IdentityParts, type IdentitySettings, isBehindTls } from './settings.ts';

type EdgeRequest = Parameters<Authenticate>[0];

/** A signed-in person who was turned away at the door; the command that would have recorded it never ran. */
export interface RefusedAtDoor {
  readonly caller: Caller;
  readonly code: string;
  readonly method: string;
  readonly route: string;
}

export interface AuthenticateParts extends Omit<IdentityParts, 'seal'> {
  /** Told before the refusal is thrown. */
  readonly onRefusal?: (refusal: RefusedAtDoor) => Promise<void>;
}

/** Who is asking: the one place where cookies, cross-site requests and time-outs are judged. */
export function createAuthenticate(parts: AuthenticateParts): Authenticate {
  return async (request, access) => {
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    const crossSite = changes && isCrossSite(originOf(request, parts.settings));
    if (access === 'public') {
      if (crossSite) throw crossSiteRefusal();
      return { actor: anonymous, requestId: request.id, address: request.ip, sessionId: null };
    }
    const { session, digest } = await requireSession(parts, request);
    const caller: Caller = {
      actor: actorOf({ ...session, id: session.accountId, roles: rolesFrom(session.roles) }),
      requestId: request.id,
      address: request.ip,
      sessionId: digest.toString('hex'),
    };
    const refusal = refusalOf({
      crossSite,
      tokenWrong: changes && !isCsrfToken(session, request),
      passwordDue:
        access === 'signed-in' &&
        isPasswordDue(session, parts.clock(), parts.settings.password.maximumAgeDays),
    });
    if (refusal) {
      const route = request.routeOptions.url ?? 'unknown';
      await parts.onRefusal?.({ caller, code: refusal.code, method: request.method, route });
      throw refusal;
    }
    return caller;
  };
}

async function requireSession(
  parts: AuthenticateParts,
  request: EdgeRequest,
): Promise<{ session: OpenSession; digest: Buffer }> {
  const token = tokenIn(request.headers.cookie, isBehindTls(parts.settings));
  if (token === undefined) throw new AppError('unauthenticated', 'identity.session-missing', '请先登录。');
  const digest = digestOf(token);
  const session = await findSession(parts.db, digest);
  const now = parts.clock();
  if (!session || session.disabled || isSessionOver(session, now, parts.settings.session.idleMinutes)) {
    if (session) await deleteSession(parts.db, digest);
    throw new AppError('unauthenticated', 'identity.session-expired', '登录已超时，请重新登录。');
  }
  if (shouldNoteRequest(session, now)) await touchSession(parts.db, digest, session.accountId, now);
  return { session, digest };
}

function refusalOf(found: {
  crossSite: boolean;
  tokenWrong: boolean;
  passwordDue: boolean;
}): AppError | undefined {
  if (found.crossSite) return crossSiteRefusal();
  if (found.tokenWrong) {
    return new AppError('forbidden', 'identity.csrf-token-wrong', '页面已过期，请刷新后再试。');
  }
  if (found.passwordDue) {
    return new AppError('forbidden', 'identity.password-change-required', '请先修改密码，再继续使用。');
  }
  return undefined;
}

function crossSiteRefusal(): AppError {
  return new AppError('forbidden', 'identity.cross-site-request', '拒绝来自其他网站的请求。');
}

function originOf(request: EdgeRequest, settings: IdentitySettings) {
  return {
    fetchSite: textOf(request.headers['sec-fetch-site']),
    origin: textOf(request.headers.origin),
    host: request.host,
    consoleUrl: settings.consoleUrl === null ? null : new URL(settings.consoleUrl).origin,
  };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}

function isCsrfToken(session: OpenSession, request: EdgeRequest): boolean {
  const given = Buffer.from(textOf(request.headers['x-csrf-token']) ?? '');
  const wanted = Buffer.from(session.csrfToken);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
