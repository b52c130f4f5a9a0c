import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { accountsFile, seedDemonstration } from '../demo/seed.ts';
import { createConsole, createParts, type Parts } from './app.ts';
import { type Config, ConfigError, loadProcessConfig } from './config.ts';
import { serveConsoleFiles } from './console-files.ts';
import { createExchange } from './exchange.ts';
import { createFirstAccounts } from './first-accounts.ts';
import { requireNoImport } from './modules/packaging/index.ts';
import { allSites, homeUrlOf, type PublicBase } from './modules/sites/index.ts';
import { openDatabase, seedingSetting, servesOnly } from './open-database.ts';
import { isDatabaseLost, withPatience } from './platform/db.ts';
import { listenOn } from './platform/listen.ts';
import { createLog, type Log } from './platform/log.ts';
import { writeSetting } from './platform/settings.ts';
import { createPublicSide } from './public.ts';
import { layOutStaticFiles } from './static-files.ts';
import { baseSetting, publishEverything, startWorker, wasPublished } from './worker.ts';

const here = dirname(fileURLToPath(import.meta.url));
/** The folder of the program: dist/ when built, the repository when run from source. */
const program = resolve(here, '..');
const repository = here.includes(join('dist', 'server')) ? resolve(program, '..') : program;

/** Things to undo in reverse order when the program ends. */
type Closing = (() => Promise<unknown>)[];

async function main(): Promise<void> {
  const started = performance.now();
  const config = readConfig();
  const log = createLog({ level: config.logLevel, pretty: process.stdout.isTTY });
  const closing: Closing = [];
  const stop = stopOnce(closing, log);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    await start(config, log, closing);
    log.info({ seconds: Math.round((performance.now() - started) / 100) / 10 }, 'started');
  } catch (error) {
    log.error({ err: error }, 'could not start');
    process.exitCode = 1;
    stop();
  }
}

function readConfig(): Config {
  try {
    return loadProcessConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

function stopOnce(closing: Closing, log: Log): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    log.info({}, 'stopping');
    void (async () => {
      for (const close of closing.reverse()) {
        await close().catch((error: unknown) => {
          log.error({ err: error }, 'something did not stop cleanly');
        });
      }
      log.info({}, 'stopped');
      process.exit();
    })();
  };
}

async function start(config: Config, log: Log, closing: Closing): Promise<void> {
  const data = resolve(repository, config.dataDirectory);
  // Others may pass through (the database has an account of its own) but not look around.
  await mkdir(data, { recursive: true, mode: 0o711 });
  const database = await openDatabase({ config, data, migrations: join(repository, 'migrations'), log });
  closing.push(() => database.stop());
  const publicPort = config.roles.includes('public') ? await publicPortOf(config) : config.publicPort;
  const parts = createParts({
    databaseUrl: database.url,
    dataDirectory: data,
    templatesDirectory: join(program, 'templates'),
    base: publicBase(config, publicPort),
    log,
    clock: () => new Date(),
    uploadBytes: config.uploadBytes,
    identity: { session: config.session, consoleUrl: config.consoleUrl },
    works: config.roles.includes('worker'),
    trustProxy: config.trustProxy,
    logSignature: config.logSignature,
    publicRate: config.publicRate,
    pageCacheBytes: config.pageCacheBytes,
    pagesInS3: config.pagesInS3,
    oldSitesPrivate: config.oldSitesPrivate,
    webhooks: config.webhooks,
    exchangeUrl: config.exchangeUrl,
    followPrivate: config.followPrivate,
    triesLinks: config.triesLinks,
    clamd: config.clamd,
  });
  closing.push(() => parts.db.destroy());
  if (!servesOnly(config)) {
    await withPatience(() => parts.boss.start(), log);
    closing.push(() => parts.boss.stop({ graceful: false }));
  }
  if (config.roles.includes('worker')) {
    await fillEmpty(config, parts);
    await openWorker(parts, closing);
  }
  if (config.roles.includes('public')) await openPublicPort(config, parts, publicPort, closing);
  if (config.roles.includes('exchange')) await openExchangePort(config, parts, closing);
  if (config.roles.includes('console')) await openConsolePort(config, parts, closing);
  if (config.demo) log.info({ file: accountsFile(parts) }, 'demonstration accounts and their passwords');
}

/** A new installation gets the demonstration district, or its first administrators. */
async function fillEmpty(config: Config, parts: Parts): Promise<void> {
  const { log } = parts.options;
  await withPatience(() => requireNoImport(parts.db), log);
  if (!config.demo) {
    const file = await withPatience(() => createFirstAccounts(parts), log);
    if (file !== undefined) log.info({ file }, 'first accounts with their initial passwords');
    return;
  }
  if ((await allSites(parts.db)).length > 0) return;
  await writeSetting(parts.db, seedingSetting, 'begun');
  await seedDemonstration(parts, join(repository, 'demo'));
  await writeSetting(parts.db, seedingSetting, 'done');
}

async function openWorker(parts: Parts, closing: Closing): Promise<void> {
  // Commands beside the program (npm run import) build pages for the same addresses.
  const { log } = parts.options;
  const isPublished = await withPatience(async () => {
    await writeSetting(parts.db, baseSetting, JSON.stringify(parts.options.base));
    return wasPublished(parts);
  }, log);
  const worker = await startWorker(parts);
  closing.push(() => worker.stop());
  if (isPublished) return;
  log.info({}, 'publishing all pages');
  const onProgress = (pages: number): void => {
    log.debug({ pages }, 'pages published');
  };
  await withPatience(() => publishEverything(parts, worker, onProgress), log);
  log.info({}, 'all pages are published and findable');
}

function publicBase(config: Config, port: number): PublicBase {
  if (config.publicUrl === null) return { scheme: 'http', port };
  const url = new URL(config.publicUrl);
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  return { scheme, port: url.port === '' ? null : Number(url.port) };
}

async function openPublicPort(config: Config, parts: Parts, port: number, closing: Closing): Promise<void> {
  const sites = await allSites(parts.db).catch((error: unknown) => {
    if (error instanceof Error && isDatabaseLost(error)) return [];
    throw error;
  });
  const portal = sites.find((site) => site.isPortal);
  const side = await createPublicSide(parts, portal?.id);
  closing.push(() => side.stop());
  await side.pages.listen(port, config.host, true);
  const { log } = parts.options;
  log.info(
    {
      address: portal
        ? homeUrlOf(parts.options.base, portal.domains[0] ?? 'localhost')
        : `port ${String(port)}`,
    },
    'public sites',
  );
  for (const site of sites.filter((one) => !one.isPortal)) {
    log.debug(
      { site: site.name, address: homeUrlOf(parts.options.base, site.domains[0] ?? 'localhost') },
      'site',
    );
  }
}

async function openConsolePort(config: Config, parts: Parts, closing: Closing): Promise<void> {
  const app = await createConsole(parts);
  await serveConsoleFiles(app, {
    consoleDirectory: join(repository, 'dist', 'console'),
    assetsDirectory: await layOutStaticFiles(parts.options.templatesDirectory, parts.options.dataDirectory),
  });
  closing.push(() => app.close());
  const port = await freePort(config.host, config.consolePort);
  await app.listen({ host: config.host, port });
  parts.options.log.info({ address: config.consoleUrl ?? `http://localhost:${String(port)}/` }, 'console');
}

async function openExchangePort(config: Config, parts: Parts, closing: Closing): Promise<void> {
  const app = createExchange(parts, { url: config.exchangeUrl });
  closing.push(() => app.close());
  const port = await freePort(config.host, config.exchangePort);
  await app.listen({ host: config.host, port });
  parts.options.log.info({ address: config.exchangeUrl ?? `http://localhost:${String(port)}/` }, 'exchange');
}

/** Processes that only serve share the port they are told: another of them may be there, or about to leave. */
const publicPortOf = async (config: Config): Promise<number> =>
  servesOnly(config) ? config.publicPort : freePort(config.host, config.publicPort);

/** The wanted port, or the next one that nobody uses. */
async function freePort(host: string, wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 100; port += 1) {
    const probe = createServer();
    const free = await listenOn(probe, { port, host }).then(
      () => true,
      () => false,
    );
    await new Promise((done) => probe.close(done));
    if (free) return port;
  }
  throw new Error(`no free port from ${String(wanted)} to ${String(wanted + 99)}`);
}

await main();
