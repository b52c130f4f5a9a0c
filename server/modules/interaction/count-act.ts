import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { countAddressAct, forgetAddresses } from './address-day.queries.ts';
import type { KeyedDigest } from './keyed-digest.ts';

/** What one address may do in a day. Behind one address may be an office or a school. */
export const dailyLimits = { corrections: 30, ratings: 200, ratingsOfPage: 10 } as const;

export interface CountedAct {
  readonly sender: string;
  readonly what: string;
  readonly limit: number;
}

/** Counts an act of a sender, and refuses the one that is too many. What is refused counts nothing. */
export async function countAct(ctx: Ctx, digest: KeyedDigest, act: CountedAct): Promise<void> {
  const day = dayInChina(ctx.now);
  const acts = await countAddressAct(ctx.db, day, digest('address', day, act.sender, act.what));
  if (acts === 1) await forgetAddresses(ctx.db, day);
  if (acts <= act.limit) return;
  throw new AppError(
    'conflict',
    'interaction.too-many-today',
    '您所在的网络今天提交的次数已达上限，请明天再来，或者电话联系我们。',
  );
}
