import { describe, expect, it, vi } from 'vitest';

import { identityApi } from '../../contracts/identity.ts';
import { libraryApi } from '../../contracts/library.ts';
import { ApiError, fieldProblemsOf } from './api-error.ts';
import { addressOf, createClient, type SessionHooks } from './client.ts';

function answer(status: number, body: unknown): Response {
  return new Response(status === 204 ? null : JSON.stringify(body), { status });
}

function problem(status: number, code: string, details?: unknown): Response {
  return answer(status, { status, code, title: `因为 ${code}`, details, requestId: 'r-1' });
}

function aClient(...answers: (Response | Error)[]) {
  const requests: { url: string; init: RequestInit }[] = [];
  const hooks = {
    csrfToken: vi.fn<SessionHooks['csrfToken']>(() => 'token-1'),
    expired: vi.fn<SessionHooks['expired']>(),
    mustChangePassword: vi.fn<SessionHooks['mustChangePassword']>(),
    refreshToken: vi.fn<SessionHooks['refreshToken']>(() => Promise.resolve(true)),
  };
  const fetch = ((url: string, init: RequestInit) => {
    requests.push({ url, init });
    const next = answers.shift();
    return next instanceof Response
      ? Promise.resolve(next)
      : Promise.reject(next ?? new Error('no answer left'));
  }) as typeof globalThis.fetch;
  const client = createClient(hooks, { fetch, createRequest: () => new XMLHttpRequest() });
  return { client, hooks, requests };
}

async function refusalOf(work: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe('the address of a call', () => {
  it('fills parameters and leaves absent query values out', () => {
    expect(
      addressOf('/api/resources/:id', {
        params: { id: 'a/b' },
        query: { q: '通知', stage: undefined, unitId: '' },
      }),
    ).toBe('/api/resources/a%2Fb?q=%E9%80%9A%E7%9F%A5');
  });
});

describe('a call', () => {
  it('carries the csrf token when it changes something, and not when it reads', async () => {
    const { client, requests } = aClient(answer(204, null), answer(200, []));
    await client.call(identityApi.signOut);
    await client.call(identityApi.listUnits);
    expect(requests.map(({ init }) => new Headers(init.headers).get('x-csrf-token'))).toEqual([
      'token-1',
      null,
    ]);
  });

  it('becomes an error with the code, title, details and status of the problem', async () => {
    const details = { problems: [{ field: 'title', message: '请填写标题。' }, 'junk'] };
    const { client } = aClient(problem(422, 'library.content-incomplete', details));
    const error = await refusalOf(client.call(libraryApi.getResource, { params: { id: '1' } }));
    expect(error).toMatchObject({
      status: 422,
      code: 'library.content-incomplete',
      title: '因为 library.content-incomplete',
      requestId: 'r-1',
      isPassing: false,
    });
    expect(fieldProblemsOf(error)).toEqual([{ field: 'title', message: '请填写标题。' }]);
  });

  it('becomes a passing error when the network is gone or a proxy answers with a page', async () => {
    const { client } = aClient(
      new TypeError('Failed to fetch'),
      new Response('<html>502</html>', { status: 502 }),
    );
    const gone = await refusalOf(client.call(identityApi.listUnits));
    const proxy = await refusalOf(client.call(identityApi.listUnits));
    expect([gone.status, gone.isPassing, proxy.status, proxy.isPassing]).toEqual([0, true, 502, true]);
    expect(proxy.title).toBe('系统出错，请稍后重试。');
  });

  it('tells that the session is gone, but not when a sign-in is refused', async () => {
    const { client, hooks } = aClient(
      problem(401, 'identity.sign-in-refused'),
      problem(401, 'identity.session-expired'),
    );
    await refusalOf(client.call(identityApi.signIn, { body: { login: 'wang', password: 'x' } }));
    expect(hooks.expired).not.toHaveBeenCalled();
    await refusalOf(client.call(identityApi.listUnits));
    expect(hooks.expired).toHaveBeenCalledOnce();
  });

  it('asks for a new token once when another tab has signed in again', async () => {
    const { client, hooks, requests } = aClient(problem(403, 'identity.csrf-token-wrong'), answer(204, null));
    await client.call(identityApi.signOut);
    expect(hooks.refreshToken).toHaveBeenCalledOnce();
    expect(requests).toHaveLength(2);
  });

  it('does not try for ever when the new token is wrong too', async () => {
    const { client } = aClient(
      problem(403, 'identity.csrf-token-wrong'),
      problem(403, 'identity.csrf-token-wrong'),
    );
    expect((await refusalOf(client.call(identityApi.signOut))).code).toBe('identity.csrf-token-wrong');
  });

  it('leads to the password change when the server asks for it', async () => {
    const { client, hooks } = aClient(problem(403, 'identity.password-change-required'));
    await refusalOf(client.call(identityApi.listUnits));
    expect(hooks.mustChangePassword).toHaveBeenCalledOnce();
  });
});
