import type { OpenOrigin } from '../../../contracts/open-content.ts';
import type { Ctx } from '../../platform/context.ts';
import { originsOf, resourcesFrom, yieldOrigins } from '../library/index.ts';
import type { Standing } from './bring-changed.ts';
import { type Claim, judgeClaim } from './claim.rules.ts';
import { importKeyOf } from './import-key.rules.ts';
import { itemAfter, wasTakenDown } from './item-after.ts';
import { holdersOf, type ItemRow, type Problem, releaseItems } from './item.queries.ts';
import type { Take } from './prepare-take.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

/** Offers, by what they may write here. */
interface BoundTakes {
  readonly fresh: readonly Take[];
  readonly changed: readonly Standing[];
  /** What became of those that may write nothing. */
  readonly settled: readonly ItemRow[];
}

const nameOf = (instance: string, id: string): string => `${instance}/${id}`;
const firstOf = ({ chain }: Take): OpenOrigin => {
  const [first] = chain;
  if (!first) throw new Error('every chain has a beginning');
  return first;
};

const originChanged: Problem = { code: 'origin-changed', message: '来源与第一次接收时不同，没有接收。' };

/** Finds for each offer what of ours it stands for, and holds it to what the subscription may write. */
export async function bindTakes(
  ctx: Ctx,
  row: SubscriptionRow,
  known: ReadonlyMap<string, ItemRow>,
  takes: readonly Take[],
): Promise<BoundTakes> {
  const claims = await claimsOf(ctx, row, known, takes);
  const fresh: Take[] = [];
  const changed: Standing[] = [];
  const settled: ItemRow[] = [];
  const displaced: string[] = [];
  const taken: string[] = [];
  const names = new Set<string>();
  const at = { pass: row.pass, now: ctx.now };
  for (const [take, claim] of claims) {
    const before = known.get(take.sourceId);
    const { id, instance } = firstOf(take);
    const verdict = names.has(nameOf(instance, id)) ? 'known' : judgeClaim(claim);
    names.add(nameOf(instance, id));
    if (verdict === 'origin-changed')
      settled.push(itemAfter(at, take, before, { state: 'refused', problem: originChanged }));
    else if (verdict === 'known') settled.push(itemAfter(at, take, before, { state: 'known' }));
    else if (verdict === 'write') {
      const standing = standingOf(take, before, claim);
      if (isNewcomer(claim)) taken.push(standing.resourceId);
      changed.push(standing);
    } else {
      if (verdict === 'displace' && claim.found) displaced.push(claim.found.resourceId);
      fresh.push(take);
    }
  }
  await releaseItems(ctx.db, row.id, taken, ctx.now);
  await displace(ctx, displaced);
  return { fresh, changed, settled };
}

/** It comes to stand for what others stood for. */
const isNewcomer = ({ ownId, others }: Claim): boolean => ownId === null && others.length > 0;

function standingOf(take: Take, before: ItemRow | undefined, claim: Claim): Standing {
  const wasTheirs = isNewcomer(claim) && claim.others.every((one) => one.isRemoved);
  return {
    take,
    before,
    resourceId: claim.ownId ?? claim.found?.resourceId ?? '0',
    wasRemoved: wasTakenDown(before) || wasTheirs,
  };
}

async function claimsOf(
  ctx: Ctx,
  row: SubscriptionRow,
  known: ReadonlyMap<string, ItemRow>,
  takes: readonly Take[],
): Promise<readonly (readonly [Take, Claim])[]> {
  const firsts = takes.map((take) => ({ instance: firstOf(take).instance, sourceId: firstOf(take).id }));
  const ownNames = takes.map(({ sourceId }) => ({ instance: row.instance, sourceId }));
  const there = new Map(
    (await resourcesFrom(ctx.db, [...firsts, ...ownNames])).map((one) => [
      nameOf(one.instance, one.sourceId),
      one,
    ]),
  );
  const ids = [...new Set([...there.values()].map((one) => one.resourceId))];
  const holders = Map.groupBy(await holdersOf(ctx.db, row.id, ids), (one) => one.resourceId);
  return takes.map((take) => {
    const { instance: firstInstance, id } = firstOf(take);
    const found = there.get(nameOf(firstInstance, id));
    const claim = {
      ...{ instance: row.instance, unitId: row.unitId, type: take.type, firstInstance, found },
      ownId: known.get(take.sourceId)?.resourceId ?? null,
      namedId: there.get(nameOf(row.instance, take.sourceId))?.resourceId,
      others: (found && holders.get(found.resourceId)) ?? [],
    };
    return [take, claim] as const;
  });
}

/** What was only passed on gives the name of its first place back to that place, and goes by that of who passed it on. */
async function displace(ctx: Ctx, resourceIds: readonly string[]): Promise<void> {
  const chains = await originsOf(ctx.db, resourceIds);
  await yieldOrigins(
    ctx.db,
    [...chains].flatMap(([resourceId, chain]) => {
      const last = chain.at(-1);
      return last === undefined ? [] : [{ resourceId, to: last, importKey: importKeyOf([last]) }];
    }),
  );
}
