import type { ReusableResource } from '../../../contracts/sites.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { readTimeCursor, writeTimeCursor } from '../../platform/time-cursor.ts';
import { unitNames } from '../identity/index.ts';
import { type PublishedRow, type ReusableFilter, reusableResources, typedNumber } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import { isShown } from './exposure.queries.ts';
import { openPlaces } from './open-places.ts';

type Asking = Pick<Reader, 'db' | 'actor'>;

function reusable({ db, actor }: Asking, filter: ReusableFilter, limit: number) {
  const view = { scope: actor.scope, isShown: (id: Parameters<typeof isShown>[0]) => isShown(id, null) };
  return reusableResources(db, view, filter, limit);
}

/** Those of the resources that the asker may show by reference. */
export async function reusableAmong(
  reader: Asking,
  ids: readonly string[],
): Promise<ReadonlyMap<string, PublishedRow>> {
  const rows = await reusable(reader, { ids }, ids.length);
  return new Map(rows.map((row) => [row.id, row]));
}

/** One that the asker may show by reference, or `library.resource-not-found`. */
export async function reusableResource(reader: Asking, id: string): Promise<PublishedRow> {
  const row = (await reusableAmong(reader, [id])).get(id);
  if (row) return row;
  throw new AppError('not-found', 'library.resource-not-found', '没有这条信息，或者它没有公开。');
}

export interface ReusableQuery {
  readonly q?: string;
  readonly type?: PublishedRow['type'];
  readonly unitId?: string;
  readonly cursor?: string;
  readonly limit?: number;
}

export async function listReusable(reader: Asking, base: PublicBase, query: ReusableQuery) {
  const limit = query.limit ?? 20;
  const text = query.q?.trim() ?? '';
  const rows = await reusable(
    reader,
    {
      type: query.type,
      unitId: query.unitId,
      text: text === '' ? undefined : { text, ...typedNumber(text) },
      after: query.cursor === undefined ? undefined : readTimeCursor(query.cursor, 'library.cursor-wrong'),
    },
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: await presentReusable(reader, base, shown),
    nextCursor:
      rows.length > limit && last ? writeTimeCursor({ at: last.firstPublishedAt, id: last.id }) : null,
  };
}

async function presentReusable(
  { db }: Asking,
  base: PublicBase,
  rows: readonly PublishedRow[],
): Promise<ReusableResource[]> {
  const names = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  const places = await openPlaces(
    db,
    base,
    rows.map((row) => row.id),
    [],
  );
  return rows.map(({ unitId, firstPublishedAt, ...row }) => ({
    ...row,
    unitName: names.get(unitId) ?? '',
    firstPublishedAt: firstPublishedAt.toISOString(),
    url: places.get(row.id)?.url ?? '',
  }));
}
