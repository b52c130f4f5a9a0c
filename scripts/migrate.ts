// npm run db:migrate: brings the database named by DATABASE_URL to this version, before the program starts.
import { loadConfig } from '../server/config.ts';
import { createQueues } from '../server/platform/jobs.ts';
import { migrate } from '../server/platform/migrate.ts';
import { queueNames } from '../server/queues.ts';

const { databaseUrl } = loadConfig(process.env);
if (databaseUrl === null) {
  process.stderr.write('Set DATABASE_URL. The embedded database migrates itself when the program starts.\n');
  process.exitCode = 2;
} else {
  const applied = await migrate(databaseUrl, 'migrations');
  await createQueues(databaseUrl, queueNames);
  process.stdout.write(applied.length === 0 ? 'Nothing to do.\n' : `Applied:\n  ${applied.join('\n  ')}\n`);
}
