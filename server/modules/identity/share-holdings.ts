import type { Db } from '../../platform/db.ts';
import { splitOf } from './carry-out-split.ts';
import { dealThings, placeRules } from './deal-things.ts';
import type { ReformParts } from './reform-parts.ts';
import type { ReorganizationRow } from './reorganization.queries.ts';
import { countAccountsAmong } from './split.queries.ts';
import type { UnitHolding } from './unit-holding.ts';

/** Things that are looked at together; memory stays bounded however many a unit has. */
const pageSize = 5_000;

export interface Shares {
  /** What each receiver will get, in their order. */
  readonly shares: number[];
  /** What a unit that goes on keeps. */
  readonly stays: number;
}

type Sharing = (holding: UnitHolding, count: number) => Promise<Shares>;

const sumOf = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0);

/** What each receiver will get of a holding, dealt as it will be; undefined where nothing is to be dealt any more. */
export async function sharing(
  db: Db,
  { ground }: ReformParts,
  row: ReorganizationRow,
): Promise<Sharing | undefined> {
  if (row.kind !== 'split' || !['planned', 'confirmed'].includes(row.state)) return undefined;
  const { receivers, rules, restTo } = splitOf(row);
  const unitId = row.successorId;
  const deal = {
    unitId,
    receivers: receivers.map((one) => one.unitId),
    rules: await placeRules(db, ground, rules),
    through: new Set<string>(),
  };
  return async ({ division }, count) => {
    // Who reached the unit will reach all of them.
    if (division.kind === 'all')
      return { shares: receivers.map(() => count), stays: restTo === null ? count : 0 };
    const shares = receivers.map(() => 0);
    for (let after = '0'; ;) {
      const things = await division.next(db, { unitId, after, limit: pageSize });
      const last = things.at(-1);
      if (!last) return { shares, stays: Math.max(0, count - sumOf(shares)) };
      after = last.id;
      for (const [receiver, ids] of await dealThings(db, ground, deal, things)) {
        const position = receiver ?? restTo;
        if (position !== null) shares[position] = (shares[position] ?? 0) + ids.length;
      }
    }
  };
}

/** People who are named go where they were named to, everybody else with the rest. */
export async function accountShares(db: Db, row: ReorganizationRow, all: number): Promise<Shares> {
  const { receivers, restTo } = splitOf(row);
  const shares: number[] = [];
  for (const { accountIds } of receivers)
    shares.push(await countAccountsAmong(db, row.successorId, accountIds));
  const others = all - sumOf(shares);
  if (restTo === null) return { shares, stays: others };
  shares[restTo] = (shares[restTo] ?? 0) + others;
  return { shares, stays: 0 };
}
