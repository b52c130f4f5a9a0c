import { sql } from 'kysely';

import type { Ctx } from '../../platform/context.ts';
import {
  countRows,
  holdingOf,
  type KeptUnitColumns,
  type UnitHolding,
  type UnitMove,
} from '../identity/index.ts';
import { libraryEvents, resourceTag } from './events.ts';

/** Pages, the search and the lists of those who follow learn of it behind everybody's publications. */
async function tellMoved(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await ctx.announce({ name: libraryEvents.handedOver, tags: ids.map(resourceTag), priority: 1 });
}

/**
 * Resources in every stage. Revisions, their digests and index numbers stay as they are. Where both units imported
 * something by the same key, the key of what moves says from which unit it came.
 */
const resources: UnitHolding = {
  column: 'library.resource.unit_id',
  name: '信息资源',
  count: (db, unitId) => countRows(db, 'library.resource', unitId),
  move: async (ctx: Ctx, { from, to, limit }: UnitMove) => {
    const { rows } = await sql<{ id: string }>`
      update library.resource moving set unit_id = ${to},
        imported_from = case when exists (
          select from library.resource twin
          where twin.unit_id = ${to} and twin.imported_from = moving.imported_from
        ) then 'unit ' || ${from}::text || ': ' || moving.imported_from else moving.imported_from end
      where id in (select id from library.resource where unit_id = ${from} order by id limit ${limit} for update)
      returning id`.execute(ctx.db);
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await tellMoved(ctx, ids);
    return ids.length;
  },
};

/**
 * Files. One that the successor has already, the same bytes under the same name, stays where it is: people of the
 * successor reach it there, since the old unit stands under theirs.
 */
const assets: UnitHolding = {
  column: 'library.asset.unit_id',
  name: '附件与图片',
  count: (db, unitId) => countRows(db, 'library.asset', unitId),
  move: async (ctx, { from, to, limit }) => {
    const { rows } = await sql<{ id: string }>`
      update library.asset set unit_id = ${to} where id in (
        select id from library.asset moving where unit_id = ${from} and not exists (
          select from library.asset twin where twin.unit_id = ${to}
            and twin.digest = moving.digest and twin.file_name = moving.file_name
        ) order by id limit ${limit} for update
      ) returning id`.execute(ctx.db);
    return rows.length;
  },
};

export const libraryHoldings: readonly UnitHolding[] = [
  resources,
  assets,
  holdingOf('library.quarantine', '隔离文件'),
];

export const libraryKeptColumns: KeptUnitColumns = {
  'library.index_number.unit_id': 'who gave a number is never changed; figures of the past count by it',
  'library.relation_proposal.unit_id': 'moves with the document that names, in its statement',
  'library.index_counter.unit_id': 'a series ends with its unit, so that no number is given twice',
};
