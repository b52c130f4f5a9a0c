import type { TestProject } from 'vitest/node';

import { type DistrictPlace, findPlace, removePlace, startProgram, stopProgram } from './district.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The demonstration district that all browser tests of a run share. */
    district: DistrictPlace;
  }
}

/** Seeding takes half a minute: one district for the whole run, stopped and removed at its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const place = await findPlace();
  const end = async (): Promise<void> => {
    await stopProgram(place);
    await removePlace(place);
  };
  await startProgram(place).catch(async (error: unknown) => {
    await end().catch(() => undefined); // The first failure is the one to tell.
    throw error;
  });
  project.provide('district', place);
  return end;
}
