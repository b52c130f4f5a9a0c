import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { canonicalPath, requirePagePath, requireSiteKey } from './page-path.ts';
import { pagesAt, type Redirect, upsertRedirects } from './page.queries.ts';

// A backslash is a slash to browsers: `/\\host` would lead away.
const TARGET = /^(\/(?![/\\])|https?:\/\/)[^\s\\\p{Cc}]*$/u;

/** The spelling under which an old address is kept: its path canonical, its query as it was. */
export function redirectKey(address: string): string {
  const mark = address.indexOf('?');
  const path = requirePagePath(mark < 0 ? address : address.slice(0, mark));
  return mark < 0 ? path : `${path}${address.slice(mark)}`;
}

/**
 * Sends an old address (with its query, as old systems had them) to a new one for ever. A page that
 * stands at the address is never hidden by a redirect.
 */
export async function addRedirect(
  db: Db,
  redirect: { site: string; from: string; to: string },
): Promise<Redirect> {
  const stored = { site: requireSiteKey(redirect.site), path: redirectKey(redirect.from), to: redirect.to };
  if (!TARGET.test(stored.to)) {
    throw new AppError('invalid', 'publishing.target-invalid', '跳转目标必须是本站路径或网址', {
      details: { to: stored.to },
    });
  }
  if (canonicalPath(stored.to) === stored.path) {
    throw new AppError('invalid', 'publishing.redirect-loops', '跳转目标不能是原地址');
  }
  if ((await pagesAt(db, [stored])).length > 0) {
    throw new AppError('conflict', 'publishing.path-taken', '该地址已有页面', {
      details: { path: stored.path },
    });
  }
  await upsertRedirects(db, [stored]);
  return stored;
}
