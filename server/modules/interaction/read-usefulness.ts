import { type RatingReason, ratingReasonNames, type Usefulness } from '../../../contracts/interaction.ts';
import type { Reader } from '../../platform/http.ts';
import { allSites, columnsOfSites } from '../sites/index.ts';
import { newestRemarks, type RatedRow, ratedRows, ratingTotal } from './rating.queries.ts';

/** Enough for a district's quarter; what is older than the newest so many is not counted, and said so. */
const cap = 50_000;
const shown = { rows: 50, remarks: 30 } as const;
const usualDays = 90;

export interface UsefulnessWanted {
  readonly by?: 'page' | 'column' | undefined;
  readonly siteId?: string | undefined;
  readonly days?: number | undefined;
}

function reasonsOf(row: RatedRow): { name: string; times: number }[] {
  return Object.entries(row.reasons)
    .map(([reason, times]) => ({ name: ratingReasonNames[reason as RatingReason], times }))
    .sort((one, other) => other.times - one.times);
}

/** What citizens said of the pages of the reader's units. */
export async function readUsefulness(
  { db, actor, now }: Reader,
  { by = 'page', siteId, days = usualDays }: UsefulnessWanted,
): Promise<Usefulness> {
  const stretch = { siteId, since: new Date(now.getTime() - days * 86_400_000), cap };
  const rows = await ratedRows(db, actor.scope, by, { ...stretch, limit: shown.rows });
  const remarks = await newestRemarks(db, actor.scope, stretch, shown.remarks);
  const total = await ratingTotal(db, actor.scope, stretch);
  const sites = new Map((await allSites(db)).map((site) => [site.id, site.shortName]));
  const columns = new Map(
    by === 'column'
      ? (await columnsOfSites(db, [...new Set(rows.map((row) => row.siteId))])).map((column) => [
          column.id,
          column,
        ])
      : [],
  );
  return {
    rows: rows.map((row) => {
      const column = row.columnId === null ? undefined : columns.get(row.columnId);
      return {
        siteId: row.siteId,
        siteName: sites.get(row.siteId) ?? '',
        name: by === 'page' ? row.name : (column?.name ?? '首页等'),
        path: by === 'page' ? row.path : (column?.path ?? null),
        useful: row.useful,
        notUseful: row.notUseful,
        reasons: reasonsOf(row),
      };
    }),
    remarks: remarks.map((one) => ({
      pageName: one.pageName,
      siteName: sites.get(one.siteId) ?? '',
      remark: one.remark,
      ratedAt: one.ratedAt.toISOString(),
    })),
    total: { ...total },
    capped: total.useful + total.notUseful >= cap,
  };
}
