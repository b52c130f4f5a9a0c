import { openToAll, type ResourceContent, type ResourceType } from '../../../contracts/library.ts';
import { emptyDocument } from '../../../contracts/rich-text.ts';
import {
  type ArticleProps,
  type GoneProps,
  linkTarget,
  outlineOf,
  type PolicyProps,
  type PreparedChrome,
  type RecordProps,
  renderArticle,
  renderGone,
  renderPolicy,
  renderRecord,
  renderRichText,
  renderTopic,
  type TopicProps,
} from '../../../templates/index.ts';
import { dayInChina, minuteInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import {
  htmlType,
  type LoadedPage,
  type PageDefinition,
  type Provenance,
} from '../../platform/page-definition.ts';
import { plainText } from '../../platform/rich-text/index.ts';
import { nameAt, successorsFrom, turnsSince } from '../identity/index.ts';
import { type LiveResource, liveResources, removedResources, resourceTag } from '../library/index.ts';
import {
  attachmentsOf,
  correctionsOf,
  linkedIds,
  successionOf,
  linkTo,
  loadMaterial,
  type Material,
  pictureOf,
  progressOf,
  relatedGroups,
} from './article-material.ts';
import { type AtlasOptions, loadAtlas } from './atlas.ts';
import { columnsById, type ColumnRow } from './column.queries.ts';
import { validityCode } from './entries.ts';
import { neighbourTag } from './events.ts';
import { bodyOrNothing, type KindPage, kindPageOf, renderKindPage } from './kind-pages.ts';
import { addressedIdsAfter, addressesOf } from './listing.queries.ts';
import { loadTopics, topicsAmong, type TopicShelf } from './load-topics.ts';
import { type LinkRules, particularsOf } from './particulars.ts';
import { inConsole, previewUrl } from './preview.ts';

export type ArticlePage =
  | { readonly kind: 'article'; readonly props: ArticleProps; readonly prepared: PreparedChrome }
  | { readonly kind: 'policy'; readonly props: PolicyProps; readonly prepared: PreparedChrome }
  | { readonly kind: 'record'; readonly props: RecordProps; readonly prepared: PreparedChrome }
  | { readonly kind: 'topic'; readonly props: TopicProps; readonly prepared: PreparedChrome }
  | (KindPage & { readonly prepared: PreparedChrome })
  | { readonly kind: 'gone'; readonly props: GoneProps; readonly prepared: PreparedChrome };

/** Material, and the blocks of the topics among the resources. */
export interface Shelf extends Material {
  readonly topics: TopicShelf;
}

const idOf = (key: string): string => key.slice(key.indexOf('/') + 1);

/** The page of each article, policy and topic, and of each one that was withdrawn. */
export function articlePages(options: AtlasOptions): PageDefinition<ArticlePage> {
  return {
    kind: 'article',
    rank: 1,
    // Anything may be named by others one day: the page is called by its number instead of holding a tag for that.
    keysForTag: (tag) => (/^(?:resource|named):/.test(tag) ? [`article/${idOf(tag.replace(':', '/'))}`] : []),
    allKeys: async (db, after, limit) =>
      (await addressedIdsAfter(db, after === null ? '0' : idOf(after), limit)).map((id) => `article/${id}`),
    load: (db, keys) => loadArticles(db, options, keys.map(idOf)),
    render: ({ data }) => renderArticlePage(data),
  };
}

export function renderArticlePage(page: ArticlePage): string {
  switch (page.kind) {
    case 'article':
      return renderArticle(page.props, page.prepared);
    case 'policy':
      return renderPolicy(page.props, page.prepared);
    case 'record':
      return renderRecord(page.props, page.prepared);
    case 'topic':
      return renderTopic(page.props, page.prepared);
    case 'gone':
      return renderGone(page.props, page.prepared);
    default:
      return renderKindPage(page, page.prepared);
  }
}

async function loadArticles(
  db: Db,
  options: AtlasOptions,
  ids: readonly string[],
): Promise<readonly LoadedPage<ArticlePage>[]> {
  const addresses = await addressesOf(db, ids);
  const atlas = await loadAtlas(
    db,
    options,
    [...addresses.values()].map((one) => one.siteId),
  );
  const live = await liveResources(db, [...addresses.keys()]);
  const removed = await removedResources(
    db,
    [...addresses.keys()].filter((id) => !live.has(id)),
  );
  const topics = await loadTopics(db, options, topicsAmong([...live.values()], addresses));
  const material = { ...(await loadMaterial(db, atlas, [...live.values()], addresses)), topics };
  return ids.flatMap((id): LoadedPage<ArticlePage>[] => {
    const address = addresses.get(id);
    const column = address && atlas.column(address.columnId);
    if (!address || !column) return [];
    const place = { key: `article/${id}`, site: address.siteId, path: address.path };
    const prepared = atlas.prepared(address.siteId);
    const resource = live.get(id);
    if (resource) {
      const data = pageOf(material, resource, column, address.path);
      const tags = tagsOf(material, resource, column);
      const provenance = provenanceOf(resource, resource.revisionId);
      return [{ ...place, tags, provenance, outcome: 'page', mediaType: htmlType, data }];
    }
    const gone = removed.get(id);
    if (!gone) return [];
    const props: GoneProps = {
      chrome: prepared.chrome,
      path: address.path,
      withdrawnOn: dayInChina(gone.removedAt),
      links: atlas.trail(column).slice(-1),
    };
    const tags = [resourceTag(id), ...atlas.tagsOf(column)];
    const provenance = provenanceOf(gone, null);
    return [{ ...place, tags, provenance, outcome: 'gone', data: { kind: 'gone', props, prepared } }];
  });
}

export function provenanceOf(
  { id, firstPublishedAt, isImported }: Pick<LiveResource, 'id' | 'firstPublishedAt' | 'isImported'>,
  revision: string | null,
): Provenance {
  return { resource: id, revision, firstPublishedAt, imported: isImported };
}

export function tagsOf(material: Shelf, resource: LiveResource, column: ColumnRow): readonly string[] {
  return [
    resourceTag(resource.id),
    neighbourTag(resource.id),
    ...successorsFrom(material.units, ...lineOf(resource)).map((id) => `unit:${id}`),
    ...material.atlas.tagsOf(column),
    ...linkedIds(material, resource).map(resourceTag),
    ...material.topics.tagsOf(resource.id),
  ];
}

/** Fewer headings than this are seen at a glance. */
const leastOutline = 5;
/** A second release within a minute is not an update worth telling. */
const sameMoment = 60_000;

export function pageOf(
  material: Shelf,
  resource: LiveResource,
  column: ColumnRow,
  path: string,
): ArticlePage {
  const prepared = material.atlas.prepared(column.siteId);
  if (resource.type === 'topic') {
    return { kind: 'topic', prepared, props: topicProps(material, resource, column, path) };
  }
  const props = { ...articleProps(material, resource, column), chrome: prepared.chrome, path };
  const own = kindPageOf(material, resource, props);
  if (own) return { ...own, prepared };
  if (resource.type === 'policy') {
    return { kind: 'policy', prepared, props: { ...props, ...policyProps(material, resource, column) } };
  }
  if (material.types.of(resource).template !== 'record') return { kind: 'article', props, prepared };
  return { kind: 'record', prepared, props: { ...props, disclosure: recordOf(material, resource, column) } };
}

function articleProps(
  material: Material,
  resource: LiveResource,
  column: ColumnRow,
): Omit<ArticleProps, 'chrome' | 'path'> {
  const { atlas } = material;
  const { content, firstPublishedAt, lastPublishedAt } = resource;
  const around = material.neighbours.get(resource.id);
  const body = content.body ?? emptyDocument;
  const clauses = resource.type === 'policy';
  const outline = outlineOf(body, { clauses });
  const related = relatedGroups(material, resource, column);
  const type = material.types.of(resource);
  const links = { ownHosts: atlas.ownHosts, withoutWarning: material.isPreview };
  const bodyHtml = renderRichText(body, { ...links, asset: (id) => pictureOf(material, id), clauses });
  const isUpdated = lastPublishedAt.getTime() - firstPublishedAt.getTime() > sameMoment;
  return {
    breadcrumb: atlas.trail(column),
    column: atlas.head(column),
    title: content.title,
    subtitle: content.subtitle,
    publishedAt: minuteInChina(firstPublishedAt),
    updatedAt: isUpdated ? minuteInChina(lastPublishedAt) : undefined,
    source: content.source ?? unitNameOf(material, resource),
    formerUnit: formerUnitOf(material, resource),
    author: content.author,
    editor: content.editor,
    original: material.original,
    originalSite: originalOf(material, resource.id, links),
    description: content.summary ?? beginningOf(content),
    keywords: content.keywords ?? [],
    image: coverOf(material, content),
    particulars: particularsOf(type, content, links),
    bodyHtml: mayLackText(type) ? bodyOrNothing(content, bodyHtml) : bodyHtml,
    outline: outline.length >= leastOutline ? outline : undefined,
    attachments: attachmentsOf(material, content),
    previous: linkTo(material, column, around?.previous),
    next: linkTo(material, column, around?.next),
    ...(related.length === 0 ? {} : { related }),
    corrections: correctionsOf(material, resource),
    progress: progressOf(material, resource, column),
  };
}

/** Where it was first, when another platform is followed. */
function originalOf(material: Material, id: string, links: LinkRules): ArticleProps['originalSite'] {
  const first = material.origins.get(id)?.[0];
  return first?.url ? { name: first.name, url: linkTarget(first.url, links).url } : undefined;
}

function topicProps(material: Shelf, resource: LiveResource, column: ColumnRow, path: string): TopicProps {
  const { content } = resource;
  const { mark, blocks } = material.topics.shown(resource.id);
  const endsOn = mark ? mark.endsOn : content.endsOn;
  return {
    chrome: material.atlas.prepared(column.siteId).chrome,
    path,
    breadcrumb: material.atlas.trail(column),
    column: material.atlas.head(column),
    title: content.title,
    description: content.summary ?? content.title,
    keywords: content.keywords ?? [],
    publishedAt: minuteInChina(resource.firstPublishedAt),
    source: content.source ?? unitNameOf(material, resource),
    cover: coverOf(material, content),
    endsOn: endsOn || undefined,
    ended: mark?.ended ?? false,
    blocks,
  };
}

function policyProps(
  material: Material,
  resource: LiveResource,
  column: ColumnRow,
): Pick<PolicyProps, 'disclosure' | 'validityChange' | 'validityHistory'> {
  const { content } = resource;
  return {
    disclosure: {
      ...recordOf(material, resource, column),
      writtenOn: content.writtenOn === '' ? undefined : content.writtenOn,
      validity: validityCode(content.validity),
    },
    validityChange: validityChangeOf(material, content, column),
    validityHistory: historyOf(material, resource.id, column),
  };
}

function recordOf(material: Material, resource: LiveResource, column: ColumnRow): RecordProps['disclosure'] {
  const { content, indexNumber } = resource;
  return {
    ...openness(content, column),
    indexNumber,
    documentNumber: content.documentNumber,
    issuer: content.issuer ?? unitNameOf(material, resource),
  };
}

function validityChangeOf(
  material: Material,
  content: ResourceContent,
  column: ColumnRow,
): PolicyProps['validityChange'] {
  const { abolishedBy, validityChangedOn } = content;
  // Whoever reads an old version is led to the newest that is public.
  const successor = successionOf(material, content)
    .flatMap((id) => linkTo(material, column, id) ?? [])
    .at(-1);
  if (abolishedBy === undefined && !validityChangedOn && !successor) return undefined;
  return {
    note: abolishedBy,
    on: validityChangedOn === '' ? undefined : validityChangedOn,
    replacedBy: successor,
  };
}

function historyOf(material: Material, id: string, column: ColumnRow): PolicyProps['validityHistory'] {
  return (material.rulings.get(id) ?? []).flatMap(({ validity, effectiveOn, basis, basisResourceId }) => {
    const code = validityCode(validity);
    const source = linkTo(material, column, basisResourceId);
    return code ? [{ validity: code, on: effectiveOn, basis: basis === '' ? undefined : basis, source }] : [];
  });
}

/** The six facts of openness; what an old text leaves out is what holds for nearly all. */
function openness(
  content: ResourceContent,
  column: ColumnRow,
): Pick<PolicyProps['disclosure'], 'category' | 'method' | 'generatedOn' | 'period' | 'audience'> {
  return {
    category: content.category ?? column.name,
    method: content.openMode || openToAll,
    generatedOn: content.producedOn ?? '不详',
    period: content.openTimeLimit ?? '常年公开',
    audience: content.openScope ?? '面向全社会',
  };
}

/** Of some types the facts may be all there is to say. */
function mayLackText({ fields }: ResourceType): boolean {
  return fields.find(({ kind }) => kind === 'rich-text')?.requiredAt !== 'submission';
}

/** The name of its day: who published something is not changed by what the unit is called later. */
export function unitNameOf({ units }: Material, { issuerId, firstPublishedAt }: LiveResource): string {
  return nameAt(units, issuerId, firstPublishedAt);
}

/** From the unit that published it, on its day, to the one that answers for it now. */
function lineOf({ issuerId, firstPublishedAt, unitId }: LiveResource): [string, Date, string] {
  return [issuerId, firstPublishedAt, unitId];
}

function formerUnitOf(material: Material, resource: LiveResource): ArticleProps['formerUnit'] {
  const turns = turnsSince(material.units, ...lineOf(resource)).map(({ kind, at, name }) => ({
    kind,
    on: dayInChina(at),
    name,
  }));
  return turns.length === 0 ? undefined : { name: unitNameOf(material, resource), turns };
}

function beginningOf(content: ResourceContent): string {
  const text = plainText(content.body ?? emptyDocument)
    .replaceAll(/\s+/g, ' ')
    .trim();
  // Never half of a character that takes two code units.
  return text === '' ? content.title : text.slice(0, 120).replace(/[\ud800-\udbff]$/, '');
}

function coverOf(material: Material, content: ResourceContent): ArticleProps['image'] {
  const picture = content.coverAssetId ? pictureOf(material, content.coverAssetId) : undefined;
  return picture && { ...picture, alt: content.title };
}

/** A page as it will be when a revision is signed off: the same template, the same loader, no trace left. */
export async function previewPage(
  db: Db,
  options: AtlasOptions,
  resource: LiveResource,
  mainColumnId: string,
): Promise<string> {
  const [column] = await columnsById(db, [mainColumnId]);
  if (!column) throw new Error(`no column ${mainColumnId}`);
  const atlas = await loadAtlas(db, options, [column.siteId]);
  const pages = resource.type === 'topic' ? [{ resource, siteId: column.siteId }] : [];
  const material: Shelf = {
    ...(await loadMaterial(db, atlas, [resource], new Map())),
    topics: await loadTopics(db, options, pages, previewUrl),
    fileUrl: previewUrl,
    isPreview: true,
  };
  const html = renderArticlePage(pageOf(material, resource, column, `${column.path}preview.html`));
  const site = atlas.site(column.siteId);
  return site ? inConsole(html, site, options.base) : html;
}
