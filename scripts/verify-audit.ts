// npm run audit:verify: recomputes the hash chain of the audit record; exit code 1 when it is broken.
import { resolve } from 'node:path';

import { loadConfig } from '../server/config.ts';
import { verifyChain } from '../server/modules/audit/index.ts';
import { openDb } from '../server/platform/db.ts';
import { startEmbeddedPostgres } from '../server/platform/embedded-postgres.ts';

const config = loadConfig(process.env);
const server =
  config.databaseUrl === null
    ? await startEmbeddedPostgres({
        directory: resolve(config.dataDirectory, 'postgres'),
        port: 7300,
        log: { info: () => undefined },
      })
    : undefined;
const db = openDb(config.databaseUrl ?? server?.url ?? '', { connections: 1 });
try {
  const report = await verifyChain(db);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exitCode = report.intact ? 0 : 1;
} finally {
  await db.destroy();
  await server?.stop();
}
