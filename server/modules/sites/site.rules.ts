import { contrastWithWhite, enoughContrast } from '../../../contracts/colour.ts';
import { type SiteState, siteStateNames, type SiteTheme } from '../../../contracts/sites.ts';
import { AppError } from '../../platform/errors.ts';

/** 筹备 → 检测 → 上线 → 临时下线 → 关停. What was closed begins again with the preparation and its checks. */
const nextStates: Readonly<Record<SiteState, readonly SiteState[]>> = {
  preparing: ['testing', 'closed'],
  testing: ['online', 'preparing', 'closed'],
  online: ['offline', 'closed'],
  offline: ['online', 'closed'],
  closed: ['preparing'],
};

/** The portal leads to all others and takes over what a closed site held, so it cannot be closed itself. */
export function statesAfter(site: { readonly state: SiteState; readonly isPortal: boolean }): SiteState[] {
  return nextStates[site.state].filter((state) => !(site.isPortal && state === 'closed'));
}

export interface StateStep {
  readonly state: SiteState;
  readonly isPortal: boolean;
}

export function requireStateStep(site: StateStep, wanted: SiteState): void {
  if (wanted === site.state || statesAfter(site).includes(wanted)) return;
  if (site.isPortal && wanted === 'closed') {
    throw new AppError('conflict', 'sites.state-forbidden', '门户网站不能关停，只能临时下线。');
  }
  const names = statesAfter(site).map((state) => `“${siteStateNames[state]}”`);
  throw new AppError(
    'conflict',
    'sites.state-forbidden',
    `站点现在是“${siteStateNames[site.state]}”，不能直接改为“${siteStateNames[wanted]}”，只能改为${names.join('或')}。`,
  );
}

/** What decides who can reach a site, and who links to it. */
export interface SiteFacts {
  readonly state: SiteState;
  readonly domains: readonly string[];
  readonly identityCode: string;
  readonly icpNumber: string;
  readonly policeNumber: string;
  readonly notice: string;
}

export interface MissingFact {
  readonly field: string;
  readonly message: string;
}

/** R78: a site goes online, and stays there, only with all of these. Under a test it needs no more than an address. */
export function missingFor(state: SiteState, site: SiteFacts): MissingFact[] {
  const missing: MissingFact[] = [];
  const need = (field: keyof SiteFacts, message: string): void => {
    if (site[field].length === 0) missing.push({ field, message });
  };
  if (state === 'testing' || state === 'online' || state === 'offline') need('domains', '请填写至少一个域名');
  if (state === 'online' || state === 'offline') {
    need('identityCode', '请填写网站标识码');
    need('icpNumber', '请填写 ICP 备案编号');
    need('policeNumber', '请填写公安备案号');
  }
  if (hasNotice(state) && site.notice.trim() === '') {
    missing.push({ field: 'notice', message: '请填写公告，告诉公众原因和去处' });
  }
  return missing;
}

export function requireComplete(site: SiteFacts): void {
  const problems = missingFor(site.state, site);
  if (problems.length === 0) return;
  throw new AppError(
    'invalid',
    'sites.site-incomplete',
    `站点“${siteStateNames[site.state]}”还缺：${problems.map((one) => one.message.replace(/^请填写/, '')).join('；')}。`,
    { details: { problems } },
  );
}

/** Others link to it and search finds it: only what has passed its checks. */
export function isListed(site: { readonly state: SiteState }): boolean {
  return site.state === 'online';
}

/** Its addresses show the notice instead of its pages. */
export function hasNotice(state: SiteState): boolean {
  return state === 'offline' || state === 'closed';
}

/** Where the pages of the notice lie: beside the site's own, which stay as they are and are not served. */
export function noticeSideOf(siteId: string): string {
  return `notice-${siteId}`;
}

/** Names of this machine itself, under which the public server shows the portal. */
const machineNames = ['localhost', '127.0.0.1', '::1', '[::1]'];

export interface HostedSite {
  readonly id: string;
  readonly isPortal: boolean;
  readonly state: SiteState;
  readonly domains: readonly string[];
}

/** Host name → where its pages lie. The names of a site in preparation lead nowhere yet. */
export function hostsOf(sites: readonly HostedSite[]): Readonly<Record<string, string>> {
  const hosts = sites.flatMap((site) => {
    if (site.state === 'preparing') return [];
    const side = hasNotice(site.state) ? noticeSideOf(site.id) : site.id;
    const names = side !== site.id && site.isPortal ? [...site.domains, ...machineNames] : site.domains;
    return names.map((name) => [name, side] as const);
  });
  return Object.fromEntries(hosts.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A site under the console's own name would never be asked. */
export function requireForeignDomains(domains: readonly string[], consoleHosts: readonly string[]): void {
  const own = domains.find((domain) => consoleHosts.includes(domain));
  if (own === undefined) return;
  const message = `${own} 是工作后台自己的域名，不能用于网站`;
  throw new AppError('invalid', 'sites.domain-of-console', `${message}。`, {
    details: { problems: [{ field: 'domains', message }] },
  });
}

export function requireReadableColours(theme: SiteTheme): void {
  const problems = (['primary', 'accent'] as const)
    .filter((field) => contrastWithWhite(theme[field] ?? '#000000') < enoughContrast)
    .map((field) => ({
      field,
      message: `颜色太浅，与白色的对比应不低于 ${enoughContrast} : 1，请换深一些的颜色`,
    }));
  if (problems.length === 0) return;
  throw new AppError(
    'invalid',
    'sites.colour-too-light',
    `颜色太浅，白底上的文字会看不清，与白色的对比应不低于 ${enoughContrast} : 1。`,
    { details: { problems } },
  );
}
