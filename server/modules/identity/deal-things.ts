import type { SplitRule } from '../../../contracts/unit-split.ts';
import type { Db } from '../../platform/db.ts';
import type { GroundColumn, GroundResource, Keeper, SplitGround } from './split-ground.ts';
import { type PlacedRule, receiverOf, type Stand } from './split.rules.ts';
import type { HeldThing } from './unit-holding.ts';

export interface Deal {
  /** The unit that is divided. */
  readonly unitId: string;
  /** In their order; null where the unit has not been made yet. */
  readonly receivers: readonly (string | null)[];
  readonly rules: readonly PlacedRule[];
  /** Holdings that are dealt already: of them, what is still with the unit stays or goes with the rest. */
  readonly through: ReadonlySet<string>;
}

/** The rules with their columns as they stand now; a column that is gone holds for nothing. */
export async function placeRules(
  db: Db,
  ground: SplitGround,
  rules: readonly SplitRule[],
): Promise<readonly PlacedRule[]> {
  const columns = await ground.columns(db, [...new Set(rules.flatMap((rule) => rule.columnIds))]);
  return rules.map(({ columnIds, ...rule }) => {
    const placed = columnIds.flatMap((id) => columns.get(id) ?? []);
    // A rule that has lost all its columns must not hold for everything.
    const isLost = columnIds.length > 0 && placed.length === 0 && rule.siteIds.length === 0;
    return { ...rule, columns: isLost ? [{ siteId: '0', path: '/' }] : placed };
  });
}

const noStand: Stand = { siteId: null, path: null, type: null, terms: [] };
const idsOf = (things: readonly HeldThing[], key: 'resourceId' | 'columnId' | 'siteId'): string[] => [
  ...new Set(things.flatMap((thing) => thing[key] ?? [])),
];

/**
 * Who receives each of the things: their ids by the position of the receiver, and under null those of the rest. What
 * hangs on something goes where that went, or where the rules will send it. Every thing is in exactly one of the lists.
 */
export async function dealThings(
  db: Db,
  ground: SplitGround,
  deal: Deal,
  things: readonly HeldThing[],
): Promise<ReadonlyMap<number | null, readonly string[]>> {
  const resources = await ground.resources(db, idsOf(things, 'resourceId'));
  const columns = await ground.columns(db, [
    ...new Set([
      ...idsOf(things, 'columnId'),
      ...[...resources.values()].flatMap(({ columnId }) => columnId ?? []),
    ]),
  ]);
  const sites = await ground.sites(db, idsOf(things, 'siteId'));
  const broader = await ground.broader(db, [
    ...new Set([...resources.values()].flatMap(({ terms }) => terms)),
  ]);
  const atColumn = (column: GroundColumn | undefined): Stand =>
    column ? { ...noStand, siteId: column.siteId, path: column.path } : noStand;
  const ofResource = ({ columnId, type, terms }: GroundResource): Stand => ({
    ...atColumn(columnId === null ? undefined : columns.get(columnId)),
    type,
    terms: terms.flatMap((term) => broader.get(term) ?? [term]),
  });
  /** What the thing hangs on: whose it is, and how it stands. */
  const keeperOf = (thing: HeldThing): { kind: Keeper; unitId: string; stand: Stand } | undefined => {
    const resource = thing.resourceId === null ? undefined : resources.get(thing.resourceId);
    if (resource) return { kind: 'resource', unitId: resource.unitId, stand: ofResource(resource) };
    const column = thing.columnId === null ? undefined : columns.get(thing.columnId);
    if (column) return { kind: 'column', unitId: column.unitId, stand: atColumn(column) };
    const site = thing.siteId === null ? undefined : sites.get(thing.siteId);
    return site && { kind: 'site', unitId: site.unitId, stand: { ...noStand, siteId: thing.siteId } };
  };
  const destinyOf = (thing: HeldThing): number | null => {
    const keeper = keeperOf(thing);
    if (!keeper) return null;
    if (keeper.unitId === deal.unitId)
      return deal.through.has(ground.keepers[keeper.kind]) ? null : receiverOf(deal.rules, keeper.stand);
    const receiver = deal.receivers.indexOf(keeper.unitId);
    return receiver === -1 ? null : receiver;
  };
  const dealt = Map.groupBy(things, destinyOf);
  return new Map([...dealt].map(([receiver, those]) => [receiver, those.map(({ id }) => id)]));
}
