import type { Db } from '../../platform/db.ts';
import { latestHead, nodeHashes, nodeKey } from './log.queries.ts';
import { consistencyRanges, fullNodes, inclusionRanges, type LeafRange } from './merkle.rules.ts';
import {
  countVersions,
  firstLeafOf,
  firstVersionAt,
  leavesBetween,
  type StoredLeaf,
  versionsAt,
} from './proof.queries.ts';
import { rootOf } from './tree-hash.ts';

const VERSIONS_TOLD = 20;
export const ENTRIES_PER_ANSWER = 256;

/** Hashes of ranges, read with one statement. A node that is missing makes a proof that fails, which is right. */
async function hashRanges(db: Db, ranges: readonly LeafRange[]): Promise<(range: LeafRange) => string> {
  const nodes = new Map(ranges.flatMap(fullNodes).map((node) => [nodeKey(node), node]));
  const hashes = await nodeHashes(db, [...nodes.values()]);
  return (range) =>
    rootOf(fullNodes(range).map((node) => hashes.get(nodeKey(node)) ?? Buffer.alloc(32))).toString('base64');
}

/** A leaf with what leads from it to the root of the checkpoint. */
export interface ProvenLeaf {
  readonly index: number;
  /** Its bytes, as they are hashed. */
  readonly leaf: string;
  readonly proof: readonly string[];
}

export interface PageProofs {
  readonly checkpoint: string;
  readonly site: string;
  readonly path: string;
  /** How often something changed here, counted up to 1,000. */
  readonly changes: number;
  /** The newest first. */
  readonly versions: readonly ProvenLeaf[];
  /** The oldest of the address. */
  readonly firstOfAddress: ProvenLeaf | null;
  /** Where the resource that the newest version shows first stood in the log. */
  readonly firstOfResource: ProvenLeaf | null;
}

export interface ProofAsked {
  readonly site: string;
  readonly path: string;
  /** Only versions with these bytes. */
  readonly digest: string | null;
}

const resourceOf = (leaf: StoredLeaf | undefined): string | null =>
  leaf === undefined ? null : (JSON.parse(leaf.body) as { resource: string | null }).resource;

/** What the log knows of an address; undefined when it never heard of it, or never of these bytes there. */
export async function findPageProofs(db: Db, asked: ProofAsked): Promise<PageProofs | undefined> {
  const head = await latestHead(db);
  if (head === undefined) return undefined;
  const { site, path } = asked;
  const versions = await versionsAt(db, { ...asked, before: head.size, limit: VERSIONS_TOLD });
  if (versions.length === 0) return undefined;
  const firstOfAddress = await firstVersionAt(db, site, path);
  const resource = resourceOf(versions[0]);
  const firstOfResource = resource === null ? undefined : await firstLeafOf(db, resource);
  const told = [...versions, firstOfAddress, firstOfResource].flatMap((leaf) =>
    leaf === undefined || leaf.index >= head.size ? [] : [leaf],
  );
  const hashOf = await hashRanges(
    db,
    told.flatMap(({ index }) => inclusionRanges(index, head.size)),
  );
  const proven = ({ index, body }: StoredLeaf): ProvenLeaf => ({
    index,
    leaf: body,
    proof: inclusionRanges(index, head.size).map(hashOf),
  });
  const provenIfTold = (leaf: StoredLeaf | undefined): ProvenLeaf | null =>
    leaf !== undefined && told.includes(leaf) ? proven(leaf) : null;
  return {
    checkpoint: head.note,
    site,
    path,
    changes: await countVersions(db, site, path),
    versions: versions.map(proven),
    firstOfAddress: provenIfTold(firstOfAddress),
    firstOfResource: provenIfTold(firstOfResource),
  };
}

/** What shows that the log of `first` leaves is the beginning of that of `second`; undefined when it is not so long. */
export async function findConsistency(
  db: Db,
  first: number,
  second: number,
): Promise<readonly string[] | undefined> {
  const head = await latestHead(db);
  if (head === undefined || second > head.size) return undefined;
  const ranges = consistencyRanges(first, second);
  return ranges.map(await hashRanges(db, ranges));
}

/** Leaves in order, at most 256 of them; undefined when the log does not reach so far. */
export async function findEntries(
  db: Db,
  start: number,
  end: number,
): Promise<readonly StoredLeaf[] | undefined> {
  const head = await latestHead(db);
  if (head === undefined || start >= head.size) return undefined;
  return leavesBetween(db, start, Math.min(end, head.size, start + ENTRIES_PER_ANSWER));
}
