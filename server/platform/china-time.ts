/**
 * China has kept one zone without summer time since 1992, so its wall clock is an addition.
 * (`Intl` gives the same and is a hundred times slower, which a full rebuild notices.)
 */
const offsetMilliseconds = 8 * 3_600_000;

function wallClock(at: Date): string {
  return new Date(at.getTime() + offsetMilliseconds).toISOString();
}

/** `2026-11-22 16:10`, the form national rule D-5 asks for. */
export function minuteInChina(at: Date): string {
  return wallClock(at).slice(0, 16).replace('T', ' ');
}

/** `2026-11-22` */
export function dayInChina(at: Date): string {
  return wallClock(at).slice(0, 10);
}

export function yearInChina(at: Date): number {
  return Number(wallClock(at).slice(0, 4));
}

/** 0 to 23. */
export function hourInChina(at: Date): number {
  return Number(wallClock(at).slice(11, 13));
}
