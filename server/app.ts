import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import type { PgBoss } from 'pg-boss';

import type { Actor } from '../contracts/actor.ts';
import { auditRoutes, recordEntry } from './modules/audit/index.ts';
import { describingRoutes } from './modules/describing/index.ts';
import { exchangeRoutes } from './modules/exchange/index.ts';
import { followingRoutes } from './modules/following/index.ts';
import {
  createAuthenticate,
  createRefusalRecord,
  defaultIdentitySettings,
  identityRoutes,
  type IdentitySettings,
  isBehindTls,
  reorganizationRoutes,
  unitChanged,
} from './modules/identity/index.ts';
import { intakeRoutes } from './modules/intake/index.ts';
import { correctionTasks, interactionRoutes } from './modules/interaction/index.ts';
import { libraryEvents, libraryRoutes, registerUploads } from './modules/library/index.ts';
import { packagingRoutes } from './modules/packaging/index.ts';
import { linkCheckRoutes } from './modules/proofreading/index.ts';
import {
  createThreadWriter,
  loadPageKey,
  openPageStore,
  type PagePlace,
  type PublishingEngine,
  type S3Settings,
} from './modules/publishing/index.ts';
import {
  createProofreader,
  createSpellingChecker,
  proofreadingRoutes,
  type Proofreader,
  spellingRoutes,
  withSpelling,
} from './modules/proofreading/index.ts';
import { copiesIn, relocationRoutes } from './modules/relocation/index.ts';
import { commentRoutes, reassessmentTasks, reviewRoutes } from './modules/review/index.ts';
import {
  type AtlasOptions,
  columnTasks,
  hostTable,
  placedIn,
  publicPages,
  type PublicBase,
  searchables,
  sitesEvents,
  sitesRoutes,
  sitesShowing,
  takeDownTasks,
  waysTasks,
  writing,
} from './modules/sites/index.ts';
import type { SignatureKind } from './modules/transparency/index.ts';
import { defaultWebhookRules, webhookRoutes, type WebhookRules } from './modules/webhook/index.ts';
import { vocabularyRoutes } from './modules/vocabulary/index.ts';
import { connectionsOfWorker } from './platform/advisory-lock.ts';
import { type AssetStore, createFileAssetStore } from './platform/asset-store.ts';
import { type ChineseWords, loadChineseWords } from './platform/chinese-words.ts';
import { type ClamdPlace, createClamd, type VirusScanner } from './platform/clamd.ts';
import { type Command, systemActor } from './platform/context.ts';
import { type Db, openDb, requestTimeouts, type Timeouts } from './platform/db.ts';
import { createEventBus, type EventBus, type Subscriptions } from './platform/events.ts';
import {
  createHttp,
  createMount,
  createRouteTools,
  type Http,
  type Routes,
  type RouteTools,
} from './platform/http.ts';
import { createJobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import type { PageDefinition } from './platform/page-definition.ts';
import { loadSeal, type Seal } from './platform/sealed-secret.ts';
import type { Searchable } from './platform/searchable.ts';
import { publishingRoutes } from './publishing.routes.ts';
import { redirectRoutes } from './redirects.routes.ts';
import { resourceUseRoutes } from './resource-use.routes.ts';
import { submissionGate } from './submission-gate.ts';
import { reformParts } from './unit-holdings.ts';

/**
 * Which queues listen to which events: the map of what follows from what. A queue's job gets the event's id
 * and reads its tags.
 */
export const subscriptions: Subscriptions = {
  [unitChanged]: ['publishing.apply-event', 'search.apply-event'],
  [libraryEvents.accessioned]: [],
  [libraryEvents.released]: ['publishing.apply-event', 'search.apply-event', 'review.record-release'],
  [libraryEvents.removed]: ['publishing.apply-event', 'search.apply-event'],
  [libraryEvents.relabelled]: ['publishing.apply-event', 'search.apply-event'],
  [libraryEvents.ruled]: ['publishing.apply-event', 'search.apply-event'],
  [libraryEvents.handedOver]: ['publishing.apply-event', 'search.apply-event'],
  [sitesEvents.listingsChanged]: ['publishing.apply-event', 'search.apply-event'],
  [sitesEvents.reuseChanged]: ['publishing.apply-event', 'search.apply-event'],
  [sitesEvents.columnChanged]: ['publishing.apply-event'],
  [sitesEvents.homeChanged]: ['publishing.apply-event'],
  [sitesEvents.topicEnded]: ['publishing.apply-event'],
  [sitesEvents.urgentChanged]: ['publishing.apply-event'],
  [sitesEvents.filesChanged]: ['publishing.apply-event', 'search.apply-event'],
  [sitesEvents.siteChanged]: ['publishing.apply-event', 'search.apply-event'],
  [sitesEvents.unitRenamed]: ['search.apply-event'],
};

export interface AppOptions {
  readonly databaseUrl: string;
  readonly dataDirectory: string;
  /** Where templates/ and its assets are: beside the program. */
  readonly templatesDirectory: string;
  readonly base: PublicBase;
  readonly log: Log;
  readonly clock: () => Date;
  readonly uploadBytes: number;
  /** Largest file to import; `usualImportBytes` when absent. */
  readonly importBytes?: number;
  readonly identity?: Partial<IdentitySettings>;
  /** How many each pool of this process may hold. */
  readonly connections?: number;
  /** How long the database may take for a request; `requestTimeouts` when absent. */
  readonly timeouts?: Timeouts;
  /** True in the process that works on jobs. */
  readonly works: boolean;
  readonly checkResponses?: boolean;
  readonly trustProxy?: boolean;
  /** What the heads of the transparency log are signed with; Ed25519 when absent. */
  readonly logSignature?: SignatureKind;
  /** Searches and the like a second that one address may ask for; 0 sets no limit. */
  readonly publicRate?: number;
  /** Memory for published pages in a public process. */
  readonly pageCacheBytes?: number;
  /** The bucket for published pages, when they do not lie in the data folder. */
  readonly pagesInS3?: S3Settings | null;
  /** Whether old sites that are brought in may stand in an inner network. */
  readonly oldSitesPrivate?: boolean;
  /** Where webhooks may be sent; only to https addresses out there when absent. */
  readonly webhooks?: WebhookRules;
  /** The address others reach the exchange by, when the installation says it. */
  readonly exchangeUrl?: string | null;
  /** Whether platforms that are followed may stand in an inner network. */
  readonly followPrivate?: boolean;
  /** Whether outgoing links of published texts are tried; not when absent. */
  readonly triesLinks?: boolean;
  /** Where clamd listens; nobody scans files when absent. */
  readonly clamd?: ClamdPlace | null;
}

/** What every role is built from. */
export interface Parts {
  readonly options: AppOptions;
  /** For work that takes the time it needs: clocks, rebuilding, imports. Requests have pools of their own. */
  readonly db: Db;
  readonly boss: PgBoss;
  readonly bus: EventBus;
  readonly assets: AssetStore;
  /** Pages and files of old sites as they came. */
  readonly oldPages: AssetStore;
  /** Looks into every file; undefined when none is set. */
  readonly scanner: VirusScanner | undefined;
  readonly atlas: AtlasOptions;
  readonly pages: readonly PageDefinition[];
  readonly searchables: readonly Searchable[];
  readonly pagesDirectory: string;
  /** Where published pages lie: that folder, or a bucket. */
  readonly pagePlace: PagePlace;
  readonly searchDirectory: string;
  /** Packages that were asked for, until they are deleted. */
  readonly exportsDirectory: string;
  readonly keyFile: string;
  /** Runs the checks of texts; holds what the operators' rules compile to. */
  readonly proofreader: Proofreader;
  /** What the finder of misspellings learned. */
  readonly spellingFile: string;
  /** Words of Chinese texts; the dictionary is loaded when somebody asks for the first time. */
  readonly words: () => ChineseWords;
  /** Seals keys of other platforms and secrets of webhooks; its own key is made when the first of them is kept. */
  readonly seal: () => Promise<Seal>;
  /** Where the newest head of the transparency log lies for everybody. */
  readonly logDirectory: string;
  /** What nginx reads of redirects. */
  readonly mapDirectory: string;
  /** Changes when pages built by an earlier version would look different. */
  readonly fingerprint: string;
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I, as?: SystemCall) => Promise<O>;
}

/** Work without a request: who it is said to be, and when. */
export interface SystemCall {
  readonly actor?: Actor;
  readonly at?: Date;
}

function digestFolder(...directories: readonly string[]): string {
  const hash = createHash('sha256');
  for (const directory of directories) {
    const files = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(?:test|examples)\.|\.map$|\.d\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(file.slice(directory.length)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

const connectionsOfPool = 12;
/** Old sites come in archives with their pictures. */
const usualImportBytes = 1024 ** 3;

/** A pool for those who answer requests. Whoever opens it closes it. */
export function openRequestDb(options: AppOptions, applicationName: string): Db {
  return openDb(options.databaseUrl, {
    connections: options.connections ?? connectionsOfPool,
    timeouts: options.timeouts ?? requestTimeouts,
    applicationName,
  });
}

/** Asks until it is answered, and then remembers. */
function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  const held: { value?: T } = {};
  return async () => (held.value ??= await load());
}

/** The same for what is made at once. */
function makeOnce<T>(make: () => T): () => T {
  const held: { value?: T } = {};
  return () => (held.value ??= make());
}

/** What commands and reads of one process run with. */
export function createTools(db: Db, bus: EventBus, clock: () => Date): RouteTools {
  return createRouteTools({
    db,
    clock,
    record: recordEntry,
    announceIn: (on, now) => bus.announceIn(on, now),
  });
}

export function createParts(options: AppOptions): Parts {
  const connections = options.connections ?? (options.works ? connectionsOfWorker : connectionsOfPool);
  const db = openDb(options.databaseUrl, { connections });
  const boss = createJobs({ url: options.databaseUrl, log: options.log, listens: options.works });
  const bus = createEventBus(boss, subscriptions);
  const assetVersion = digestFolder(
    join(options.templatesDirectory, 'assets'),
    join(options.templatesDirectory, 'styles'),
  );
  const pagesDirectory = join(options.dataDirectory, 'pages');
  const atlas: AtlasOptions = { base: options.base, assetVersion, chromes: new Map() };
  const spellingFile = join(options.dataDirectory, 'spelling', 'model.bin');
  const spelling = createSpellingChecker(spellingFile);
  return {
    options,
    db,
    boss,
    bus,
    assets: createFileAssetStore(join(options.dataDirectory, 'assets')),
    oldPages: createFileAssetStore(join(options.dataDirectory, 'oldsites')),
    scanner: options.clamd ? createClamd(options.clamd) : undefined,
    atlas,
    pages: publicPages(atlas),
    searchables: searchables(atlas),
    pagesDirectory,
    pagePlace: options.pagesInS3
      ? { kind: 's3', ...options.pagesInS3 }
      : { kind: 'files', directory: pagesDirectory },
    searchDirectory: join(options.dataDirectory, 'search'),
    exportsDirectory: join(options.dataDirectory, 'exports'),
    keyFile: join(options.dataDirectory, 'keys', 'page.key'),
    proofreader: withSpelling(createProofreader([spelling]), spelling),
    spellingFile,
    words: makeOnce(loadChineseWords),
    seal: loadOnce(() => loadSeal(join(options.dataDirectory, 'keys', 'seal.key'))),
    logDirectory: join(options.dataDirectory, 'transparency'),
    mapDirectory: join(options.dataDirectory, 'nginx'),
    fingerprint: `${digestFolder(options.templatesDirectory)} ${JSON.stringify(options.base)}`,
    performAsSystem: (command, input, as = {}) =>
      createTools(db, bus, () => as.at ?? options.clock()).perform(
        { actor: as.actor ?? systemActor(command.name), requestId: 'system', address: null, sessionId: null },
        command,
        input,
      ),
  };
}

/** Longer than any request may last. */
const forgottenAfter = 3_600_000;

async function clearForgottenUploads({ assets, oldPages, options }: Parts): Promise<void> {
  const { log } = options;
  try {
    const before = new Date(Date.now() - forgottenAfter);
    const files = (await assets.sweep(before)) + (await oldPages.sweep(before));
    if (files > 0) log.info({ files }, 'uploads that were cut off are cleared away');
  } catch (error) {
    log.warn({ err: error }, 'uploads that were cut off could not be cleared away');
  }
}

/** Everything the console's port answers. */
export async function createConsole(parts: Parts): Promise<Http> {
  const { options } = parts;
  const { log, clock } = options;
  await clearForgottenUploads(parts);
  const db = openRequestDb(options, 'jiyue-console');
  const tools = createTools(db, parts.bus, clock);
  const settings = { ...defaultIdentitySettings, ...options.identity };
  const app = createHttp({
    log,
    checkResponses: options.checkResponses ?? false,
    trustProxy: options.trustProxy ?? false,
    behindTls: isBehindTls(settings),
  });
  app.addHook('onClose', () => db.destroy());
  await registerUploads(app);
  const authenticate = createAuthenticate({
    db,
    settings,
    clock,
    onRefusal: createRefusalRecord({ db, clock }),
  });
  const mount = createMount(app, authenticate, options.checkResponses ?? false);
  const routes: readonly Routes[] = [
    identityRoutes({ db, settings, clock, seal: parts.seal }),
    reorganizationRoutes(reformParts),
    auditRoutes,
    vocabularyRoutes,
    libraryRoutes({
      assets: parts.assets,
      uploadBytes: options.uploadBytes,
      scanner: parts.scanner,
      sitesShowing,
      writing,
      placed: placedIn,
    }),
    describingRoutes(parts.words),
    sitesRoutes(parts.atlas),
    proofreadingRoutes(parts.proofreader),
    spellingRoutes,
    reviewRoutes([takeDownTasks, reassessmentTasks, correctionTasks, waysTasks, columnTasks], {
      proofs: { lockout: settings.lockout, seal: parts.seal },
      gate: submissionGate(parts.proofreader),
    }),
    commentRoutes,
    interactionRoutes(options.base),
    intakeRoutes({ assets: parts.assets, importBytes: options.importBytes ?? usualImportBytes }),
    exchangeRoutes,
    webhookRoutes({
      seal: parts.seal,
      ...(options.webhooks ?? defaultWebhookRules),
    }),
    followingRoutes({ db: parts.db, seal: parts.seal, allowPrivate: options.followPrivate ?? false }),
    publishingRoutes(await createEngine(parts, 0)),
    redirectRoutes,
    packagingRoutes({ directory: parts.exportsDirectory }),
    relocationRoutes({
      db: parts.db,
      store: parts.oldPages,
      copiesDirectory: copiesIn(join(options.dataDirectory, 'oldsites')),
      uploadBytes: options.uploadBytes,
    }),
    resourceUseRoutes(options.base),
    linkCheckRoutes,
  ];
  for (const one of routes) one(mount, tools);
  return app;
}

/** Threads that compress and write pages: that is most of the work of a rebuild, and hardly any of daily work. */
export const pressThreads = (): number => Math.min(4, availableParallelism());

/** The page engine over this system's pages. `threads` 0 builds nothing here: it only marks and asks. */
export async function createEngine(parts: Parts, threads: number): Promise<PublishingEngine> {
  const key = await loadPageKey(parts.keyFile);
  const writer =
    threads === 0
      ? {
          settle: () => Promise.reject(new Error('this process writes no pages')),
          stop: async () => undefined,
        }
      : createThreadWriter({ place: parts.pagePlace, key, threads });
  return {
    db: parts.db,
    definitions: parts.pages,
    store: await openPageStore(parts.pagePlace),
    writer,
    log: parts.options.log,
    assetPath: (digest) => parts.assets.pathOf(digest),
    hosts: hostTable,
  };
}
