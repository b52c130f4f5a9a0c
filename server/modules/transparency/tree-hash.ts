import { createHash } from 'node:crypto';

import { type JoinHashes, joinNodes } from './merkle.rules.ts';

// RFC 9162, 2.1.1: leaves and inner nodes can never be taken for each other.
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const hashLeaf = (bytes: Uint8Array | string): Buffer =>
  createHash('sha256').update(LEAF).update(bytes).digest();

export const hashNodes: JoinHashes = (left, right): Buffer =>
  createHash('sha256').update(NODE).update(left).update(right).digest();

/** Root of the tree whose full subtrees these are; an empty tree has the hash of nothing. */
export const rootOf = (edge: readonly Uint8Array[]): Buffer =>
  Buffer.from(joinNodes(edge, hashNodes) ?? createHash('sha256').digest());
