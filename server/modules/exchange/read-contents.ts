import type { OpenContent, OpenContentPage, OpenFile, OpenOrigin } from '../../../contracts/open-content.ts';
import { relationKinds, type ResourceContent } from '../../../contracts/library.ts';
import { vocabularyOf } from '../../../contracts/term-reference.ts';
import { termsIn } from '../../../contracts/term-values.ts';
import type { Db } from '../../platform/db.ts';
import { instanceOf } from '../../platform/instance.ts';
import { nameAt, unitPasts } from '../identity/index.ts';
import {
  assetsById,
  assetUses,
  contentsOfRevisions,
  labelsOf,
  namedIn,
  openIds,
  openNaming,
  openResources,
  type OpenResourceRow,
  originsOf,
} from '../library/index.ts';
import { openPlaces, type PublicBase } from '../sites/index.ts';
import type { KeyView } from './key-view.ts';
import { marksOf } from './mark-contents.ts';
import { fullTextWithheld } from './read-resources.ts';
import { findRepository } from './repository.ts';

interface ContentReading {
  readonly db: Db;
  readonly base: PublicBase;
}

/** Whoever takes ten thousand resources asks a hundred times; whoever takes long ones gets fewer at once. */
const readAtOnce = 20;
const mostCharacters = 8_000_000;
const mostNaming = 500;

/** Resources whole, for a system that keeps them; what the key may not see is left out of what they name, too. */
export async function readContents(
  reading: ContentReading,
  view: KeyView,
  ids: readonly string[],
  most = mostCharacters,
): Promise<OpenContentPage> {
  if (!view.fullText) throw fullTextWithheld();
  const { db } = reading;
  const wanted = [...new Set(ids)];
  // Before anything of the contents: a mark that is older than what stands beside it is only asked for once more.
  const marks = await marksOf(db, view, wanted);
  const order = { sort: 'published', order: 'desc', limit: wanted.length } as const;
  const found = new Map(
    (await openResources(db, view.now, { ids: wanted }, order)).map((row) => [row.id, row]),
  );
  const rows = wanted.flatMap((id) => found.get(id) ?? []);
  const here = { instance: await instanceOf(db), name: (await findRepository(db)).repositoryName };
  const items: OpenContent[] = [];
  let characters = 0;
  for (let at = 0; at < rows.length && characters < most; at += readAtOnce) {
    const some = await presentContents(reading, { view, here, marks }, rows.slice(at, at + readAtOnce));
    for (const one of some) {
      characters += JSON.stringify(one.content).length;
      // One is always in the answer, however long it is.
      if (characters > most && items.length > 0) break;
      items.push(one);
    }
  }
  return { items, rest: rows.slice(items.length).map((row) => row.id) };
}

interface Presenting {
  readonly view: KeyView;
  readonly here: Pick<OpenOrigin, 'instance' | 'name'>;
  readonly marks: ReadonlyMap<string, string>;
}

async function presentContents(
  { db, base }: ContentReading,
  { view, here, marks }: Presenting,
  rows: readonly OpenResourceRow[],
): Promise<OpenContent[]> {
  const ids = rows.map((row) => row.id);
  const contents = await contentsOfRevisions(
    db,
    rows.map((row) => row.revisionId),
  );
  const whole = rows.map((row) => ({ row, content: contents.get(row.revisionId) ?? row.content }));
  const named = whole.flatMap(({ content }) => namedIn(content).map((one) => one.targetId));
  const visible = await openIds(db, view.now, [...new Set(named)]);
  const uses = whole.flatMap(({ content }) => assetUses(content).map((use) => use.assetId));
  const assets = await assetsById(db, [...new Set(uses)]);
  const units = await unitPasts(db, [...new Set(rows.map((row) => row.issuerId))]);
  const places = await openPlaces(db, base, ids, view.columnIds);
  const origins = await originsOf(db, ids);
  const labels = await labelsOf(db, [...new Set(whole.flatMap(({ content }) => termsIn(content)))]);
  const naming = await openNaming(db, view.now, ids, mostNaming);
  return whole.map(({ row, content }): OpenContent => {
    const url = places.get(row.id)?.url ?? null;
    return {
      id: row.id,
      type: row.type,
      unit: { id: row.issuerId, name: nameAt(units, row.issuerId, row.firstPublishedAt) },
      indexNumber: row.indexNumber,
      publishedAt: row.firstPublishedAt.toISOString(),
      updatedAt: row.lastPublishedAt.toISOString(),
      url,
      columns: (places.get(row.id)?.columns ?? []).map((column) => ({ ...column })),
      digest: row.digest,
      mark: marks.get(row.id) ?? row.digest,
      terms: termsIn(content).map((term) => ({
        vocabulary: vocabularyOf(term),
        code: term.slice(term.indexOf(':') + 1),
        label: labels.get(term) ?? '',
      })),
      namedBy: [...(naming.get(row.id) ?? [])],
      content: withoutUnseen(content, visible),
      files: assetUses(content).flatMap(({ assetId }): OpenFile[] => {
        const asset = assets.get(assetId);
        if (!asset) return [];
        const { fileName, mediaType, size, digest } = asset;
        return [{ id: assetId, name: fileName, mediaType, size: Number(size), digest }];
      }),
      origin: [...(origins.get(row.id) ?? []), { ...here, id: row.id, url, indexNumber: row.indexNumber }],
    };
  });
}

function withoutUnseen(content: ResourceContent, visible: ReadonlySet<string>): ResourceContent {
  const seen = relationKinds.flatMap((kind) => {
    const named = content[kind];
    return named === undefined ? [] : [[kind, named.filter((id) => visible.has(id))] as const];
  });
  return { ...content, ...Object.fromEntries(seen) };
}
