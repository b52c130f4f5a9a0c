import { emptyDocument } from '../../../contracts/rich-text.ts';
import type {
  CatalogueRow,
  ColumnBody,
  InlineText,
  InstitutionCard,
  LeaderCard,
  Picture,
} from '../../../templates/index.ts';
import { renderRichText } from '../../../templates/index.ts';
import { minuteInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { type ShownAsset, assetsById, type LiveResource, liveResources } from '../library/index.ts';
import { referredAssets } from './article-material.ts';
import type { Atlas } from './atlas.ts';
import type { ColumnRow } from './column.queries.ts';
import { isCatalogued } from './disclosure-parts.ts';
import { filePath, type ListedEntry } from './entries.ts';
import { factsOf, linesOf } from './kind-pages.ts';
import { type AddressRow, addressesOf } from './listing.queries.ts';
import { type PicturePlace, picturePlace } from './picture-place.ts';

/** What a column of single kinds of content is made from, beside the lines that every column has. */
interface Material {
  readonly atlas: Atlas;
  readonly column: ColumnRow;
  readonly listed: readonly ListedEntry[];
  readonly resources: ReadonlyMap<string, LiveResource>;
  readonly addresses: ReadonlyMap<string, AddressRow>;
  readonly assets: ReadonlyMap<string, ShownAsset>;
}

/** The bodies that show no more than a line knows: these serve archive pages too. */
export function plainBody(
  atlas: Atlas,
  column: ColumnRow,
  listed: readonly ListedEntry[],
): ColumnBody | undefined {
  if (column.display === 'pictures') {
    return { kind: 'pictures', entries: listed.map((one) => one.entry) };
  }
  return isCatalogued(atlas, column) ? { kind: 'catalogue', rows: listed.map(catalogueRow) } : undefined;
}

function catalogueRow({ entry, heading }: ListedEntry): CatalogueRow {
  return {
    name: entry.title,
    url: entry.url,
    indexNumber: heading.indexNumber,
    summary: entry.summary ?? entry.title,
    producedOn: heading.producedOn ?? entry.day,
  };
}

const inlineKinds: ReadonlySet<ColumnRow['kind']> = new Set([
  'overview',
  'disclosure-guide',
  'disclosure-request',
]);

/** What stands on the column's own page; undefined where lines do. */
export async function columnBody(
  db: Db,
  atlas: Atlas,
  column: ColumnRow,
  listed: readonly ListedEntry[],
): Promise<ColumnBody | undefined> {
  const plain = plainBody(atlas, column, listed);
  if (plain || listed.length === 0) return plain;
  if (inlineKinds.has(column.kind)) {
    const [first] = listed;
    if (!first) return undefined;
    const text = inlineText(await loadMaterial(db, atlas, column, { listed, read: [first] }), first);
    return text && { kind: 'inline', text };
  }
  if (column.kind !== 'leader' && column.kind !== 'institution') return undefined;
  const material = await loadMaterial(db, atlas, column, { listed, read: listed });
  const cards = inOrder(material);
  return column.kind === 'leader'
    ? { kind: 'leaders', leaders: cards.map((one) => leaderCard(material, one)) }
    : { kind: 'institutions', institutions: cards.map((one) => institutionCard(material, one)) };
}

async function loadMaterial(
  db: Db,
  atlas: Atlas,
  column: ColumnRow,
  { listed, read }: { readonly listed: readonly ListedEntry[]; readonly read: readonly ListedEntry[] },
): Promise<Material> {
  const ids = read.map((one) => one.heading.id);
  const resources = await liveResources(db, ids);
  const assetIds = [...resources.values()].flatMap((one) => referredAssets(one.content));
  return {
    atlas,
    column,
    listed,
    resources,
    addresses: await addressesOf(db, ids),
    assets: await assetsById(db, [...new Set(assetIds)]),
  };
}

/** By the number that was given, then as a list would be. */
function inOrder({ listed, resources }: Material): readonly ListedEntry[] {
  const orderOf = ({ heading }: ListedEntry): number =>
    Number(resources.get(heading.id)?.content.displayOrder ?? 1_000);
  return [...listed].sort((a, b) => orderOf(a) - orderOf(b));
}

/** A file lies on the site that gave the resource its address. */
function pictureOf(
  material: Material,
  resourceId: string,
  assetId: string | null | undefined,
): PicturePlace | undefined {
  const site = material.addresses.get(resourceId)?.siteId ?? material.column.siteId;
  const asset = !assetId ? undefined : material.assets.get(assetId);
  return picturePlace(asset, (file) => material.atlas.link(material.column.siteId, site, filePath(file)));
}

function leaderCard(material: Material, { entry, heading }: ListedEntry): LeaderCard {
  const content = material.resources.get(heading.id)?.content;
  const place = pictureOf(material, heading.id, content?.coverAssetId);
  const portrait: Picture | undefined = place && { ...place, alt: '' };
  return {
    name: entry.title,
    url: entry.url,
    post: content?.post ?? '',
    duties: content?.duties === undefined ? linesOf(entry.summary) : linesOf(content.duties),
    ...(portrait ? { portrait } : {}),
  };
}

function institutionCard(material: Material, { entry, heading }: ListedEntry): InstitutionCard {
  const content = material.resources.get(heading.id)?.content;
  return { name: entry.title, url: entry.url, facts: content ? factsOf(content) : [] };
}

/** One below the title of the text, which stands one below the column's name. */
const headingOffset = 1;

function inlineText(material: Material, { entry, heading }: ListedEntry): InlineText | undefined {
  const { atlas, column, listed } = material;
  const resource = material.resources.get(heading.id);
  if (!resource) return undefined;
  const facts = factsOf(resource.content);
  return {
    name: entry.title,
    url: entry.url,
    publishedAt: minuteInChina(resource.firstPublishedAt),
    bodyHtml: renderRichText(resource.content.body ?? emptyDocument, {
      asset: (id) => pictureOf(material, resource.id, id),
      ownHosts: atlas.ownHosts,
      headingOffset,
    }),
    texts: listed.map((one) => ({ name: one.entry.title, url: one.entry.url })),
    ...(facts.length > 0 && column.kind !== 'overview' ? { facts } : {}),
  };
}
