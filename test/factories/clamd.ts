import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type ClamdPlace, createClamd } from '../../server/platform/clamd.ts';

const program = '/usr/sbin/clamd';

/** What our one signature finds: harmless, and nowhere else in the world. */
export const infectedBytes = Buffer.from('JIYUE-VIRUS-TEST 这段文字只用来测试病毒检查');
export const infectedName = 'Jiyue.Test.Signature.UNOFFICIAL';
const signature = `Jiyue.Test.Signature:0:*:${infectedBytes.toString('hex')}\n`;
/** Another signature, for what was clean before. */
export const laterBytes = Buffer.from('JIYUE-LATER-TEST 这段文字后来才被认出');
export const laterName = 'Jiyue.Later.Signature.UNOFFICIAL';
const laterSignature = `Jiyue.Later.Signature:0:*:${laterBytes.toString('hex')}\n`;

/** Whether a clamd is here; tries to install one where this account may. Says loudly when there is none. */
export function hasClamd(): boolean {
  if (existsSync(program)) return true;
  if (process.getuid?.() === 0) {
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'clamav-daemon'], {
      stdio: 'ignore',
      timeout: 300_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  if (existsSync(program)) return true;
  process.stderr.write(
    '\n!!! clamd is not installed and cannot be: scanning is NOT TESTED here (apt-get install clamav-daemon)\n\n',
  );
  return false;
}

export interface TestClamd {
  readonly place: ClamdPlace;
  /** The daemon ends, and with it every answer. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** As if newer signatures had come. */
  learn(): Promise<void>;
  /** As if they had been withdrawn. */
  unlearn(): Promise<void>;
  remove(): Promise<void>;
}

/** A real clamd with signatures of our own: none can be downloaded by a test. */
export async function aClamd(): Promise<TestClamd> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-clamd-'));
  await chmod(directory, 0o755);
  const signatures = join(directory, 'signatures');
  await mkdir(signatures);
  await writeFile(join(signatures, 'own.ndb'), signature);
  const path = join(directory, 'clamd.ctl');
  const config = join(directory, 'clamd.conf');
  await writeFile(
    config,
    [
      `LocalSocket ${path}`,
      'LocalSocketMode 666',
      `DatabaseDirectory ${signatures}`,
      'Foreground yes',
      'StreamMaxLength 4M',
      'MaxThreads 2',
      '',
    ].join('\n'),
  );
  let daemon: ChildProcess | undefined;
  const client = createClamd({ path });
  const stop = async (): Promise<void> => {
    const ending = daemon;
    daemon = undefined;
    if (!ending || ending.exitCode !== null) return;
    const ended = new Promise((done) => ending.once('exit', done));
    ending.kill('SIGKILL');
    await ended;
    await rm(path, { force: true });
  };
  const start = async (): Promise<void> => {
    daemon = spawn(program, ['--config-file', config], { stdio: 'ignore' });
    for (let tries = 0; ; tries += 1) {
      const answers = await client.engine().then(
        () => true,
        () => false,
      );
      if (answers) return;
      if (tries > 200) throw new Error('clamd does not come up');
      await sleep(100);
    }
  };
  const later = join(signatures, 'later.ndb');
  const anew = async (change: () => Promise<void>): Promise<void> => {
    await stop();
    await change();
    await start();
  };
  await start();
  return {
    place: { path },
    stop,
    start,
    learn: () => anew(() => writeFile(later, laterSignature)),
    unlearn: () => anew(() => rm(later, { force: true })),
    remove: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
