import type { NewSite as AskedSite, SiteState } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { announceNewSite } from './announce-site.ts';
import { giveDomains } from './give-domains.ts';
import { requirePictures } from './site-pictures.ts';
import { allSites, insertSite, siteById, type SiteRow } from './site.queries.ts';
import { requireComplete, requireReadableColours } from './site.rules.ts';
import { requireOperator } from './sites.policy.ts';

export interface NewSite extends Omit<AskedSite, 'isPortal' | 'domains'> {
  /** The first is the main one. */
  readonly domains: readonly string[];
  readonly isPortal?: boolean | undefined;
  /** 筹备 when absent: only what has been checked goes online. */
  readonly state?: SiteState;
  /** As the other sites are when absent. */
  readonly demonstration?: boolean;
  /** Names under which the console itself is reached. */
  readonly consoleHosts?: readonly string[];
}

export const createSite = defineCommand(
  'sites.create-site',
  (input: NewSite, result: SiteRow | undefined) => ({
    kind: 'site',
    id: result?.id ?? null,
    unitId: input.unitId,
    details: { name: input.name, key: input.key, domains: input.domains },
  }),
  async (ctx, input): Promise<SiteRow> => {
    requireOperator(ctx.actor);
    const { domains, consoleHosts = [], state = 'preparing', isPortal = false, ...facts } = input;
    requireReadableColours(input.theme);
    await requirePictures(ctx, input.unitId, input.theme);
    requireComplete({ ...facts, domains, state, notice: '' });
    if (!(await unitsById(ctx.db, [input.unitId])).has(input.unitId)) {
      throw new AppError('not-found', 'identity.unit-not-found', '没有这个单位。');
    }
    const others = await allSites(ctx.db);
    if (isPortal) requireNoPortal(others);
    const demonstration = input.demonstration ?? others.some((site) => site.demonstration);
    const site = { ...facts, state, isPortal, demonstration, stateSince: ctx.now, notice: '' };
    const id = await insertSite(ctx.db, site);
    if (id === undefined) {
      // Of two portals at one moment the second is told of the first.
      if (isPortal) requireNoPortal(await allSites(ctx.db));
      throw keyTaken(input.key);
    }
    await giveDomains(ctx, id, domains, consoleHosts);
    return told(ctx, id);
  },
);

function requireNoPortal(sites: readonly SiteRow[]): void {
  const portal = sites.find((site) => site.isPortal);
  if (!portal) return;
  throw new AppError('conflict', 'sites.portal-exists', `已有门户网站“${portal.name}”，门户只能有一个。`);
}

function keyTaken(key: string): AppError {
  const message = `已有站点使用代号 ${key}`;
  return new AppError('conflict', 'sites.site-key-taken', `${message}，请换一个。`, {
    details: { problems: [{ field: 'key', message }] },
  });
}

async function told(ctx: Ctx, id: string): Promise<SiteRow> {
  const site = await siteById(ctx.db, id);
  if (!site) throw new Error('the site that was just made is not there');
  await announceNewSite(ctx, site);
  return site;
}
