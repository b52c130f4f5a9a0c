import type { TestProject } from 'vitest/node';

import { type DistrictPlace, findPlace, removePlace, startProgram, stopProgram } from './district.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The demonstration district that all browser tests of a run share. */
    district: DistrictPlace;
  }
}

interface Running {
  readonly place: Promise<DistrictPlace>;
  users: number;
}

// Each project reads this file anew, all of them in one process.
const shared = globalThis as { runningDistrict?: Running };

async function start(): Promise<DistrictPlace> {
  const place = await findPlace();
  // The first failure is the one to tell.
  await startProgram(place).catch(async (error: unknown) => {
    await end(place).catch(() => undefined);
    throw error;
  });
  return place;
}

async function end(place: DistrictPlace): Promise<void> {
  await stopProgram(place);
  await removePlace(place);
}

/** Seeding takes half a minute: one district for the whole run, stopped and removed when its last user is done. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = (shared.runningDistrict ??= { place: start(), users: 0 });
  running.users += 1;
  const place = await running.place;
  project.provide('district', place);
  return async () => {
    running.users -= 1;
    if (running.users > 0) return;
    delete shared.runningDistrict;
    await end(place);
  };
}
