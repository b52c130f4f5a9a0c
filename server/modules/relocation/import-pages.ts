import type { ResourceContent } from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';
import { convertHtml } from '../../platform/rich-text/index.ts';
import {
  checkedContent,
  type ImportedItem,
  importedResources,
  requireContent,
  resourceTypeOf,
} from '../library/index.ts';
import {
  addressesOf,
  columnById,
  type ColumnRow,
  homeUrlOf,
  importArchive,
  reviseArchive,
  allSites,
} from '../sites/index.ts';
import { bringFiles, type BroughtFile } from './bring-files.ts';
import { examinePage, type Examined } from './examine-page.ts';
import { markProblem, markUnmapped, nextToImport } from './import.queries.ts';
import { type PageRow, writePage } from './page.queries.ts';
import { noteProgress, type ProjectRow } from './project.queries.ts';
import { relocationActor, type RelocationEngine } from './relocation-engine.ts';

const atOnce = 50;

interface Ready {
  readonly page: PageRow;
  readonly item: ImportedItem;
  readonly contentDigest: string;
}

/**
 * Brings in some articles of one column; answers how many were looked at. The library knows what it has by its old
 * address: whatever a killed run had brought in is found there, not brought in again.
 */
export async function importPages(engine: RelocationEngine, project: ProjectRow): Promise<number> {
  const { db } = engine;
  await markUnmapped(db, project.id);
  const next = await nextToImport(db, project.id, atOnce);
  if (!next) return 0;
  const column = await columnById(db, next.columnId);
  if (!column) {
    await markProblem(
      db,
      next.pages.map((page) => page.id),
      'column-unmapped',
      null,
    );
    return next.pages.length;
  }
  const ready: Ready[] = [];
  for (const page of next.pages) {
    const one = await prepare(engine, project, page, column);
    if (one) ready.push(one);
  }
  await bringIn(engine, project, column, ready);
  await noteProgress(db, project.id, engine.clock());
  return next.pages.length;
}

async function prepare(
  engine: RelocationEngine,
  project: ProjectRow,
  page: PageRow,
  column: ColumnRow,
): Promise<Ready | undefined> {
  const { address, digest, mediaType } = page;
  if (digest === null) throw new Error('an article was read from its bytes');
  const examined = await examinePage(engine.store, { address, digest, mediaType }, project);
  try {
    const files = await bringFiles(engine, project, examined.clean);
    const content = contentOf(examined, files, column);
    const type = 'article';
    const described = resourceTypeOf(type);
    const checked = checkedContent(described, content);
    requireContent(described, checked, 'archive');
    return {
      page,
      item: { importKey: address, type, content: checked },
      contentDigest: examined.contentDigest,
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
    await markProblem(engine.db, [page.id], 'content-refused', reasonOf(error));
    return undefined;
  }
}

function reasonOf(error: AppError): string {
  const { problems } = (error.details ?? {}) as { problems?: readonly { message?: string }[] };
  const more = (problems ?? []).flatMap(({ message }) => message ?? []).slice(0, 3);
  return [error.message, ...more].join(' ').slice(0, 300);
}

function contentOf(
  { page, clean }: Examined,
  files: ReadonlyMap<string, BroughtFile>,
  column: ColumnRow,
): ResourceContent {
  const html = clean?.html ?? '';
  const { document } = convertHtml(html, {
    resolveImage: (src) => {
      const file = files.get(src);
      return file ? { assetId: file.assetId } : null;
    },
  });
  const attachments = (clean?.attachments ?? []).flatMap(({ address, name }) => {
    const file = files.get(address);
    return file ? [{ assetId: file.assetId, name: name.slice(0, 200) }] : [];
  });
  return {
    title: page.title ?? '',
    body: document,
    source: page.source ?? '',
    category: column.name.slice(0, 60),
    openMode: '主动公开',
    ...(page.date === undefined ? {} : { producedOn: page.date }),
    openTimeLimit: '常年公开',
    openScope: '面向全社会',
    attachments: attachments.slice(0, 50),
  };
}

async function bringIn(
  engine: RelocationEngine,
  project: ProjectRow,
  column: ColumnRow,
  ready: readonly Ready[],
): Promise<void> {
  if (ready.length === 0) return;
  const { db, performAsSystem } = engine;
  const { unitId } = project;
  const as = { actor: relocationActor };
  const items = ready.map((one) => one.item);
  const keys = items.map((one) => one.importKey);
  const before = new Set((await importedResources(db, unitId, keys)).map((one) => one.importKey));
  const fresh = items.filter((one) => !before.has(one.importKey));
  // What the library knows and the page does not was brought in by a run that was killed: it is only noted.
  const changed = ready.filter(({ page, item }) => before.has(item.importKey) && page.resourceId !== null);
  if (fresh.length > 0)
    await performAsSystem(importArchive, { unitId, columnId: column.id, items: fresh }, as);
  const revised = new Set<string>();
  if (changed.length > 0) {
    const done = await performAsSystem(reviseArchive, { unitId, items: changed.map((one) => one.item) }, as);
    for (const one of done) revised.add(one.importKey);
  }
  const refused = new Set(
    changed.filter(({ item }) => !revised.has(item.importKey)).map(({ page }) => page.id),
  );
  await noteImported(engine, project, ready, refused);
}

async function noteImported(
  { db, base }: RelocationEngine,
  { unitId, siteId }: ProjectRow,
  ready: readonly Ready[],
  refused: ReadonlySet<string>,
): Promise<void> {
  const resources = await importedResources(
    db,
    unitId,
    ready.map((one) => one.item.importKey),
  );
  const idOf = new Map(resources.map((one) => [one.importKey, one.resourceId]));
  const addresses = await addressesOf(db, [...idOf.values()]);
  const domains = new Map((await allSites(db)).map((site) => [site.id, site.domains[0]]));
  const targetOf = (resourceId: string): string | undefined => {
    const address = addresses.get(resourceId);
    if (!address || address.siteId === siteId) return address?.path;
    const domain = domains.get(address.siteId);
    return domain === undefined ? undefined : `${homeUrlOf(base, domain).replace(/\/$/, '')}${address.path}`;
  };
  await db.transaction().execute(async (trx) => {
    for (const { page, item, contentDigest } of ready) {
      const resourceId = idOf.get(item.importKey);
      if (resourceId === undefined) continue;
      const target = targetOf(resourceId);
      await writePage(trx, page.id, {
        resource_id: resourceId,
        imported_digest: contentDigest,
        ...(target === undefined ? {} : { target }),
        ...(refused.has(page.id) ? { problem: 'changed-here' as const } : {}),
      });
    }
  });
}
