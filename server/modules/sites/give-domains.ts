import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { allSites, replaceDomains } from './site.queries.ts';
import { requireForeignDomains } from './site.rules.ts';

/** Gives a site its host names; a name that another site of the district has is refused, and nothing is changed. */
export async function giveDomains(
  ctx: Ctx,
  siteId: string,
  domains: readonly string[],
  consoleHosts: readonly string[],
): Promise<void> {
  requireForeignDomains(domains, consoleHosts);
  const taken = await replaceDomains(ctx.db, siteId, domains);
  if (taken.length === 0) return;
  const sites = await allSites(ctx.db);
  const messages = taken.map((domain) => {
    const owner = sites.find((site) => site.id !== siteId && site.domains.includes(domain));
    return `${domain} 已用于“${owner?.name ?? '另一站点'}”`;
  });
  throw new AppError(
    'conflict',
    'sites.domain-taken',
    `域名 ${messages.join('，')}，一个域名只能用于一个站点。`,
    {
      details: { problems: messages.map((message) => ({ field: 'domains', message })) },
    },
  );
}
