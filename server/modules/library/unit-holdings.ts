import { type RawBuilder, sql } from 'kysely';

import type { Ctx } from '../../platform/context.ts';
import {
  countRows,
  type HeldThing,
  holdingOf,
  isGiven,
  type KeptUnitColumns,
  thingsOf,
  type UnitHolding,
} from '../identity/index.ts';
import { libraryEvents, resourceTag } from './events.ts';

/** Pages, the search and the lists of those who follow learn of it behind everybody's publications. */
async function tellMoved(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await ctx.announce({ name: libraryEvents.handedOver, tags: ids.map(resourceTag), priority: 1 });
}

/**
 * Resources in every stage. Revisions, their digests and index numbers stay as they are. Where both units imported
 * something by the same key, the key of what moves is made its own by its id.
 */
async function giveResources(
  ctx: Ctx,
  { to }: { readonly to: string },
  chosen: RawBuilder<unknown>,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update library.resource moving set unit_id = ${to},
      imported_from = case when exists (
        select from library.resource twin
        where twin.unit_id = ${to} and twin.imported_from = moving.imported_from
      ) then 'resource ' || moving.id || ': ' || moving.imported_from else moving.imported_from end
    where id in (select id from library.resource where ${chosen} for update)
    returning id`.execute(ctx.db);
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) await tellMoved(ctx, ids);
  return ids.length;
}

export const resources: UnitHolding = {
  column: 'library.resource.unit_id',
  name: '信息资源',
  count: (db, unitId) => countRows(db, 'library.resource', unitId),
  move: (ctx, step) => giveResources(ctx, step, sql`unit_id = ${step.from} order by id limit ${step.limit}`),
  division: {
    kind: 'each',
    next: (db, page) => thingsOf(db, 'library.resource', { resource: 'id' }, page),
    give: (ctx, gift) => giveResources(ctx, gift, isGiven(gift)),
  },
};

/**
 * Files. One that the receiver has already, the same bytes under the same name, stays where it is: what names it goes
 * on naming it.
 */
async function giveAssets({ db }: Ctx, to: string, chosen: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update library.asset set unit_id = ${to} where id in (
      select id from library.asset moving where not exists (
        select from library.asset twin where twin.unit_id = ${to}
          and twin.digest = moving.digest and twin.file_name = moving.file_name
      ) and ${chosen} for update
    ) returning id`.execute(db);
  return rows.length;
}

const assets: UnitHolding = {
  column: 'library.asset.unit_id',
  name: '附件与图片',
  count: (db, unitId) => countRows(db, 'library.asset', unitId),
  move: (ctx, step) => giveAssets(ctx, step.to, sql`unit_id = ${step.from} order by id limit ${step.limit}`),
  division: {
    kind: 'each',
    // A file goes with the oldest resource that names it.
    next: async (db, { unitId, after, limit }) => {
      const { rows } = await sql<HeldThing>`
        select asset.id, (
            select min(revision.resource_id)::text from library.revision_asset used
            join library.revision revision on revision.id = used.revision_id where used.asset_id = asset.id
          ) as "resourceId", null as "columnId", null as "siteId"
        from library.asset asset where asset.unit_id = ${unitId} and asset.id > ${after}
        order by asset.id limit ${limit}`.execute(db);
      return rows;
    },
    give: (ctx, gift) => giveAssets(ctx, gift.to, isGiven(gift)),
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
