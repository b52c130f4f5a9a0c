import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import type { District } from './district.ts';

const patience = 60_000;
const lookEvery = 4;

export interface WatchedPage {
  readonly file: string;
  /** What stands on it once it is up to date. */
  readonly sign: string;
  /** The sign is then gone instead, or the whole page. */
  readonly leaves?: boolean;
}

async function isUpToDate({ file, sign, leaves = false }: WatchedPage): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return leaves;
  return text.includes(sign) !== leaves;
}

/** Milliseconds from a moment until every page shows what it ought to. */
export async function untilPagesShow(pages: readonly WatchedPage[], since: number): Promise<number> {
  const missing = new Set(pages);
  const lastSeen = new Map<WatchedPage, number>();
  while (missing.size > 0) {
    for (const page of missing) {
      const changed = await stat(page.file).then(
        (found) => found.mtimeMs,
        () => -1,
      );
      if (changed === lastSeen.get(page)) continue;
      lastSeen.set(page, changed);
      if (await isUpToDate(page)) missing.delete(page);
    }
    if (performance.now() - since > patience) {
      throw new Error(`never up to date: ${[...missing].map((page) => page.file).join(', ')}`);
    }
    if (missing.size > 0) await sleep(lookEvery);
  }
  return performance.now() - since;
}

/** Something a person does, whose way to the pages is timed. */
export interface TimedAct {
  readonly times: number;
  /** Does it the nth time; answers the pages that have to follow, once it is committed. */
  readonly act: (number: number) => Promise<readonly WatchedPage[]>;
}

/** One after another, each from its commit until its pages stand. */
export async function timeAct(district: District, { times, act }: TimedAct): Promise<readonly number[]> {
  const milliseconds: number[] = [];
  for (let number = 0; number < times; number += 1) {
    await untilPersonsServed(district);
    const watched = await act(number);
    milliseconds.push(await untilPagesShow(watched, performance.now()));
  }
  return milliseconds;
}

/** One publication must not be measured with the rest of the one before it. Work in the background may go on. */
export async function untilPersonsServed({ parts: { db } }: District): Promise<void> {
  for (;;) {
    const row = await db
      .selectNoFrom((is) => [
        is.exists(is.selectFrom('publishing.dirty').select('page_key').where('priority', '=', 0)).as('pages'),
        is.exists(is.selectFrom('search.dirty').select('key')).as('documents'),
        is.exists(is.selectFrom('platform.event_delivery').select('event_id')).as('events'),
      ])
      .executeTakeFirstOrThrow();
    if (row.pages !== true && row.documents !== true && row.events !== true) return;
    await sleep(20);
  }
}

export async function pagesInBackground({ parts: { db } }: District): Promise<number> {
  const { left } = await db
    .selectFrom('publishing.dirty')
    .select((is) => is.fn.countAll<string>().as('left'))
    .where('priority', '=', 1)
    .executeTakeFirstOrThrow();
  return Number(left);
}

/** Ends a rebuild in the middle: what is measured next has the machine to itself. */
export async function forgetBackground({ parts: { db } }: District): Promise<void> {
  await db.deleteFrom('publishing.dirty').where('priority', '=', 1).execute();
}
