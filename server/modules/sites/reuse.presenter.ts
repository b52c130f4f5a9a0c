import type { Reuse, ReuseSide } from '../../../contracts/sites.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { inScope, unitNames } from '../identity/index.ts';
import { isOfScope, liveHeadings, unitsOf } from '../library/index.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import { columnsById } from './column.queries.ts';
import { addressesOf } from './listing.queries.ts';
import {
  reuseAddressesOf,
  type ReuseCondition,
  type ReuseRow,
  reusesBefore,
  reusesById,
} from './reuse.queries.ts';
import { allSites, type SiteRow } from './site.queries.ts';
import { canEndReuse } from './sites.policy.ts';

type Asking = Pick<Reader, 'db' | 'actor'>;

function conditionOf({ actor }: Asking, side: ReuseSide): ReuseCondition {
  return side === 'made'
    ? inScope(actor.scope, 'place.unit_id')
    : isOfScope(actor.scope, 'sites.reuse.resource_id');
}

export interface ReuseQuery {
  readonly side: ReuseSide;
  readonly cursor?: string;
  readonly limit?: number;
}

/** What the own units show of others, or others of them, the newest first. */
export async function listReuses(reader: Asking, base: PublicBase, query: ReuseQuery) {
  const { cursor, limit = 20 } = query;
  if (cursor !== undefined && !/^[1-9]\d{0,17}$/.test(cursor)) {
    throw new AppError('invalid', 'sites.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  const rows = await reusesBefore(reader.db, conditionOf(reader, query.side), {
    before: cursor ?? null,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  return {
    items: await presentReuses(reader, base, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

export async function presentReuse(reader: Asking, base: PublicBase, id: string): Promise<Reuse> {
  const rows = [...(await reusesById(reader.db, [id])).values()];
  const [reuse] = await presentReuses(reader, base, rows);
  if (!reuse) throw new Error(`reuse ${id} could not be presented`);
  return reuse;
}

export async function presentReuses(
  { db, actor }: Asking,
  base: PublicBase,
  rows: readonly ReuseRow[],
): Promise<Reuse[]> {
  const ids = [...new Set(rows.map((row) => row.resourceId))];
  const columnIds = [...new Set(rows.map((row) => row.columnId))];
  const columns = new Map((await columnsById(db, columnIds)).map((one) => [one.id, one]));
  const owners = await unitsOf(db, ids);
  const units = [...owners.values(), ...[...columns.values()].map((one) => one.unitId)];
  const names = await unitNames(db, [...new Set(units)]);
  const headings = await liveHeadings(db, ids);
  const sites = new Map((await allSites(db)).map((site) => [site.id, site]));
  const urlOf = await urlsOf(db, base, sites, ids);
  const nameOf = (unitId: string): string => names.get(unitId) ?? '';
  return rows.flatMap((row): Reuse[] => {
    const column = columns.get(row.columnId);
    const owner = owners.get(row.resourceId);
    if (!column || owner === undefined) return [];
    const stands = row.endedAt === null;
    return [
      {
        ...withTexts(row),
        title: headings.get(row.resourceId)?.title ?? null,
        unitName: nameOf(owner),
        columnName: column.name,
        siteName: sites.get(column.siteId)?.shortName ?? '',
        columnUnitName: nameOf(column.unitId),
        url: (stands && urlOf(column.siteId, row.resourceId)) || null,
        endable: stands && canEndReuse(actor, owner, column.unitId),
      },
    ];
  });
}

function withTexts({ madeAt, endedAt, ...row }: ReuseRow) {
  return { ...row, madeAt: madeAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

/** Where a site shows resources: at their own address, or at the one that they have by reuse. */
async function urlsOf(
  db: Reader['db'],
  base: PublicBase,
  sites: ReadonlyMap<string, SiteRow>,
  ids: readonly string[],
) {
  const places = [...(await reuseAddressesOf(db, ids)), ...(await addressesOf(db, ids)).values()];
  return (siteId: string, resourceId: string): string | undefined => {
    const place = places.find((one) => one.siteId === siteId && one.resourceId === resourceId);
    const domain = place && sites.get(place.siteId)?.domains[0];
    return place && domain ? homeUrlOf(base, domain) + place.path.slice(1) : undefined;
  };
}
