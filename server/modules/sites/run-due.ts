import type { Command } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import { resourcesDueForExpiry, resourcesDueForRelease } from '../library/index.ts';
import { endDuePins } from './change-listing.ts';
import { hasDuePins } from './listing.queries.ts';
import { expireDueResource, releaseDueResource } from './publish-resource.ts';

export interface DueRunner {
  readonly db: Db;
  readonly clock: () => Date;
  /** Runs a command as the system, with its audit row. */
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
  readonly log: Log;
}

const batch = 200;

/**
 * Releases and expires what is due now, however late it is asked. Returns how many. One that fails is
 * reported and does not hold up the others; the next round asks again.
 */
export async function runDue(runner: DueRunner): Promise<number> {
  const now = runner.clock();
  const releases = await resourcesDueForRelease(runner.db, now, batch);
  const expiries = await resourcesDueForExpiry(runner.db, now, batch);
  let done = 0;
  for (const [ids, command] of [
    [releases, releaseDueResource],
    [expiries, expireDueResource],
  ] as const) {
    for (const resourceId of ids) {
      try {
        await runner.performAsSystem(command, { resourceId });
        done += 1;
      } catch (error) {
        runner.log.error({ err: error, resourceId, command: command.name }, 'due resource failed');
      }
    }
  }
  if (await hasDuePins(runner.db, now)) done += await runner.performAsSystem(endDuePins, undefined);
  return done;
}
