import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';

import { Closed, defineEndpoint, IdParams, type Method, type Problem } from '../../contracts/endpoint.ts';
import { requestErrorCodes } from '../../contracts/endpoint.ts';
import { anonymous } from './context.ts';
import { AppError, type ErrorKind } from './errors.ts';
import { type Authenticate, createHttp, createMount, type Http, problemOf } from './http.ts';
import { createLog } from './log.ts';

const log = createLog({ level: 'silent', pretty: false });
const letIn: Authenticate = (request) =>
  Promise.resolve({ actor: anonymous, requestId: request.id, address: request.ip, sessionId: null });

interface Wishes {
  readonly method?: Method;
  readonly authenticate?: Authenticate;
  readonly trustProxy?: boolean;
  readonly bodyLimit?: number;
}

/** A server with one endpoint that does what it is told. */
function aServer(answer: (body: unknown) => unknown, wishes: Wishes = {}): Http {
  const app = createHttp({
    log,
    ...(wishes.trustProxy === undefined ? {} : { trustProxy: wishes.trustProxy }),
    ...(wishes.bodyLimit === undefined ? {} : { bodyLimit: wishes.bodyLimit }),
  });
  const endpoint = defineEndpoint({
    method: wishes.method ?? 'POST',
    path: '/things/:id',
    summary: 'A thing.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({ size: Type.Optional(Type.Integer({ default: 3 })) }),
    ...(wishes.method === 'GET' ? {} : { body: Closed({ name: Type.String() }) }),
    response: Closed({ seen: Type.Unknown() }),
  });
  createMount(
    app,
    wishes.authenticate ?? letIn,
    true,
  )(endpoint, async ({ body, query, caller, request }) => ({
    seen: (await answer({ body, query, address: caller.address, host: request.host })) as never,
  }));
  return app;
}

const ask = (app: Http, payload: unknown = { name: 'a' }, more: object = {}) =>
  app.inject({
    method: 'POST',
    url: '/things/1',
    headers: { 'content-type': 'application/json' },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    ...more,
  });

describe('a refusal', () => {
  it.each([
    ['invalid', 422],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['unavailable', 503],
  ] as const)(
    'of the kind %s is answered with %i, its code and its words',
    async (kind: ErrorKind, status) => {
      const app = aServer(() => {
        throw new AppError(kind, 'things.wrong', '不行。', { details: { why: 1 } });
      });
      const answer = await ask(app);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toEqual({
        status,
        code: 'things.wrong',
        title: '不行。',
        details: { why: 1 },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as never,
      });
      expect(answer.statusCode).toBe(status);
    },
  );

  it.each([
    ['an error', () => new Error('password=hunter2 at postgres://u:hunter2@db')],
    ['an error with a cause', () => new Error('no', { cause: new Error('hunter2') })],
    [
      'an error of the database',
      () => Object.assign(new Error('hunter2'), { code: '23505', detail: 'hunter2' }),
    ],
    ['an error that says 500', () => Object.assign(new Error('hunter2'), { statusCode: 502 })],
    ['a text', () => 'hunter2'],
    ['an object', () => ({ secret: 'hunter2' })],
  ])('does not repeat what %s says', async (_what, thrown) => {
    const answer = await ask(
      aServer(() => {
        // oxlint-disable-next-line typescript/only-throw-error -- what must not be thrown is thrown here
        throw thrown();
      }),
    );
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('hunter2');
    expect(answer.json<Problem>().code).toBe('internal');
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006', '53300', '58030'])(
    'says of %s that the service is away for now',
    (code) => {
      const problem = problemOf(Object.assign(new Error('connect 10.0.0.7'), { code }));
      expect(problem).toMatchObject({ status: 503, code: 'service.unavailable' });
      expect(problem.title).not.toContain('10.0.0.7');
    },
  );

  it('says of a statement that was wrong that the fault is ours', () => {
    expect(problemOf(Object.assign(new Error('syntax'), { code: '42601' }) as never).status).toBe(500);
  });
});

describe('a request', () => {
  const echo = (): Http => aServer((seen) => seen);

  it('is given its body as sent and its query as the contract reads it', async () => {
    const answer = await ask(echo(), { name: '1' }, { url: '/things/7?size=12' });
    expect(answer.json()).toMatchObject({ seen: { body: { name: '1' }, query: { size: 12 } } });
    expect((await ask(echo())).json()).toMatchObject({ seen: { query: { size: 3 } } });
  });

  it.each([
    ['a body of another kind', { name: 1 }, {}],
    ['a key too many', { name: 'a', admin: true }, {}],
    ['NUL', { name: 'a\0' }, {}],
    ['half a character', '{"name":"\\ud800"}', {}],
    ['a prototype', '{"name":"a","__proto__":{"x":1}}', {}],
    ['no JSON', '{', {}],
    ['a query key too many', { name: 'a' }, { url: '/things/1?x=1' }],
    ['a query of another kind', { name: 'a' }, { url: '/things/1?size=a' }],
    ['an id that is none', { name: 'a' }, { url: '/things/0' }],
    ['an address that cannot be decoded', { name: 'a' }, { url: '/things/%E0%A4%A' }],
    ['another address', { name: 'a' }, { url: '/others/1' }],
    ['another method', { name: 'a' }, { method: 'PUT' }],
    ['another content type', { name: 'a' }, { headers: { 'content-type': 'text/plain' } }],
    ['a name that is too long', { name: 'a' }, { url: `/things/${'1'.repeat(300)}` }],
    ['too much', { name: 'x'.repeat(5_000_000) }, {}],
  ])('with %s is refused with a code of the list', async (_what, payload, more) => {
    const answer = await ask(echo(), payload, more);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    const { code, status, requestId } = answer.json<Problem>();
    expect(requestErrorCodes).toContain(code);
    expect(status).toBe(answer.statusCode);
    expect(requestId).not.toBe('');
  });

  it('is looked at only when it is known who asks', async () => {
    const app = aServer((seen) => seen, {
      authenticate: () => Promise.reject(new AppError('unauthenticated', 'x.who', '谁?')),
    });
    for (const payload of ['{', '{"name":1}', 'x'.repeat(5_000_000)]) {
      expect((await ask(app, payload)).statusCode).toBe(401);
    }
  });

  it('has the address that the own proxy saw, and never one that the client wrote', async () => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '6.6.6.6, 10.1.2.3' };
    const seenBy = async (trustProxy: boolean) =>
      (
        await ask(
          aServer((seen) => seen, { trustProxy }),
          { name: 'a' },
          { headers },
        )
      ).json<{
        seen: { address: string };
      }>().seen.address;
    expect(await seenBy(true)).toBe('10.1.2.3');
    expect(await seenBy(false)).toBe('127.0.0.1');
  });
});

describe('an answer', () => {
  it('is kept by no cache', async () => {
    expect((await ask(aServer((seen) => seen))).headers['cache-control']).toBe('no-store');
    expect(
      (
        await ask(
          aServer((seen) => seen),
          '{',
        )
      ).headers['cache-control'],
    ).toBe('no-store');
  });

  it('that breaks its contract is a fault, when answers are checked', async () => {
    const app = createHttp({ log });
    const endpoint = defineEndpoint({
      method: 'GET',
      path: '/thing',
      summary: 'A thing.',
      access: 'public',
      response: Closed({ name: Type.String() }),
    });
    createMount(app, letIn, true)(endpoint, () => Promise.resolve({ name: 1 } as never));
    expect((await app.inject('/thing')).statusCode).toBe(500);
  });
});
