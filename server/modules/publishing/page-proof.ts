import type { Db } from '../../platform/db.ts';
import { validForms } from './page.queries.ts';
import type { ValidForm } from './page.types.ts';

/** What may rightfully stand at an address; undefined when the database does not say in time. */
export type PageProof = (site: string, path: string) => Promise<readonly ValidForm[] | undefined>;

const PATIENCE_MS = 300;
/** After a failure the database is left alone for so long, lest every page load wait for it. */
const PAUSE_MS = 1_000;

export function createPageProof(db: Db): PageProof {
  let pausedUntil = 0;
  return async (site, path) => {
    if (performance.now() < pausedUntil) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, undefined);
    });
    // A refused connection means the same as silence: the seals in the files are asked instead.
    const asked = validForms(db, { site, path }).catch(() => undefined);
    const answer = await Promise.race([asked, late]);
    clearTimeout(timer);
    if (answer === undefined) pausedUntil = performance.now() + PAUSE_MS;
    return answer;
  };
}
