import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { isInScope } from '../identity/index.ts';
import { siteById, type SiteRow } from './site.queries.ts';

/**
 * The site of a home page is its unit's own, so that it is written, reviewed and signed there. A site that the asker
 * may not know of does not exist.
 */
export async function requireOwnSite(
  { db, actor }: Pick<Reader, 'db' | 'actor'>,
  unitId: string,
  siteId: string,
): Promise<void> {
  const site = await siteById(db, siteId);
  if (site?.unitId === unitId) return;
  if (site && (site.isPortal || isInScope(actor.scope, site.unitId))) throw notYours('forbidden');
  throw new AppError('not-found', 'sites.site-not-found', '没有这个站点，或者您无权查看。');
}

/** The same of a home page that was its unit's when it was written: the site may have changed hands since. */
export function requireStillOwn(unitId: string, site: Pick<SiteRow, 'unitId'> | undefined): void {
  if (site?.unitId !== unitId) throw notYours('conflict');
}

function notYours(kind: 'forbidden' | 'conflict'): AppError {
  return new AppError(kind, 'sites.site-not-yours', '这个站点不是本单位主办的，不能编排它的首页。');
}
