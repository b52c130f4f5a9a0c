import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { aListener } from './following.ts';
import { someContent } from './library.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Offered {
  readonly content?: object;
  readonly files?: readonly object[];
  /** Where it says that it has been before. */
  readonly from?: readonly { readonly instance: string; readonly id: string }[];
  readonly type?: string;
  readonly namedBy?: readonly string[];
  readonly terms?: readonly object[];
}

/** Something that answers like another platform, as far as it is told to. */
export interface ToldPlatform {
  readonly address: string;
  readonly instance: string;
  readonly key: string;
  readonly asked: string[];
  /** Answers instead of the usual ones, by how the path begins. */
  readonly answers: Map<string, Answer>;
  /** What it answers when it is told nothing else. */
  readonly usual: Answer;
  about: object;
  /** Changes so far. */
  length(): number;
  offer(id: string, offered?: Offered): void;
  remove(id: string): void;
  /** The key sees only these; null: everything. */
  narrow(ids: ReadonlySet<string> | null): void;
  /** As a backup brings it back: of the feed only so much is there, and of the resources what it speaks of. */
  restore(length: number): void;
  close(): void;
}

export const says =
  (value: unknown): Answer =>
  (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
  };

const at = '2026-11-27T01:00:00.000Z';
const sha = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

const cursorAhead: Answer = (_request, response) =>
  response.writeHead(409).end(JSON.stringify({ code: 'exchange.cursor-ahead' }));

/** A file as an offer speaks of it, and where its bytes are asked for. */
export function aFile(bytes: string, name = '附件.csv') {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { file: { id: '7', name, size: bytes.length, digest }, path: `/v1/assets/${digest}` };
}

interface Entry {
  readonly digest: string;
  readonly mark: string;
}

function entryOf(instance: string, id: string, offered: Offered): Entry {
  const {
    content = someContent(),
    files = [],
    from = [],
    type = 'article',
    namedBy = [],
    terms = [],
  } = offered;
  const url = `http://${instance.slice(0, 8)}.example/${id}.html`;
  const placeOf = (one: { readonly instance: string; readonly id: string }) => ({
    ...one,
    ...{ name: '某平台', url: null, indexNumber: null },
  });
  const entry = {
    ...{ id, type, content, files, namedBy, terms, url, columns: [], publishedAt: at },
    ...{ unit: { id: '1', name: '某单位' }, indexNumber: 'x/1', digest: sha(content), mark: sha(offered) },
    origin: [...from, { instance, id }].map(placeOf),
  };
  return entry;
}

export async function aToldPlatform(instance: string): Promise<ToldPlatform> {
  const asked: string[] = [];
  const answers = new Map<string, Answer>();
  const feed: { readonly id: string }[] = [];
  const offers = new Map<string, Entry>();
  let seen: ReadonlySet<string> | null = null;
  const isSeen = (id: string): boolean => seen === null || seen.has(id);
  const listener = await aListener((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    asked.push(url.pathname);
    const own = [...answers].find(([beginning]) => url.pathname.startsWith(beginning));
    (own?.[1] ?? usual)(request, response);
  });
  const usual: Answer = (request, response) => {
    usualAt(new URL(request.url ?? '', 'http://x'))(request, response);
  };
  const usualAt = (url: URL): Answer => {
    if (url.pathname === '/v1/about') return says(platform.about);
    if (url.pathname === '/v1/changes') {
      const after = Number(url.searchParams.get('after') ?? 0);
      return after > feed.length ? cursorAhead : says(changesAfter(after));
    }
    if (url.pathname !== '/v1/contents') return (_request, response) => response.writeHead(404).end('{}');
    const ids = (url.searchParams.get('ids') ?? '').split(',');
    return says({ items: ids.filter(isSeen).flatMap((id) => offers.get(id) ?? []), rest: [] });
  };
  const changesAfter = (after: number): object => ({
    items: feed.slice(after, after + 100).flatMap(({ id }, index) => {
      if (!isSeen(id)) return [];
      const { digest = null, mark = null } = offers.get(id) ?? {};
      const cursor = String(after + index + 1);
      return [{ cursor, id, kind: 'released', deleted: digest === null, digest, mark, at }];
    }),
    cursor: String(Math.min(feed.length, after + 100)),
    more: after + 100 < feed.length,
  });
  const platform: ToldPlatform = {
    ...{ address: listener.address, instance, asked, answers, close: listener.close },
    key: 'jiyue_0123456789_geheim-geheim-geheim',
    usual,
    about: { instance, name: '某平台', fullText: true, reach: 'r', types: [], units: [], columns: [] },
    offer: (id, offered = {}) => {
      offers.set(id, entryOf(instance, id, offered));
      feed.push({ id });
    },
    remove: (id) => {
      offers.delete(id);
      feed.push({ id });
    },
    narrow: (ids) => {
      seen = ids;
    },
    length: () => feed.length,
    restore: (length) => {
      feed.length = length;
      const left = new Set(feed.map(({ id }) => id));
      for (const id of offers.keys()) if (!left.has(id)) offers.delete(id);
    },
  };
  return platform;
}
