import type { Db } from '../../platform/db.ts';
import { liveResources } from '../library/index.ts';
import {
  noteRetrospectiveReminders,
  objectionsUnsettled,
  retrospectiveRemindersDue,
  settleObjections,
  type Settlement,
} from './retrospective.queries.ts';

const everywhere = { kind: 'all' } as const;
const mostAtOnce = 500;

/** Objections that are settled, though nobody noted it yet: another revision is public, or none. */
async function settlementsDue(db: Db): Promise<readonly Settlement[]> {
  const rows = await objectionsUnsettled(db, everywhere, mostAtOnce);
  const live = await liveResources(
    db,
    rows.map(({ resourceId }) => resourceId),
  );
  return rows.flatMap(({ reviewId, resourceId, revisionId }): Settlement[] => {
    const now = live.get(resourceId)?.revisionId;
    if (now === revisionId) return [];
    return [{ reviewId, settledAs: now === undefined ? 'withdrawn' : 'corrected' }];
  });
}

export async function areRetrospectivesWaiting(db: Db, now: Date): Promise<boolean> {
  return (await retrospectiveRemindersDue(db, now)).length > 0 || (await settlementsDue(db)).length > 0;
}

/**
 * Reminds of retrospective reviews, each once shortly before it is due and once when it is, and notes which objections
 * are settled. Done twice, it does nothing more.
 */
export async function mindRetrospectives(db: Db, now: Date): Promise<number> {
  const reminded = await noteRetrospectiveReminders(db, await retrospectiveRemindersDue(db, now), now);
  return reminded + (await settleObjections(db, await settlementsDue(db), now));
}
