import { bodiesIn } from '../../../contracts/blocks.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import type { OpenAttachment, OpenField, OpenResource } from '../../../contracts/open-exchange.ts';
import type { Db } from '../../platform/db.ts';
import { plainText } from '../../platform/rich-text/index.ts';
import { nameAt, namesOf, unitPasts, type UnitPasts } from '../identity/index.ts';
import { assetsById, contentOfRevision, namedIn, openIds, type OpenResourceRow } from '../library/index.ts';
import { type OpenPlace, openPlaces, type PublicBase } from '../sites/index.ts';
import type { KeyView } from './key-view.ts';

export interface Showing {
  readonly db: Db;
  readonly base: PublicBase;
  readonly view: KeyView;
  /** Null: every field. */
  readonly fields: ReadonlySet<OpenField> | null;
}

type AssetRows = Awaited<ReturnType<typeof assetsById>>;

interface Surroundings {
  /** Of who published these, and of who answers for them. */
  readonly units: UnitPasts;
  readonly places: ReadonlyMap<string, OpenPlace>;
  readonly assets: AssetRows;
  /** What is named and may be seen with the same key. */
  readonly visible: ReadonlySet<string>;
}

/** Resources as other systems get them: what the key may not see is left out of what they name, too. */
export async function presentOpen(
  { db, base, view, fields }: Showing,
  rows: readonly OpenResourceRow[],
): Promise<OpenResource[]> {
  const around: Surroundings = {
    units: await unitPasts(db, [...new Set(rows.flatMap((row) => [row.issuerId, row.unitId]))]),
    places: await openPlaces(
      db,
      base,
      rows.map((row) => row.id),
      view.columnIds,
    ),
    assets: await assetsById(db, [...new Set(rows.flatMap((row) => fileIdsIn(row.content)))]),
    visible: await openIds(db, view.now, [
      ...new Set(rows.flatMap((row) => namedIn(row.content).map((one) => one.targetId))),
    ]),
  };
  return rows.map((row) => chosen(describe(row, around), fields));
}

/** The text of a resource as it is read. */
export async function textOf(db: Db, revisionId: string): Promise<string> {
  const content = await contentOfRevision(db, revisionId);
  if (!content) return '';
  const bodies = [...(content.body ? [content.body] : []), ...bodiesIn(content.blocks ?? [])];
  return [...bodies.map(plainText), content.transcript ?? ''].filter((part) => part !== '').join('\n');
}

function fileIdsIn({ attachments = [], coverAssetId, filmAssetId }: ResourceContent): readonly string[] {
  return [...attachments.map((one) => one.assetId), coverAssetId ?? '', filmAssetId ?? ''].filter(
    (id) => id !== '',
  );
}

function attachmentsOf(content: ResourceContent, assets: AssetRows): OpenAttachment[] {
  const names = new Map((content.attachments ?? []).map((one) => [one.assetId, one.name]));
  return fileIdsIn(content).flatMap((id) => {
    const asset = assets.get(id);
    if (!asset) return [];
    const { mediaType, size, digest, fileName } = asset;
    return [{ name: names.get(id) ?? fileName, mediaType, size: Number(size), digest }];
  });
}

/** Texts of the content that go out under another name, or under their own. */
const contentFields = [
  ['title', 'title'],
  ['subtitle', 'subtitle'],
  ['abstract', 'summary'],
  ['category', 'category'],
  ['openMode', 'openMode'],
  ['openScope', 'openScope'],
  ['openTimeLimit', 'openTimeLimit'],
  ['source', 'source'],
  ['author', 'author'],
  ['editor', 'editor'],
  ['documentNumber', 'documentNumber'],
  ['issuer', 'issuer'],
  ['writtenOn', 'writtenOn'],
  ['producedOn', 'producedOn'],
  ['effectiveOn', 'effectiveOn'],
  ['validity', 'validity'],
  ['abolishedBy', 'abolishedBy'],
] as const satisfies readonly (readonly [OpenField, keyof ResourceContent])[];

function describe(row: OpenResourceRow, around: Surroundings): OpenResource {
  const { content } = row;
  const place = around.places.get(row.id);
  const texts = contentFields.flatMap(([name, key]) => {
    const value = content[key];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return {
    id: row.id,
    identifier: row.indexNumber,
    ...(Object.fromEntries(texts) as Partial<OpenResource>),
    ...(content.keywords?.length ? { keywords: [...content.keywords] } : {}),
    provider: { id: row.issuerId, name: nameAt(around.units, row.issuerId, row.firstPublishedAt) },
    type: row.type,
    format: 'text/html',
    language: 'zh-CN',
    shareType: '无条件共享',
    securityLevel: '公开',
    publishedAt: row.firstPublishedAt.toISOString(),
    updatedAt: row.lastPublishedAt.toISOString(),
    maintainer: namesOf(around.units, row.unitId)[0] ?? '',
    metadataVersion: row.revisionNumber,
    ...(place?.url ? { url: place.url } : {}),
    columns: (place?.columns ?? []).map((column) => ({ ...column })),
    attachments: attachmentsOf(content, around.assets),
    relations: namedIn(content)
      .filter((one) => around.visible.has(one.targetId))
      .map((one) => ({ kind: one.kind, id: one.targetId })),
    digest: row.digest,
  };
}

export function chosen(resource: OpenResource, fields: ReadonlySet<OpenField> | null): OpenResource {
  if (fields === null) return resource;
  const kept = Object.entries(resource).filter(([name]) => fields.has(name as OpenField));
  return Object.fromEntries(kept) as OpenResource;
}
