import { anonymous } from '../../platform/context.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Authenticate } from '../../platform/http.ts';
import { isKeyOf, keyIn, prefixOf } from './key-text.ts';
import { countRequest, keyByPrefix, type KeyRow } from './key.queries.ts';
import { keyStateOf, limitExceeded } from './key.rules.ts';
import { type KeyPart, type KeyView, viewOf } from './key-view.ts';

type EdgeRequest = Parameters<Authenticate>[0];

export interface KeyDoorParts {
  readonly db: Db;
  readonly clock: () => Date;
  /** False when the address asks for more than it may, whoever it says it is. */
  readonly mayAsk: (request: EdgeRequest) => boolean;
}

/** Finds out which key asks, and counts what it uses. */
export interface KeyDoor {
  readonly authenticate: Authenticate;
  /** The key of a request that came in with one. */
  keyOf(request: EdgeRequest): KeyRow | undefined;
  viewOf(request: EdgeRequest, part?: KeyPart): Promise<KeyView>;
  /** Seconds after which a request that was too much may come again. */
  waitOf(request: EdgeRequest): number | undefined;
}

const minuteMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;
const chinaOffset = 8 * 3_600_000;

export function createKeyDoor({ db, clock, mayAsk }: KeyDoorParts): KeyDoor {
  const keys = new WeakMap<EdgeRequest, KeyRow>();
  const waits = new WeakMap<EdgeRequest, number>();

  const tooMany = (request: EdgeRequest, milliseconds: number): Error => {
    waits.set(request, Math.max(1, Math.ceil(milliseconds / 1_000)));
    return Object.assign(new Error('too many requests'), { statusCode: 429 });
  };

  async function takeQuota(request: EdgeRequest, key: KeyRow, now: Date): Promise<void> {
    const time = now.getTime();
    const minute = new Date(time - (time % minuteMilliseconds));
    const used = await countRequest(db, key.id, { now, minute, day: dayInChina(now) });
    const limit = limitExceeded(used, key);
    if (limit === 'minute') throw tooMany(request, minuteMilliseconds - (time % minuteMilliseconds));
    if (limit === 'day') throw tooMany(request, dayMilliseconds - ((time + chinaOffset) % dayMilliseconds));
  }

  return {
    authenticate: async (request, access) => {
      if (!mayAsk(request)) throw tooMany(request, 1_000);
      const caller = { actor: anonymous, requestId: request.id, address: request.ip, sessionId: null };
      if (access === 'public') return caller;
      const now = clock();
      const key = await requireKey(db, request.headers.authorization);
      keys.set(request, key);
      if (keyStateOf(key, now) !== 'active') {
        throw new AppError('unauthenticated', 'exchange.key-ended', '访问密钥已到期或被吊销。');
      }
      await takeQuota(request, key, now);
      return { ...caller, actor: { ...anonymous, id: `key:${key.prefix}`, name: key.name } };
    },
    keyOf: (request) => keys.get(request),
    viewOf: (request, part) => {
      const key = keys.get(request);
      if (!key) throw new Error('a route that needs a key ran without one');
      return viewOf(db, key, part);
    },
    waitOf: (request) => waits.get(request),
  };
}

/** One answer for what does not exist and for what is wrong: nobody learns which prefixes are given out. */
async function requireKey(db: Db, authorization: string | undefined): Promise<KeyRow> {
  const text = keyIn(authorization);
  if (text === undefined) {
    const message = '请在 Authorization 中提供访问密钥。';
    throw new AppError('unauthenticated', 'exchange.key-missing', message);
  }
  const prefix = prefixOf(text);
  const key = prefix === undefined ? undefined : await keyByPrefix(db, prefix);
  if (!key || !isKeyOf(text, key.digest)) {
    throw new AppError('unauthenticated', 'exchange.key-wrong', '访问密钥不正确。');
  }
  return key;
}
