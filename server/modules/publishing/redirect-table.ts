import type { Db } from '../../platform/db.ts';
import { allRedirects, redirectsVersion } from './page.queries.ts';

/** Where an address that has no page sends its visitors. */
export type FindRedirect = (site: string, address: string) => Promise<string | undefined>;

const RECHECK_MS = 2_000;
const PATIENCE_MS = 300;

/** The redirects of all sites in memory. What is known stays in use while the database is away. */
export function createRedirectTable(db: Db): FindRedirect {
  let table: ReadonlyMap<string, string> | undefined;
  let version = '';
  let checkedAt = -Infinity;
  let checking: Promise<void> | undefined;

  const reload = async (): Promise<void> => {
    const now = await redirectsVersion(db);
    if (now === version) return;
    const redirects = await allRedirects(db);
    table = new Map(redirects.map((one) => [`${one.site} ${one.path}`, one.to]));
    version = now;
  };
  const recheck = (): Promise<void> => {
    checkedAt = performance.now();
    checking ??= reload()
      // Without the database the last known table is the best there is.
      .catch(() => undefined)
      .finally(() => {
        checking = undefined;
      });
    return checking;
  };

  return async (site, address) => {
    if (performance.now() - checkedAt >= RECHECK_MS) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      await Promise.race([recheck(), late]);
      clearTimeout(timer);
    }
    return table?.get(`${site} ${address}`);
  };
}
