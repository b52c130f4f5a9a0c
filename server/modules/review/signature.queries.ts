import { sql } from 'kysely';

import type { SigningMethod } from '../../../contracts/signing.ts';
import type { Db } from '../../platform/db.ts';

export interface SignatureRow {
  readonly reviewId: string;
  readonly resourceId: string;
  readonly revisionId: string;
  readonly revisionDigest: Buffer;
  readonly opinion: string | null;
  readonly method: SigningMethod;
  readonly imageDigest: Buffer | null;
  readonly signedBy: string;
  readonly signedByName: string;
  /** The unit as it was called on the day. */
  readonly signedFor: string;
  readonly signedAt: Date;
}

export async function insertSignature(db: Db, row: SignatureRow): Promise<void> {
  await db
    .insertInto('review.signature')
    .values({
      review_id: row.reviewId,
      resource_id: row.resourceId,
      revision_id: row.revisionId,
      revision_digest: row.revisionDigest,
      opinion: row.opinion,
      method: row.method,
      image_digest: row.imageDigest,
      signed_by: row.signedBy,
      signed_by_name: row.signedByName,
      signed_for: row.signedFor,
      signed_at: row.signedAt,
    })
    .execute();
}

export function signatureOf(db: Db, reviewId: string): Promise<SignatureRow | undefined> {
  return db
    .selectFrom('review.signature')
    .select([
      'review_id as reviewId',
      'resource_id as resourceId',
      'revision_id as revisionId',
      'revision_digest as revisionDigest',
      'opinion',
      sql<SigningMethod>`method`.as('method'),
      'image_digest as imageDigest',
      'signed_by as signedBy',
      'signed_by_name as signedByName',
      'signed_for as signedFor',
      'signed_at as signedAt',
    ])
    .where('review_id', '=', reviewId)
    .executeTakeFirst();
}
