import {
  mostItemsCounted,
  type PlatformOffer,
  type Subscription,
  type SubscriptionItem,
} from '../../../contracts/following.ts';
import type { Db } from '../../platform/db.ts';
import { unitNames } from '../identity/index.ts';
import { currentTypes } from '../library/index.ts';
import { actsIn } from './following.policy.ts';
import { type DatedItem, itemCounts, noItems } from './item.queries.ts';
import type { AboutAnswer } from './platform-answer.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Subscriptions as the console shows them; never with their keys. */
export async function presentSubscriptions(
  db: Db,
  rows: readonly SubscriptionRow[],
): Promise<Subscription[]> {
  const counts = await itemCounts(
    db,
    rows.map((row) => row.id),
    mostItemsCounted,
  );
  const units = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    sourceTypes: row.sourceTypes,
    sourceUnitIds: row.sourceUnitIds,
    sourceColumnIds: row.sourceColumnIds,
    unitId: row.unitId,
    rules: row.rules,
    columnId: row.columnId,
    mode: row.mode,
    mostItems: row.mostItems,
    address: row.address,
    platform: row.platform,
    unitName: units.get(row.unitId) ?? '',
    state: row.state,
    acts: [...actsIn[row.state]],
    itemCount: row.itemCount,
    counts: counts.get(row.id) ?? noItems(),
    trouble:
      row.troubleCode === null || row.troubleSince === null
        ? null
        : { code: row.troubleCode, message: row.trouble ?? '', since: row.troubleSince.toISOString() },
    nextAt: row.nextAt.toISOString(),
    caughtUpAt: instant(row.caughtUpAt),
    lastChangeAt: instant(row.lastChangeAt),
    createdAt: row.createdAt.toISOString(),
    createdByName: row.createdByName,
    version: row.version,
  }));
}

export async function presentSubscription(db: Db, row: SubscriptionRow): Promise<Subscription> {
  const [shown] = await presentSubscriptions(db, [row]);
  if (!shown) throw new Error('one subscription gives one answer');
  return shown;
}

export function presentItem(item: DatedItem): SubscriptionItem {
  const { sourceId, title, url, indexNumber, resourceId, state, problem, setAside } = item;
  return {
    ...{ sourceId, title, url, indexNumber, resourceId, state },
    problem: problem && { ...problem },
    setAside: setAside && {
      tries: setAside.tries,
      since: setAside.since.toISOString(),
      retryAt: setAside.retryAt.toISOString(),
    },
    updatedAt: item.updatedAt.toISOString(),
  };
}

/** What there is to choose from, and which types would be refused here. */
export async function presentOffer(db: Db, about: AboutAnswer): Promise<PlatformOffer> {
  const known = new Set<string>(
    (await currentTypes(db)).filter((type) => !type.retired).map((type) => type.key),
  );
  return {
    instance: about.instance,
    name: about.name,
    types: about.types.map(({ key, name }) => ({ key, name, known: known.has(key) })),
    units: about.units.map(({ id, name }) => ({ id, name })),
    columns: about.columns.map(({ id, name, site }) => ({ id, name, site })),
  };
}
