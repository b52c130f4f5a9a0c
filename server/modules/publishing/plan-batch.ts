import type { BuiltPage } from './render-pages.ts';
import type { PageAddress, Redirect } from './page.queries.ts';
import type { ClaimedPage, IntendedForm, PageRow } from './page.types.ts';
import { encodeAddress } from './page-path.ts';
import type { AddressChange, AddressState } from './settle-address.ts';

/** A page in hand: what it must be and what the database says it was. */
export interface PageInHand {
  readonly claim: ClaimedPage;
  readonly built: BuiltPage;
  readonly stored: PageRow | undefined;
}

export interface BatchPlan {
  /** Files to change; `intended` says the same, one for one, for the announcement. */
  readonly changes: readonly AddressChange[];
  readonly intended: readonly IntendedForm[];
  readonly upserts: readonly PageRow[];
  readonly deletions: readonly string[];
  readonly retagged: readonly PageRow[];
  readonly redirects: readonly Redirect[];
  /** Addresses where a page stands now, so that no redirect may. */
  readonly freed: readonly PageAddress[];
  readonly answered: readonly ClaimedPage[];
  readonly problems: readonly { readonly key: string; readonly rank: number; readonly problem: string }[];
}

export const addressKey = (address: PageAddress): string => `${address.site}${address.path}`;

/** Whether the store holds exactly this page already. */
export function isUnchanged({ claim, built, stored }: PageInHand): boolean {
  if (claim.forced) return false;
  if (built.outcome === 'absent') return stored === undefined;
  if (built.outcome === 'problem' || stored === undefined) return false;
  const { row } = built;
  return (
    row.digest === stored.digest &&
    row.outcome === stored.outcome &&
    row.mediaType === stored.mediaType &&
    addressKey(row) === addressKey(stored)
  );
}

function isRetagged(row: PageRow, stored: PageRow): boolean {
  return (
    row.rank !== stored.rank ||
    row.tags.length !== stored.tags.length ||
    row.tags.some((tag, at) => tag !== stored.tags[at])
  );
}

/** Every address whose files this page's change touches. */
export function addressesOf({ built, stored }: PageInHand): readonly PageAddress[] {
  const old = stored ? [stored] : [];
  return built.outcome === 'built' ? [built.row, ...old] : old;
}

/**
 * Pages that want an address which another page keeps. Who holds it already wins, then the smaller key;
 * a page that loses stays where it was and may so be in the way of the next, hence the rounds.
 */
export function findLosers(pages: readonly PageInHand[]): ReadonlyMap<string, string> {
  const losers = new Map<string, string>();
  const isHolder = ({ built, stored }: PageInHand): boolean =>
    built.outcome === 'built' && stored !== undefined && addressKey(stored) === addressKey(built.row);
  const inOrder = pages.toSorted((one, other) => {
    const byHolding = Number(isHolder(other)) - Number(isHolder(one));
    return byHolding === 0 ? (one.claim.key < other.claim.key ? -1 : 1) : byHolding;
  });
  for (let found = true; found;) {
    found = false;
    const takenBy = new Map<string, string>();
    for (const page of inOrder) {
      const stays = page.built.outcome === 'problem' || losers.has(page.claim.key);
      if (stays && page.stored) takenBy.set(addressKey(page.stored), page.claim.key);
    }
    for (const { claim, built } of inOrder) {
      if (built.outcome !== 'built' || losers.has(claim.key)) continue;
      const holder = takenBy.get(addressKey(built.row));
      if (holder === undefined) takenBy.set(addressKey(built.row), claim.key);
      else {
        losers.set(claim.key, holder);
        found = true;
      }
    }
  }
  return losers;
}

interface Surroundings {
  /** Addresses where a redirect stands. */
  readonly redirected: ReadonlySet<string>;
  /** The address of a page on another site, as seen from here. */
  readonly addressFrom: (site: string, page: PageRow) => string | undefined;
}

function stateLeftBehind(
  page: PageInHand,
  stored: PageRow,
  around: Surroundings,
): { state: AddressState; redirect?: Redirect } {
  if (page.built.outcome !== 'built') return { state: { outcome: 'absent' } };
  const to = around.addressFrom(stored.site, page.built.row);
  if (to === undefined) return { state: { outcome: 'absent' } };
  const redirect = { site: stored.site, path: stored.path, to };
  return { state: { outcome: 'moved', bytes: Buffer.from(to) }, redirect };
}

/** What to do with the store and the database so that all of these pages are as they must be. Pure. */
export function planBatch(
  pages: readonly PageInHand[],
  around: Surroundings,
  digest: (bytes: Uint8Array) => string,
): BatchPlan {
  const losers = findLosers(pages);
  const problems = pages.flatMap(({ claim, built, stored }) => {
    const winner = losers.get(claim.key);
    const problem = winner === undefined ? undefined : `publishing.path-taken: ${winner}`;
    const reason = built.outcome === 'problem' ? built.problem : problem;
    const rank = built.outcome === 'built' ? built.row.rank : (stored?.rank ?? 0);
    return reason === undefined ? [] : [{ key: claim.key, rank, problem: reason }];
  });
  const failed = new Set(problems.map((one) => one.key));
  const sound = pages.filter((page) => !failed.has(page.claim.key));
  const active = sound.filter((page) => !isUnchanged(page));
  const upserts = active.flatMap(({ built }) => (built.outcome === 'built' ? [built.row] : []));
  const occupied = new Set(upserts.map(addressKey));
  const held = new Set(pages.flatMap(({ stored }) => (stored ? [addressKey(stored)] : [])));

  const changes: AddressChange[] = [];
  const intended: IntendedForm[] = [];
  const redirects: Redirect[] = [];
  for (const page of active) {
    const { built, claim, stored } = page;
    if (built.outcome === 'built') {
      const { row, state } = built;
      const at = addressKey(row);
      const fresh = !claim.forced && !held.has(at) && !around.redirected.has(at);
      changes.push({ site: row.site, path: row.path, state, fresh });
      intended.push(row);
    }
    if (stored === undefined || occupied.has(addressKey(stored))) continue;
    const { state, redirect } = stateLeftBehind(page, stored, around);
    const { site, path } = stored;
    changes.push({ site, path, state, fresh: false });
    if (redirect) redirects.push(redirect);
    const left = 'bytes' in state ? digest(state.bytes) : null;
    intended.push({
      key: claim.key,
      site,
      path,
      outcome: state.outcome,
      mediaType: 'text/plain',
      digest: left,
    });
  }
  return {
    changes,
    intended,
    upserts,
    redirects,
    problems,
    freed: upserts.filter((row) => around.redirected.has(addressKey(row))),
    deletions: active.flatMap(({ built, stored }) =>
      built.outcome === 'absent' && stored ? [stored.key] : [],
    ),
    retagged: sound.flatMap(({ built, stored }) =>
      built.outcome === 'built' && stored && isRetagged(built.row, stored) ? [built.row] : [],
    ),
    answered: sound.map((page) => page.claim),
  };
}

/** Seen from its own site a page is a path, from another one an address with a host. */
export function addressSeenFrom(
  site: string,
  page: PageRow,
  hostOf: (site: string) => string | undefined,
): string | undefined {
  const path = encodeAddress(page.path);
  if (page.site === site) return path;
  const host = hostOf(page.site);
  return host === undefined ? undefined : `//${host}${path}`;
}
