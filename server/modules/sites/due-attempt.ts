import type { Command } from '../../platform/context.ts';
import { type Db, isCrossed, isDatabaseLost, isTimedOut } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';

export interface DueRunner {
  readonly db: Db;
  readonly clock: () => Date;
  /** Runs a command as the system, with its audit row. */
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
  readonly log: Log;
  /**
   * What failed and has not succeeded since, and until when it is left alone, so that one does not slow down all others;
   * without this everything is tried every time.
   */
  readonly setAside?: Map<string, Date>;
}

const asideMilliseconds = 60_000;
/** Tried once a minute while it is due: what was not tried for so long is not due any more. */
const forgottenMilliseconds = 10 * asideMilliseconds;

/** Undefined when it failed: told, and left alone for a while. Trouble of the database is nobody's own and ends the round. */
export async function attempt<T>(
  runner: DueRunner,
  key: string,
  act: () => Promise<T>,
): Promise<T | undefined> {
  try {
    const result = await act();
    runner.setAside?.delete(key);
    return result;
  } catch (error) {
    if (isOfDatabase(error)) throw error;
    runner.setAside?.set(key, new Date(runner.clock().getTime() + asideMilliseconds));
    runner.log.error({ err: error, due: key }, 'what was due failed');
    return undefined;
  }
}

/** Left alone for now. */
export function isSetAside({ setAside, clock }: DueRunner, key: string): boolean {
  const until = setAside?.get(key);
  return until !== undefined && until > clock();
}

/** What failed the last time must not take others with it when it fails again. */
export const hasFailed = ({ setAside }: DueRunner, key: string): boolean => setAside?.has(key) ?? false;

export function forgetOld({ setAside, clock }: DueRunner): void {
  const before = clock().getTime() - forgottenMilliseconds;
  for (const [key, until] of setAside ?? []) if (until.getTime() < before) setAside?.delete(key);
}

/** The database went away, ended the statement, or gave up one of two that waited for each other. */
export function isOfDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return isDatabaseLost(error) || isTimedOut(error) || isCrossed(error);
}
