import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { ReviewStep } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { unitLineOf } from '../identity/index.ts';
import { chainsInForce } from './chain.queries.ts';
import { chooseChain, defaultChain, defaultChainName } from './chain.rules.ts';

export interface Chosen {
  /** Null: the chain that is built in. */
  readonly id: string | null;
  readonly name: string;
  readonly steps: readonly ReviewStep[];
}

export interface ChainWish {
  readonly unitId: string;
  /** The columns it is to stand in and those above them, with their distance. */
  readonly columns: ReadonlyMap<string, number>;
  readonly type: ResourceTypeKey;
}

/** The chain for a work that is handed in now. */
export async function chainFor(db: Db, wish: ChainWish, now: Date): Promise<Chosen> {
  const subject = { ...wish, unitLine: await unitLineOf(db, wish.unitId) };
  const chosen = chooseChain(await chainsInForce(db, subject, dayInChina(now)), subject);
  return chosen ?? { id: null, name: defaultChainName, steps: defaultChain };
}
