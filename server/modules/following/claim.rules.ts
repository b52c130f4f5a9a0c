import type { Holder } from './following.types.ts';

export interface Claim {
  /** Who offers it: the subscription's platform, and the unit that receives. */
  readonly instance: string;
  readonly unitId: string;
  readonly type: string;
  /** Where it was first, as the offer says. Whoever is followed may say anything. */
  readonly firstInstance: string;
  /** What this item stands for already. */
  readonly ownId: string | null;
  /** What is here under the name of the first place. */
  readonly found: { readonly resourceId: string; readonly unitId: string; readonly type: string } | undefined;
  /** What is here under the name that this platform itself gives it, after it gave way. */
  readonly namedId: string | undefined;
  /** Items of other subscriptions that stand for what was found. */
  readonly others: readonly Holder[];
}

/**
 * `displace`: somebody who only passed it on stands in its place; that one keeps its copy under its own name.
 */
export type Verdict = 'fresh' | 'write' | 'displace' | 'known' | 'origin-changed';

/**
 * What an offer may write. A subscription writes what came by it, or by an earlier one to the same platform, and what
 * its platform itself was the first to publish: nobody else's word moves a resource of a third one.
 */
export function judgeClaim(claim: Claim): Verdict {
  const { ownId, found, namedId } = claim;
  if (ownId !== null) {
    if (ownId === namedId && ownId !== found?.resourceId) return 'write';
    if (ownId !== found?.resourceId) return 'origin-changed';
    // Whichever unit has it by now: a split may have given it to another one than the subscription.
    return 'write';
  }
  return found === undefined ? 'fresh' : judgeNewcomer(claim, found);
}

function judgeNewcomer(
  { instance, unitId, type, firstInstance, others }: Claim,
  found: NonNullable<Claim['found']>,
): Verdict {
  const ofSame = others.filter((one) => one.instance === instance);
  const isHere = found.unitId === unitId;
  if (ofSame.some((one) => !one.isOver)) return 'known';
  if (firstInstance !== instance) return isHere && ofSame.length > 0 ? 'write' : 'known';
  const isOnlyPassedOn = others.length > 0 && ofSame.length === 0;
  if (isHere && (found.type === type || !isOnlyPassedOn)) return 'write';
  return isOnlyPassedOn ? 'displace' : 'known';
}
