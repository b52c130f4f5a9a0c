import { type RawBuilder, sql } from 'kysely';

import type { Ctx } from '../../platform/context.ts';
import { holdingOf, isGiven, type KeptUnitColumns, type UnitHolding, unitNames } from '../identity/index.ts';
import { countAwaited, nextAwaited, passOnOpinions } from './opinion-passing.queries.ts';

async function passOn({ db, now }: Ctx, to: string, chosen: RawBuilder<unknown>): Promise<number> {
  const toName = (await unitNames(db, [to])).get(to) ?? '';
  return passOnOpinions(db, { to, toName, at: now }, chosen);
}

/** Open questions go to whoever stands for the unit now; what is over stays with the unit that answered. */
const openOpinions: UnitHolding = {
  column: 'review.opinion.unit_id',
  name: '待答复的会签',
  count: countAwaited,
  move: (ctx, { from, to, limit }) => passOn(ctx, to, sql`unit_id = ${from} order by id limit ${limit}`),
  division: {
    kind: 'each',
    next: nextAwaited,
    give: (ctx, gift) => passOn(ctx, gift.to, isGiven(gift)),
  },
};

/** The chain of an open review goes on with people of the successor; nobody approves what they wrote, as ever. */
export const reviewHoldings: readonly UnitHolding[] = [
  holdingOf('review.review', '审核', { hangsOn: { resource: 'resource_id' } }),
  openOpinions,
];

export const reviewKeptColumns: KeptUnitColumns = {
  'review.chain.unit_id': 'the works of a unit that ended are the successor’s and go by its chains',
  'review.urgent_rule.unit_id':
    'a unit that ended releases nothing any more; its successor is given its own rule',
  'review.review.asked_unit_ids':
    'names whom a review asks; when such a unit ends the work is taken back and handed in anew',
  'review.responsibility_record.unit_id': 'says for ever who answered for a revision',
};
