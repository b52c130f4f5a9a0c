import { setTimeout as sleep } from 'node:timers/promises';

import type { Ledger } from './ledger.ts';
import { shuffled } from './random.ts';
import type { Mortal, TestSystem } from './system.ts';

export interface Kill {
  readonly name: string;
  readonly kind: Mortal['kind'];
  readonly at: number;
  /** When it answered again. */
  backAt?: number;
}

export interface KillPlan {
  readonly counts: Readonly<Record<Mortal['kind'], number>>;
  readonly chance: () => number;
  readonly ledger: Ledger;
}

/** Half of the kills come at any time, the others within moments of a sign-off, when pages are being made. */
async function waitForMoment({ chance, ledger }: KillPlan): Promise<void> {
  if (chance() < 0.5) {
    await sleep(100 + chance() * 1_200);
    return;
  }
  const before = ledger.waiting.length;
  for (const began = Date.now(); ledger.waiting.length === before && Date.now() - began < 2_000;)
    await sleep(5);
  await sleep(chance() * 300);
}

function victimOf(system: TestSystem, kind: Mortal['kind'], chance: () => number): Mortal {
  if (kind === 'database') return system.database;
  if (kind !== 'worker') return system[kind];
  const worker = system.workers[Math.floor(chance() * system.workers.length)];
  if (worker === undefined) throw new Error('no worker to kill');
  return worker;
}

/** Kills one process after the other, and starts each again after at most a second. */
export async function killAround(system: TestSystem, plan: KillPlan): Promise<readonly Kill[]> {
  const { chance } = plan;
  const kinds = shuffled(
    Object.entries(plan.counts).flatMap(([kind, count]) =>
      Array<Mortal['kind']>(count).fill(kind as Mortal['kind']),
    ),
    chance,
  );
  const kills: Kill[] = [];
  const returns: Promise<void>[] = [];
  for (const kind of kinds) {
    await waitForMoment(plan);
    const victim = victimOf(system, kind, chance);
    // Who is not there yet cannot be killed; others may be down at the same time.
    while (!victim.isUp()) await sleep(50);
    const kill: Kill = { name: victim.name, kind, at: performance.now() };
    kills.push(kill);
    await victim.kill();
    const pause = chance() * 1_000;
    returns.push(
      (async () => {
        await sleep(pause);
        // A process that begins while the database is away may give up; whoever looks after it starts it again.
        do {
          await victim.start();
        } while (!victim.isUp());
        kill.backAt = performance.now();
      })(),
    );
  }
  await Promise.all(returns);
  return kills;
}
