import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type Asked, askedDuring } from '../test/asked.ts';
import { aDatabase } from '../test/harness.ts';
import { createParts, type Parts } from './app.ts';
import { createLog } from './platform/log.ts';
import { startWorker, type Worker } from './worker.ts';

/** Longer than the longest pause of its clocks that is shorter than half a minute. */
const watchedSeconds = 6;
/** Measured: 43, of which the guard of the page store has six and the hour of releases four. */
const mostPerSecond = 52;

describe('a worker that has nothing to do', () => {
  const database = aDatabase();
  const built: { directory?: string; parts?: Parts; worker?: Worker } = {};
  let asked: readonly Asked[] = [];

  beforeAll(async () => {
    built.directory = await mkdtemp(join(tmpdir(), 'jiyue-idle-'));
    built.parts = createParts({
      databaseUrl: database.url,
      dataDirectory: built.directory,
      templatesDirectory: 'templates',
      base: { scheme: 'http', port: null },
      log: createLog({ level: 'silent', pretty: false }),
      clock: () => new Date(),
      uploadBytes: 1024 * 1024,
      works: true,
    });
    await built.parts.boss.start();
    built.worker = await startWorker(built.parts);
    await built.worker.settled();
    await sleep(2_000);
    asked = await askedDuring(() => sleep(watchedSeconds * 1_000));
  });
  afterAll(async () => {
    await built.worker?.stop();
    await built.parts?.db.destroy();
    if (built.directory) await rm(built.directory, { recursive: true, force: true });
  });

  const ours = () => asked.filter((one) => one.application === 'jiyue').map((one) => one.text);

  it('holds no connection: it begins no transaction and takes no lock', () => {
    expect(ours().filter((text) => /^(?:begin|commit|set)|advisory|for update/i.test(text))).toEqual([]);
  });

  it('asks each kind of work whether anything waits, and writes nothing', () => {
    expect(ours().filter((text) => /\b(?:insert into|update|delete from)\b/i.test(text))).toEqual([]);
  });

  it('asks little', () => {
    expect(asked.length / watchedSeconds).toBeLessThan(mostPerSecond);
    expect(asked.length / watchedSeconds).toBeGreaterThan(5);
  });
});
