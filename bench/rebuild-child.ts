// A process that builds every page of a district once and says how long it took: called by full-rebuild.ts. It runs
// the compiled program, as people do: with a loader of TypeScript, each of its threads would compile first.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type * as App from '../server/app.ts';
import type * as Publishing from '../server/modules/publishing/index.ts';
import type * as Logging from '../server/platform/log.ts';

const program = new URL('../dist/server/', import.meta.url).href;
const { createEngine, createParts, pressThreads } = (await import(`${program}app.js`)) as typeof App;
const { fullRebuild } = (await import(`${program}modules/publishing/index.js`)) as typeof Publishing;
const { createLog } = (await import(`${program}platform/log.js`)) as typeof Logging;

export interface RebuildOrder {
  readonly databaseUrl: string;
  readonly dataDirectory: string;
  readonly templatesDirectory: string;
  readonly publicPort: number;
  /** Only the pages themselves, as Hugo writes them. */
  readonly bare: boolean;
}

/** Writes neither compressed forms nor seals: only for the comparison with a generator that writes none. */
function createBareWriter(directory: string): Publishing.PageWriter {
  return {
    settle: (changes) =>
      Promise.all(
        changes.map(async ({ site, path, state }) => {
          if (state.outcome !== 'page') return null;
          const file = join(directory, site, path.endsWith('/') ? `${path}index.html` : path);
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, state.bytes);
          return null;
        }),
      ),
    stop: () => Promise.resolve(),
  };
}

const started = performance.now();
const order = JSON.parse(process.argv[2] ?? '{}') as RebuildOrder;
const parts = createParts({
  ...order,
  base: { scheme: 'http', port: order.publicPort },
  log: createLog({ level: 'error', pretty: false }),
  clock: () => new Date(),
  uploadBytes: 0,
  works: false,
});
const shipped = await createEngine(parts, pressThreads());
const engine = order.bare ? { ...shipped, writer: createBareWriter(parts.pagesDirectory) } : shipped;
const report = await fullRebuild(engine);
const seconds = (performance.now() - started) / 1000;
await engine.writer.stop();
await parts.db.destroy();
// In kilobytes.
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ seconds, peakBytes, written: report.written, failed: report.failed }));
