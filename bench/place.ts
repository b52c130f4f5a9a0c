import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { createParts, type Parts } from '../server/app.ts';
import { startEmbeddedPostgres } from '../server/platform/embedded-postgres.ts';
import { createQueues } from '../server/platform/jobs.ts';
import { createLog } from '../server/platform/log.ts';
import { migrate } from '../server/platform/migrate.ts';
import { queueNames } from '../server/queues.ts';
import { freePort, type Running, startProcess } from './processes.ts';

const repository = resolve(import.meta.dirname, '..');
/** Processes are those that people run: compiled. */
const program = join(repository, 'dist', 'server', 'main.js');
/** As scripts/start.mjs gives them. */
const programFlags = ['--max-semi-space-size=16'];
/** Like the compiled program's, so that it finds the pages as it would have built them. */
export const templatesDirectory = join(repository, 'dist', 'templates');

export interface RoleStart {
  /** `public`, `worker` or several with commas; empty for all. */
  readonly roles: string;
  /** With the program's own embedded database instead of the one that runs already. */
  readonly ownDatabase?: boolean;
}

/** A data directory with a database of its own, in the folder for temporary files. */
export interface Place {
  readonly directory: string;
  readonly dataDirectory: string;
  readonly databaseUrl: string;
  readonly publicPort: number;
  openParts(works: boolean): Promise<Parts>;
  /** The compiled program on this place. */
  startProgram(start: RoleStart): Promise<Running>;
  stopDatabase(): Promise<void>;
  remove(): Promise<void>;
}

export async function createPlace(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-bench-'));
  // The database has an account of its own.
  await chmod(directory, 0o711);
  const dataDirectory = join(directory, 'data');
  await mkdir(dataDirectory, { mode: 0o711 });
  const log = createLog({ level: 'error', pretty: false });
  const server = await startEmbeddedPostgres({
    directory: join(dataDirectory, 'postgres'),
    port: 54_700,
    log,
  });
  await migrate(server.url, join(repository, 'migrations'));
  await createQueues(server.url, queueNames);
  const publicPort = await freePort();
  const opened: Parts[] = [];
  const closeParts = async (): Promise<void> => {
    for (const parts of opened.splice(0)) {
      await parts.boss.stop({ graceful: false });
      await parts.db.destroy();
    }
  };
  const stopDatabase = async (): Promise<void> => {
    await closeParts();
    await server.stop();
  };
  return {
    directory,
    dataDirectory,
    publicPort,
    databaseUrl: server.url,
    stopDatabase,
    async openParts(works) {
      const parts = createParts({
        databaseUrl: server.url,
        dataDirectory,
        templatesDirectory,
        base: { scheme: 'http', port: publicPort },
        log,
        clock: () => new Date(),
        uploadBytes: 8 * 1024 * 1024,
        works,
      });
      opened.push(parts);
      await parts.boss.start();
      return parts;
    },
    async startProgram({ roles, ownDatabase = false }) {
      const environment = {
        JIYUE_ROLES: roles,
        JIYUE_DATA: dataDirectory,
        JIYUE_DEMO: '0',
        JIYUE_LOG_LEVEL: 'info',
        JIYUE_CONSOLE_PORT: String(await freePort()),
        JIYUE_PUBLIC_PORT: String(publicPort),
        // One address asks for everything here.
        JIYUE_PUBLIC_RATE: '0',
        DATABASE_URL: ownDatabase ? '' : server.url,
      };
      const env = { ...process.env, ...environment };
      return startProcess([process.execPath, ...programFlags, program], {
        cwd: repository,
        env,
        sign: '"msg":"started"',
      });
    },
    async remove() {
      await stopDatabase();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
