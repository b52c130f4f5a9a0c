import type { RichDocument, TableRow } from '../../../contracts/rich-text.ts';
import { type FilePreviewProps, type PreparedChrome, renderFilePreview } from '../../../templates/index.ts';
import type { Db } from '../../platform/db.ts';
import { previewedKind } from '../../platform/document-preview/previewed-types.ts';
import { extensionOf } from '../../platform/media-type.ts';
import { htmlType, type LoadedPage, type PageDefinition } from '../../platform/page-definition.ts';
import {
  type PreviewedUse,
  previewedDigestsAfter,
  previewedUsesOf,
  resourceTag,
  type TextPreview,
  textPreviewsOf,
} from '../library/index.ts';
import { filePath, previewPath } from './address.rules.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import { fileTag } from './events.ts';
import { formatName } from './format-name.rules.ts';
import { type AddressRow, addressesOf } from './listing.queries.ts';

const kind = 'preview';
const digestOf = (key: string): string => key.split('/')[2] ?? '';
/** A form may be attached to every notice of a year: so many of them are named. */
const mostSources = 5;
const previewedExtensions: ReadonlySet<string> = new Set(['docx', 'xlsx', 'pptx', 'ofd', 'csv', 'txt']);

interface PreviewPage {
  readonly prepared: PreparedChrome;
  readonly props: FilePreviewProps;
}

/**
 * The beginning of an attached document as a page to be read: there exactly as long as the file itself is public and
 * what attaches it is open to all. A file that was replaced has none any more; its own address leads on.
 */
export function previewPages(options: AtlasOptions): PageDefinition<PreviewPage> {
  return {
    kind,
    rank: 2,
    keysForTag: (tag) =>
      tag.startsWith('file:') && previewedExtensions.has(extensionOf(tag))
        ? [`${kind}/${tag.slice('file:'.length)}`]
        : [],
    allKeys: async (db, after, limit) => {
      for (let last = after === null ? '' : digestOf(after); ;) {
        const digests = await previewedDigestsAfter(db, last, limit);
        const shown = [...(await shownFiles(db, digests)).keys()];
        // A stretch of which nothing is public is not the end.
        if (shown.length > 0 || digests.length === 0)
          return shown.sort((one, other) => (digestOf(one) < digestOf(other) ? -1 : 1));
        last = digests.at(-1) ?? last;
      }
    },
    load: (db, keys) => loadPreviews(db, options, keys),
    render: ({ data }) => renderFilePreview(data.props, data.prepared),
  };
}

interface Source {
  readonly use: PreviewedUse;
  readonly address: AddressRow;
}

/** What attaches each file on each site, the youngest first, by page key. */
async function shownFiles(
  db: Db,
  digests: readonly string[],
): Promise<ReadonlyMap<string, readonly Source[]>> {
  const uses = await previewedUsesOf(db, digests);
  const addresses = await addressesOf(db, [...new Set(uses.map((use) => use.resourceId))]);
  const sources = uses.flatMap((use): Source[] => {
    const address = addresses.get(use.resourceId);
    return address ? [{ use, address }] : [];
  });
  return Map.groupBy(
    sources,
    ({ use, address }) => `${kind}/${address.siteId}/${use.digest}/${use.fileName}`,
  );
}

async function loadPreviews(
  db: Db,
  options: AtlasOptions,
  keys: readonly string[],
): Promise<readonly LoadedPage<PreviewPage>[]> {
  const digests = [...new Set(keys.map(digestOf))];
  const shown = await shownFiles(db, digests);
  const wanted = keys.filter((key) => shown.has(key));
  if (wanted.length === 0) return [];
  const texts = await textPreviewsOf(db, [...new Set(wanted.map(digestOf))]);
  const siteIds = new Set(wanted.flatMap((key) => shown.get(key)?.[0]?.address.siteId ?? []));
  const atlas = await loadAtlas(db, options, [...siteIds]);
  return wanted.flatMap((key) => {
    const text = texts.get(digestOf(key));
    const page = text && pageOf(atlas, { key, text, sources: shown.get(key) ?? [] });
    return page ? [page] : [];
  });
}

interface Shown {
  readonly key: string;
  readonly text: TextPreview;
  readonly sources: readonly Source[];
}

function pageOf(atlas: Atlas, { key, text, sources }: Shown): LoadedPage<PreviewPage> | undefined {
  const [first] = sources;
  const column = first && atlas.column(first.address.columnId);
  if (!first || !column) return undefined;
  const { use, address } = first;
  const named = distinct(sources).slice(0, mostSources);
  const prepared = atlas.prepared(address.siteId);
  const path = previewPath(use);
  return {
    key,
    site: address.siteId,
    path,
    tags: [
      ...new Set([
        fileTag(address.siteId, use),
        ...atlas.tagsOf(column),
        ...named.map((one) => resourceTag(one.use.resourceId)),
      ]),
    ],
    outcome: 'page',
    mediaType: htmlType,
    data: {
      prepared,
      props: {
        chrome: prepared.chrome,
        path,
        breadcrumb: [...atlas.trail(column), { name: use.title, url: address.path }],
        name: use.name,
        format: formatName(use.fileName),
        bytes: use.size,
        fileUrl: filePath(use),
        sources: named.map((one) => ({ name: one.use.title, url: one.address.path })),
        isWhole: text.isWhole,
        lacksPictures: text.findings.includes('pictures-left-out'),
        body: withHeaderRows(text.body, use.mediaType),
        ownHosts: atlas.ownHosts,
      },
    },
  };
}

/** A page may attach one file twice. */
function distinct(sources: readonly Source[]): readonly Source[] {
  return [...new Map(sources.toReversed().map((one) => [one.use.resourceId, one])).values()].toReversed();
}

/** The first row of a sheet names its columns, unless it leaves one without a name: then it is a title, or data. */
function withHeaderRows(body: RichDocument, mediaType: string): RichDocument {
  const format = previewedKind(mediaType);
  if (format !== 'sheet' && format !== 'table') return body;
  return {
    type: 'doc',
    content: body.content.map((block) => {
      if (block.type !== 'table') return block;
      const [head, ...rest] = block.content;
      return head && rest.length > 0 && isFull(head)
        ? { ...block, content: [asHeader(head), ...rest] }
        : block;
    }),
  };
}

const isFull = ({ content = [] }: TableRow): boolean =>
  content.length > 1 &&
  content.every((cell) =>
    cell.content.some((block) => block.type === 'paragraph' && (block.content ?? []).length > 0),
  );

const asHeader = (row: TableRow): TableRow => ({
  ...row,
  content: (row.content ?? []).map((cell) => ({ ...cell, type: 'tableHeader' as const })),
});
