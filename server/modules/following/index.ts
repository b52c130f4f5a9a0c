export { type FollowLimits, usualLimits } from './follow-pace.rules.ts';
export { createFollower, type Follower } from './follow-platforms.ts';
export { isFollowingDue } from './subscription.queries.ts';
export { actOnSubscription, createSubscription } from './keep-subscriptions.ts';
export { keyContext } from './platform-client.ts';
export { followingRoutes } from './subscription.routes.ts';
export { followingHoldings, followingKeptColumns } from './unit-holdings.ts';
