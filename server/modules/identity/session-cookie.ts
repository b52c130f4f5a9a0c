import { createHash, randomBytes } from 'node:crypto';

/**
 * Over https the name makes browsers take the cookie from this very host and over https only: neither a public site
 * of the same domain nor anybody on a plain connection can plant a session.
 */
function nameOf(secure: boolean): string {
  return secure ? '__Host-jiyue_session' : 'jiyue_session';
}
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token of the request's cookie header; undefined when there is none or it cannot be one of ours. */
export function tokenIn(cookieHeader: string | undefined, secure: boolean): string | undefined {
  for (const part of (cookieHeader ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at < 0 || part.slice(0, at).trim() !== nameOf(secure)) continue;
    const token = part.slice(at + 1).trim();
    if (tokenPattern.test(token)) return token;
  }
  return undefined;
}

/** No Max-Age: the browser forgets it when it closes, the server decides everything else. */
export function cookieWith(token: string, secure: boolean): string {
  return `${nameOf(secure)}=${token}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}

export function cookieCleared(secure: boolean): string {
  return `${nameOf(secure)}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${secure ? '; Secure' : ''}`;
}
