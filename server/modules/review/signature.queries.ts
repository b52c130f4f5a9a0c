import { sql } from 'kysely';

import type { SigningMethod } from '../../../contracts/signing.ts';
import type { Db } from '../../platform/db.ts';

export interface SignatureRow {
  readonly id: string;
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
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
  readonly signedAt: Date;
  /** Given before the steps of the review were done (紧急发布). */
  readonly urgent: boolean;
}

export async function insertSignature(db: Db, row: Omit<SignatureRow, 'id'>): Promise<void> {
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
      on_behalf_of: row.onBehalfOf,
      on_behalf_of_name: row.onBehalfOfName,
      signed_at: row.signedAt,
      urgent: row.urgent,
    })
    .execute();
}

/** In the order in which they were given, also those that a return to an earlier step undid. */
export function signaturesOf(db: Db, reviewId: string): Promise<readonly SignatureRow[]> {
  return db
    .selectFrom('review.signature')
    .select([
      'id',
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
      'on_behalf_of as onBehalfOf',
      'on_behalf_of_name as onBehalfOfName',
      'signed_at as signedAt',
      'urgent',
    ])
    .where('review_id', '=', reviewId)
    .orderBy('id')
    .execute();
}
