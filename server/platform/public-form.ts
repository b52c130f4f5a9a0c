import type { IncomingMessage } from 'node:http';

/** The largest form, far above what its fields may hold in any encoding. */
export const LARGEST_FORM_BYTES = 16_384;

export type FormRefusal = 'malformed' | 'too-large' | 'wrong-type' | 'cross-site';

export type ReadForm =
  | { readonly outcome: 'read'; readonly fields: ReadonlyMap<string, string> }
  | { readonly outcome: FormRefusal };

/** Whether a script sent it and wants JSON back; a browser's own form wants a page. */
export function wantsJson(request: IncomingMessage): boolean {
  return mediaTypeOf(request) === 'application/json';
}

function mediaTypeOf(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/**
 * Whether the request may come from a page of the same site. Browsers say where it comes from; one that says nothing is
 * old or no browser, and carries no session that somebody else could use.
 */
export function isSameOrigin({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  if (origin === undefined) return true;
  // The scheme may differ: a proxy ends TLS.
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

/** The fields of a form: each once, none that is not allowed, all storable texts. */
export async function readForm(request: IncomingMessage, allowed: readonly string[]): Promise<ReadForm> {
  if (!isSameOrigin(request)) return refuse(request, 'cross-site');
  const type = mediaTypeOf(request);
  if (type !== 'application/x-www-form-urlencoded' && type !== 'application/json') {
    return refuse(request, 'wrong-type');
  }
  if (request.headers['content-encoding'] !== undefined) return refuse(request, 'wrong-type');
  const bytes = await readBody(request);
  if (bytes === undefined) return refuse(request, 'too-large');
  const pairs = type === 'application/json' ? pairsOfJson(bytes) : pairsOfForm(bytes);
  const fields = pairs && fieldsOf(pairs, allowed);
  return fields ? { outcome: 'read', fields } : { outcome: 'malformed' };
}

/** What follows is thrown away, so that the answer arrives before the connection ends. */
function refuse(request: IncomingMessage, outcome: FormRefusal): ReadForm {
  request.resume();
  return { outcome };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_FORM_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_FORM_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => {
      resolve(size > LARGEST_FORM_BYTES ? undefined : Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
}

type Pairs = readonly (readonly [string, string])[];

function pairsOfForm(bytes: Buffer): Pairs | undefined {
  const text = bytes.toString('latin1');
  // Browsers write everything beyond ASCII in percents; who does not leaves open what it means.
  if (/[^\x20-\x7e]/.test(text)) return undefined;
  try {
    return text
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): readonly [string, string] => {
        const [name = '', ...value] = pair.split('=');
        return [decode(name), decode(value.join('='))];
      });
  } catch {
    return undefined;
  }
}

/** Stricter than URLSearchParams, which puts a sign for what is unreadable in the place of what it cannot read. */
function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function pairsOfJson(bytes: Buffer): Pairs | undefined {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const pairs = Object.entries(value as Readonly<Record<string, unknown>>);
    return pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string') ? pairs : undefined;
  } catch {
    return undefined;
  }
}

function fieldsOf(pairs: Pairs, allowed: readonly string[]): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (!allowed.includes(name) || fields.has(name) || !isStorable(value)) return undefined;
    fields.set(name, asWritten(value));
  }
  return fields;
}

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** Line ends of one kind, and none of the signs that are not seen but change how the rest is shown. */
function asWritten(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?!\n|\t)\p{Cc}/gu, '')
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}
