import { nearlySame } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { textOf } from './content-text.ts';
import { alikeTo } from './find-alike.ts';
import {
  addFingerprints,
  comparableTexts,
  markCompared,
  putFingerprint,
  textsWithoutFingerprint,
  waitingForComparison,
} from './fingerprint.queries.ts';
import { bytesOf, fingerprintOf } from './fingerprint.rules.ts';
import { mayCompare, replaceLikenesses } from './likeness.queries.ts';
import type { RevisionRow } from './resource.queries.ts';

type Written = Pick<RevisionRow, 'id' | 'resourceId' | 'content'>;

const fingerprinted = ({ id, resourceId, content }: Written) => {
  const fingerprint = fingerprintOf(textOf(content));
  return {
    resourceId,
    revisionId: id,
    minhash: fingerprint ? bytesOf(fingerprint.minhash) : Buffer.alloc(0),
    bands: fingerprint?.bands ?? [],
  };
};

/** In the transaction that writes the newest revision of a resource. */
export async function keepFingerprint(db: Db, revision: Written): Promise<void> {
  await putFingerprint(db, fingerprinted(revision));
}

/** The same for a batch of resources that are new. */
export async function keepFingerprints(db: Db, revisions: readonly Written[]): Promise<void> {
  await addFingerprints(db, revisions.map(fingerprinted));
}

const filledAtOnce = 50;

/** Fingerprints of what was written before there were any; answers how far it came, null at the end. */
export async function fillFingerprints(db: Db, after: string): Promise<string | null> {
  const texts = await textsWithoutFingerprint(db, after, filledAtOnce);
  await keepFingerprints(
    db,
    texts.map(({ revisionId, ...one }) => ({ ...one, id: revisionId })),
  );
  return texts.at(-1)?.resourceId ?? null;
}

/** One: a long text takes a tenth of a second of the worker, which other work waits for. */
const comparedAtOnce = 1;

/**
 * Looks for the pairs of some texts that changed, and answers how many; 0 when there are none or another worker is at
 * it. Texts that came in by the thousand get their fingerprints here.
 */
export function compareWaiting(db: Db, now: Date): Promise<number> {
  return db.transaction().execute(async (on) => {
    if (!(await mayCompare(on))) return 0;
    const ids = await waitingForComparison(on, comparedAtOnce);
    const texts = new Map(
      (await comparableTexts(on, { kind: 'all' }, ids)).map((one) => [one.resourceId, one]),
    );
    for (const id of ids) {
      const text = texts.get(id);
      if (text) await keepFingerprint(on, { ...text, id: text.revisionId });
      const found = text ? await alikeTo(on, { kind: 'all' }, text, nearlySame) : [];
      await replaceLikenesses(on, id, found, now);
    }
    if (ids.length > 0) await markCompared(on, ids);
    return ids.length;
  });
}
