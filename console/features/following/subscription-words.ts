import {
  type ItemState,
  mostItemsCounted,
  type Subscription,
  type SubscriptionItem,
} from '../../../contracts/following.ts';
import { countedText } from '../../lib/counted-text.ts';
import { agoText, minuteText } from '../../lib/time.ts';

/** Whether something of it changes by itself now: it reads, or it is about to try again. */
export function isUnderWay(
  { state, caughtUpAt, nextAt, trouble }: Pick<Subscription, 'state' | 'caughtUpAt' | 'nextAt' | 'trouble'>,
  now: Date,
): boolean {
  return state === 'active' && (caughtUpAt === null || trouble !== null || new Date(nextAt) <= now);
}

/** The last trouble, or how far behind it is. */
export function standingText({ state, trouble, caughtUpAt }: Subscription, now: Date): string {
  if (trouble !== null) return `${trouble.message}（${agoText(trouble.since, now)}起）`;
  if (state === 'ended') return '收到的信息保留';
  return caughtUpAt === null ? '正在第一次同步' : `${agoText(caughtUpAt, now)}与对方一致`;
}

/** Whether it is about to be tried again. */
export const isDue = ({ setAside }: Pick<SubscriptionItem, 'setAside'>, now: Date): boolean =>
  setAside !== null && new Date(setAside.retryAt) <= now;

/** How often it was tried, and when it is tried again. */
export function retryText(
  { tries, since, retryAt }: NonNullable<SubscriptionItem['setAside']>,
  now: Date,
): string {
  const when = new Date(retryAt) <= now ? '马上再试' : `${minuteText(retryAt)} 再试`;
  return tries === 0 ? when : `试了 ${String(tries)} 次没有成功，${agoText(since, now)}起；${when}`;
}

export const itemsText = (count: number): string => countedText(count, mostItemsCounted);

const leftOutStates: readonly ItemState[] = ['set-aside', 'refused', 'waiting', 'changed-here'];

/** How many were not taken as they are there. */
export function leftOutText({ counts }: Pick<Subscription, 'counts'>): string {
  const isCapped = leftOutStates.some((state) => counts[state] >= mostItemsCounted);
  const sum = leftOutStates.reduce((some, state) => some + counts[state], 0);
  return isCapped ? itemsText(mostItemsCounted) : String(sum);
}

/** What of a subscription is looked at first: what somebody may have to do something about. */
export function firstShown({ counts }: Pick<Subscription, 'counts'>): ItemState {
  if (counts['set-aside'] > 0) return 'set-aside';
  return counts.refused > 0 ? 'refused' : 'taken';
}
