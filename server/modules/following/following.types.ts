import type { FollowEngine } from './follow-engine.ts';
import type { PlatformClient } from './platform-client.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

/** A subscription, its platform, and who asks. */
export interface Following {
  readonly engine: FollowEngine;
  readonly row: SubscriptionRow;
  readonly client: PlatformClient;
  /** This installation. */
  readonly instance: string;
  readonly signal: AbortSignal;
}

/** An item of a subscription, of another platform perhaps, that stands for a resource of ours. */
export interface Holder {
  readonly resourceId: string;
  readonly subscriptionId: string;
  /** Which platform that subscription follows. */
  readonly instance: string;
  readonly isOver: boolean;
  readonly isRemoved: boolean;
}

/** For so many resources that it names an item waits; one that comes has all of them looked at again. */
export const mostAwaited = 200;
