import type { KeyTerms } from '../../contracts/exchange.ts';
import { createExchange } from '../../server/exchange.ts';
import { createKey } from '../../server/modules/exchange/index.ts';
import { systemActor } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import type { Http } from '../../server/platform/http.ts';
import type { TestSystem } from '../system.ts';
import { performAs } from './library.ts';

export interface TestKey {
  readonly id: string;
  readonly prefix: string;
  readonly secret: string;
  /** Headers of its requests. */
  readonly headers: { readonly authorization: string };
}

/** A key that sees everything and may ask a lot, unless it is said otherwise. */
export async function aKey(
  db: Db,
  wishes: Partial<KeyTerms> = {},
  clock: () => Date = () => new Date(),
): Promise<TestKey> {
  const operator = { ...systemActor('test'), roles: ['operator'] as const };
  const made = await performAs({ db }, operator, { clock })(createKey, {
    name: '测试系统',
    holder: '测试单位',
    unitIds: null,
    columnIds: null,
    types: null,
    fullText: true,
    perMinute: 6_000,
    perDay: 1_000_000,
    expiresAt: null,
    ...wishes,
  });
  const { key, secret } = made;
  return { id: key.id, prefix: key.prefix, secret, headers: { authorization: `Bearer ${secret}` } };
}

type Answer = Promise<Awaited<ReturnType<Http['inject']>>>;

export interface TestExchange {
  readonly app: Http;
  ask(url: string, key?: Pick<TestKey, 'headers'>): Answer;
}

/** The exchange port over a test system; to be opened from `beforeAll` on. Tests ask faster than one address may. */
export function openExchange(system: TestSystem, url: string | null = null): TestExchange {
  const app = createExchange(system.parts, { url });
  let asked = 0;
  const anAddress = (): string => {
    asked += 1;
    return `10.${[asked >> 16, asked >> 8, asked].map((part) => String(part & 255)).join('.')}`;
  };
  return {
    app,
    ask: (path, key) =>
      app.inject({
        url: path,
        remoteAddress: anAddress(),
        ...(key ? { headers: key.headers } : {}),
      }),
  };
}
