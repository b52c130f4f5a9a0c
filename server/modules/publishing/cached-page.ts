import type { Readable } from 'node:stream';

import type { Encoding } from './negotiate.ts';
import { contentTypeOf, isShownInPlace } from './media-types.ts';

/** Plain arrays of names and values: what node:http sends with the least work. */
export type RawHeaders = string[];

export interface Variant {
  readonly body: Buffer;
  readonly headers: RawHeaders;
  /** Headers of a 304. */
  readonly unchanged: RawHeaders;
}

export interface CachedContent {
  readonly kind: 'content';
  readonly status: 200 | 410;
  readonly variants: Readonly<Record<Encoding, Variant>>;
  readonly etags: readonly string[];
  readonly modified: number;
  readonly rangeable: boolean;
  readonly digest: string;
}

/** Too large to keep in memory: sent from its file, whose digest was checked. */
export interface CachedFile {
  readonly kind: 'file';
  readonly status: 200;
  /** A part of it, the last byte included; undefined when something else lies there by now. */
  readonly open: (start: number, end: number) => Promise<Readable | undefined>;
  readonly size: number;
  readonly headers: RawHeaders;
  readonly unchanged: RawHeaders;
  readonly etags: readonly string[];
  readonly modified: number;
  readonly digest: string;
}

export interface CachedMove {
  readonly kind: 'moved';
  readonly to: string;
  readonly digest: string;
}

export type CachedPage = CachedContent | CachedFile | CachedMove;

/** Nothing runs on a public page but what came from its own site. */
export const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data: http: https:; media-src 'self' http: https:; frame-src 'self'; object-src 'none'; " +
  "base-uri 'self'; form-action 'self'; frame-ancestors 'self'";
/** Nothing runs in what somebody uploaded. */
export const FILE_POLICY =
  "default-src 'none'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

export const REVALIDATE = 'public, max-age=0, must-revalidate';
export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** What no public page needs, so that nothing that got onto one can ask for it. */
export const PERMISSIONS = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';
/** The district's sites lie on names of one domain and show each other's pictures; uploads are also shown elsewhere. */
const resourcePolicies = { page: 'same-site', file: 'cross-origin', private: 'same-site' } as const;

/** What other requests tell of the page they come from: its address on the same site; of a private page only the site. */
const referrerPolicies = {
  page: 'strict-origin-when-cross-origin',
  file: 'strict-origin-when-cross-origin',
  private: 'strict-origin',
} as const;

export function securityHeaders(
  policy = PAGE_POLICY,
  kind: keyof typeof referrerPolicies = 'page',
): RawHeaders {
  return [
    'Content-Security-Policy',
    policy,
    'X-Content-Type-Options',
    'nosniff',
    'X-Frame-Options',
    'SAMEORIGIN',
    'Referrer-Policy',
    referrerPolicies[kind],
    'Permissions-Policy',
    PERMISSIONS,
    'Cross-Origin-Opener-Policy',
    'same-origin',
    'Cross-Origin-Resource-Policy',
    resourcePolicies[kind],
  ];
}

export interface Content {
  readonly outcome: 'page' | 'gone' | 'file' | 'static';
  readonly mediaType: string;
  readonly digest: string;
  readonly modified: Date;
  readonly cacheControl: string;
}

function fileHeaders(content: Content): RawHeaders {
  // Browsers show a PDF in a viewer of their own, which a sandbox would stop.
  const policy = content.mediaType === 'application/pdf' ? "frame-ancestors 'self'" : FILE_POLICY;
  const place = isShownInPlace(content.mediaType) ? 'inline' : 'attachment';
  return [...securityHeaders(policy, 'file'), 'Content-Disposition', place, 'Accept-Ranges', 'bytes'];
}

function headersOf(
  content: Content,
  etag: string,
  length: number,
  encoding: Encoding,
): Omit<Variant, 'body'> {
  const unchanged: RawHeaders = [
    'ETag',
    etag,
    'Last-Modified',
    content.modified.toUTCString(),
    'Cache-Control',
    content.cacheControl,
  ];
  // Uploaded files have one form only.
  if (content.outcome !== 'file') unchanged.push('Vary', 'Accept-Encoding');
  const headers: RawHeaders = [
    'Content-Type',
    contentTypeOf(content.mediaType),
    'Content-Length',
    String(length),
    ...unchanged,
    ...(content.outcome === 'file' ? fileHeaders(content) : securityHeaders()),
  ];
  if (encoding !== 'identity') headers.push('Content-Encoding', encoding);
  return { headers, unchanged };
}

const etagOf = (digest: string, encoding: Encoding): string =>
  `"${digest.slice(0, 32)}${encoding === 'identity' ? '' : `-${encoding}`}"`;

/** A page ready to be sent: every header of every form is made once, here. */
export function cachedContent(
  content: Content,
  forms: { identity: Buffer; gzip?: Buffer; br?: Buffer },
): CachedContent {
  const variant = (encoding: Encoding, body: Buffer): Variant => ({
    body,
    ...headersOf(content, etagOf(content.digest, encoding), body.length, encoding),
  });
  const identity = variant('identity', forms.identity);
  const gzip = forms.gzip ? variant('gzip', forms.gzip) : identity;
  return {
    kind: 'content',
    status: content.outcome === 'gone' ? 410 : 200,
    variants: { identity, gzip, br: forms.br ? variant('br', forms.br) : identity },
    etags: (['identity', 'gzip', 'br'] as const).map((encoding) => etagOf(content.digest, encoding)),
    modified: Math.floor(content.modified.getTime() / 1000) * 1000,
    rangeable: content.outcome === 'file',
    digest: content.digest,
  };
}

export function cachedFile(content: Content, size: number, open: CachedFile['open']): CachedFile {
  const etag = etagOf(content.digest, 'identity');
  return {
    kind: 'file',
    status: 200,
    open,
    size,
    ...headersOf(content, etag, size, 'identity'),
    etags: [etag],
    modified: Math.floor(content.modified.getTime() / 1000) * 1000,
    digest: content.digest,
  };
}

/** Roughly what an entry costs in memory. */
export function bytesOf(page: CachedPage): number {
  if (page.kind !== 'content') return 1_500;
  const bodies = new Set(Object.values(page.variants).map((variant) => variant.body));
  return [...bodies].reduce((sum, body) => sum + body.length, 4_000);
}
