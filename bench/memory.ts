import { setTimeout as sleep } from 'node:timers/promises';

import type { Bench } from './bench.types.ts';
import type { District } from './district.ts';
import { inMegabytes, inSeconds, secondsSince } from './figures.ts';
import { residentBytes, type Running } from './processes.ts';

const mostBytes = 400e6;
const mostSeconds = 5;
const rest = 10_000;
const pagesServed = 2_000;
const searchesServed = 200;

interface Start {
  readonly program: Running;
  readonly seconds: number;
}

/** The whole program with all roles and its own database: time to the first page, and memory at rest. */
export const memoryAtRest: Bench = {
  name: 'memory',
  async run(scene) {
    const district = await scene.district();
    const paths = await somePaths(district);
    // From here on the program has the database to itself.
    await district.place.stopDatabase();
    scene.say('starting the whole program twice');
    const first = await start(district, paths[0] ?? '/');
    await first.program.stop();
    const second = await start(district, paths[0] ?? '/');
    const { program, seconds } = second;
    try {
      await sleep(rest);
      const idle = await residentBytes(program.pid);
      scene.say('serving pages and searches');
      await serve(district, paths);
      await sleep(rest);
      const served = await residentBytes(program.pid);
      const target = `≤ ${inMegabytes(mostBytes)}`;
      return [
        {
          what: 'Second start to the first page, all roles, embedded database',
          ours: inSeconds(seconds),
          target: `≤ ${String(mostSeconds)} s`,
          met: seconds <= mostSeconds,
        },
        {
          what: 'Memory at rest after the start, all roles, without PostgreSQL',
          ours: inMegabytes(idle),
          target,
          met: idle <= mostBytes,
        },
        {
          what: `Memory at rest after ${String(pagesServed)} pages and ${String(searchesServed)} searches`,
          ours: inMegabytes(served),
          target,
          met: served <= mostBytes,
        },
      ];
    } finally {
      await program.stop();
    }
  },
};

async function somePaths({ parts, portal }: District): Promise<readonly string[]> {
  const rows = await parts.db
    .selectFrom('publishing.page')
    .select('path')
    .where('site', '=', portal.id)
    .where('kind', 'in', ['article', 'list', 'column'])
    .limit(pagesServed)
    .execute();
  return rows.map((row) => row.path);
}

async function fetchPath({ place }: District, path: string): Promise<number> {
  const address = `http://127.0.0.1:${String(place.publicPort)}${path}`;
  const answer = await fetch(address, { headers: { 'accept-encoding': 'gzip' } });
  await answer.arrayBuffer();
  return answer.status;
}

async function start(district: District, path: string): Promise<Start> {
  const started = performance.now();
  const starting = district.place.startProgram({ roles: '', ownDatabase: true });
  const failing = new AbortController();
  starting.catch(() => {
    failing.abort();
  });
  while (!failing.signal.aborted && (await fetchPath(district, path).catch(() => 0)) !== 200) await sleep(20);
  const seconds = secondsSince(started);
  return { program: await starting, seconds };
}

async function serve(district: District, paths: readonly string[]): Promise<void> {
  for (let number = 0; number < pagesServed; number += 1) {
    await fetchPath(district, paths[number % paths.length] ?? '/');
  }
  const words = ['安全', '建设工程', '行政许可', '环境保护', '处罚'];
  for (let number = 0; number < searchesServed; number += 1) {
    const status = await fetchPath(
      district,
      `/search?scope=all&q=${encodeURIComponent(words[number % words.length] ?? '')}`,
    );
    if (status !== 200) throw new Error(`search answered ${String(status)}`);
  }
}
