import type { HostStanding } from '../../../contracts/link-check.ts';
import { linkTarget } from '../../../templates/index.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { removeLink, replaceLink } from './column-link.queries.ts';
import { shownColumns, tagsOfVisibility } from './column-visibility.ts';
import { columnForUpdate, type ColumnRow } from './column.queries.ts';
import { columnTag, sitesEvents, siteTag } from './events.ts';
import { holdTree } from './listing-lock.queries.ts';
import { allSites } from './site.queries.ts';
import { requireOperator } from './sites.policy.ts';

export interface ColumnLinkInput {
  readonly columnId: string;
  readonly url: string | null;
  readonly reason?: string;
}

/** What operators ruled on a host or one that it belongs to, undefined where nothing is on record; sites keep no rulings. */
export type StandingOfHost = (db: Db, host: string) => Promise<HostStanding | undefined>;

/**
 * 链接: a column that is kept elsewhere leads there from the navigation, from lists of columns and from the site map.
 * Its own page stays for those who know its address.
 */
export function setColumnLink(standingOfHost: StandingOfHost) {
  return defineCommand(
    'sites.set-column-link',
    ({ columnId, ...details }: ColumnLinkInput) => ({ kind: 'column', id: columnId, details }),
    async (ctx, { columnId, url, reason }): Promise<ColumnRow> => {
      requireOperator(ctx.actor);
      await holdTree(ctx.db);
      const column = await columnForUpdate(ctx.db, columnId);
      if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
      const before = await shownColumns(ctx.db, [column.siteId]);
      if (url === null) {
        await removeLink(ctx.db, columnId);
      } else {
        const link = await requireAddress(ctx, standingOfHost, { text: url, reason });
        await replaceLink(ctx.db, { ...link, columnId, setByName: ctx.actor.name, setAt: ctx.now });
      }
      const visibility = tagsOfVisibility(before, await shownColumns(ctx.db, [column.siteId]));
      // It stands in the navigation and the site map, which every page of the site shows.
      await ctx.announce({
        name: sitesEvents.columnChanged,
        tags: [columnTag(column.id), siteTag(column.siteId), ...visibility],
        payload: { columnId: column.id },
        priority: 1,
      });
      return column;
    },
  );
}

/** R14, R39: never to whoever is forbidden; to whoever is no government with an approval on record, or with a reason. */
async function requireAddress(
  { db }: Ctx,
  standingOfHost: StandingOfHost,
  { text, reason }: { readonly text: string; readonly reason: string | undefined },
): Promise<{ readonly url: string; readonly reason: string | null }> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (
    url?.protocol !== 'https:' ||
    url.username !== '' ||
    url.password !== '' ||
    !url.hostname.includes('.')
  ) {
    throw new AppError('invalid', 'sites.link-wrong', '请填写以 https:// 开头的完整网址，不含用户名和密码。');
  }
  const standing = await standingOfHost(db, url.hostname);
  if (standing === 'blocked') {
    const message = `${url.hostname}在禁止链接的网站之列，不能链接。`;
    throw new AppError('invalid', 'sites.link-blocked', message);
  }
  const ownHosts = (await allSites(db)).flatMap((site) => site.domains);
  const isOutside = linkTarget(url.href, { ownHosts }).external !== undefined;
  if (isOutside && standing === undefined && reason === undefined) {
    const message = '这不是政府网站的网址，也没有审批记录，请写明链接到那里的理由。';
    throw new AppError('invalid', 'sites.link-reason-missing', message);
  }
  return { url: url.href, reason: reason ?? null };
}
