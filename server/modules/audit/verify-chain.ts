import { createHash } from 'node:crypto';

import type { ChainReport } from '../../../contracts/audit.ts';
import type { Db } from '../../platform/db.ts';
import { type ChainLink, chainHead, linksAfter } from './entry.queries.ts';

const batch = 2_000;

/**
 * Recomputes every hash from the stored columns, outside the database, in batches, over one snapshot: finds a
 * changed, removed, added or reordered entry, and a removed end. `onProgress` hears how many entries were seen.
 */
export async function verifyChain(db: Db, onProgress?: (entries: number) => void): Promise<ChainReport> {
  if (db.isTransaction) return verifyIn(db, onProgress);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) => verifyIn(snapshot, onProgress));
}

async function verifyIn(db: Db, onProgress?: (entries: number) => void): Promise<ChainReport> {
  let last: { seq: string; hash: Buffer } = { seq: '0', hash: Buffer.alloc(32) };
  let entries = 0;
  for (;;) {
    const links = await linksAfter(db, last.seq, batch);
    for (const link of links) {
      const wrong = problemOf(link, last);
      if (wrong) return { entries, intact: false, brokenAt: wrong.seq, reason: wrong.reason };
      last = { seq: link.seq, hash: link.hash };
      entries += 1;
    }
    onProgress?.(entries);
    if (links.length < batch) break;
  }
  const head = await chainHead(db);
  if (head?.seq === last.seq && head.hash.equals(last.hash)) {
    return { entries, intact: true, brokenAt: null, reason: null };
  }
  const next = String(BigInt(last.seq) + 1n);
  return {
    entries,
    intact: false,
    brokenAt: next,
    reason: `第 ${last.seq} 条之后的记录与链尾不符，末尾的记录被删除或链尾被改动。`,
  };
}

function problemOf(
  link: ChainLink,
  last: { seq: string; hash: Buffer },
): { seq: string; reason: string } | undefined {
  const expected = String(BigInt(last.seq) + 1n);
  if (link.seq !== expected) return { seq: expected, reason: `第 ${expected} 条记录缺失或重复。` };
  if (!link.previousHash.equals(last.hash)) {
    return { seq: link.seq, reason: `第 ${link.seq} 条记录与前一条不相连。` };
  }
  if (!hashOf(link, last.hash).equals(link.hash)) {
    return { seq: link.seq, reason: `第 ${link.seq} 条记录的内容被改动。` };
  }
  return undefined;
}

/** The text is the one that audit.entry_text writes: a JSON array with a space after each comma. */
function hashOf(link: ChainLink, previous: Buffer): Buffer {
  const text = `[${link.fields.map((field) => JSON.stringify(field)).join(', ')}]`;
  return createHash('sha256').update(previous).update(text).digest();
}
