import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { isInScope } from '../identity/index.ts';
import { columnById, type ColumnRow } from './column.queries.ts';
import { allSites, siteById, type SiteRow } from './site.queries.ts';

type Asking = Pick<Reader, 'db' | 'actor'>;

/** Sites of the asker's units; every unit may also see the portal, into which its columns flow. */
export async function visibleSites({ db, actor }: Asking): Promise<readonly SiteRow[]> {
  return (await allSites(db)).filter((site) => site.isPortal || isInScope(actor.scope, site.unitId));
}

/** The column, or `sites.column-not-found` also when it belongs to others: existence is not told. */
export async function getVisibleColumn({ db, actor }: Asking, id: string): Promise<ColumnRow> {
  const column = await columnById(db, id);
  const site = column && (await siteById(db, column.siteId));
  if (column && site) {
    if (site.isPortal) return column;
    if (isInScope(actor.scope, site.unitId) || isInScope(actor.scope, column.unitId)) return column;
  }
  throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目，或者您无权查看。');
}
