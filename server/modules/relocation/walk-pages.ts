import { AppError } from '../../platform/errors.ts';
import { createCopySource } from './copy-source.ts';
import { examinePage, type Examined } from './examine-page.ts';
import { addressOfName, nameOf } from './old-address.rules.ts';
import {
  countOfRun,
  countReadInRun,
  type FoundAddress,
  type PageFacts,
  type PageRow,
  queueAddresses,
  waitingPages,
  writePage,
} from './page.queries.ts';
import { isStillRunning, noteProgress, type ProjectRow } from './project.queries.ts';
import type { RelocationEngine } from './relocation-engine.ts';
import type { Fetched, OldSource } from './source.types.ts';
import { createWebSource } from './web-source.ts';

const atOnce = 50;
/** So many pages are read for an operator to look at. */
export const sampleSize = 40;

export function schemesOf(startAddresses: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    startAddresses
      .filter((one) => URL.canParse(one))
      .map((one) => [new URL(one).host, new URL(one).protocol.slice(0, -1)]),
  );
}

export function openSource(engine: RelocationEngine, project: ProjectRow): OldSource {
  if (project.source === 'copy') return createCopySource(engine.db, project.id);
  return createWebSource({
    store: engine.store,
    hosts: project.hosts,
    schemes: schemesOf(project.startAddresses),
    allowPrivate: engine.allowPrivate,
    pace: project.limits.pace,
    bytesOfFile: engine.uploadBytes,
    askedAt: engine.askedAt,
  });
}

export interface WalkStep {
  /** Nothing waits any more, or as much was read as was asked for. */
  readonly isDone: boolean;
  readonly read: number;
}

/**
 * Reads some of the pages that wait. What came of a page and what it leads to are written in one transaction: killed in
 * between, the page waits still and is read again, and no address is ever in the queue twice.
 */
export async function walkPages(
  engine: RelocationEngine,
  project: ProjectRow,
  source: OldSource,
  signal: AbortSignal,
): Promise<WalkStep> {
  const { db } = engine;
  const limit =
    project.goal === 'sample' ? sampleSize - (await countReadInRun(db, project.id, project.run)) : atOnce;
  const waiting = limit <= 0 ? [] : await waitingPages(db, project.id, Math.min(atOnce, limit));
  if (waiting.length === 0) return { isDone: true, read: 0 };
  let room = project.limits.pages - (await countOfRun(db, project.id, project.run));
  let read = 0;
  for (const page of waiting) {
    if (signal.aborted || !(await isStillRunning(db, project.id, project.run))) break;
    room -= await walkPage(engine, project, { page, source, room, signal });
    read += 1;
  }
  await noteProgress(db, project.id, engine.clock());
  return { isDone: false, read };
}

interface Visit {
  readonly page: PageRow;
  readonly source: OldSource;
  /** How many more addresses the queue of this run may take. */
  readonly room: number;
  readonly signal: AbortSignal;
}

/** Answers how many addresses were offered to the queue. */
async function walkPage(engine: RelocationEngine, project: ProjectRow, visit: Visit): Promise<number> {
  const { page, source, signal } = visit;
  const fetched = await source.fetch(
    {
      address: addressOfName(page.address),
      isFile: page.kind === 'file',
      digest: page.digest,
      etag: page.etag,
      lastModified: page.lastModified,
    },
    signal,
  );
  const { facts, found } = await factsOf(engine, project, page, fetched);
  const depth = page.depth + 1;
  const queued = depth > project.limits.depth ? [] : found.slice(0, Math.max(0, visit.room));
  await engine.db.transaction().execute(async (db) => {
    await writePage(db, page.id, facts);
    await queueAddresses(db, project, queued, depth);
  });
  return queued.length;
}

interface Visited {
  readonly facts: PageFacts;
  readonly found: readonly FoundAddress[];
}

async function factsOf(
  engine: RelocationEngine,
  project: ProjectRow,
  page: PageRow,
  fetched: Fetched,
): Promise<Visited> {
  if (fetched.outcome === 'failed') {
    return {
      facts: { state: 'failed', problem: fetched.problem, problem_detail: fetched.detail },
      found: [],
    };
  }
  if (fetched.outcome === 'moved') {
    const name = nameOf(fetched.to);
    const moved = {
      state: 'read',
      kind: 'other',
      moved_to: name,
      problem: null,
      problem_detail: null,
    } as const;
    return { facts: moved, found: [{ address: name, kind: null }] };
  }
  const came =
    fetched.outcome === 'same'
      ? {}
      : {
          digest: fetched.digest,
          media_type: fetched.mediaType,
          etag: fetched.etag,
          last_modified: fetched.lastModified,
        };
  const digest = came.digest ?? page.digest;
  if (digest === null) throw new Error('a page that never came cannot be the same');
  const facts: PageFacts = { ...came, state: 'read', moved_to: null, problem: null, problem_detail: null };
  const mediaType = came.media_type ?? page.mediaType;
  // What was thought to be a page and is a picture or a document.
  const isNoPage = mediaType !== null && mediaType !== '' && !/html|xml/i.test(mediaType);
  if (page.kind === 'file' || isNoPage) return { facts: { ...facts, kind: 'file' }, found: [] };
  return readFacts(engine, project, { page, digest, mediaType, facts });
}

async function readFacts(
  engine: RelocationEngine,
  project: ProjectRow,
  {
    page,
    digest,
    mediaType,
    facts,
  }: { page: PageRow; digest: string; mediaType: string | null; facts: PageFacts },
): Promise<Visited> {
  let examined: Examined;
  try {
    examined = await examinePage(engine.store, { address: page.address, digest, mediaType }, project);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      facts: { ...facts, kind: 'other', problem: 'page-unreadable', problem_detail: error.message },
      found: [],
    };
  }
  const { page: read, contentDigest } = examined;
  const isArticle = read.kind === 'article';
  return {
    facts: {
      ...facts,
      kind: read.kind,
      title: read.title?.slice(0, 500) ?? null,
      produced_on: read.date ?? null,
      source: read.source ?? null,
      column_key: read.column.key,
      column_name: read.column.name.slice(0, 200),
      content_digest: isArticle ? contentDigest : null,
      ...(isArticle ? articleProblem(examined) : {}),
    },
    found: addressesIn(project, examined),
  };
}

/** Files first: where room ends, an article is whole. */
function addressesIn(project: ProjectRow, { page, clean }: Examined): readonly FoundAddress[] {
  const hasFiles = page.kind === 'article' && clean !== undefined && project.goal !== 'sample';
  const files = hasFiles ? [...clean.attachments, ...clean.pictures] : [];
  // A copy is a closed set whose pages all wait already.
  const links = project.source === 'web' ? page.links : [];
  return [
    ...files.map(({ address }) => ({ address, kind: 'file' as const })),
    ...links.map((one) => ({ address: nameOf(one), kind: null })),
  ];
}

function articleProblem({ page, clean }: Examined): Pick<PageFacts, 'problem'> {
  if (page.title === undefined) return { problem: 'title-missing' };
  if (page.title.length > 200) return { problem: 'title-too-long' };
  return page.body === undefined || clean === undefined ? { problem: 'body-missing' } : {};
}
