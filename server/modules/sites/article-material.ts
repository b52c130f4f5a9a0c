import { type RelationKind, relationKinds, type ResourceContent } from '../../../contracts/library.ts';
import type {
  Attachment,
  CorrectionNote as PageCorrection,
  DocumentLink,
  OriginalPage,
  ProgressReport,
} from '../../../templates/index.ts';
import { minuteInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { previewedKind } from '../../platform/document-preview/previewed-types.ts';
import { pageFileName } from '../../platform/media-type.ts';
import { unitPasts, type UnitPasts } from '../identity/index.ts';
import {
  appliedRulings,
  type ShownAsset,
  assetsById,
  type CorrectionNote,
  correctionNotesOf,
  type DrawnDocument,
  isOpenToAll,
  liveHeadings,
  type LiveHeading,
  type LiveResource,
  namedIn,
  type NamedFile,
  previewPagesOf,
  publicPages,
  type Origin,
  originsOf,
  type Relation,
  type RulingRow,
  relationsToward,
  successorsOf,
  textPreviewed,
  type TypeShelf,
  typesOf,
} from '../library/index.ts';
import type { Atlas } from './atlas.ts';
import type { ColumnRow } from './column.queries.ts';
import { previewPath } from './address.rules.ts';
import { filePath, validityCode } from './entries.ts';
import { formatName } from './format-name.rules.ts';
import { type AddressRow, addressesOf, type Neighbours, neighboursOf } from './listing.queries.ts';
import { type PicturePlace, picturePlace, wholePicture } from './picture-place.ts';

/** Everything that the pages of a batch of resources are made from. */
export interface Material {
  readonly atlas: Atlas;
  readonly assets: ReadonlyMap<string, ShownAsset>;
  /** The first pages of attached documents, by the digest of the document. */
  readonly drawn: ReadonlyMap<string, DrawnDocument>;
  /** Digests of attached documents that can be read as a page. */
  readonly texts: ReadonlySet<string>;
  /** What the units that published these were called, and what became of them. */
  readonly units: UnitPasts;
  /** What each was written by. */
  readonly types: TypeShelf;
  readonly neighbours: ReadonlyMap<string, Neighbours>;
  readonly headings: ReadonlyMap<string, LiveHeading>;
  /** Where those were first that came from another platform. */
  readonly origins: ReadonlyMap<string, readonly Origin[]>;
  /** What releases corrected, the newest first, by the resource. */
  readonly corrections: ReadonlyMap<string, readonly CorrectionNote[]>;
  readonly addresses: ReadonlyMap<string, AddressRow>;
  /** Live resources that name one of these, by what they name. */
  readonly toward: ReadonlyMap<string, readonly Relation[]>;
  /** What took the place of what took the place of one of these, and so on. */
  readonly successors: ReadonlyMap<string, readonly string[]>;
  /** Rulings on validity that came into force, the newest first, by the document. */
  readonly rulings: ReadonlyMap<string, readonly RulingRow[]>;
  /** Where the browser finds a file: on the site, or behind the console while it is not public yet. */
  readonly fileUrl: (asset: ShownAsset) => string;
  /** As the page refers to a public file, also to one in fewer pixels. */
  readonly pictureUrl: (file: NamedFile) => string;
  /** Where an attached document can be read. */
  readonly previewUrl: (file: NamedFile) => string;
  /** The page of its own unit, where another site shows a resource by reference. */
  readonly original: OriginalPage | undefined;
  readonly isPreview: boolean;
}

/** What names a resource and is told on its page. */
const toldBack = relationKinds.filter((kind) => kind !== 'activities');

export async function loadMaterial(
  db: Db,
  atlas: Atlas,
  resources: readonly LiveResource[],
  addresses: ReadonlyMap<string, AddressRow>,
): Promise<Material> {
  const ids = resources.map((one) => one.id);
  const neighbours = await neighboursOf(db, ids);
  const toward = Map.groupBy(await relationsToward(db, ids, toldBack), (one) => one.targetId);
  const rulings = Map.groupBy(await appliedRulings(db, ids), (one) => one.resourceId);
  const successors = await successorsOf(
    db,
    resources.flatMap((one) => one.content.replacedBy ?? []),
  );
  const linked = new Set([
    ...[...successors.values()].flat(),
    ...[...rulings.values()].flat().flatMap((one) => one.basisResourceId ?? []),
    ...[...neighbours.values()].flatMap((one) => [one.previous, one.next].flatMap((id) => id ?? [])),
    ...resources.flatMap((one) => namedIn(one.content).map(({ targetId }) => targetId)),
    ...[...toward.values()].flat().map((one) => one.resourceId),
  ]);
  const assetIds = new Set(resources.flatMap((one) => referredAssets(one.content)));
  const assets = await assetsById(db, [...assetIds]);
  return {
    atlas,
    neighbours,
    toward,
    successors,
    rulings,
    headings: await liveHeadings(db, [...linked]),
    origins: await originsOf(db, ids),
    corrections: await correctionNotesOf(db, ids),
    addresses: new Map([...addresses, ...(await addressesOf(db, [...linked]))]),
    assets,
    ...(await looksAmong(db, resources, assets)),
    types: await typesOf(db, resources),
    units: await unitPasts(db, [...new Set(resources.map((one) => one.issuerId))]),
    fileUrl: filePath,
    pictureUrl: filePath,
    previewUrl: previewPath,
    original: undefined,
    isPreview: false,
  };
}

/** What can be looked at of what is attached to one of these. */
async function looksAmong(
  db: Db,
  resources: readonly LiveResource[],
  assets: ReadonlyMap<string, ShownAsset>,
): Promise<Pick<Material, 'drawn' | 'texts'>> {
  const attached = resources.flatMap(({ content }) => content.attachments ?? []);
  const digests = (isWanted: (asset: ShownAsset) => boolean): string[] => {
    const wanted = attached.flatMap(({ assetId }) => assets.get(assetId) ?? []).filter(isWanted);
    return [...new Set(wanted.map(({ digest }) => digest))];
  };
  return {
    drawn: await previewPagesOf(
      db,
      digests(({ mediaType }) => mediaType === 'application/pdf'),
      publicPages,
    ),
    texts: await textPreviewed(db, digests(isReadAsPage)),
  };
}

const isReadAsPage = ({ mediaType }: ShownAsset): boolean =>
  mediaType !== 'application/pdf' && previewedKind(mediaType) !== undefined;

export function referredAssets(content: ResourceContent): readonly string[] {
  const ids = (content.attachments ?? []).map((one) => one.assetId);
  if (content.coverAssetId) ids.push(content.coverAssetId);
  if (content.filmAssetId) ids.push(content.filmAssetId);
  const open: unknown[] = content.body ? [content.body] : [];
  while (open.length > 0) {
    const node = open.pop() as { type?: string; attrs?: { assetId?: string }; content?: unknown[] };
    if (node.type === 'image' && node.attrs?.assetId !== undefined) ids.push(node.attrs.assetId);
    if (node.content) open.push(...node.content);
  }
  return ids.filter((id) => /^\d+$/.test(id));
}

/** Every resource whose title and address the page of this one shows, or will show once it is live. */
export function linkedIds(material: Material, resource: LiveResource): readonly string[] {
  const around = material.neighbours.get(resource.id);
  return [
    ...[around?.previous, around?.next].flatMap((id) => id ?? []),
    ...namedIn(resource.content).map((one) => one.targetId),
    ...successionOf(material, resource.content).slice(1),
    ...(material.toward.get(resource.id) ?? []).map((one) => one.resourceId),
    ...(material.rulings.get(resource.id) ?? []).flatMap((one) => one.basisResourceId ?? []),
  ];
}

/** What took the place of a document, the newest last. */
export function successionOf({ successors }: Material, { replacedBy }: ResourceContent): readonly string[] {
  const [next] = replacedBy ?? [];
  return next === undefined ? [] : [next, ...(successors.get(next) ?? [])];
}

/** A link to another resource, while it is live and where citizens are let in. */
export function linkTo(
  material: Material,
  column: ColumnRow,
  id: string | null | undefined,
): DocumentLink | undefined {
  const heading = id ? material.headings.get(id) : undefined;
  const address = id ? material.addresses.get(id) : undefined;
  if (!heading || !address || !material.atlas.leads(column.siteId, address.siteId)) return undefined;
  const url = material.atlas.link(column.siteId, address.siteId, address.path);
  return { name: heading.title, url, validity: validityCode(heading.validity) };
}

function linksTo(material: Material, column: ColumnRow, ids: readonly string[]): readonly DocumentLink[] {
  return ids.flatMap((id) => linkTo(material, column, id) ?? []);
}

export interface RelatedGroup {
  readonly title: string;
  readonly links: readonly DocumentLink[];
}

/** What belongs to a text, both ways: a document and what explains it, an old one and what replaced it. */
export function relatedGroups(
  material: Material,
  resource: LiveResource,
  column: ColumnRow,
): readonly RelatedGroup[] {
  const toward = material.toward.get(resource.id) ?? [];
  const from = (kind: (typeof toldBack)[number]): readonly string[] =>
    toward.filter((one) => one.kind === kind).map((one) => one.resourceId);
  const to = (kind: RelationKind): readonly string[] => resource.content[kind] ?? [];
  return [
    { title: '解读的文件', ids: to('interprets') },
    { title: '政策解读', ids: from('interprets') },
    { title: '本文件修改的文件', ids: to('amends') },
    { title: '修改本文件的文件', ids: from('amends') },
    { title: '本文件废止的文件', ids: to('repeals') },
    { title: '废止本文件的文件', ids: from('repeals') },
    { title: '本文件替代的文件', ids: from('replacedBy') },
    { title: '突发事件首报', ids: to('progressOf') },
    { title: '澄清的信息', ids: to('refutes') },
    { title: '辟谣和澄清', ids: from('refutes') },
    { title: '所属信息', ids: to('partOf') },
    { title: '包含的部分', ids: from('partOf') },
    { title: '正文', ids: to('attachmentOf') },
    { title: '单独发布的附件', ids: from('attachmentOf') },
    { title: '相关信息', ids: [...new Set([...to('seeAlso'), ...from('seeAlso')])] },
    { title: '重要讲话和活动', ids: to('activities') },
  ]
    .map(({ title, ids }) => ({ title, links: linksTo(material, column, ids) }))
    .filter((group) => group.links.length > 0);
}

/** What was reported of an emergency since, the newest first. */
export function progressOf(
  material: Material,
  resource: LiveResource,
  column: ColumnRow,
): readonly ProgressReport[] {
  return (material.toward.get(resource.id) ?? []).flatMap(({ kind, resourceId }): ProgressReport[] => {
    if (kind !== 'progressOf') return [];
    const heading = material.headings.get(resourceId);
    const link = linkTo(material, column, resourceId);
    if (!heading || !link) return [];
    const { name, url } = link;
    const at = minuteInChina(heading.firstPublishedAt);
    return [{ name, url, at, ...(heading.summary ? { summary: heading.summary } : {}) }];
  });
}

/** What was corrected in it, as its page says it. */
export function correctionsOf({ corrections }: Material, { id }: LiveResource): readonly PageCorrection[] {
  return (corrections.get(id) ?? []).map(({ correctedAt, note, unitName }) => ({
    at: minuteInChina(correctedAt),
    text: note,
    unit: unitName,
  }));
}

export function pictureOf(material: Material, id: string): PicturePlace | undefined {
  const asset = material.assets.get(id);
  if (!asset) return undefined;
  return material.isPreview
    ? wholePicture(asset, material.fileUrl(asset))
    : picturePlace(asset, material.pictureUrl);
}

export function attachmentsOf(
  material: Material,
  content: ResourceContent,
): readonly Attachment[] | undefined {
  const files = (content.attachments ?? []).flatMap((one): Attachment[] => {
    const asset = material.assets.get(one.assetId);
    if (!asset) return [];
    return [
      {
        name: one.name,
        url: material.fileUrl(asset),
        format: formatName(asset.fileName),
        bytes: Number(asset.size),
        preview: previewOf(material, asset) ?? pageOf(material, content, asset),
      },
    ];
  });
  return files.length === 0 ? undefined : files;
}

/** Only what is open to all is told anywhere but on its own page. */
function pageOf(material: Material, content: ResourceContent, asset: ShownAsset): Attachment['preview'] {
  if (material.isPreview || !isReadAsPage(asset)) return undefined;
  if (!material.texts.has(asset.digest) || !isOpenToAll(content)) return undefined;
  return { pageUrl: material.previewUrl(asset) };
}

function previewOf({ isPreview, original, drawn }: Material, asset: ShownAsset): Attachment['preview'] {
  if (isPreview) return undefined;
  // The pictures of its pages stand on the site it comes from, and no site lets another put its files into a frame.
  if (asset.mediaType === 'application/pdf' && original) return undefined;
  const document = drawn.get(asset.digest);
  if (document) {
    const pages = document.pages.map(({ digest, width, height }, at) => {
      return { url: filePath({ digest, fileName: pageFileName(asset.fileName, at + 1) }), width, height };
    });
    return { pages, totalPages: document.totalPages };
  }
  if (asset.mediaType === 'application/pdf') return 'pdf';
  if (asset.mediaType.startsWith('audio/')) return 'audio';
  if (!asset.mediaType.startsWith('image/') || asset.width === null || asset.height === null)
    return undefined;
  return { width: asset.width, height: asset.height };
}
