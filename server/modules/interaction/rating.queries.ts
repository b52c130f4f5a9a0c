import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { RatingReason } from '../../../contracts/interaction.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import type { RatingForm } from '../../../contracts/interaction.ts';

export interface NewRatingRow extends RatingForm {
  readonly siteId: string;
  readonly path: string;
  readonly pageName: string;
  readonly resourceId: string | null;
  readonly columnId: string | null;
  readonly unitId: string;
  readonly ratedAt: Date;
}

export async function storeRating(db: Db, row: NewRatingRow): Promise<void> {
  await db
    .insertInto('interaction.rating')
    .values({
      site_id: row.siteId,
      path: row.path,
      page_name: row.pageName,
      resource_id: row.resourceId,
      column_id: row.columnId,
      unit_id: row.unitId,
      useful: row.useful,
      reason: row.reason,
      remark: row.remark,
      rated_at: row.ratedAt,
    })
    .execute();
}

export interface RatingStretch {
  readonly siteId?: string | undefined;
  readonly since: Date;
  /** The newest so many are looked at. */
  readonly cap: number;
}

const newest = (scope: Scope, { siteId, since, cap }: RatingStretch) => sql`
  select * from interaction.rating
  where ${inScope(scope, 'interaction.rating.unit_id')} and rated_at >= ${since}
    and ${siteId === undefined ? sql`true` : sql`site_id = ${siteId}::bigint`}
  order by id desc limit ${cap}`;

export interface RatedRow {
  readonly siteId: string;
  readonly columnId: string | null;
  readonly path: string | null;
  readonly name: string;
  readonly useful: number;
  readonly notUseful: number;
  readonly reasons: Readonly<Partial<Record<RatingReason, number>>>;
}

const tallies = sql`
  count(*) filter (where useful)::int as useful, count(*) filter (where not useful)::int as "notUseful",
  (select coalesce(jsonb_object_agg(reason, times), '{}') from (
    select one as reason, count(*) as times from unnest(array_agg(reason)) as one where one is not null group by one
  ) counted) as reasons`;

/** Pages or columns with most people who were not helped first. */
export async function ratedRows(
  db: Db,
  scope: Scope,
  by: 'page' | 'column',
  stretch: RatingStretch & { readonly limit: number },
): Promise<readonly RatedRow[]> {
  const rated = newest(scope, stretch);
  const { rows } =
    by === 'page'
      ? await sql<RatedRow>`select site_id as "siteId", null::text as "columnId", path,
          (array_agg(page_name order by id desc))[1] as name, ${tallies}
          from (${rated}) rated group by site_id, path
          order by "notUseful" desc, useful desc, site_id, path limit ${stretch.limit}`.execute(db)
      : await sql<RatedRow>`select site_id as "siteId", column_id::text as "columnId", null::text as path,
          '' as name, ${tallies}
          from (${rated}) rated group by site_id, column_id
          order by "notUseful" desc, useful desc, site_id, column_id limit ${stretch.limit}`.execute(db);
  return rows;
}

export interface RatingTotal {
  readonly useful: number;
  readonly notUseful: number;
}

export async function ratingTotal(db: Db, scope: Scope, stretch: RatingStretch): Promise<RatingTotal> {
  const { rows } = await sql<RatingTotal>`select count(*) filter (where useful)::int as useful,
    count(*) filter (where not useful)::int as "notUseful" from (${newest(scope, stretch)}) rated`.execute(
    db,
  );
  return rows[0] ?? { useful: 0, notUseful: 0 };
}

export interface RemarkRow {
  readonly siteId: string;
  readonly pageName: string;
  readonly remark: string;
  readonly ratedAt: Date;
}

export async function newestRemarks(
  db: Db,
  scope: Scope,
  stretch: RatingStretch,
  limit: number,
): Promise<readonly RemarkRow[]> {
  const { rows } = await sql<RemarkRow>`select site_id as "siteId", page_name as "pageName", remark,
    rated_at as "ratedAt" from (${newest(scope, stretch)}) rated
    where remark is not null order by id desc limit ${limit}`.execute(db);
  return rows;
}
