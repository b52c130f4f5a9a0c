import { describe, expect, it } from 'vitest';

import { cookieCleared, cookieWith, createToken, digestOf, tokenIn } from './session-cookie.ts';
import { isCrossSite, isPasswordDue, isSessionOver, shouldNoteRequest } from './session.rules.ts';
import { createSignInLimiter } from './sign-in-limiter.ts';

const start = new Date('2026-11-22T08:00:00Z');
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const session = { lastSeenAt: start, expiresAt: after(720) };

describe('a session', () => {
  it('ends after the idle time', () => {
    expect(isSessionOver(session, after(29.9), 30)).toBe(false);
    expect(isSessionOver(session, after(30), 30)).toBe(true);
  });

  it('ends at its last hour however busy it is', () => {
    expect(isSessionOver({ ...session, lastSeenAt: after(719) }, after(719.9), 30)).toBe(false);
    expect(isSessionOver({ ...session, lastSeenAt: after(719) }, after(720), 30)).toBe(true);
  });

  it('is noted at most once a minute', () => {
    expect(shouldNoteRequest(session, after(0.9))).toBe(false);
    expect(shouldNoteRequest(session, after(1))).toBe(true);
  });
});

describe('a password', () => {
  it('is due when it was given or is ninety days old', () => {
    const own = { mustChangePassword: false, passwordChangedAt: start };
    expect(isPasswordDue({ ...own, mustChangePassword: true }, start, 90)).toBe(true);
    expect(isPasswordDue(own, after(90 * 1440 - 1), 90)).toBe(false);
    expect(isPasswordDue(own, after(90 * 1440), 90)).toBe(true);
  });
});

describe('a request', () => {
  const plain = { fetchSite: undefined, origin: undefined, host: 'console.example', consoleUrl: null };

  it.each([
    ['a program that is no browser', {}],
    ['the console itself', { fetchSite: 'same-origin', origin: 'https://console.example' }],
    ['an older browser on the console', { origin: 'https://console.example' }],
    ['the console behind a proxy', { origin: 'https://a.example', consoleUrl: 'https://a.example' }],
  ])('from %s is no cross-site request', (_who, wishes) => {
    expect(isCrossSite({ ...plain, ...wishes })).toBe(false);
  });

  it.each([
    ['a public site of the same domain', { fetchSite: 'same-site' }],
    ['another site', { fetchSite: 'cross-site' }],
    ['an older browser on another site', { origin: 'https://evil.example' }],
    ['a page without an origin', { origin: 'null' }],
  ])('from %s is a cross-site request', (_who, wishes) => {
    expect(isCrossSite({ ...plain, ...wishes })).toBe(true);
  });
});

describe('the cookie', () => {
  it('holds a token of 32 random bytes, of which only the digest is kept', () => {
    const token = createToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(createToken()).not.toBe(token);
    expect(digestOf(token)).toHaveLength(32);
  });

  it('is out of reach of scripts and other sites, and Secure with https', () => {
    expect(cookieWith('t', false)).toBe('jiyue_session=t; Path=/; HttpOnly; SameSite=Strict');
    expect(cookieWith('t', true)).toBe('__Host-jiyue_session=t; Path=/; HttpOnly; SameSite=Strict; Secure');
    expect(cookieCleared(true)).toBe(
      '__Host-jiyue_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Secure',
    );
    expect(cookieCleared(false)).toContain('jiyue_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0');
  });

  it('is over https only the one that no neighbour of the domain and no plain connection can set', () => {
    const [planted, own] = [createToken(), createToken()];
    const both = `jiyue_session=${planted}; __Host-jiyue_session=${own}`;
    expect(tokenIn(both, true)).toBe(own);
    expect(tokenIn(both, false)).toBe(planted);
    expect(tokenIn(`jiyue_session=${planted}`, true)).toBeUndefined();
  });

  it('is found among others and left alone when it cannot be ours', () => {
    const token = createToken();
    expect(tokenIn(`a=b; jiyue_session=${token}; c=d`, false)).toBe(token);
    expect(tokenIn(`xjiyue_session=${token}`, false)).toBeUndefined();
    expect(tokenIn('jiyue_session=short', false)).toBeUndefined();
    expect(tokenIn(undefined, false)).toBeUndefined();
  });
});

describe('the sign-in limiter', () => {
  it('admits so many a minute from one address', () => {
    const limiter = createSignInLimiter(2);
    const admitted = [0, 0.1, 0.2].map((minutes) => limiter.admit('10.0.0.1', after(minutes)));
    expect(admitted).toEqual([true, true, false]);
    expect(limiter.admit('10.0.0.2', after(0.3))).toBe(true);
    expect(limiter.admit('10.0.0.1', after(1.1))).toBe(true);
  });
});
