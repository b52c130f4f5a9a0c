export type { ClaimedFirst, LoggedOutcome } from './leaf.rules.ts';
export type { TreeNode } from './merkle.rules.ts';
