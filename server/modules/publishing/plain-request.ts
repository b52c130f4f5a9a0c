/** What the fast path understands of a request. Everything else is left to node:http. */
export interface PlainRequest {
  readonly isHead: boolean;
  readonly host: string;
  /** Without its query. */
  readonly path: string;
  readonly acceptEncoding: string | undefined;
  readonly ifNoneMatch: string | undefined;
  /** Where the next request begins. */
  readonly end: number;
}

type Role = 'host' | 'encoding' | 'tag' | 'connection' | 'since' | 'ignored';

const GET = 'GET ';
const HEAD = 'HEAD ';
const VERSION = ' HTTP/1.1';
const LONGEST_TARGET = 2_048;
const [CARRIAGE_RETURN, LINE_FEED, SPACE] = [13, 10, 32];

/**
 * The only headers it may carry. One that is not listed, whatever it means, sends the request to node:http, so
 * nothing here can be a header that says where a request ends (Content-Length, Transfer-Encoding), asks for a part
 * (Range) or changes the conversation (Upgrade, Expect).
 */
const listed: Readonly<Record<string, Role>> = {
  Host: 'host',
  'Accept-Encoding': 'encoding',
  'If-None-Match': 'tag',
  'If-Modified-Since': 'since',
  Connection: 'connection',
  Accept: 'ignored',
  'Accept-Language': 'ignored',
  'Cache-Control': 'ignored',
  Cookie: 'ignored',
  DNT: 'ignored',
  Pragma: 'ignored',
  Priority: 'ignored',
  Referer: 'ignored',
  'Save-Data': 'ignored',
  'Sec-CH-UA': 'ignored',
  'Sec-CH-UA-Mobile': 'ignored',
  'Sec-CH-UA-Platform': 'ignored',
  'Sec-Fetch-Dest': 'ignored',
  'Sec-Fetch-Mode': 'ignored',
  'Sec-Fetch-Site': 'ignored',
  'Sec-Fetch-User': 'ignored',
  'Sec-GPC': 'ignored',
  'Upgrade-Insecure-Requests': 'ignored',
  'User-Agent': 'ignored',
  'X-Forwarded-For': 'ignored',
  'X-Forwarded-Proto': 'ignored',
  'X-Real-IP': 'ignored',
  'X-Requested-With': 'ignored',
};

const roles: ReadonlyMap<string, Role> = new Map(
  Object.entries(listed).flatMap(([name, role]) => [
    [name, role],
    [name.toLowerCase(), role],
  ]),
);

/** Whether a text is printable ASCII in lines that end as they must: no control character, no lone CR or LF. */
export function isPlainText(text: string): boolean {
  return !/[^\x20-\x7e\r\n]|\r(?!\n)|(?<!\r)\n/.test(text);
}

const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?$/;
const PATH = /^\/[A-Za-z0-9._~/-]*$/;
const QUERY = /^[A-Za-z0-9._~/?&=%+,:;@!$*()-]*$/;

interface Target {
  readonly isHead: boolean;
  readonly path: string;
  readonly headersAt: number;
}

function readPath(target: string): string | undefined {
  const mark = target.indexOf('?');
  if (mark >= 0 && !QUERY.test(target.slice(mark + 1))) return undefined;
  const path = mark < 0 ? target : target.slice(0, mark);
  return PATH.test(path) ? path : undefined;
}

function readTarget(text: string, at: number): Target | undefined {
  const isHead = text.startsWith(HEAD, at);
  if (!isHead && !text.startsWith(GET, at)) return undefined;
  const start = at + (isHead ? HEAD.length : GET.length);
  const lineEnd = text.indexOf('\r', start);
  const end = lineEnd - VERSION.length;
  if (lineEnd < 0 || end <= start || end - start > LONGEST_TARGET || !text.startsWith(VERSION, end))
    return undefined;
  const path = readPath(text.slice(start, end));
  return path === undefined ? undefined : { isHead, path, headersAt: lineEnd + 2 };
}

interface Fields {
  host: string | undefined;
  encoding: string | undefined;
  tag: string | undefined;
  since: boolean;
}

/** Takes one header; false when node:http shall judge it. */
function takeField(fields: Fields, role: Role, value: string): boolean {
  switch (role) {
    case 'ignored':
      return true;
    case 'since':
      fields.since = true;
      return true;
    case 'connection':
      return value === 'keep-alive' || value === 'Keep-Alive';
    case 'host':
      if (fields.host !== undefined || !HOST.test(value)) return false;
      fields.host = value;
      return true;
    case 'encoding':
    case 'tag':
      // Twice the same header: node:http knows how they are joined.
      if (fields[role] !== undefined) return false;
      fields[role] = value;
      return true;
  }
}

/** Takes the header line at a place. Where the next line begins, or undefined when node:http shall judge. */
function takeLine(fields: Fields, text: string, line: number): number | undefined {
  const colon = text.indexOf(':', line);
  const end = text.indexOf('\r', line);
  if (colon < 0 || end < colon + 3) return undefined;
  const role = roles.get(text.slice(line, colon));
  if (role === undefined || text.charCodeAt(colon + 1) !== SPACE) return undefined;
  if (text.charCodeAt(colon + 2) === SPACE || text.charCodeAt(end - 1) === SPACE) return undefined;
  if (role !== 'ignored' && !takeField(fields, role, text.slice(colon + 2, end))) return undefined;
  return end + 2;
}

/**
 * Reads the request at a place of a text that `isPlainText`. Undefined when it is not there whole, or is anything
 * but a common reading of a page: node:http decides about those.
 */
export function readPlainRequest(text: string, at: number): PlainRequest | undefined {
  const target = readTarget(text, at);
  if (target === undefined) return undefined;
  const fields: Fields = { host: undefined, encoding: undefined, tag: undefined, since: false };
  let line: number | undefined = target.headersAt;
  while (text.charCodeAt(line) !== CARRIAGE_RETURN) {
    line = takeLine(fields, text, line);
    if (line === undefined) return undefined;
  }
  if (text.charCodeAt(line + 1) !== LINE_FEED || fields.host === undefined) return undefined;
  // A date counts only where no tag stands; then node:http reads it.
  if (fields.since && fields.tag === undefined) return undefined;
  return {
    isHead: target.isHead,
    path: target.path,
    host: fields.host,
    acceptEncoding: fields.encoding,
    ifNoneMatch: fields.tag,
    end: line + 2,
  };
}
