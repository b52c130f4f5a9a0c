import type { Ctx } from '../../platform/context.ts';
import { importDrafts, type ImportedItem, recordOrigins } from '../library/index.ts';
import { importArchive, moveArchive } from '../sites/index.ts';
import { importKeyOf } from './import-key.rules.ts';
import type { ItemRow } from './item.queries.ts';
import type { Take } from './prepare-take.ts';
import type { SubscriptionRow } from './subscription.queries.ts';
import { itemAfter } from './item-after.ts';

/** Brings in what was never here: published as reprints, or as drafts for the unit to review. */
export async function bringFresh(
  ctx: Ctx,
  row: SubscriptionRow,
  takes: readonly Take[],
): Promise<readonly ItemRow[]> {
  const made = row.mode === 'reviewed' ? await publish(ctx, row, takes) : await draft(ctx, row, takes);
  await recordOrigins(
    ctx.db,
    takes.flatMap((take) => {
      const resourceId = made.get(importKeyOf(take.chain));
      return resourceId === undefined ? [] : [{ resourceId, chain: take.chain }];
    }),
  );
  const at = { pass: row.pass, now: ctx.now };
  return takes.map((take) => {
    const resourceId = made.get(importKeyOf(take.chain)) ?? null;
    const { columnId, awaits } = take;
    const state = resourceId === null ? 'known' : 'taken';
    return itemAfter(at, take, undefined, { state, resourceId, columnId, awaits });
  });
}

const itemOf = ({ chain, type, content }: Take): ImportedItem => ({
  importKey: importKeyOf(chain),
  type,
  content,
});

/** Ours, by the names under which they came. */
type Made = ReadonlyMap<string, string>;

async function publish(ctx: Ctx, { unitId }: SubscriptionRow, takes: readonly Take[]): Promise<Made> {
  const made = new Map<string, string>();
  const oldestFirst = takes.toSorted((one, other) => one.publishedAt.localeCompare(other.publishedAt));
  for (const [columnId, some] of Map.groupBy(oldestFirst, (take) => take.columnId)) {
    const batch = { unitId, columnId, items: some.map(itemOf) };
    for (const one of await importArchive.run(ctx, batch)) made.set(one.importKey, one.resourceId);
  }
  return made;
}

async function draft(ctx: Ctx, { unitId }: SubscriptionRow, takes: readonly Take[]): Promise<Made> {
  const made = new Map(
    (await importDrafts(ctx, unitId, takes.map(itemOf))).map((one) => [one.importKey, one.resourceId]),
  );
  for (const { chain, columnId } of takes) {
    const resourceId = made.get(importKeyOf(chain));
    if (resourceId !== undefined) await moveArchive(ctx, resourceId, columnId);
  }
  return made;
}
