import type { Db } from '../../platform/db.ts';
import type { HostTable } from '../../platform/page-definition.ts';
import { type PageAddress, pagesAt, type Redirect, redirectsAt } from './page.queries.ts';
import { encodeAddress, requireSiteKey } from './page-path.ts';
import {
  readOldAddress,
  readRedirectLines,
  readTarget,
  type Refusal,
  type RefusalReason,
  type Surroundings,
  type Target,
} from './redirect-list.ts';
import { insertOldAddresses, shortenChains } from './redirect.queries.ts';

export interface RedirectImport {
  readonly site: string;
  /** Every host name of the district with its site. */
  readonly hosts: HostTable;
  /** CSV, TSV or JSON Lines: the old address, then the new one. */
  readonly text: string;
}

export interface RedirectReport {
  readonly lines: number;
  /** Redirects that hold now and did not before, or led elsewhere. */
  readonly kept: number;
  /** Lines that say what was known already. */
  readonly known: number;
  /** Redirects that led to an old address, and lead on to its page now. */
  readonly shortened: number;
  readonly refused: readonly Refusal[];
}

interface Candidate {
  readonly line: number;
  readonly from: string;
  readonly target: Target;
}

const AT_ONCE = 5_000;
const addressKey = ({ site, path }: PageAddress): string => `${site} ${path}`;

function* inBatches<T>(list: readonly T[], size = AT_ONCE): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
}

/**
 * Keeps the good lines of a list of old addresses and says of each other line why not. All of a list is looked at
 * together: a line may lead to another line's old address. Nothing is kept when the transaction ends badly.
 */
export async function importRedirects(db: Db, input: RedirectImport): Promise<RedirectReport> {
  const around: Surroundings = { site: requireSiteKey(input.site), hosts: input.hosts };
  const { lines, refused: unreadable } = readRedirectLines(input.text);
  const refused: Refusal[] = [...unreadable];
  const candidates = new Map<string, Candidate>();
  let known = 0;
  for (const { line, from: written, to } of lines) {
    const refuse = (reason: RefusalReason): void => {
      refused.push({ line, from: written.slice(0, 2_000), reason });
    };
    const from = readOldAddress(written, around);
    const target = readTarget(to, around);
    if ('refused' in from) refuse(from.refused);
    else if ('refused' in target) refuse(target.refused);
    else {
      const first = candidates.get(from.found);
      if (first === undefined) candidates.set(from.found, { line, from: from.found, target: target.found });
      else if (first.target.url === target.found.url) known += 1;
      else refuse('from-twice');
    }
  }
  const drop = (candidate: Candidate, reason: RefusalReason): void => {
    candidates.delete(candidate.from);
    refused.push({ line: candidate.line, from: candidate.from, reason });
  };
  await dropLive(db, around.site, candidates, drop);
  const { redirects, shortened } = await resolveTargets(db, around.site, candidates, drop);
  const stored = await storeRedirects(db, redirects);
  const chains = await shortenStored(db, around.site, stored.changed);
  return {
    lines: lines.length + unreadable.length,
    kept: stored.changed.length,
    known: known + stored.known,
    shortened: shortened + chains,
    refused: refused.sort((one, other) => one.line - other.line),
  };
}

type Drop = (candidate: Candidate, reason: RefusalReason) => void;
type Candidates = ReadonlyMap<string, Candidate>;

/** A redirect never hides a page, nor the note of one that was withdrawn. */
async function dropLive(db: Db, site: string, candidates: Candidates, drop: Drop): Promise<void> {
  for (const batch of inBatches([...candidates.values()])) {
    const asked = batch.map((one) => ({ site, path: one.from }));
    const taken = new Set((await pagesAt(db, asked)).map((page) => page.path));
    for (const one of batch) if (taken.has(one.from)) drop(one, 'from-live');
  }
}

/** Where each line ends: over other lines of the list, then over what is known already, at a page that exists. */
async function resolveTargets(
  db: Db,
  site: string,
  candidates: Candidates,
  drop: Drop,
): Promise<{ readonly redirects: readonly Redirect[]; readonly shortened: number }> {
  const ends = endsOf(site, candidates, drop);
  let shortened = [...ends].filter(([candidate, end]) => end !== candidate.target).length;
  const redirects: Redirect[] = [];
  for (const batch of inBatches([...ends])) {
    const urls = await existingUrls(
      db,
      batch.map(([, end]) => end),
    );
    for (const [candidate, end] of batch) {
      const onward = end.page ? urls.get(addressKey(end.page)) : KEEP;
      if (onward === undefined) drop(candidate, 'to-missing');
      else if (onward === encodeAddress(candidate.from)) drop(candidate, 'loop');
      else redirects.push({ site, path: candidate.from, to: onward === KEEP ? end.url : onward });
      if (onward !== undefined && onward !== KEEP) shortened += 1;
    }
  }
  return { redirects, shortened };
}

/** Where each line leads over the other lines of its list; those that lead in a circle are dropped. */
function endsOf(site: string, candidates: Candidates, drop: Drop): ReadonlyMap<Candidate, Target> {
  const ends = new Map<Candidate, Target>();
  const circles: Candidate[] = [];
  for (const candidate of candidates.values()) {
    const end = endOfChain(candidate, site, candidates);
    if (end === undefined) circles.push(candidate);
    else ends.set(candidate, end);
  }
  for (const candidate of circles) drop(candidate, 'loop');
  return ends;
}

/** The target stands as it is written. */
const KEEP = '';

function endOfChain(start: Candidate, site: string, candidates: Candidates): Target | undefined {
  const seen = new Set<string>([start.from]);
  let { target } = start;
  for (;;) {
    const next = target.page?.site === site ? candidates.get(oldAddressOf(target)) : undefined;
    if (next === undefined) return target;
    if (seen.has(next.from)) return undefined;
    seen.add(next.from);
    target = next.target;
  }
}

/** The target as an old address would be spelt. */
function oldAddressOf({ url, page }: Target): string {
  if (!page) return url;
  const query = /\?[^#]*/.exec(url)?.[0] ?? '';
  return `${page.path}${query}`;
}

/** For each page address that exists: `KEEP`, or where it leads when it is an old address itself. */
async function existingUrls(db: Db, targets: readonly Target[]): Promise<ReadonlyMap<string, string>> {
  const asked = targets.flatMap((one) => (one.page ? [one.page] : []));
  const found = new Map<string, string>();
  for (const one of await redirectsAt(db, asked)) found.set(addressKey(one), one.to);
  // `/x` is where `/x/` is meant: the server leads there as well.
  const folders = asked
    .filter((one) => !one.path.endsWith('/'))
    .map(({ site, path }) => ({ site, path: `${path}/` }));
  for (const page of await pagesAt(db, folders)) {
    if (page.outcome === 'page')
      found.set(addressKey({ site: page.site, path: page.path.slice(0, -1) }), encodeAddress(page.path));
  }
  for (const page of await pagesAt(db, asked)) {
    if (page.outcome === 'page' || page.outcome === 'file') found.set(addressKey(page), KEEP);
    else if (page.outcome === 'moved' && page.target !== null) found.set(addressKey(page), page.target);
    else found.delete(addressKey(page));
  }
  for (const one of asked) if (one.path === '/search') found.set(addressKey(one), KEEP);
  return found;
}

async function storeRedirects(
  db: Db,
  redirects: readonly Redirect[],
): Promise<{ readonly changed: readonly Redirect[]; readonly known: number }> {
  const changed: Redirect[] = [];
  for (const batch of inBatches(redirects)) {
    const stored = new Map((await redirectsAt(db, batch)).map((one) => [one.path, one.to]));
    const different = batch.filter((one) => stored.get(one.path) !== one.to);
    await insertOldAddresses(db, different);
    changed.push(...different);
  }
  return { changed, known: redirects.length - changed.length };
}

/** What led to one of these addresses before leads on at once. */
async function shortenStored(db: Db, site: string, redirects: readonly Redirect[]): Promise<number> {
  let count = 0;
  // Each statement may read all redirects of the site, so there are few.
  for (const batch of inBatches(redirects, 10 * AT_ONCE)) {
    count += await shortenChains(
      db,
      site,
      batch
        .filter((one) => !one.path.includes('?'))
        .map((one) => ({ from: encodeAddress(one.path), to: one.to })),
    );
  }
  return count;
}
