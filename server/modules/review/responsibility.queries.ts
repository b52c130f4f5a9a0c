import { type RawBuilder, sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Duty } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface ResponsibilityLine {
  readonly at: Date;
  readonly reviewId: string;
  readonly duty: Duty;
  /** Of several with the same duty. */
  readonly place: number;
  readonly stepName: string | null;
  readonly resourceId: string;
  readonly revisionId: string;
  readonly title: string;
  readonly reviewUnitId: string;
  readonly personName: string;
  readonly onBehalfOfName: string | null;
  readonly unitName: string;
}

type LinePlace = Pick<ResponsibilityLine, 'at' | 'reviewId' | 'duty' | 'place'>;

export interface ResponsibilityPeriod {
  readonly from: Date;
  /** The first instant after it. */
  readonly until: Date;
  readonly unitId: string | undefined;
}

/**
 * Records of a period, of works of the units in scope, in the order of their times. Whose person it was does not
 * matter: who helped another unit is that unit's record too.
 */
export function responsibilityPage(
  db: Db,
  scope: Scope,
  period: ResponsibilityPeriod,
  page: { readonly after: LinePlace | undefined; readonly limit: number },
): Promise<readonly ResponsibilityLine[]> {
  const { after, limit } = page;
  let query = db
    .selectFrom('review.review')
    .innerJoin('review.responsibility_record', 'review.responsibility_record.review_id', 'review.review.id')
    .select([
      'at',
      'review.responsibility_record.review_id as reviewId',
      sql<Duty>`duty`.as('duty'),
      'place',
      'step_name as stepName',
      'review.responsibility_record.resource_id as resourceId',
      'review.responsibility_record.revision_id as revisionId',
      'title',
      'review.review.unit_id as reviewUnitId',
      'person_name as personName',
      'on_behalf_of_name as onBehalfOfName',
      'unit_name as unitName',
    ])
    .where(inScope(scope, 'review.review.unit_id'))
    .where('at', '>=', period.from)
    .where('at', '<', period.until);
  if (period.unitId !== undefined) query = query.where('review.review.unit_id', '=', period.unitId);
  if (after) query = query.where(isAfter(after));
  return query
    .orderBy('at')
    .orderBy('review.responsibility_record.review_id')
    .orderBy('duty')
    .orderBy('place')
    .limit(limit)
    .execute();
}

function isAfter({ at, reviewId, duty, place }: LinePlace): RawBuilder<boolean> {
  return sql<boolean>`(at, review.responsibility_record.review_id, duty, place) > (${at}, ${reviewId}::bigint, ${duty}, ${place})`;
}
