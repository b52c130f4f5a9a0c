import type { Db } from '../../platform/db.ts';
import { currentSnapshot } from '../../platform/events.ts';
import { appendEntries } from '../transparency/index.ts';
import {
  claimPages,
  clearForced,
  deleteAnswered,
  lockRequests,
  markKeys,
  type PageProblem,
  recordProblems,
} from './dirty.queries.ts';
import { catchOvertakers, gainedTags } from './expect-tags.ts';
import { keepWhole } from './keep-whole.ts';
import { logEntriesOf } from './log-versions.ts';
import { renderPages } from './render-pages.ts';
import { digestOf } from './page-forms.ts';
import {
  deleteExpectedTags,
  deleteIntent,
  deletePages,
  deleteRedirects,
  insertIntent,
  lockAddresses,
  openIntent,
  pagesAt,
  pagesByKeys,
  redirectsAt,
  updateTags,
  upsertPages,
  upsertRedirects,
} from './page.queries.ts';
import type { ClaimedPage, HostTable, PageRow, Priority } from './page.types.ts';
import {
  addressesOf,
  addressKey,
  addressSeenFrom,
  type BatchPlan,
  isUnchanged,
  type PageInHand,
  planBatch,
} from './plan-batch.ts';
import { type BuildReport, HOSTS, type PublishingEngine } from './publishing-engine.ts';
import { writeHosts } from './write-hosts.ts';

/** Pages whose files may have been touched although the batch did not end well. */
export class UnfinishedBatch extends Error {
  override readonly name = 'UnfinishedBatch';
  readonly keys: readonly string[];

  constructor(keys: readonly string[], cause: unknown) {
    super('a batch of pages was not finished', { cause });
    this.keys = keys;
  }
}

/** How many times the pages in the way of a batch's pages, and those in the way of them, are added to it. */
const ROUNDS = 4;

interface Batch {
  readonly pages: Map<string, PageInHand>;
  readonly postponed: Map<string, ClaimedPage>;
  readonly locked: Set<string>;
}

async function takeInHand(
  engine: PublishingEngine,
  trx: Db,
  claims: readonly ClaimedPage[],
): Promise<readonly PageInHand[]> {
  const keys = claims.map((claim) => claim.key);
  const [built, rows] = await Promise.all([renderPages(engine, keys), pagesByKeys(trx, keys)]);
  const stored = new Map(rows.map((row) => [row.key, row]));
  return claims.map((claim) => ({
    claim,
    built: built.get(claim.key) ?? { outcome: 'absent' },
    stored: stored.get(claim.key),
  }));
}

const isChanging = (page: PageInHand): boolean => page.built.outcome !== 'problem' && !isUnchanged(page);

function postpone(batch: Batch, page: PageInHand): void {
  batch.pages.delete(page.claim.key);
  batch.postponed.set(page.claim.key, page.claim);
}

async function lockPages(trx: Db, batch: Batch, pages: readonly PageInHand[]): Promise<void> {
  const wanted = new Map(pages.flatMap((page) => addressesOf(page)).map((one) => [addressKey(one), one]));
  const unlocked = [...wanted].filter(([key]) => !batch.locked.has(key)).map(([, address]) => address);
  for (const address of await lockAddresses(trx, unlocked)) batch.locked.add(addressKey(address));
  for (const page of pages) {
    if (!addressesOf(page).every((address) => batch.locked.has(addressKey(address)))) postpone(batch, page);
  }
}

/** Pages not in the batch that stand where one of it wants to stand. */
async function findOccupants(trx: Db, batch: Batch): Promise<readonly PageRow[]> {
  const wanted = [...batch.pages.values()].flatMap((page) =>
    isChanging(page) && page.built.outcome === 'built' ? [page.built.row] : [],
  );
  return (await pagesAt(trx, wanted)).filter((row) => !batch.pages.has(row.key));
}

/**
 * Loads the pages, locks the addresses they touch and adds the pages that stand in their way: those are
 * usually about to leave, and if not, it shows here that the address is taken.
 */
async function gatherBatch(
  engine: PublishingEngine,
  trx: Db,
  claims: readonly ClaimedPage[],
): Promise<Batch> {
  const batch: Batch = { pages: new Map(), postponed: new Map(), locked: new Set() };
  let next = claims;
  for (let round = 0; round < ROUNDS && next.length > 0; round += 1) {
    const inHand = await takeInHand(engine, trx, next);
    for (const page of inHand) batch.pages.set(page.claim.key, page);
    await lockPages(
      trx,
      batch,
      inHand.filter((page) => page.claim.forced || isChanging(page)),
    );
    const occupants = await findOccupants(trx, batch);
    next = await claimPages(
      trx,
      occupants.map((row) => row.key).filter((key) => !batch.postponed.has(key)),
    );
  }
  // Whoever is still in the way belongs to another worker now.
  for (let blocked = true; blocked;) {
    const occupied = new Set((await findOccupants(trx, batch)).map(addressKey));
    blocked = false;
    for (const page of batch.pages.values()) {
      if (page.built.outcome !== 'built' || !isChanging(page) || !occupied.has(addressKey(page.built.row)))
        continue;
      postpone(batch, page);
      blocked = true;
    }
  }
  return batch;
}

interface BatchWork extends BatchPlan {
  /** Postponed pages that no event asked for: they would be forgotten otherwise. */
  readonly unasked: readonly string[];
  /** Pages that cannot be built and whose last form was made whole again. */
  readonly kept: readonly ClaimedPage[];
}

async function makePlan(
  engine: PublishingEngine,
  trx: Db,
  batch: Batch,
  done: readonly ClaimedPage[],
): Promise<BatchWork> {
  const pages = [...batch.pages.values()];
  const wanted = pages.flatMap((page) =>
    isChanging(page) && page.built.outcome === 'built' ? [page.built.row] : [],
  );
  const redirected = new Set((await redirectsAt(trx, wanted)).map(addressKey));
  const changesSite = pages.some(
    ({ built, stored }) =>
      built.outcome === 'built' && stored !== undefined && stored.site !== built.row.site,
  );
  const hosts: HostTable = changesSite ? ((await engine.hosts?.(engine.db)) ?? {}) : {};
  const hostOf = (site: string): string | undefined =>
    Object.keys(hosts).find((host) => hosts[host] === site);
  const addressFrom = (site: string, page: PageRow) => addressSeenFrom(site, page, hostOf);
  const plan = planBatch(pages, { redirected, addressFrom }, digestOf);
  const failed = new Set(plan.problems.map((one) => one.key));
  const kept = await keepWhole(
    engine,
    trx,
    pages.filter((page) => failed.has(page.claim.key)),
  );
  return {
    ...plan,
    changes: [...plan.changes, ...kept.changes],
    intended: [...plan.intended, ...kept.intended],
    upserts: [...plan.upserts, ...kept.upserts],
    // Ended together, and as late as may be: who asks for one of them again has to wait from then on.
    answered: [...plan.answered, ...done],
    kept: kept.claims,
    unasked: [...batch.postponed.values()]
      .filter((claim) => claim.generation === null)
      .map((claim) => claim.key),
  };
}

/**
 * The requests that a batch changes besides answering them, in the order that events mark in. Not earlier than here: an
 * event may wait for this transaction, and nothing that this transaction waits for may wait for an event.
 */
async function markLeft(
  trx: Db,
  plan: BatchWork,
  problems: readonly PageProblem[] = plan.problems,
): Promise<void> {
  const { unasked, kept, answered } = plan;
  if (problems.length + unasked.length + kept.length === 0) return;
  const changed = [...problems, ...kept, ...answered].map((one) => one.key);
  await lockRequests(trx, [...changed, ...unasked]);
  if (unasked.length > 0) await markKeys(trx, unasked, 0);
  await recordProblems(trx, problems);
  await clearForced(trx, kept);
}

/** Records pages whose files could not be written; their announcement stays and is recovered later. */
async function recordTroubles(
  trx: Db,
  plan: BatchWork,
  troubles: readonly (string | null)[],
): Promise<number> {
  const problems = new Map(plan.problems.map((one) => [one.key, one]));
  troubles.forEach((problem, at) => {
    const key = plan.intended[at]?.key;
    if (problem !== null && key !== undefined) problems.set(key, { key, rank: 0, problem });
  });
  await markLeft(trx, { ...plan, kept: [] }, [...problems.values()]);
  return problems.size;
}

async function recordPages(trx: Db, batch: Batch, plan: BatchWork): Promise<void> {
  await deletePages(trx, plan.deletions);
  await upsertPages(trx, plan.upserts);
  const upserted = new Set(plan.upserts.map((row) => row.key));
  await updateTags(
    trx,
    plan.retagged.filter((row) => !upserted.has(row.key)),
  );
  await deleteRedirects(trx, plan.freed);
  await upsertRedirects(trx, plan.redirects);
  await appendEntries(trx, logEntriesOf(batch.pages, plan.intended));
  await markLeft(trx, plan);
  await deleteAnswered(trx, plan.answered);
}

/**
 * Builds claimed pages inside the transaction that claimed them. In this order:
 *
 * 1. announce: every address to be touched and what will stand there, committed at once;
 * 2. change the files, each whole;
 * 3. record the pages, answer the requests and withdraw the announcement, committed together.
 *
 * Killed before 1, nothing happened. Killed after it, the requests are still there and the announcement
 * tells which addresses to put in order (recover-intents.ts).
 */
export async function buildPages(
  engine: PublishingEngine,
  trx: Db,
  claims: readonly ClaimedPage[],
  priority: Priority,
): Promise<BuildReport> {
  const hosts = claims.filter((claim) => claim.key === HOSTS);
  if (hosts.length > 0) await writeHosts(engine);
  const begun = await currentSnapshot(engine.db);
  const batch = await gatherBatch(
    engine,
    trx,
    claims.filter((claim) => claim.key !== HOSTS),
  );
  const plan = await makePlan(engine, trx, batch, hosts);
  const gained = gainedTags(batch.pages.values());
  await catchOvertakers(engine.db, gained, begun);
  const report: BuildReport = {
    taken: claims.length,
    written: plan.upserts.length,
    unchanged:
      plan.answered.length + plan.kept.length - plan.upserts.length - plan.deletions.length - hosts.length,
    removed: plan.deletions.length,
    failed: plan.problems.length,
    postponed: batch.postponed.size,
  };
  if (plan.changes.length === 0) {
    await recordPages(trx, batch, plan);
    await deleteExpectedTags(trx, gained);
    return report;
  }
  const intent = await openIntent(trx);
  await insertIntent(engine.db, intent, plan.intended);
  try {
    const troubles = await engine.writer.settle(plan.changes, priority);
    if (troubles.some((trouble) => trouble !== null)) {
      return { ...report, written: 0, removed: 0, failed: await recordTroubles(trx, plan, troubles) };
    }
    await recordPages(trx, batch, plan);
    await deleteExpectedTags(trx, gained);
    await deleteIntent(trx, intent);
  } catch (error) {
    throw new UnfinishedBatch(
      plan.intended.map((form) => form.key),
      error,
    );
  }
  return report;
}
