import { setTimeout as sleep } from 'node:timers/promises';

import type { LinkAnswer } from '../../../contracts/link-check.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import { createRobots, type Robots } from '../../platform/robots.ts';
import { linkCheckName, readRobots, tryLink, type TryWishes } from '../../platform/try-link.ts';
import { gotNoAnswer, judgeTry } from './link-outcome.rules.ts';
import { type DueLink, dueLinks, isAnyLinkDue, recordOutcomes } from './link-state.queries.ts';

export interface LinkTrying extends TryWishes {
  readonly db: Db;
  readonly clock: () => Date;
  readonly log: Log;
  /** Between two requests to one host. */
  readonly paceMilliseconds: number;
}

export interface LinkRunner {
  isWanted(): Promise<boolean>;
  /** Answers how many links were tried. */
  step(signal: AbortSignal): Promise<number>;
}

const linksAtOnce = 200;
const linksOfHost = 10;
const hostsAtOnce = 8;
const hourMilliseconds = 3_600_000;

interface Tried {
  readonly link: DueLink;
  readonly answer: LinkAnswer;
}

/** Tries outgoing links of live texts in turn: some hosts beside each other, each of them slowly. */
export function createLinkRunner(trying: LinkTrying): LinkRunner {
  const { db, clock, log } = trying;
  return {
    isWanted: () => isAnyLinkDue(db, clock()),
    step: async (signal) => {
      const now = clock();
      const due = await dueLinks(db, now, { limit: linksAtOnce, ofHost: linksOfHost });
      const hosts = [...Map.groupBy(due, ({ host }) => host).values()];
      const robots = createRobots((url, until) => readRobots(url, trying, until), linkCheckName);
      const tried: Tried[] = [];
      const work = async (): Promise<void> => {
        for (let links = hosts.pop(); links && !signal.aborted; links = hosts.pop()) {
          for await (const one of tryHost(links, { trying, robots, signal })) tried.push(one);
        }
      };
      await Promise.all(Array.from({ length: hostsAtOnce }, work));
      const isAway = isNetworkAway(tried);
      if (isAway) log.warn({ links: tried.length }, 'no host of any link answers, trying again in an hour');
      const outcomes = tried.map(({ link, answer }) => {
        const { nextInHours, ...judged } = judgeTry(answer, link, { today: dayInChina(now), isAway });
        const dueAt = new Date(now.getTime() + nextInHours * hourMilliseconds);
        return { address: link.address, ...judged, dueAt };
      });
      await recordOutcomes(db, outcomes, now);
      return tried.length;
    },
  };
}

/**
 * One host may well be gone; that none answers of those that answered the last time is the network's doing. Links that
 * failed before prove nothing: they come due together, and may all be dead.
 */
function isNetworkAway(tried: readonly Tried[]): boolean {
  const fresh = tried.filter(({ link }) => link.failedDays === 0);
  return (
    new Set(fresh.map(({ link }) => link.host)).size > 1 && fresh.every(({ answer }) => gotNoAnswer(answer))
  );
}

interface HostTrying {
  readonly trying: LinkTrying;
  readonly robots: Robots;
  readonly signal: AbortSignal;
}

/** The links of one host, one after the other. What was not tried when the work is stopped stays due. */
async function* tryHost(
  links: readonly DueLink[],
  { trying, robots, signal }: HostTrying,
): AsyncGenerator<Tried> {
  for (const [at, link] of links.entries()) {
    try {
      const url = new URL(link.address);
      const isAllowed = await robots.allows(url, signal);
      const pause = Math.max(trying.paceMilliseconds, await robots.delayOf(url, signal));
      if (at > 0) await sleep(pause, undefined, { signal });
      const answer = isAllowed
        ? await tryLink(link.address, trying, signal)
        : ({ status: null, problem: 'robots' } as const);
      yield { link, answer };
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }
}
