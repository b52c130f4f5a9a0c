import { setTimeout as sleep } from 'node:timers/promises';

import { closeAlarms, raiseAlarms, settledAlarms, type StoreAlarm } from './alarm.queries.ts';
import { findDifference, findStrays, ownersOf } from './compare-store.ts';
import { markForced } from './dirty.queries.ts';
import { addressesInHand, type PageAddress, pagesAfter, pagesAt, redirectsAt } from './page.queries.ts';
import { mainFileOf } from './page-path.ts';
import type { PageRow, StoreProblem } from './page.types.ts';
import { addressKey } from './plan-batch.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import { watchStore } from './watch-store.ts';

export interface StoreGuardOptions {
  readonly engine: PublishingEngine;
  readonly key: Uint8Array;
  /** Pages wait to be written again. */
  readonly onDirty: () => void;
  /** Pages compared each second while nothing else is to do; 0 leaves everything to the watching. */
  readonly scanPace?: number;
}

export interface StoreGuard {
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 200;
const LOOK_AT_HEALED_EVERY_MS = 500;
/** What changes by hundreds a second is a publication, not an intrusion: the scan looks at it afterwards. */
const MOST_SUSPECTS = 5_000;
/** Few enough that the first are written again while the next are looked at. */
const AT_ONCE = 100;
const SCAN_PACE = 50;
const FAST_PACE = 2_000;
const AFTER_FAILURE_MS = 1_000;

/**
 * Compares what lies in the page store with what was published: a file as soon as it changes, and all of them in
 * turn. Wrong and missing pages are written again, foreign files removed, and each find leaves an alarm. A file
 * that a worker is just writing is looked at when it has ended.
 */
export function createStoreGuard(options: StoreGuardOptions): StoreGuard {
  const { engine, key, onDirty } = options;
  const { db, log, store } = engine;
  const stopping = new AbortController();
  const suspects = new Map<string, Set<string>>();
  let count = 0;
  /** Whether the last look found something wrong: then more may be waiting, and it is urgent. */
  let isAttacked = false;
  let lookedAtHealed = -Infinity;
  let hurried = false;
  let fromStart = false;
  const pagesPerStep = (): number => {
    const pace = hurried ? FAST_PACE : (options.scanPace ?? SCAN_PACE);
    return Math.max(1, Math.round((pace * LOOK_EVERY_MS) / 1_000));
  };

  const suspect = (site: string, name: string): void => {
    if (count >= MOST_SUSPECTS) {
      suspects.clear();
      count = 0;
      fromStart = true;
      hurried = true;
    }
    const names = suspects.get(site) ?? new Set();
    if (!names.has(name)) count += 1;
    suspects.set(site, names.add(name));
  };

  const takeSuspects = (): readonly (readonly [site: string, names: readonly string[]])[] => {
    const taken = [...suspects].map(([site, names]) => [site, [...names].slice(0, AT_ONCE)] as const);
    for (const [site, names] of taken) {
      for (const name of names) suspects.get(site)?.delete(name);
      if (suspects.get(site)?.size === 0) suspects.delete(site);
      count -= names.length;
    }
    return taken;
  };

  const compare = async (rows: readonly PageRow[]) => {
    const found: (PageAddress & { problem: StoreProblem; key: string })[] = [];
    for (const row of rows) {
      const problem = await findDifference(engine, row, key);
      if (problem !== undefined) found.push({ site: row.site, path: row.path, problem, key: row.key });
    }
    return found;
  };

  const isInHand = async (addresses: readonly PageAddress[]): Promise<(one: PageAddress) => boolean> => {
    const inHand = new Set((await addressesInHand(db, addresses)).map(addressKey));
    return (one) => inHand.has(addressKey(one));
  };

  const healRedirects = async (addresses: readonly PageAddress[]): Promise<readonly StoreAlarm[]> => {
    const found: StoreAlarm[] = [];
    for (const { site, path, to } of await redirectsAt(db, addresses)) {
      const bytes = await store.read(site, mainFileOf(path, 'moved'));
      if (bytes?.equals(Buffer.from(to)) === true) continue;
      const state = { outcome: 'moved', bytes: Buffer.from(to) } as const;
      await engine.writer.settle([{ site, path, state, fresh: false }], 0);
      found.push({ site, path, problem: bytes === undefined ? 'missing' : 'changed' });
    }
    return found;
  };

  /** Looks at files by name, and puts right what is wrong. */
  const examine = async (site: string, names: readonly string[]): Promise<void> => {
    const addresses = [...new Set(names.flatMap(ownersOf))].map((path) => ({ site, path }));
    const isBusy = await isInHand(addresses);
    const rows = (await pagesAt(db, addresses)).filter((row) => !isBusy(row));
    const wrong = await compare(rows);
    const strays: string[] = [];
    for (const name of await findStrays(engine, site, names))
      if (await store.has(site, name)) strays.push(name);
    // Whoever began to write meanwhile, or has just ended, may have changed the files under our eyes.
    const isBusyNow = await isInHand(addresses);
    const now = new Map((await pagesAt(db, addresses)).map((row) => [addressKey(row), row]));
    const before = new Map(rows.map((row) => [addressKey(row), row]));
    const isStill = (one: PageAddress): boolean =>
      !isBusy(one) &&
      !isBusyNow(one) &&
      now.get(addressKey(one))?.digest === before.get(addressKey(one))?.digest &&
      now.get(addressKey(one))?.outcome === before.get(addressKey(one))?.outcome;
    const certain = new Set(names.filter((name) => ownersOf(name).every((path) => isStill({ site, path }))));
    for (const name of names) if (!certain.has(name)) suspect(site, name);
    const still = wrong.filter(isStill);
    const foreign = strays.filter((name) => certain.has(name));
    const redirects = await healRedirects(addresses.filter(isStill));
    const alarms = [
      ...still,
      ...foreign.map((name): StoreAlarm => ({ site, path: `/${name}`, problem: 'stray' })),
    ];
    if (alarms.length + redirects.length === 0) return;
    isAttacked = true;
    await raiseAlarms(db, [...alarms, ...redirects]);
    log.error({ site, found: alarms.length + redirects.length }, 'the page store is not what was published');
    for (const name of foreign) await store.remove(site, name);
    await closeAlarms(db, [...foreign.map((name) => ({ site, path: `/${name}` })), ...redirects]);
    if (still.length === 0) return;
    await markForced(
      db,
      still.map((one) => one.key),
      0,
    );
    onDirty();
  };

  /** Alarms end when the right bytes are there again, or nothing ought to be there any more. */
  const lookAtHealed = async (): Promise<void> => {
    if (performance.now() - lookedAtHealed < LOOK_AT_HEALED_EVERY_MS) return;
    lookedAtHealed = performance.now();
    for (let after = '0'; ;) {
      const open = await settledAlarms(db, after, AT_ONCE);
      after = open.at(-1)?.id ?? '';
      if (after === '') return;
      await closeHealed(open);
    }
  };

  const closeHealed = async (open: readonly StoreAlarm[]): Promise<void> => {
    const wrong = new Set((await compare(await pagesAt(db, open))).map(addressKey));
    const healed: StoreAlarm[] = [];
    for (const one of open) {
      // A foreign file whose removal failed is there still, though no page stands at its address.
      const isThere = one.problem === 'stray' && (await store.has(one.site, one.path.slice(1)));
      if (isThere) suspect(one.site, one.path.slice(1));
      else if (!wrong.has(addressKey(one))) healed.push(one);
    }
    await closeAlarms(db, healed);
  };

  /** Goes over all pages, then over all files for those that no page owns; a little with each step. */
  async function* walkRound(): AsyncGenerator<undefined> {
    for (let after = ''; ;) {
      const rows = await pagesAfter(db, after, pagesPerStep());
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.key;
      for (const { site, path } of await compare(rows)) suspect(site, mainFileOf(path, 'page'));
      yield;
    }
    hurried = false;
    for (const site of await store.sites()) {
      let names: string[] = [];
      for await (const name of store.list(site)) {
        names.push(name);
        if (names.length < AT_ONCE) continue;
        for (const stray of await findStrays(engine, site, names)) suspect(site, stray);
        names = [];
        yield;
      }
      for (const stray of await findStrays(engine, site, names)) suspect(site, stray);
    }
  }

  const run = async (): Promise<void> => {
    const { signal } = stopping;
    for (let round = walkRound(); !signal.aborted;) {
      let pause = LOOK_EVERY_MS;
      try {
        isAttacked = false;
        for (const [site, names] of takeSuspects()) await examine(site, names);
        await lookAtHealed();
        if (fromStart) round = walkRound();
        fromStart = false;
        if (count === 0 && options.scanPace !== 0 && (await round.next()).done === true) round = walkRound();
      } catch (error) {
        log.warn({ err: error }, 'the page store could not be looked at, trying again');
        pause = AFTER_FAILURE_MS;
        round = walkRound();
      }
      // While pages are published by the thousand, looking must not keep those who build them from their work.
      if (!isAttacked || pause === AFTER_FAILURE_MS)
        await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  };

  const watching =
    store.directory === undefined
      ? undefined
      : watchStore({ directory: store.directory, onName: suspect, log });
  const running = run();
  return {
    async stop() {
      stopping.abort();
      watching?.stop();
      await running;
    },
  };
}
