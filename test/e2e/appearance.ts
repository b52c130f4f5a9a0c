import { setTimeout as sleep } from 'node:timers/promises';

import { type Answer, get } from './citizen.ts';

/** One place where citizens meet an article. */
export interface View {
  readonly name: string;
  readonly url: string;
}

export interface Sighting {
  readonly name: string;
  /** Milliseconds from the moment asked about. */
  readonly after: number;
}

interface Expectation {
  readonly since: number;
  readonly shows: (answer: Answer, view: View) => boolean;
}

const patience = 20_000;

/** Asks every view again and again until each shows what is expected; says when each did. */
export async function watchViews(views: readonly View[], expectation: Expectation): Promise<Sighting[]> {
  const sightings = await Promise.all(views.map((view) => watchView(view, expectation)));
  return sightings.sort((a, b) => a.after - b.after);
}

async function watchView(view: View, { since, shows }: Expectation): Promise<Sighting> {
  let answer: Answer | undefined;
  while (Date.now() - since < patience) {
    answer = await get(view.url);
    if (shows(answer, view)) return { name: view.name, after: Date.now() - since };
    await sleep(40);
  }
  throw new Error(
    `${view.name} (${view.url}) did not show it within ${String(patience)} ms; status ${String(answer?.status)}`,
  );
}

export function slowestOf(sightings: readonly Sighting[]): number {
  return Math.max(...sightings.map(({ after }) => after));
}

/** `首页 120 ms, RSS 340 ms`, for the report of the run. */
export function describeSightings(what: string, sightings: readonly Sighting[]): string {
  const parts = sightings.map(({ name, after }) => `${name} ${String(after)} ms`);
  return `${what}: slowest ${String(slowestOf(sightings))} ms (${parts.join(', ')})\n`;
}
