export type Encoding = 'br' | 'gzip' | 'identity';

/** The best of our forms that a client accepts. A quality of 0 is a refusal. */
export function encodingFor(acceptEncoding: string | undefined): Encoding {
  if (acceptEncoding === undefined) return 'identity';
  const quality = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const value = q === undefined ? 1 : Number(q.slice(2));
    quality.set(name, Number.isFinite(value) ? value : 0);
  }
  const accepts = (name: string) => (quality.get(name) ?? quality.get('*') ?? 0) > 0;
  if (accepts('br') && (quality.get('br') ?? 1) >= (quality.get('gzip') ?? 0)) return 'br';
  return accepts('gzip') || accepts('x-gzip') ? 'gzip' : 'identity';
}

const KNOWN_HEADERS = 200;

/** Browsers send a handful of different headers: each is read once. */
export function createEncodingChoice(): (acceptEncoding: string | undefined) => Encoding {
  const known = new Map<string, Encoding>();
  return (acceptEncoding) => {
    if (acceptEncoding === undefined) return 'identity';
    const before = known.get(acceptEncoding);
    if (before !== undefined) return before;
    const encoding = encodingFor(acceptEncoding);
    if (known.size >= KNOWN_HEADERS) known.clear();
    known.set(acceptEncoding, encoding);
    return encoding;
  };
}

export interface ByteRange {
  readonly start: number;
  /** Included. */
  readonly end: number;
}

/** One range of a file: undefined when the header asks for none that we serve (all is sent then). */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined) return undefined;
  if (first === '') return last === '' ? undefined : lastBytes(Number(last), size);
  const start = Number(first);
  const end = last === '' ? size - 1 : Number(last);
  if (last !== '' && end < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end: Math.min(end, size - 1) };
}

function lastBytes(length: number, size: number): ByteRange | 'unsatisfiable' {
  return length === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - length), end: size - 1 };
}

/** Whether the client has this representation already (RFC 9110: weak comparison). */
export function matchesEtag(ifNoneMatch: string, etags: readonly string[]): boolean {
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((one) => etags.includes(one.trim().replace(/^W\//, '')));
}
