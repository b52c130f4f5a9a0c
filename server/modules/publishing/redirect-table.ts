import type { Db } from '../../platform/db.ts';
import { type PageAddress, redirectsAt } from './page.queries.ts';

/** Where an address that has no page sends its visitors. */
export type FindRedirect = (site: string, address: string) => Promise<string | undefined>;

const FRESH_MS = 2_000;
const PATIENCE_MS = 300;
const MOST_REMEMBERED = 50_000;
const MOST_AT_ONCE = 500;

interface Remembered {
  readonly to: string | undefined;
  readonly at: number;
}

interface Question {
  readonly address: PageAddress;
  readonly answer: Promise<string | undefined>;
  readonly settle: (to: string | undefined, known: boolean) => void;
}

/**
 * Redirects by their key: there may be a million of them, so none is read before it is asked for. Questions that
 * come together are asked together, and answers are remembered: what is known stays in use while the database
 * is away. Asked only for addresses that have no file.
 */
export function createRedirectTable(db: Db): FindRedirect {
  const remembered = new Map<string, Remembered>();
  let waiting = new Map<string, Question>();

  const remember = (key: string, to: string | undefined): void => {
    remembered.delete(key);
    if (remembered.size >= MOST_REMEMBERED) {
      const [oldest] = remembered.keys();
      if (oldest !== undefined) remembered.delete(oldest);
    }
    remembered.set(key, { to, at: performance.now() });
  };

  const askAll = async (): Promise<void> => {
    const questions = [...waiting];
    waiting = new Map();
    for (let at = 0; at < questions.length; at += MOST_AT_ONCE) {
      const some = questions.slice(at, at + MOST_AT_ONCE);
      try {
        const found = await redirectsAt(
          db,
          some.map(([, { address }]) => address),
        );
        const to = new Map(found.map((one) => [`${one.site} ${one.path}`, one.to]));
        for (const [key, { settle }] of some) settle(to.get(key), true);
      } catch {
        // Without the database the last known answer is the best there is.
        for (const [key, { settle }] of some) settle(remembered.get(key)?.to, false);
      }
    }
  };

  const ask = (key: string, address: PageAddress): Promise<string | undefined> => {
    const same = waiting.get(key);
    if (same) return same.answer;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    if (waiting.size === 0) setImmediate(() => void askAll());
    waiting.set(key, {
      address,
      answer: promise,
      settle: (to, known) => {
        if (known) remember(key, to);
        resolve(to);
      },
    });
    return promise;
  };

  return async (site, address) => {
    const key = `${site} ${address}`;
    const last = remembered.get(key);
    if (last && performance.now() - last.at < FRESH_MS) return last.to;
    const { promise: late, resolve } = Promise.withResolvers<string | undefined>();
    const timer = setTimeout(() => {
      resolve(last?.to);
    }, PATIENCE_MS);
    const to = await Promise.race([ask(key, { site, path: address }), late]);
    clearTimeout(timer);
    return to;
  };
}
