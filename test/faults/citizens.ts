import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface Served {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Unpacked. */
  readonly body: Buffer;
}

/** One request as a citizen's browser sends it; undefined when nobody answers. */
export function fetchPage(
  port: number,
  host: string,
  path: string,
  encoding = 'identity',
): Promise<Served | undefined> {
  return new Promise((done) => {
    const call = request(
      { port, host: '127.0.0.1', path, headers: { host, 'accept-encoding': encoding }, timeout: 10_000 },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => {
          done(undefined);
        });
        response.on('end', () => {
          const raw = Buffer.concat(chunks);
          const packed = response.headers['content-encoding'];
          const body =
            packed === 'gzip' ? gunzipSync(raw) : packed === 'br' ? brotliDecompressSync(raw) : raw;
          done({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      },
    );
    call.on('timeout', () => call.destroy());
    call.on('error', () => {
      done(undefined);
    });
    call.end();
  });
}

/** Until the server knows these hosts and has their home pages. */
export async function waitUntilServed(port: number, hosts: readonly string[]): Promise<void> {
  for (const host of hosts) {
    while ((await fetchPage(port, host, '/'))?.status !== 200) await sleep(100);
  }
}

export interface Seen {
  requests: number;
  withoutDatabase: number;
  /** Refused while the database was away: nobody could vouch for a page that a killed worker left. */
  unsure: number;
  readonly byStatus: Map<number, number>;
  /** `host path` → digests of what was served there. */
  readonly digests: Map<string, Set<string>>;
  /** Cut off, or no answer from a server that runs. */
  readonly wrongs: string[];
}

export interface CitizenOptions {
  readonly port: number;
  readonly chance: () => number;
  readonly addresses: () => readonly { readonly host: string; readonly path: string }[];
  readonly isServing: () => boolean;
  readonly hasDatabase: () => boolean;
  readonly stopping: AbortSignal;
}

const endings: Readonly<Record<string, RegExp>> = {
  'text/html': /<\/html>\s*$/,
  // Without the database a feed is any XML.
  'application/xml': /<\/(?:urlset|sitemapindex|rss)>\s*$/,
  'application/rss+xml': /<\/rss>\s*$/,
};

export function nothingSeen(): Seen {
  return { requests: 0, withoutDatabase: 0, unsure: 0, byStatus: new Map(), digests: new Map(), wrongs: [] };
}

/** Reads pages without end and notes what was served. */
export async function readPages(options: CitizenOptions, seen: Seen): Promise<void> {
  const encodings = ['identity', 'gzip', 'br', 'gzip, br'];
  while (!options.stopping.aborted) {
    const addresses = options.addresses();
    const at = addresses[Math.floor(options.chance() * addresses.length)];
    const encoding = encodings[Math.floor(options.chance() * encodings.length)];
    const before = { serving: options.isServing(), database: options.hasDatabase() };
    if (at !== undefined && before.serving) {
      const served = await fetchPage(options.port, at.host, at.path, encoding);
      note(options, seen, at, { served, before });
    }
    await sleep(25);
  }
}

function note(
  options: CitizenOptions,
  seen: Seen,
  at: { readonly host: string; readonly path: string },
  found: { readonly served: Served | undefined; readonly before: { serving: boolean; database: boolean } },
): void {
  const { served, before } = found;
  const address = `${at.host} ${at.path}`;
  if (served === undefined) {
    // Killed while it answered: nobody's fault.
    if (options.isServing()) seen.wrongs.push(`${address}: no answer`);
    return;
  }
  const hadDatabase = before.database && options.hasDatabase();
  countStatus(seen, served.status);
  if (!before.database && !options.hasDatabase()) seen.withoutDatabase += 1;
  if (served.status === 503 && !hadDatabase) seen.unsure += 1;
  else if (served.status >= 500 || served.status === 421)
    seen.wrongs.push(`${address}: ${String(served.status)}`);
  if (served.status === 200 || served.status === 410) look(seen, address, served);
}

function countStatus(seen: Seen, status: number): void {
  seen.requests += 1;
  seen.byStatus.set(status, (seen.byStatus.get(status) ?? 0) + 1);
}

/** Is it whole, and which version was it? */
function look(seen: Seen, address: string, served: Served): void {
  const mediaType = (served.headers['content-type'] ?? '').split(';')[0] ?? '';
  const ending = endings[mediaType];
  const end = served.body.subarray(-200).toString();
  if (ending && !ending.test(end)) seen.wrongs.push(`${address}: cut off: ${end.slice(-60)}`);
  const digests = seen.digests.get(address) ?? new Set();
  digests.add(createHash('sha256').update(served.body).digest('hex'));
  seen.digests.set(address, digests);
}
