import type { Db } from '../../platform/db.ts';
import { checkedRevision, overridesOf } from './checked-revision.queries.ts';

/** Whether a revision went to review with reasons for what was found, or was not checked to its end. */
export async function needsLook(db: Db, revisionId: string): Promise<boolean> {
  const checked = await checkedRevision(db, revisionId);
  return checked?.complete === false || (await overridesOf(db, revisionId)).length > 0;
}
