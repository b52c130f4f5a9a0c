import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { openDb } from './db.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function aDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-embedded-'));
  await chmod(directory, 0o711); // run by root, the database's account passes through
  cleanups.push(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

/** What stands in a folder whose database was created and stopped. Creating one takes most of a test. */
let created = '';
beforeAll(async () => {
  created = await mkdtemp(join(tmpdir(), 'jiyue-created-'));
  await chmod(created, 0o711);
  await (await startEmbeddedPostgres({ directory: created, port: 0, log: silent, settings })).stop();
});
afterAll(() => rm(created, { recursive: true, force: true, maxRetries: 5 }));

/** A folder with a database in it; everything keeps its owner. */
async function aDatabaseDirectory(): Promise<string> {
  const directory = await aDirectory();
  execFileSync('cp', ['-a', `${created}/.`, directory]);
  return directory;
}

const settings = { shared_buffers: '16MB' };
const silent = { info: () => undefined };

async function start(
  directory: string,
  more: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ directory, port: 0, log: silent, settings, ...more });
  cleanups.push(() => server.stop());
  return server;
}

async function ask(url: string, statement: string): Promise<unknown> {
  const db = openDb(url, { connections: 1 });
  try {
    const { rows } = await sql.raw<Record<string, unknown>>(statement).execute(db);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await db.destroy();
  }
}

/** A program that starts the database and then only lives, until the test kills it. */
async function startInAnotherProcess(directory: string): Promise<{ kill(): Promise<void> }> {
  const module = new URL('embedded-postgres.ts', import.meta.url).href;
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const log = { info: () => undefined };
    const settings = ${JSON.stringify(settings)};
    await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)}, port: 0, log, settings });
    process.stdout.write('started');
    setInterval(() => undefined, 60_000);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) =>
    child.on('exit', () => {
      resolve();
    }),
  );
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  cleanups.push(kill);
  await Promise.race([
    new Promise((resolve) => child.stdout.once('data', resolve)),
    ended.then(() => Promise.reject(new Error('the other process ended early'))),
  ]);
  return { kill };
}

function postmasterId(directory: string): number {
  return Number(readFileSync(join(directory, 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('what was waited for did not happen');
    await sleep(25);
  }
}

test('what was written is there after a stop and a start', async () => {
  const directory = await aDatabaseDirectory();
  const first = await start(directory);
  await ask(first.url, 'create table note as select 7 as number');
  await first.stop();
  const second = await start(directory);
  expect(await ask(second.url, 'select number from note')).toBe(7);
});

test('the cluster is UTF-8 with the same rules everywhere, and has checksums', async () => {
  const { url } = await start(await aDirectory());
  expect(await ask(url, 'show server_encoding')).toBe('UTF8');
  expect(await ask(url, 'show data_checksums')).toBe('on');
  expect(await ask(url, 'show listen_addresses')).toBe('127.0.0.1');
  const locale = `select datlocprovider || ' ' || datlocale from pg_database where datname = current_database()`;
  expect(await ask(url, locale.replace('datlocprovider', 'datlocprovider::text'))).toBe('b C.UTF-8');
});

test('only the right password opens it, and only its owner can read the password', async () => {
  const directory = await aDirectory();
  const { url } = await start(directory);
  const wrong = new URL(url);
  wrong.password = 'guess';
  await expect(ask(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
  expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600);
});

test('the password is never logged', async () => {
  const directory = await aDirectory();
  const lines: string[] = [];
  const log = { info: (details: object, message: string) => lines.push(JSON.stringify(details) + message) };
  const { url } = await start(directory, { log });
  expect(lines.length).toBeGreaterThan(0);
  const written = lines.join('\n') + (await readFile(join(directory, 'postgres.log'), 'utf8'));
  expect(written).not.toContain(new URL(url).password);
});

test('a taken port makes it take the next free one', async () => {
  const blocker = await new Promise<Server>((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
  cleanups.push(() => new Promise((resolve) => blocker.close(resolve)));
  const address = blocker.address();
  const taken = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const { url, port } = await start(await aDatabaseDirectory(), { port: taken });
  expect(port).toBeGreaterThan(taken);
  expect(await ask(url, 'select 1')).toBe(1);
});

test('two databases that want the same port both start', async () => {
  const [one, two] = await Promise.all([
    start(await aDirectory(), { port: 55_100 }),
    start(await aDirectory(), { port: 55_100 }),
  ]);
  expect(one.port).not.toBe(two.port);
});

test('a path too long for a socket file is no obstacle', async () => {
  const outer = join(await aDirectory(), 'x'.repeat(90));
  const directory = join(outer, 'y'.repeat(90));
  await mkdir(directory, { recursive: true });
  await chmod(outer, 0o711);
  expect(await ask((await start(directory)).url, 'select 1')).toBe(1);
});

test('a killed server is reported, and recovers when started again', async () => {
  const directory = await aDatabaseDirectory();
  let exits = 0;
  const first = await start(directory, { onExit: () => (exits += 1) });
  await ask(first.url, 'create table note as select 7 as number');
  process.kill(postmasterId(directory), 'SIGKILL');
  await waitFor(() => exits === 1);
  const second = await start(directory, { onExit: () => (exits += 1) });
  expect(await ask(second.url, 'select number from note')).toBe(7);
  await second.stop();
  expect(exits).toBe(1);
});

test('a stale postmaster.pid that names some living program is no obstacle', async () => {
  const directory = await aDatabaseDirectory();
  await (await start(directory)).stop();
  const stale = `${process.pid}\n${directory}/cluster\n1\n5432\n\n127.0.0.1\n1 2\nready   \n`;
  await writeFile(join(directory, 'cluster/postmaster.pid'), stale);
  if (process.getuid?.() === 0) {
    const { chown } = await import('node:fs/promises');
    const owner = await stat(join(directory, 'cluster'));
    await chown(join(directory, 'cluster/postmaster.pid'), owner.uid, owner.gid);
  }
  expect(await ask((await start(directory)).url, 'select 1')).toBe(1);
});

test('an interrupted creation leaves nothing in the way', async () => {
  const directory = await aDirectory();
  await mkdir(join(directory, 'cluster.new'));
  await writeFile(join(directory, 'cluster.new/PG_VERSION'), '18');
  expect(await ask((await start(directory)).url, 'select 1')).toBe(1);
});

test('a second program shares the running server and does not stop it', async () => {
  const directory = await aDatabaseDirectory();
  await startInAnotherProcess(directory);
  const id = postmasterId(directory);
  const shared = await start(directory);
  expect(shared.attached).toBe(true);
  await shared.stop();
  expect(await ask(shared.url, 'select 1')).toBe(1);
  expect(postmasterId(directory)).toBe(id);
});

test('a program that shares a server is told when that server ends, and can start its own', async () => {
  const directory = await aDatabaseDirectory();
  const other = await startInAnotherProcess(directory);
  let exits = 0;
  await start(directory, { onExit: () => (exits += 1) });
  await other.kill();
  await waitFor(() => exits === 1);
  const own = await start(directory);
  expect(own.attached).toBe(false);
  expect(await ask(own.url, 'select 1')).toBe(1);
});

test('a killed parent leaves no server behind, and the next start works', async () => {
  const directory = await aDatabaseDirectory();
  const other = await startInAnotherProcess(directory);
  await other.kill();
  const server = await start(directory);
  expect(server.attached).toBe(false);
  expect(await ask(server.url, 'select 1')).toBe(1);
});
