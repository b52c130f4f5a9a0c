import {
  ACCESSIBILITY_PATH,
  CORRECTION_PATH,
  prepareChrome,
  type PreparedChrome,
  renderAccessibility,
  renderCorrectionContact,
  renderSiteMap,
  renderThemeStylesheet,
  renderUnavailable,
  renderVerify,
  SITE_MAP_PATH,
  VERIFY_PATH,
} from '../../../templates/index.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { htmlType, type LoadedPage, type PageDefinition } from '../../platform/page-definition.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import { noticeTag, siteTag, themeTag } from './events.ts';
import { notFoundPath } from './site.pages.ts';
import { allSites, type SiteRow } from './site.queries.ts';
import { hasNotice, noticeSideOf } from './site.rules.ts';

interface NoticePage {
  readonly site: SiteRow;
  readonly prepared: PreparedChrome;
  readonly form: Form;
  readonly otherSites: readonly { readonly name: string; readonly url: string }[];
}

/** What a citizen can open while a site is away: the notice, and what its head and foot lead to. */
interface Form {
  readonly path: string;
  readonly mediaType?: string;
  readonly render: (page: NoticePage) => string;
}

function renderNotice({ site, prepared }: NoticePage): string {
  return renderUnavailable(
    {
      chrome: prepared.chrome,
      ...(site.state === 'closed' ? { closed: true } : {}),
      since: dayInChina(site.stateSince),
      reason: site.notice,
    },
    prepared,
  );
}

const forms: readonly Form[] = [
  { path: '/', render: renderNotice },
  { path: notFoundPath, render: renderNotice },
  { path: ACCESSIBILITY_PATH, render: ({ prepared }) => renderAccessibility(prepared.chrome, prepared) },
  { path: CORRECTION_PATH, render: ({ prepared }) => renderCorrectionContact(prepared.chrome, prepared) },
  { path: VERIFY_PATH, render: ({ prepared }) => renderVerify(prepared.chrome, prepared) },
  {
    path: SITE_MAP_PATH,
    render: ({ prepared, otherSites }) =>
      renderSiteMap(
        { chrome: prepared.chrome, path: SITE_MAP_PATH, columns: [], sites: otherSites },
        prepared,
      ),
  },
  {
    path: '/theme.css',
    mediaType: 'text/css; charset=utf-8',
    render: ({ site }) => renderThemeStylesheet(site.theme),
  },
];

const kind = 'notice';
const keysOf = (siteId: string): string[] => forms.map(({ path }) => `${kind}/${siteId}${path}`);

/**
 * The pages under the addresses of a site that is offline or closed. They lie beside the site's own pages, which are
 * kept up to date meanwhile: the host table says which are served, so that leaving and coming back take no rebuilding.
 */
export function noticePages(options: AtlasOptions): PageDefinition<NoticePage> {
  return {
    kind,
    rank: 0,
    keysForTag: (tag) => (tag.startsWith(noticeTag('')) ? keysOf(tag.slice(noticeTag('').length)) : []),
    allKeys: async (db, after) =>
      after === null
        ? (await allSites(db)).filter((site) => hasNotice(site.state)).flatMap((site) => keysOf(site.id))
        : [],
    load: async (db, keys) => {
      const wanted = keys.map((key) => /^notice\/(\d+)(\/.*)$/.exec(key) ?? []);
      const atlas = await loadAtlas(
        db,
        options,
        wanted.flatMap(([, siteId]) => siteId ?? []),
      );
      return wanted.flatMap(([key = '', siteId = '', path]): LoadedPage<NoticePage>[] => {
        const site = atlas.site(siteId);
        const form = forms.find((one) => one.path === path);
        return site && form && hasNotice(site.state) ? [pageOf(atlas, key, site, form)] : [];
      });
    },
    render: ({ data }) => data.form.render(data),
  };
}

function pageOf(atlas: Atlas, key: string, site: SiteRow, form: Form): LoadedPage<NoticePage> {
  const { chrome } = atlas.prepared(site.id);
  // The columns cannot be opened now, nor the files.
  const prepared = prepareChrome({
    ...chrome,
    navigation: chrome.navigation.slice(0, 1),
    logo: undefined,
    banner: undefined,
  });
  const others = atlas.sites.filter((one) => one.id !== site.id);
  return {
    key,
    site: noticeSideOf(site.id),
    path: form.path,
    tags: [siteTag(site.id), noticeTag(site.id), themeTag(site.id)],
    outcome: 'page',
    mediaType: form.mediaType ?? htmlType,
    data: {
      site,
      prepared,
      form,
      otherSites: others.map((one) => ({ name: one.name, url: atlas.link(site.id, one.id, '/') })),
    },
  };
}
