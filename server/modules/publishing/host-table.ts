import type { HostTable, PublishingLog } from './page.types.ts';
import type { PageReader, Signature } from './page-reader.ts';

const FILE = 'hosts.json';
const RECHECK_MS = 250;
const KNOWN_SPELLINGS = 2_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

export interface HostTableOptions {
  readonly reader: PageReader;
  /** The site that answers on names of this machine itself. */
  readonly defaultSite: string | undefined;
  readonly log: PublishingLog;
}

export interface OpenHostTable {
  readonly siteOf: (host: string | undefined) => string | undefined;
  stop(): void;
}

function withoutPort(host: string): string {
  const name = host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : (host.split(':')[0] ?? '');
  return name.toLowerCase().replace(/\.$/, '');
}

/** Reads which site answers for which host, and again whenever the file changes. */
export async function openHostTable(options: HostTableOptions): Promise<OpenHostTable> {
  let table = new Map<string, string>();
  let signature: Signature | undefined;
  const known = new Map<string, string | undefined>();

  const reload = async (): Promise<void> => {
    const now = await options.reader.signature('', FILE);
    if (now === undefined || now === signature) return;
    const found = await options.reader.read('', FILE);
    if (found?.bytes === undefined) return;
    const hosts = JSON.parse(found.bytes.toString()) as HostTable;
    table = new Map(Object.entries(hosts).map(([host, site]) => [host.toLowerCase(), site]));
    known.clear();
    signature = found.signature;
  };
  const recheck = async (): Promise<void> => {
    try {
      await reload();
    } catch (error) {
      options.log.error({ err: error }, 'the host table cannot be read; the last one stays in use');
    }
  };
  await recheck();

  const find = (host: string): string | undefined => {
    const name = withoutPort(host);
    return table.get(name) ?? (LOOPBACK.has(name) ? options.defaultSite : undefined);
  };

  // Asked for by the clock, not by a request: nobody is answered from a table of long ago.
  const clock = setInterval(() => void recheck(), RECHECK_MS);
  clock.unref();

  const siteOf = (host: string | undefined): string | undefined => {
    if (host === undefined) return undefined;
    if (known.has(host)) return known.get(host);
    const site = find(host);
    if (known.size >= KNOWN_SPELLINGS) known.clear();
    known.set(host, site);
    return site;
  };
  return {
    siteOf,
    stop() {
      clearInterval(clock);
    },
  };
}
