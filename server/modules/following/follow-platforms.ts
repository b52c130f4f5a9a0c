import type { ItemState } from '../../../contracts/following.ts';
import { isDatabaseLost } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { instanceOf } from '../../platform/instance.ts';
import { fetchContents } from './fetch-contents.ts';
import type { FollowEngine } from './follow-engine.ts';
import type { Following } from './following.types.ts';
import { restMilliseconds, mostIdlePages, waitAfter } from './follow-pace.rules.ts';
import { itemsOf, itemsToRetry, unseenItems } from './item.queries.ts';
import { openKey, otherPlatform, partOf, requirePlatform } from './open-platform.ts';
import type { ChangesAnswer } from './platform-answer.ts';
import { createPlatformClient, PlatformBusy } from './platform-client.ts';
import {
  beginAnew,
  dueSubscriptions,
  type Reading,
  type SubscriptionRow,
  writeTrouble,
  writeWait,
} from './subscription.queries.ts';
import { dueItems } from './set-aside.queries.ts';
import { takeSafely } from './take-safely.ts';

/** Does the next piece of every subscription whose turn it is; zero when nothing could be done now. */
export interface Follower {
  step(signal: AbortSignal): Promise<number>;
}

const mostAtOnce = 20;
const aboutMilliseconds = 300_000;
const retryMilliseconds = 60_000;
const retriesAtOnce = 100;
const setAsideAtOnce = 20;

/** What is known of a subscription from its last turns; a worker that begins anew knows nothing. */
interface Remembered {
  /** When its platform last said who it is. */
  askedAt: number | undefined;
  /** Its last turn went into what is set aside: the next one is for the feed, withdrawals first of all. */
  hasRetried: boolean;
}

function rememberedOf(all: Map<string, Remembered>, id: string): Remembered {
  const known = all.get(id) ?? { askedAt: undefined, hasRetried: false };
  all.set(id, known);
  return known;
}

/** One worker at a time does this: the caller holds the lock. Where each subscription stands is in the database. */
export function createFollower(engine: FollowEngine): Follower {
  const remembered = new Map<string, Remembered>();
  return {
    step: async (signal) => {
      let acts = 0;
      for (const row of await dueSubscriptions(engine.db, engine.clock(), mostAtOnce)) {
        if (signal.aborted) break;
        acts += await stepOf(engine, row, rememberedOf(remembered, row.id), signal);
      }
      return acts;
    },
  };
}

/** What cannot become better by waiting: an operator has to look at it. */
const ends: Readonly<Record<string, 'barred' | 'paused'>> = {
  'following.key-refused': 'barred',
  'following.full-text-withheld': 'barred',
  'following.platform-other': 'paused',
  'following.platform-itself': 'paused',
  'following.too-many-items': 'paused',
  'following.feed-endless': 'paused',
};

async function stepOf(
  engine: FollowEngine,
  row: SubscriptionRow,
  remembered: Remembered,
  signal: AbortSignal,
): Promise<number> {
  const turn = AbortSignal.timeout(engine.limits.turn);
  try {
    return await actOf(engine, row, remembered, AbortSignal.any([signal, turn]));
  } catch (error) {
    if (signal.aborted) return 0;
    if (error instanceof Error && isDatabaseLost(error)) throw error;
    await noteTrouble(engine, row, turn.aborted ? tooSlow(error) : error);
    return 0;
  }
}

const tooSlow = (cause: unknown): AppError =>
  new AppError(
    'unavailable',
    'following.platform-unreachable',
    '对方平台太慢，一次同步超过十分钟，稍后再试。',
    {
      cause,
    },
  );

async function noteTrouble(
  { db, log, clock }: FollowEngine,
  row: SubscriptionRow,
  error: unknown,
): Promise<void> {
  const now = clock();
  if (error instanceof PlatformBusy) {
    await writeWait(db, row.id, new Date(now.getTime() + error.seconds * 1_000));
    return;
  }
  // Who was asked from the beginning cannot be ahead.
  if (error instanceof AppError && error.code === 'following.cursor-ahead' && row.cursor !== null) {
    await beginAnew(db, row, row.reach, now);
    return;
  }
  const isKnown = error instanceof AppError;
  log.warn({ err: error, subscription: row.id }, 'a platform could not be followed, trying again later');
  const code = isKnown ? error.code : 'internal';
  await writeTrouble(
    db,
    row,
    {
      code,
      message: isKnown ? error.message : '程序没有能够处理对方的内容，已记录，稍后再试。',
      nextAt: new Date(now.getTime() + waitAfter(row.failures + 1)),
      state: ends[code] ?? 'active',
    },
    now,
  );
}

async function actOf(
  engine: FollowEngine,
  row: SubscriptionRow,
  remembered: Remembered,
  signal: AbortSignal,
): Promise<number> {
  const { db, allowPrivate, seal, clock, limits } = engine;
  const key = openKey(await seal(), row);
  const client = createPlatformClient({ address: row.address, key, allowPrivate, patience: limits.answer });
  const following: Following = { engine, row, client, instance: await instanceOf(db), signal };
  const now = clock().getTime();
  const last = remembered.askedAt;
  if (last === undefined || now - last > aboutMilliseconds || row.cursor === null) {
    const about = await requirePlatform(client, following.instance, signal);
    if (about.instance !== row.instance) throw otherPlatform();
    remembered.askedAt = now;
    if (about.reach !== row.reach) {
      await beginAnew(db, row, about.reach, clock());
      // Once is a change of the key; again before anything was read, it would go round without a rest.
      if (row.cursor !== null || row.pass <= 1) return 1;
      await writeWait(db, row.id, new Date(now + restMilliseconds));
      return 0;
    }
  }
  remembered.hasRetried = !remembered.hasRetried && (await retrySetAside(following));
  if (remembered.hasRetried) return 1;
  const page = await client.changes(row.cursor, partOf(row), signal);
  return takePage(following, page);
}

/** Tries again what was set aside and is due, in a turn of its own, and never in two turns after each other. */
async function retrySetAside(following: Following): Promise<boolean> {
  const { engine, row } = following;
  const due = await dueItems(engine.db, row.id, { now: engine.clock(), limit: setAsideAtOnce });
  if (due.length === 0) return false;
  const [removals, takes] = [true, false].map((isRemoval) =>
    due.filter((one) => one.isRemoval === isRemoval).map((one) => one.id),
  );
  await takeAgain(following, takes ?? [], removals ?? []);
  return true;
}

/** What they are by now is asked for; the place in the feed stays. */
async function takeAgain(
  following: Following,
  ids: readonly string[],
  removed: readonly string[],
): Promise<void> {
  const { engine, row } = following;
  const { prepared, gone } = await fetchContents(following, ids);
  if (prepared.length + gone.length + removed.length === 0) throw endless();
  await takeSafely(engine, {
    ...{ subscriptionId: row.id, unitId: row.unitId, cursor: row.cursor, pass: row.pass },
    prepared,
    removed: [...removed, ...gone],
    unchanged: [],
    reading: null,
  });
}

interface Wanted {
  readonly take: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: readonly string[];
}

/** The mark of one of these says what was offered, and not what is here. */
const unsettled: ReadonlySet<ItemState> = new Set(['refused', 'removed', 'waiting', 'set-aside']);

/** The last change of a resource says what it is; one that is here as it is there need not be asked for. */
async function sorted({ engine, row }: Following, items: ChangesAnswer['items']): Promise<Wanted> {
  const last = new Map(items.map((change) => [change.id, change]));
  const known = await itemsOf(engine.db, row.id, [...last.keys()]);
  const take: string[] = [];
  const removed: string[] = [];
  const unchanged: string[] = [];
  for (const { id, deleted, digest, mark, kind } of last.values()) {
    const item = known.get(id);
    // A platform of an earlier version gives no mark.
    const isAsThere = mark == null ? item?.digest === digest : item?.mark === mark;
    const isSame = isAsThere && item !== undefined && !unsettled.has(item.state);
    if (deleted) removed.push(id);
    else if (isSame && kind !== 'relisted') unchanged.push(id);
    else take.push(id);
  }
  return { take, removed, unchanged };
}

/** How far a page is taken: what did not fit into the answer is read from its first change on in the next turn. */
function reachOf(page: ChangesAnswer, rest: ReadonlySet<string>): ChangesAnswer {
  const firstLeft = page.items.findIndex((change) => rest.has(change.id));
  if (firstLeft === -1) return page;
  const items = page.items.slice(0, firstLeft);
  return { items, cursor: items.at(-1)?.cursor ?? '', more: true };
}

async function takePage(following: Following, page: ChangesAnswer): Promise<number> {
  const { engine, row } = following;
  const wanted = await sorted(following, page.items);
  const { prepared, gone, rest } = await fetchContents(following, wanted.take);
  const { items, cursor, more } = reachOf(page, rest);
  const isWithin = new Set(items.map((change) => change.id));
  const within = (ids: readonly string[]): string[] => ids.filter((id) => isWithin.has(id));
  const isIdle = more && prepared.length + wanted.removed.length === 0;
  const reading = readingOf(engine.clock(), { items, cursor, more }, isIdle ? row.idlePages + 1 : 0);
  if (more && (cursor === '' || cursor === row.cursor || reading.idlePages > mostIdlePages)) throw endless();
  await takeSafely(engine, {
    ...{ subscriptionId: row.id, unitId: row.unitId, cursor: row.cursor, pass: row.pass },
    prepared: prepared.filter((one) => isWithin.has(one.sourceId)),
    removed: within([...wanted.removed, ...gone]),
    unchanged: within(wanted.unchanged),
    reading,
  });
  if (more) return 1;
  // At the end of the feed there may be more to do before it is at rest.
  const left = await settleRest({ ...following, row: { ...row, cursor } });
  if (left > 0) await writeWait(engine.db, row.id, engine.clock());
  return left;
}

function readingOf(now: Date, { items, cursor, more }: ChangesAnswer, idlePages: number): Reading {
  const last = items.at(-1);
  return {
    cursor,
    idlePages,
    nextAt: more ? now : new Date(now.getTime() + restMilliseconds),
    lastChangeAt: last ? new Date(last.at) : null,
    caughtUpAt: more ? null : now,
  };
}

const endless = (): AppError =>
  new AppError('invalid', 'following.feed-endless', '对方的变更序列没有尽头或不前进，已暂停。');

/**
 * What this pass did not meet is out of the key's reach; what was in review here, or named something that has come
 * since, is looked at again. Answers how many were done.
 */
async function settleRest(following: Following): Promise<number> {
  const { engine, row } = following;
  const unseen = await unseenItems(engine.db, row.id, row.pass, retriesAtOnce);
  const before = new Date(engine.clock().getTime() - retryMilliseconds);
  const again = await itemsToRetry(engine.db, row.id, { before, limit: retriesAtOnce });
  const ids = again.filter((id) => !unseen.includes(id));
  if (unseen.length === 0 && ids.length === 0) return 0;
  await takeAgain(following, ids, unseen);
  return unseen.length + ids.length;
}
