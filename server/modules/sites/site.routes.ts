import type { Endpoint } from '../../../contracts/endpoint.ts';
import { libraryApi } from '../../../contracts/library.ts';
import { type Listing, sitesApi } from '../../../contracts/sites.ts';
import { renderThemeStylesheet } from '../../../templates/index.ts';
import { AppError } from '../../platform/errors.ts';
import type { Call, Reader, Routes } from '../../platform/http.ts';
import { isInScope, unitNames } from '../identity/index.ts';
import {
  getResource,
  labelContent,
  issuerOf,
  type LiveResource,
  revisionById,
  revisionByNumber,
  ruledContent,
} from '../library/index.ts';
import { previewPage } from './article.pages.ts';
import { type AtlasOptions, loadAtlas } from './atlas.ts';
import { bulkRoutes } from './bulk.routes.ts';
import { catalogueRoutes } from './catalogue.routes.ts';
import { changeColumn, createColumn } from './change-column.ts';
import { changeListing } from './change-listing.ts';
import { changeSite } from './change-site.ts';
import { columnById, type ColumnRow, columnsOfSites } from './column.queries.ts';
import { shownColumns } from './column-visibility.ts';
import { writesInto } from './column-writers.ts';
import { writersOf } from './column-writers.queries.ts';
import { createSite } from './create-site.ts';
import { loadEntries } from './entries.ts';
import { getVisibleColumn, visibleSites } from './find-column.ts';
import { previewHome } from './home.pages.ts';
import { listingsBefore, type ListingRow } from './listing.queries.ts';
import { requireStillOwn } from './own-site.ts';
import { previewPolicy } from './preview.ts';
import { presentAddress } from './placement.presenter.ts';
import { ownPlacementsOf } from './placement.queries.ts';
import { withdrawResource } from './publish-resource.ts';
import { ruleShownValidity } from './rule-shown-validity.ts';
import { reuseResource } from './reuse-resource.ts';
import { reusesIn } from './reuse.queries.ts';
import { jointReleaseRoutes } from './joint-release.routes.ts';
import { reuseRoutes } from './reuse.routes.ts';
import { setMappings } from './set-mappings.ts';
import { setPlacements } from './set-placements.ts';
import { inTreeOrder, presentColumns, presentSite } from './site.presenter.ts';
import { allSites, siteById } from './site.queries.ts';
import { isListed } from './site.rules.ts';
import { canEndReuse, canFill } from './sites.policy.ts';
import { takeDownRoutes } from './take-down.routes.ts';
import { urgentRoutes } from './urgent.routes.ts';
import { topicRoutes } from './topic.routes.ts';
import type { StandingOfHost } from './set-column-link.ts';
import { waysRoutes } from './ways.routes.ts';

async function listColumns(reader: Reader, query: { siteId?: string; writable?: boolean }) {
  const sites = await visibleSites(reader);
  const wanted = query.siteId === undefined ? sites : sites.filter((site) => site.id === query.siteId);
  if (query.siteId !== undefined && wanted.length === 0) {
    throw new AppError('not-found', 'sites.site-not-found', '没有这个站点，或者您无权查看。');
  }
  const columns = inTreeOrder(
    await columnsOfSites(
      reader.db,
      wanted.map((site) => site.id),
    ),
  );
  if (!query.writable) return presentColumns(reader, columns);
  const writers = await writersOf(
    reader.db,
    columns.map((column) => column.id),
  );
  const chosen = columns.filter((column) => writesInto(reader.actor, column, writers.get(column.id) ?? []));
  return presentColumns(reader, chosen);
}

/** What citizens see is no secret between units. */
async function listShownColumns(reader: Reader) {
  const own = new Set((await visibleSites(reader)).map((site) => site.id));
  const sites = (await allSites(reader.db)).filter((site) => isListed(site) || own.has(site.id));
  const ids = sites.map((site) => site.id);
  const shown = await shownColumns(reader.db, ids);
  const columns = (await columnsOfSites(reader.db, ids)).filter((column) => shown.has(column.id));
  const inTree = Map.groupBy(inTreeOrder(columns), (column) => column.siteId);
  return sites.flatMap((site) =>
    (inTree.get(site.id) ?? []).map(({ id, name, kind, siteId }) => ({
      id,
      name,
      kind,
      siteId,
      siteName: site.shortName,
    })),
  );
}

async function listListings(
  reader: Reader,
  options: AtlasOptions,
  columnId: string,
  paging: { cursor?: string; limit?: number },
) {
  const column = await getVisibleColumn(reader, columnId);
  if (paging.cursor !== undefined && !/^\d{1,18}$/.test(paging.cursor)) {
    throw new AppError('invalid', 'sites.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  const limit = paging.limit ?? 20;
  const rows = await listingsBefore(reader.db, column.id, paging.cursor ?? null, limit + 1);
  const shown = rows.slice(0, limit);
  return {
    items: await presentListings(reader, options, column, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.sequence ?? null) : null,
  };
}

async function presentListings(
  reader: Reader,
  options: AtlasOptions,
  column: ColumnRow,
  rows: readonly ListingRow[],
) {
  const atlas = await loadAtlas(reader.db, options, [column.siteId]);
  // Who arranges a column sees what stands in it, whether or not citizens can open it now.
  const loader = await loadEntries(reader.db, { ...atlas, leads: () => true }, rows);
  const listed = loader.load(column.siteId, rows);
  const names = await unitNames(reader.db, [...new Set(listed.map((one) => one.heading.unitId))]);
  const reuses = await reusesIn(
    reader.db,
    column.id,
    rows.map((row) => row.resourceId),
  );
  const reuseOf = (resourceId: string, ownerId: string): Listing['reuse'] => {
    const id = reuses.get(resourceId);
    return id === undefined ? null : { id, endable: canEndReuse(reader.actor, ownerId, column.unitId) };
  };
  return listed.map(({ listing, entry, heading }): Listing => ({
    sequence: listing.sequence,
    resourceId: listing.resourceId,
    title: entry.title,
    unitName: names.get(heading.unitId) ?? '',
    publishedAt: heading.firstPublishedAt.toISOString(),
    viaColumnId: listing.viaColumnId,
    reuse: reuseOf(listing.resourceId, heading.unitId),
    pinnedUntil: listing.pinnedUntil?.toISOString() ?? null,
    removable:
      listing.viaColumnId === null &&
      !reuses.has(listing.resourceId) &&
      canFill(reader.actor, column.unitId) &&
      !isInScope(reader.actor.scope, heading.unitId),
    url: entry.url.startsWith('/')
      ? atlas.prepared(column.siteId).chrome.homeUrl + entry.url.slice(1)
      : entry.url,
  }));
}

async function preview(
  reader: Reader,
  options: AtlasOptions,
  resourceId: string,
  number: number | undefined,
) {
  const row = await getResource(reader, resourceId);
  const revision =
    number === undefined
      ? row.headRevisionId && (await revisionById(reader.db, row.headRevisionId))
      : await revisionByNumber(reader.db, row.id, number);
  if (!revision) throw new AppError('not-found', 'library.revision-not-found', '没有这个版本。');
  if (row.type === 'home') {
    requireStillOwn(row.unitId, await siteById(reader.db, revision.content.siteId ?? '0'));
    return previewHome(reader.db, options, revision);
  }
  const main = (await ownPlacementsOf(reader.db, row.id))[0];
  if (!main) throw new AppError('conflict', 'sites.placement-missing', '请先选择要发布到的栏目，再预览。');
  const asLive: LiveResource = {
    id: row.id,
    unitId: row.unitId,
    issuerId: (await issuerOf(reader.db, row.id)) ?? row.unitId,
    type: row.type,
    revisionId: revision.id,
    ...(await labelContent(reader.db, await ruledContent(reader.db, revision.content, row.rulingId))),
    indexNumber: row.indexNumber ?? '签发时生成',
    firstPublishedAt: row.firstPublishedAt ?? reader.now,
    lastPublishedAt: row.firstPublishedAt ?? reader.now,
    isImported: false,
  };
  return previewPage(reader.db, options, asLive, main.columnId);
}

/** The names under which the one who asks has reached the console: as a proxy passed it on, and as the browser saw it. */
function consoleHosts(request: Call<Endpoint>['request']): readonly string[] {
  const { origin } = request.headers;
  const seen = origin !== undefined && URL.canParse(origin) ? [new URL(origin).hostname] : [];
  return [request.hostname.toLowerCase(), ...seen];
}

export function sitesRoutes(
  options: AtlasOptions,
  standingOfHost: StandingOfHost = () => Promise.resolve(undefined),
): Routes {
  const placements = setPlacements(options.base);
  const reuse = reuseResource(options.base);
  return (mount, { perform, consult }) => {
    mount(sitesApi.listSites, ({ caller }) =>
      consult(caller, 'sites.list-sites', async (reader) =>
        (await visibleSites(reader)).map((site) => presentSite(site, options.base, reader.actor)),
      ),
    );
    mount(sitesApi.createSite, async ({ caller, body, request }) => {
      const site = await perform(caller, createSite, { ...body, consoleHosts: consoleHosts(request) });
      return presentSite(site, options.base, caller.actor);
    });
    mount(sitesApi.changeSite, async ({ caller, params, body, request }) => {
      const change = { ...body, siteId: params.id, consoleHosts: consoleHosts(request) };
      return presentSite(await perform(caller, changeSite, change), options.base, caller.actor);
    });
    mount(sitesApi.listColumns, ({ caller, query }) =>
      consult(caller, 'sites.list-columns', (reader) => listColumns(reader, query)),
    );
    mount(sitesApi.listShownColumns, ({ caller }) =>
      consult(caller, 'sites.list-shown-columns', listShownColumns),
    );
    const presentOne = (caller: Parameters<typeof consult>[0], column: ColumnRow) =>
      consult(caller, 'sites.get-column', async (reader) => {
        const current = (await columnById(reader.db, column.id)) ?? column;
        const [presented] = await presentColumns(reader, [current]);
        if (!presented) throw new Error(`column ${column.id} could not be presented`);
        return presented;
      });
    mount(sitesApi.createColumn, async ({ caller, body }) =>
      presentOne(caller, await perform(caller, createColumn, body)),
    );
    mount(sitesApi.changeColumn, async ({ caller, params, body }) =>
      presentOne(caller, await perform(caller, changeColumn, { ...body, columnId: params.id })),
    );
    mount(sitesApi.setMappings, async ({ caller, params, body }) =>
      presentOne(caller, await perform(caller, setMappings, { ...body, columnId: params.id })),
    );
    mount(sitesApi.listListings, ({ caller, params, query }) =>
      consult(caller, 'sites.list-listings', (reader) => listListings(reader, options, params.id, query)),
    );
    mount(sitesApi.changeListing, async ({ caller, params, body }) => {
      await perform(caller, changeListing, { ...body, columnId: params.id, resourceId: params.resourceId });
      return consult(caller, 'sites.list-listings', async (reader) => {
        const column = await getVisibleColumn(reader, params.id);
        const row = (
          await reader.db
            .selectFrom('sites.listing')
            .select('sequence')
            .where('column_id', '=', column.id)
            .where('resource_id', '=', params.resourceId)
            .executeTakeFirstOrThrow()
        ).sequence;
        const rows = await listingsBefore(reader.db, column.id, String(BigInt(row) + 1n), 1);
        const [listing] = await presentListings(reader, options, column, rows);
        if (!listing) throw new AppError('not-found', 'sites.listing-not-found', '栏目里没有这条信息。');
        return listing;
      });
    });
    mount(sitesApi.getPlacements, ({ caller, params }) =>
      consult(caller, 'sites.get-placements', async (reader) => {
        const row = await getResource(reader, params.id);
        return presentAddress(reader.db, options.base, row.id);
      }),
    );
    mount(sitesApi.setPlacements, ({ caller, params, body }) =>
      perform(caller, placements, { ...body, resourceId: params.id }),
    );
    mount(sitesApi.reuseResource, ({ caller, params, body }) =>
      perform(caller, reuse, { ...body, resourceId: params.id }),
    );
    mount(sitesApi.previewResource, async ({ caller, params, query, reply }) => {
      const { html, policy } = await consult(caller, 'sites.preview-resource', async (reader) => ({
        html: await preview(reader, options, params.id, query.revision),
        policy: previewPolicy(await allSites(reader.db), options.base),
      }));
      // The page is looked at inside a frame of the console and must not act in its name.
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', policy)
        .header('cache-control', 'no-store')
        .send(html);
    });
    mount(sitesApi.getTheme, async ({ caller, params, reply }) => {
      const site = await consult(caller, 'sites.get-theme', async (reader) => {
        const found = (await visibleSites(reader)).find((one) => one.id === params.id);
        if (!found) throw new AppError('not-found', 'sites.site-not-found', '没有这个站点，或者您无权查看。');
        return found;
      });
      return reply.type('text/css; charset=utf-8').send(renderThemeStylesheet(site.theme));
    });
    urgentRoutes(mount, { perform, consult });
    bulkRoutes(mount, { perform, consult });
    reuseRoutes(options.base)(mount, { perform, consult });
    waysRoutes(options.base, standingOfHost)(mount, { perform, consult });
    topicRoutes(options.base)(mount, { perform, consult });
    catalogueRoutes(mount, { perform, consult });
    jointReleaseRoutes(mount, { perform, consult });
    takeDownRoutes(mount, { perform, consult });
    mount(libraryApi.ruleValidity, ({ caller, params, body }) =>
      perform(caller, ruleShownValidity, { ...body, resourceId: params.id }),
    );
    mount(libraryApi.withdrawResource, ({ caller, params, body }) =>
      perform(caller, withdrawResource, { ...body, resourceId: params.id }),
    );
  };
}
