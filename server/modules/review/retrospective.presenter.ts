import type { UrgentRelease } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { urgentReleaseOf, type UrgentReleaseRow } from './retrospective.queries.ts';

export async function presentUrgentReleases(
  db: Db,
  rows: readonly UrgentReleaseRow[],
  now: Date,
): Promise<UrgentRelease[]> {
  const names = await unitNames(db, [...new Set(rows.map(({ unitId }) => unitId))]);
  return rows.map((row) => ({
    reviewId: row.reviewId,
    resourceId: row.resourceId,
    title: row.title,
    type: row.type,
    unitName: names.get(row.unitId) ?? '',
    state: row.state,
    reason: row.reason,
    releasedByName: row.releasedByName,
    releasedAt: row.releasedAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    overdue: row.dueAt < (row.endedAt ?? now),
    stepName: row.state === 'retrospective' ? (row.chain[row.step]?.name ?? '') : null,
    endedAt: row.endedAt?.toISOString() ?? null,
    objection: row.objection === null ? null : { byName: row.objectedByName ?? '', reason: row.objection },
    settledAs: row.settledAs,
  }));
}

/** How a review's work went out before the review was done; null when it did not. */
export async function presentUrgentRelease(
  { db, now }: Pick<Reader, 'db' | 'now'>,
  reviewId: string,
): Promise<UrgentRelease | null> {
  const row = await urgentReleaseOf(db, reviewId);
  if (!row) return null;
  return (await presentUrgentReleases(db, [row], now))[0] ?? null;
}
