import { setImmediate as turn } from 'node:timers/promises';

import type { Db } from '../../platform/db.ts';
import { type PageAddress, validForms } from './page.queries.ts';
import { addressKey } from './plan-batch.ts';
import type { ValidForm } from './page.types.ts';

/** What may rightfully stand at an address; undefined when the database does not say in time. */
export type PageProof = (site: string, path: string) => Promise<readonly ValidForm[] | undefined>;

const PATIENCE_MS = 300;
/** After a failure the database is left alone for so long, lest every page load wait for it. */
const PAUSE_MS = 1_000;
const MOST_AT_ONCE = 500;

type Forms = ReadonlyMap<string, readonly ValidForm[]>;

interface Question {
  readonly asked: Map<string, PageAddress>;
  /** Undefined: the database refused, which means the same as silence. */
  readonly answer: Promise<Forms | undefined>;
}

async function formsAt(db: Db, asked: ReadonlyMap<string, PageAddress>): Promise<Forms> {
  return Map.groupBy(await validForms(db, [...asked.values()]), addressKey);
}

/** What is asked in the same turn is asked together: addresses where nothing stands may be asked for by the thousand. */
export function createPageProof(db: Db, patienceMs = PATIENCE_MS): PageProof {
  let pausedUntil = 0;
  let next: Question | undefined;

  const open = (): Question => {
    const asked = new Map<string, PageAddress>();
    const answer = turn().then(() => {
      if (next?.asked === asked) next = undefined;
      return formsAt(db, asked).catch(() => undefined);
    });
    return { asked, answer };
  };
  const ask = async (address: PageAddress): Promise<readonly ValidForm[] | undefined> => {
    if (next === undefined || next.asked.size >= MOST_AT_ONCE) next = open();
    next.asked.set(addressKey(address), address);
    const forms = await next.answer;
    return forms && (forms.get(addressKey(address)) ?? []);
  };

  return async (site, path) => {
    if (performance.now() < pausedUntil) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, patienceMs, undefined);
    });
    const answer = await Promise.race([ask({ site, path }), late]);
    clearTimeout(timer);
    if (answer === undefined) pausedUntil = performance.now() + PAUSE_MS;
    return answer;
  };
}
