import { readFileSync } from 'node:fs';

/** Every variable the program reads, with what it means; `.env.example` lists the same (a test compares). */
export const variables = {
  DATABASE_URL: 'PostgreSQL 15+ server to use. Empty: the embedded PostgreSQL under the data directory.',
  JIYUE_ROLES:
    'What this process does: console, public, exchange, worker, separated by commas. Empty: all of them.',
  JIYUE_DATA: 'Folder of pages, assets, search index, keys and the embedded database. Empty: data',
  JIYUE_HOST: 'Address the servers listen on; :: for all of IPv6 and IPv4. Empty: 127.0.0.1',
  JIYUE_CONSOLE_PORT: 'Port of the console. Empty: 7100; a taken port is replaced by the next free one.',
  JIYUE_PUBLIC_PORT:
    'Port of the public sites. Empty: 7200. A process with other roles replaces a taken port by the next free one; processes with the role public alone share it.',
  JIYUE_EXCHANGE_PORT:
    'Port of the exchange, for other systems with a key. Empty: 7150; a taken port is replaced by the next free one.',
  JIYUE_EXCHANGE_URL:
    'Address other systems use to reach the exchange, when a proxy stands in front. Empty: the one they asked.',
  JIYUE_CONSOLE_URL:
    'Address people type to reach the console, when a proxy stands in front. With https, cookies and browsers keep to it.',
  JIYUE_PUBLIC_URL:
    'Scheme and port of the public sites as people see them, e.g. https://www.example.gov.cn. Empty: the listener.',
  JIYUE_TRUST_PROXY: '1 when a proxy in front sets X-Forwarded-For. Empty: 0',
  JIYUE_PUBLIC_RATE:
    'Searches and submissions a second that one address may send to the public sites; 0 for no limit. Empty: 10',
  JIYUE_PAGE_CACHE_MEGABYTES: 'Memory for published pages in each public process, in MiB. Empty: 64',
  JIYUE_PAGES_S3_ENDPOINT:
    'Address of an S3-compatible store for the published pages, e.g. https://s3.example.gov.cn. Empty: the data folder',
  JIYUE_PAGES_S3_BUCKET: 'Bucket for the published pages; used for nothing else',
  JIYUE_PAGES_S3_REGION: 'Region of the bucket, as the store names it. Empty: us-east-1',
  JIYUE_PAGES_S3_ACCESS_KEY: 'Name of the key that may read and write the bucket',
  JIYUE_PAGES_S3_SECRET_KEY: 'That key',
  JIYUE_OLD_SITES_PRIVATE:
    '1 when old sites that are brought in from the web may stand in an inner network. Empty: 0',
  JIYUE_WEBHOOKS_PRIVATE:
    '1 when systems that are told of changes (webhooks) may stand in an inner network. Empty: 0',
  JIYUE_WEBHOOKS_HTTP: '1 when webhooks may be sent without TLS, to http addresses. Empty: 0',
  JIYUE_FOLLOW_PRIVATE:
    '1 when other platforms that are followed (订阅) may stand in an inner network. Empty: 0',
  JIYUE_TRY_LINKS:
    '0 when the links of published texts to other sites are not to be tried. Empty: 0 with the demonstration district, else 1',
  JIYUE_LOG_LEVEL: 'debug, info, warn or error. Empty: info',
  JIYUE_DEMO:
    '0 to start without the demonstration district. Empty: 1 with the embedded database, 0 with DATABASE_URL',
  JIYUE_SESSION_IDLE_MINUTES: 'Minutes without a request after which a session ends. Empty: 30',
  JIYUE_SESSION_HOURS: 'Hours after which a session ends in any case. Empty: 12',
  JIYUE_LOG_SIGNATURE:
    'What the heads of the transparency log are signed with: ed25519, or sm2 (with SM3). Empty: ed25519',
  JIYUE_CLAMD:
    "Where ClamAV's clamd listens, to scan every file: a socket (/run/clamav/clamd.ctl) or host:port. Its StreamMaxLength must allow the largest upload. Empty: files are not scanned",
  JIYUE_UPLOAD_MEGABYTES: 'Largest file that can be uploaded, in MiB. Empty: 200',
} as const;

type Variable = keyof typeof variables;
const logLevels = ['info', 'debug', 'warn', 'error'] as const;
const signatureKinds = ['ed25519', 'sm2'] as const;
type SignatureKind = (typeof signatureKinds)[number];
export const roleNames = ['console', 'public', 'exchange', 'worker'] as const;
export type ProcessRole = (typeof roleNames)[number];

/** A bucket for the published pages. */
export interface S3Pages {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** A socket in the file system, or a port. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number };

export interface Config {
  readonly roles: readonly ProcessRole[];
  readonly databaseUrl: string | null;
  readonly dataDirectory: string;
  readonly host: string;
  readonly consolePort: number;
  readonly publicPort: number;
  readonly exchangePort: number;
  readonly exchangeUrl: string | null;
  readonly consoleUrl: string | null;
  readonly publicUrl: string | null;
  readonly trustProxy: boolean;
  readonly publicRate: number;
  readonly pageCacheBytes: number;
  readonly pagesInS3: S3Pages | null;
  readonly oldSitesPrivate: boolean;
  readonly webhooks: { readonly allowPrivate: boolean; readonly allowHttp: boolean };
  readonly followPrivate: boolean;
  readonly triesLinks: boolean;
  readonly logLevel: string;
  readonly demo: boolean;
  readonly session: { readonly idleMinutes: number; readonly hours: number };
  readonly uploadBytes: number;
  readonly clamd: ClamdAddress | null;
  readonly logSignature: SignatureKind;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The configuration of this process: frozen, typed, all problems reported together.
 * `FOO_FILE` names a file that holds the value of `FOO` (for secrets).
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const text = (name: Variable): string => readVariable(env, name, problems);
  const whole = (name: Variable, fallback: number, range: readonly [number, number]): number => {
    const value = text(name);
    if (value === '') return fallback;
    const number = Number(value);
    if (Number.isInteger(number) && number >= range[0] && number <= range[1]) return number;
    problems.push(`${name} must be a whole number from ${range[0]} to ${range[1]}, not "${value}"`);
    return fallback;
  };
  const flag = (name: Variable, fallback: boolean): boolean => {
    const value = text(name);
    if (value === '' || value === '0' || value === '1') return value === '' ? fallback : value === '1';
    problems.push(`${name} must be 0 or 1, not "${value}"`);
    return fallback;
  };
  const url = (name: Variable, schemes: readonly string[]): string | null => {
    const value = text(name);
    if (value === '') return null;
    if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return value.replace(/\/$/, '');
    problems.push(`${name} must be an address that begins with ${schemes.join(' or ')}`);
    return null;
  };
  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const config: Config = {
    roles: rolesOf(text('JIYUE_ROLES'), problems),
    databaseUrl,
    dataDirectory: text('JIYUE_DATA') || 'data',
    host: text('JIYUE_HOST') || '127.0.0.1',
    consolePort: whole('JIYUE_CONSOLE_PORT', 7100, [0, 65535]),
    publicPort: whole('JIYUE_PUBLIC_PORT', 7200, [0, 65535]),
    exchangePort: whole('JIYUE_EXCHANGE_PORT', 7150, [0, 65535]),
    exchangeUrl: url('JIYUE_EXCHANGE_URL', ['http:', 'https:']),
    consoleUrl: url('JIYUE_CONSOLE_URL', ['http:', 'https:']),
    publicUrl: url('JIYUE_PUBLIC_URL', ['http:', 'https:']),
    trustProxy: flag('JIYUE_TRUST_PROXY', false),
    logLevel: oneOf(text, 'JIYUE_LOG_LEVEL', logLevels, problems),
    publicRate: whole('JIYUE_PUBLIC_RATE', 10, [0, 10_000]),
    pageCacheBytes: whole('JIYUE_PAGE_CACHE_MEGABYTES', 64, [1, 65_536]) * 1024 * 1024,
    pagesInS3: s3PagesOf(text, url('JIYUE_PAGES_S3_ENDPOINT', ['http:', 'https:']), problems),
    oldSitesPrivate: flag('JIYUE_OLD_SITES_PRIVATE', false),
    webhooks: {
      allowPrivate: flag('JIYUE_WEBHOOKS_PRIVATE', false),
      allowHttp: flag('JIYUE_WEBHOOKS_HTTP', false),
    },
    followPrivate: flag('JIYUE_FOLLOW_PRIVATE', false),
    triesLinks: flag('JIYUE_TRY_LINKS', !flag('JIYUE_DEMO', databaseUrl === null)),
    demo: flag('JIYUE_DEMO', databaseUrl === null),
    session: {
      idleMinutes: whole('JIYUE_SESSION_IDLE_MINUTES', 30, [1, 1440]),
      hours: whole('JIYUE_SESSION_HOURS', 12, [1, 168]),
    },
    logSignature: oneOf(text, 'JIYUE_LOG_SIGNATURE', signatureKinds, problems),
    clamd: clamdOf(text('JIYUE_CLAMD'), problems),
    uploadBytes: whole('JIYUE_UPLOAD_MEGABYTES', 200, [1, 4096]) * 1024 * 1024,
  };
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return Object.freeze(config);
}

/** The same, from the environment of this process: the only place that reads it. */
export function loadProcessConfig(): Config {
  return loadConfig(process.env);
}

function readVariable(
  env: Readonly<Record<string, string | undefined>>,
  name: Variable,
  problems: string[],
): string {
  const file = env[`${name}_FILE`];
  if (file === undefined || file === '') return env[name]?.trim() ?? '';
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE names a file that cannot be read: ${file}`);
    return '';
  }
}

function s3PagesOf(
  text: (name: Variable) => string,
  endpoint: string | null,
  problems: string[],
): S3Pages | null {
  const bucket = text('JIYUE_PAGES_S3_BUCKET');
  const accessKey = text('JIYUE_PAGES_S3_ACCESS_KEY');
  const secretKey = text('JIYUE_PAGES_S3_SECRET_KEY');
  if (endpoint === null) {
    if (bucket !== '') problems.push('JIYUE_PAGES_S3_BUCKET needs JIYUE_PAGES_S3_ENDPOINT');
    return null;
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    problems.push(`JIYUE_PAGES_S3_BUCKET must name a bucket, not "${bucket}"`);
  if (accessKey === '' || secretKey === '')
    problems.push('JIYUE_PAGES_S3_ENDPOINT needs JIYUE_PAGES_S3_ACCESS_KEY and JIYUE_PAGES_S3_SECRET_KEY');
  return { endpoint, bucket, region: text('JIYUE_PAGES_S3_REGION') || 'us-east-1', accessKey, secretKey };
}

function clamdOf(value: string, problems: string[]): ClamdAddress | null {
  if (value === '') return null;
  if (value.startsWith('/')) return { path: value };
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([A-Za-z0-9.-]+)):([0-9]{1,5})$/.exec(value);
  const [host, port] = [match?.[1] ?? match?.[2], Number(match?.[3])];
  if (host !== undefined && port > 0 && port < 65_536) return { host, port };
  problems.push(`JIYUE_CLAMD must be the path of a socket or host:port, not "${value}"`);
  return null;
}

function rolesOf(value: string, problems: string[]): readonly ProcessRole[] {
  if (value === '') return roleNames;
  const wanted = value.split(',').map((one) => one.trim());
  const unknown = wanted.filter((one) => !roleNames.some((role) => role === one));
  if (unknown.length > 0) problems.push(`JIYUE_ROLES does not know ${unknown.join(', ')}`);
  return roleNames.filter((role) => wanted.includes(role));
}

/** One of the allowed values; the first of them when nothing is said. */
function oneOf<T extends string>(
  text: (name: Variable) => string,
  name: Variable,
  allowed: readonly [T, ...T[]],
  problems: string[],
): T {
  const value = text(name);
  const known = allowed.find((one) => one === value);
  if (known === undefined && value !== '') problems.push(`${name} must be one of ${allowed.join(', ')}`);
  return known ?? allowed[0];
}
