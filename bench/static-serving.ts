import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Bench, Row } from './bench.types.ts';
import type { District } from './district.ts';
import { asRatio, inMilliseconds, median, perSecond } from './figures.ts';
import { pacedLatencies, type PacedResult } from './paced-load.ts';
import { findTool, freePort, type Running, runTool, startProcess } from './processes.ts';

const rounds = 3;
const wantedRatio = 0.75;
const paceWanted = 10_000;
const pacedTarget = 10;
const paceSeconds = 5;

interface Round {
  readonly requestsPerSecond: number;
  readonly p99: number;
}

/** The page server in a process of its own, beside nginx with one worker on the same files. */
export const staticServing: Bench = {
  name: 'serving',
  async run(scene) {
    const district = await scene.district();
    const { place } = district;
    const [wrk, nginx] = [findTool('wrk'), findTool('nginx')];
    const path = await articleOf(district);
    const ours = await place.startProgram({ roles: 'public' });
    const nginxPort = await freePort();
    const peer = nginx && wrk ? await startNginx(nginx, district, nginxPort) : undefined;
    try {
      const rows: Row[] = [];
      if (wrk === undefined) rows.push({ what: 'Static serving', ours: 'wrk is not installed' });
      else {
        scene.say(`serving one article, ${String(rounds)} rounds of 5 s for each server`);
        rows.push(await alternate(wrk, { ours: place.publicPort, peer: peer ? nginxPort : undefined }, path));
      }
      scene.say('serving one article 10,000 times a second');
      rows.push(
        pacedRow(
          await pacedLatencies({ port: place.publicPort, path, rate: paceWanted, seconds: paceSeconds }),
        ),
      );
      return rows;
    } finally {
      await peer?.stop();
      await ours.stop();
    }
  },
};

async function articleOf({ parts, portal }: District): Promise<string> {
  const row = await parts.db
    .selectFrom('publishing.page')
    .select('path')
    .where('kind', '=', 'article')
    .where('site', '=', portal.id)
    .where('size', '>', '8000')
    .orderBy('key')
    .executeTakeFirstOrThrow();
  return row.path;
}

async function alternate(
  wrk: string,
  ports: { readonly ours: number; readonly peer: number | undefined },
  path: string,
): Promise<Row> {
  const ours: Round[] = [];
  const theirs: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await load(wrk, ports.ours, path));
    if (ports.peer !== undefined) theirs.push(await load(wrk, ports.peer, path));
  }
  const row = { what: 'Static serving, one process, 64 connections, gzip', ours: describe(ours) };
  const target = `≥ ${String(wantedRatio)} × nginx with one worker`;
  if (theirs.length === 0) return { ...row, peer: 'nginx is not installed', target };
  const ratio =
    median(ours.map((one) => one.requestsPerSecond)) / median(theirs.map((one) => one.requestsPerSecond));
  return { ...row, peer: describe(theirs), ratio: asRatio(ratio), target, met: ratio >= wantedRatio };
}

function describe(measured: readonly Round[]): string {
  const rate = median(measured.map((one) => one.requestsPerSecond));
  return `${perSecond(rate, 'requests')}, p99 ${inMilliseconds(median(measured.map((one) => one.p99)))}`;
}

const milliseconds: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };

async function load(wrk: string, port: number, path: string): Promise<Round> {
  const address = `http://127.0.0.1:${String(port)}${path}`;
  const { output } = await runTool(wrk, [
    ...['-t1', '-c64', '-d5s', '--latency'],
    ...['-H', 'Accept-Encoding: gzip'],
    address,
  ]);
  const rate = /Requests\/sec:\s*([\d.]+)/.exec(output)?.[1];
  const [, late, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(output) ?? [];
  if (rate === undefined || /Non-2xx|Socket errors/.test(output))
    throw new Error(`wrk on ${address}: ${output}`);
  return { requestsPerSecond: Number(rate), p99: Number(late) * (milliseconds[unit ?? ''] ?? 1) };
}

async function startNginx(nginx: string, district: District, port: number): Promise<Running> {
  const { place, parts, portal } = district;
  const folder = join(place.directory, 'nginx');
  await mkdir(folder, { recursive: true });
  const configuration = `
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off;
  types { text/html html; }
  default_type text/html;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  gzip_static on;
  open_file_cache max=10000 inactive=60s;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  server { listen 127.0.0.1:${String(port)}; root ${join(parts.pagesDirectory, portal.id)}; }
}`;
  const file = join(folder, 'nginx.conf');
  await writeFile(file, configuration);
  const running = await startProcess([nginx, '-c', file, '-p', folder, '-e', join(folder, 'error.log')], {});
  await sleep(500);
  return running;
}

function pacedRow({ rate, p50, p99 }: PacedResult): Row {
  const reached = rate > paceWanted * 0.98;
  return {
    what: 'Static serving at 10,000 requests/s, 64 connections',
    ours: `p50 ${inMilliseconds(p50)}, p99 ${inMilliseconds(p99)}${reached ? '' : `, but only ${perSecond(rate, 'requests')} were reached`}`,
    target: `p99 < ${String(pacedTarget)} ms`,
    met: reached && p99 < pacedTarget,
  };
}
