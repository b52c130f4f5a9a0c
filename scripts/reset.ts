// npm run db:reset: deletes the embedded database and everything made from it. Asks for --yes.
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';

import { loadConfig } from '../server/config.ts';

const { dataDirectory, databaseUrl } = loadConfig(process.env);
const data = resolve(dataDirectory);
if (databaseUrl !== null || !process.argv.includes('--yes')) {
  process.stderr.write(
    `This deletes ${data} with all content. Run: npm run db:reset -- --yes (never with DATABASE_URL)\n`,
  );
  process.exitCode = 2;
} else {
  await rm(data, { recursive: true, force: true });
  process.stdout.write('Deleted. The next start begins anew.\n');
}
