import type { UrgentRelease, UrgentShown } from '../../../contracts/review.ts';
import type { Reader } from '../../platform/http.ts';
import { readTimeCursor, writeTimeCursor } from '../../platform/time-cursor.ts';
import { presentUrgentReleases } from './retrospective.presenter.ts';
import { countUrgentReleases, type UrgentCounts, urgentReleasePage } from './retrospective.queries.ts';

const countCap = 1000;

export interface UrgentReleasesWanted {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly show?: UrgentShown | undefined;
  readonly resourceId?: string | undefined;
}

export interface UrgentReleaseList {
  readonly items: UrgentRelease[];
  readonly nextCursor: string | null;
  readonly counts: UrgentCounts;
}

/** What went out urgently in the reader's units, the newest first. Keyset paged. */
export async function listUrgentReleases(
  { db, actor, now }: Reader,
  { cursor, limit = 20, show, resourceId }: UrgentReleasesWanted,
): Promise<UrgentReleaseList> {
  const after = cursor === undefined ? undefined : readTimeCursor(cursor, 'review.cursor-wrong');
  const rows = await urgentReleasePage(
    db,
    actor.scope,
    { now, show, resourceId, beforeId: after?.id },
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: await presentUrgentReleases(db, shown, now),
    nextCursor: last ? writeTimeCursor({ at: last.releasedAt, id: last.reviewId }) : null,
    counts: await countUrgentReleases(db, actor.scope, now, countCap),
  };
}
