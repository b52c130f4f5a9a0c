import { randomBytes } from 'node:crypto';

import { createKeyedDigest, ratePage, reportCorrection } from '../../server/modules/interaction/index.ts';
import { anonymous } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { performAs } from './library.ts';

export const testDigest = createKeyedDigest(Buffer.alloc(32, 7));

export interface CorrectionWishes {
  readonly siteId: string;
  readonly path?: string;
  readonly description?: string;
  readonly contact?: string | null;
  readonly clock?: () => Date;
}

/** What a citizen reported, from an address that nobody else has. */
export async function aCorrection(
  db: Db,
  { siteId, path = '/', description, contact = null, clock }: CorrectionWishes,
): Promise<{ readonly id: string; readonly code: string }> {
  const perform = performAs({ db }, anonymous, clock === undefined ? {} : { clock });
  return perform(reportCorrection(testDigest), {
    siteId,
    path,
    sender: randomBytes(8).toString('hex'),
    form: {
      kind: 'typo',
      description: description ?? `第 ${randomBytes(3).toString('hex')} 行有错别字。`,
      quote: null,
      contact,
    },
  });
}

export interface RatingWishes {
  readonly siteId: string;
  readonly path?: string;
  readonly useful?: boolean;
  readonly reason?: 'unclear' | 'outdated';
  readonly remark?: string;
  readonly clock?: () => Date;
}

export async function aRating(db: Db, wishes: RatingWishes): Promise<void> {
  const { siteId, path = '/', useful = false, reason, remark, clock } = wishes;
  await performAs(
    { db },
    anonymous,
    clock === undefined ? {} : { clock },
  )(ratePage(testDigest), {
    siteId,
    path,
    sender: randomBytes(8).toString('hex'),
    form: { useful, reason: reason ?? null, remark: remark ?? null },
  });
}
