import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import { errorCodes } from '../contracts/index.ts';
import { formOf } from './form-data.ts';
import { aDatabase } from './harness.ts';
import {
  hostileBodies,
  hostileCursors,
  hostileParams,
  hostileQueryValues,
  mistypedBodies,
} from './malformed.ts';
import { attempts } from './route-attempts.ts';
import { type Ask, everybody, expectedOf, type Who } from './route-rules.ts';
import { aRouteWorld, endpointOf } from './route-world.ts';
import { aSystem } from './system.ts';

type Query = readonly (readonly [string, string])[];
/** What is changed about a request that would be accepted. */
interface Twist {
  readonly what: string;
  /** What the answer must be; without it, anything but a fault of ours. */
  readonly expected?: string;
  readonly path?: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** Sent as it is, under this content type. */
  readonly raw?: { readonly text: string | Buffer; readonly type: string | undefined };
  readonly headers?: Readonly<Record<string, string>>;
}

const json = 'application/json';
const malformed = '400 request.malformed';
const withBody = [...endpointOf].filter(([, one]) => one.body).map(([name]) => name);
/** What is large is read by the same parser for all: one route of each module is asked with it. */
const askedWithLarge = new Set(
  [...Map.groupBy(withBody, (name) => endpointOf.get(name)?.module).values()].map(([first]) => first),
);
/** What a path with `..` in it may lead to: that is another route, asked as it may be. */
const plainPaths = new Set([...endpointOf.values()].map((one) => one.path));
const mutating = [...endpointOf].filter(([, one]) => one.method !== 'GET').map(([name]) => name);

describe('a request that is not as the contract says', () => {
  const database = aDatabase();
  const start = new Date();
  const system = aSystem(database, { clock: () => start });
  const routes = aRouteWorld(database, system);

  /** Somebody who would be allowed, so that only the form can be what is refused. */
  function allowedAttempt(name: string) {
    const attempt = attempts.find((one) => one.endpoint === name);
    const who = everybody.find(
      (one) => attempt && one !== 'nobody' && expectedOf(attempt.rule, one) === 'allowed',
    );
    if (!attempt || !who) throw new Error(`nobody may use ${name}`);
    return { attempt, who };
  }

  function addressOf(path: string, ask: Ask, twist: Twist): string {
    const filled = twist.path ?? path.replaceAll(/:(\w+)/g, (_all, key: string) => ask.params?.[key] ?? '');
    const query = twist.query ?? Object.entries(ask.query ?? {});
    return query.length === 0
      ? filled
      : `${filled}?${query.map(([key, value]) => `${key}=${value}`).join('&')}`;
  }

  async function send(name: string, who: Who, ask: Ask, twist: Twist): Promise<LightMyRequestResponse> {
    const endpoint = endpointOf.get(name);
    if (!endpoint) throw new Error(`there is no ${name}`);
    const plain = twist.body === undefined ? undefined : { text: JSON.stringify(twist.body), type: json };
    const body = twist.raw ?? plain;
    const options: InjectOptions = {
      method: endpoint.method,
      url: addressOf(endpoint.path, ask, twist),
      headers: {
        ...(endpoint.access === 'public' ? {} : routes.personOf(who).headers),
        ...(body?.type === undefined ? {} : { 'content-type': body.type }),
        ...twist.headers,
      },
    };
    return system.app.inject(body === undefined ? options : { ...options, payload: body.text });
  }

  function wrongWith(answer: LightMyRequestResponse, twist: Twist): readonly string[] {
    const { statusCode } = answer;
    if (statusCode < 400)
      return twist.expected === undefined ? [] : [`${twist.what}: accepted with ${statusCode}`];
    const { code } = answer.json<Problem>();
    const is = `${statusCode} ${code}`;
    if (statusCode >= 500 || !errorCodes.includes(code)) return [`${twist.what}: ${is}`];
    if (twist.expected === undefined || is.startsWith(twist.expected)) return [];
    return [`${twist.what}: should be ${twist.expected}, was ${is}`];
  }

  /** Sends all of them and wants nothing changed in the end. */
  async function refuseAll(name: string, twists: (ask: Ask) => readonly Twist[]): Promise<void> {
    const { attempt, who } = allowedAttempt(name);
    const ask = await attempt.ask(routes.world, who);
    const before = await system.fingerprint();
    const wrong: string[] = [];
    for (const twist of twists(ask)) {
      const sent = twist.body === undefined && twist.raw === undefined ? { ...twist, ...bodyOf(ask) } : twist;
      wrong.push(...wrongWith(await send(name, who, ask, sent), twist));
    }
    expect(wrong).toEqual([]);
    const after = await system.fingerprint();
    expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual([]);
  }

  function bodyOf(ask: Ask): Pick<Twist, 'body' | 'raw'> {
    if (!(ask.payload instanceof Buffer)) return { body: ask.payload };
    return { raw: { text: ask.payload, type: ask.headers?.['content-type'] } };
  }

  describe.each([...endpointOf.keys()])('to %s', (name) => {
    const endpoint = endpointOf.get(name);

    it('is refused for what its address holds', { timeout: 60_000 }, async () => {
      const properties = (schema: { properties?: Record<string, TSchema> } | undefined) =>
        Object.entries(schema?.properties ?? {});
      await refuseAll(name, (ask) => {
        const given = Object.entries(ask.query ?? {});
        const strangers = [
          'surprise',
          '__proto__',
          'constructor',
          'where[unitId]',
          '$where',
          'a'.repeat(3000),
        ].map((key): Twist => ({
          what: `query key ${key.slice(0, 20)}`,
          expected: malformed,
          query: [...given, [key, '1']],
        }));
        const values = properties(endpoint?.query).flatMap(([key, schema]) => {
          const candidates = key === 'cursor' ? hostileCursors : hostileQueryValues;
          return candidates.map((value): Twist => {
            const rest = given.filter(([other]) => other !== key);
            const sent = decodeSafely(value);
            const read = Value.Convert(schema, sent);
            // What cannot be decoded is read as a text that holds the sign for what is unreadable.
            const fits = sent === undefined || (Value.Check(schema, read) && !sent.includes('\0'));
            return {
              what: `query ${key}=${value.slice(0, 40)}`,
              query: [...rest, [key, value]],
              ...(fits ? {} : { expected: '4' }),
              ...(endpoint?.method === 'GET' ? {} : { expected: '4' }),
            };
          });
        });
        const doubled = given.map(([key, value]): Twist => ({
          what: `twice ${key}`,
          query: [...given, [key, value]],
        }));
        const params = properties(endpoint?.params).flatMap(([key, schema]) =>
          hostileParams.map((value): Twist => {
            const path = (endpoint?.path ?? '').replaceAll(/:(\w+)/g, (_all, other: string) =>
              other === key ? value : (ask.params?.[other] ?? ''),
            );
            // A number may be written in more than one way.
            const fits = Value.Check(schema, Value.Convert(schema, decodeSafely(value)));
            const mayPass = fits || plainPaths.has(new URL(path, 'http://console').pathname);
            return {
              what: `param ${key}=${value.slice(0, 40)}`,
              path,
              ...(mayPass ? {} : { expected: '4' }),
            };
          }),
        );
        return [...strangers, ...values, ...doubled, ...params];
      });
    });
  });

  describe.each(withBody)('to %s', (name) => {
    const schema = endpointOf.get(name)?.body as TSchema;

    it('is refused for what its body holds', { timeout: 60_000 }, async () => {
      await refuseAll(name, (ask) => {
        const mistyped = mistypedBodies(ask.payload as object)
          .filter(({ body, storable }) => !storable || !Value.Check(schema, body))
          .map(({ what, body }): Twist => ({ what, expected: malformed, body }));
        // A body of one field can be wrong in fewer ways.
        expect(mistyped.length).toBeGreaterThan(5);
        const strange = hostileBodies(ask.payload as object, askedWithLarge.has(name)).map(
          ({ what, text, status }): Twist => ({ what, expected: status, raw: { text, type: json } }),
        );
        const text = JSON.stringify(ask.payload);
        const types = [
          'text/plain',
          'application/xml',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'x',
        ];
        const otherTypes = types.map((type): Twist => ({
          what: `content type ${type}`,
          expected: '4',
          raw: { text, type },
        }));
        return [...mistyped, ...strange, ...otherTypes];
      });
    });

    it('is refused when its body names what does not exist', async () => {
      await refuseAll(name, (ask) =>
        strangeIds(ask.payload as object).map(({ what, body }): Twist => ({ what, expected: '4', body })),
      );
    });
  });

  it.each(mutating.filter((name) => endpointOf.get(name)?.access !== 'public'))(
    'is refused to %s without the token of its session',
    async (name) => {
      const { who } = allowedAttempt(name);
      const stranger = routes.personOf(who === 'supervisor' ? 'security-admin' : 'supervisor').headers;
      const tokens = ['', 'wrong', stranger['x-csrf-token'] ?? '', `${stranger['x-csrf-token'] ?? ''}, x`];
      await refuseAll(name, () =>
        tokens.map((token, index): Twist => ({
          what: `token ${index}`,
          expected: '403 identity.csrf-token-wrong',
          headers: { 'x-csrf-token': token },
        })),
      );
    },
  );

  it.each(mutating)('is refused to %s when another site sent it', async (name) => {
    const origins: readonly Readonly<Record<string, string>>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'nonsense' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost.evil.example' },
      { origin: 'http://localhost:7200' },
    ];
    await refuseAll(name, () =>
      origins.map((headers): Twist => ({
        what: JSON.stringify(headers),
        expected: '403 identity.cross-site-request',
        headers,
      })),
    );
  });

  it('is refused as an upload in every broken form, and leaves no file behind', async () => {
    const { secret } = routes.world;
    const good = formOf({ unitId: secret.unit.id }, { name: 'a.txt', bytes: 'text' });
    const type = good.headers['content-type'];
    const form = (fields: Record<string, string>, name: string, bytes: Buffer | string): Twist['raw'] => ({
      text: formOf(fields, { name, bytes }).payload,
      type,
    });
    const unit = { unitId: secret.unit.id };
    const uploads: Readonly<Record<string, Twist['raw']>> = {
      'no unit': form({}, 'a.txt', 'text'),
      'a unit that is none': form({ unitId: '1 or 1=1' }, 'a.txt', 'text'),
      'a unit with NUL': form({ unitId: '1\0' }, 'a.txt', 'text'),
      'nothing in it': form(unit, 'a.txt', ''),
      'a page called text': form(unit, 'a.txt', '<html><script>alert(1)</script>'),
      'a drawing called picture': form(
        unit,
        'a.png',
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
      ),
      'a drawing': form(unit, 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'a program': form(unit, 'a.exe', Buffer.from('MZ\u0090\0')),
      'a picture that is cut off': form(
        unit,
        'a.png',
        Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      ),
      'too many fields': form({ ...unit, b: '1', c: '2', d: '3', e: '4', f: '5' }, 'a.txt', 'text'),
      'a field that is too long': form({ ...unit, b: 'x'.repeat(500) }, 'a.txt', ''),
      'an end that never comes': { text: good.payload.subarray(0, -30), type },
      'no parts': { text: '', type },
      'no boundary': { text: good.payload, type: 'multipart/form-data' },
      'another boundary': { text: good.payload, type: 'multipart/form-data; boundary=other' },
      json: { text: '{}', type: json },
      'more than the limit': form(unit, 'a.txt', 'x'.repeat(9 * 1024 * 1024)),
    };
    await refuseAll('library.uploadAsset', () =>
      Object.entries(uploads).map(([what, raw]): Twist => ({ what, expected: '4', ...(raw ? { raw } : {}) })),
    );
  });

  it('keeps an upload as large as the limit whole', async () => {
    const bytes = Buffer.alloc(6 * 1024 * 1024, 'x');
    const { payload, headers } = formOf(
      { unitId: routes.world.secret.unit.id },
      { name: 'large.txt', bytes },
    );
    const answer = await system.app.inject({
      method: 'POST',
      url: '/api/assets',
      headers: { ...routes.personOf('own editor').headers, ...headers },
      payload,
    });
    expect(answer.json<{ size: number }>().size).toBe(bytes.length);
  });

  it('is refused with the same words to a stranger whatever is wrong with it', async () => {
    for (const [name, endpoint] of endpointOf) {
      if (endpoint.access === 'public') continue;
      const url = endpoint.path.replaceAll(/:\w+/g, '1');
      for (const payload of ['{', '{"a":1}', 'x'.repeat(5_000_000)]) {
        const headers = { 'content-type': json };
        const answer = await system.app.inject({
          method: endpoint.method,
          url,
          ...(endpoint.method === 'GET' ? {} : { headers, payload }),
        });
        expect(`${answer.statusCode} ${answer.json<Problem>().code}`, name).toBe(
          '401 identity.session-missing',
        );
      }
    }
  });
});

function decodeSafely(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The body again and again, each time with one id replaced by one that no row has. */
function strangeIds(body: object): readonly { readonly what: string; readonly body: object }[] {
  return Object.entries(body as Readonly<Record<string, unknown>>).flatMap(
    ([key, value]): { what: string; body: object }[] => {
      const nobody = '999999999999999999';
      if (/Id$/.test(key)) return [{ what: key, body: { ...body, [key]: nobody } }];
      if (/Ids$/.test(key) && Array.isArray(value))
        return [{ what: key, body: { ...body, [key]: [nobody] } }];
      return [];
    },
  );
}
