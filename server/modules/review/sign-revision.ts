import type { SigningMethod } from '../../../contracts/signing.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { accountsById, imageInUse, type ProvenSigner, spendProof } from '../identity/index.ts';
import type { Seat } from './desk.types.ts';
import type { FoundReview } from './find-review.ts';
import { insertSignature } from './signature.queries.ts';

/** What a code that the first signature of a batch used up still says of the others. */
export interface SpentProof {
  readonly method: SigningMethod;
  readonly isSpent: true;
}

/**
 * An approval of the last step counts only when the signer proved at that moment who they are; no other signs. What
 * was proved is used up here, with the act: refused, it keeps its worth.
 */
export async function takeProof(
  ctx: Ctx,
  signs: boolean,
  signedBy: ProvenSigner | SpentProof | undefined,
): Promise<SigningMethod | undefined> {
  if (!signs) return undefined;
  if (signedBy !== undefined) {
    if (!('isSpent' in signedBy)) await spendProof(ctx, signedBy);
    return signedBy.method;
  }
  throw new AppError('invalid', 'review.signature-missing', '签发要重新输入密码或者动态口令确认。');
}

interface Signing {
  readonly method: SigningMethod | undefined;
  readonly seat: Seat;
  readonly opinion: string | null;
  readonly urgent?: boolean;
}

/** Who signed which bytes, how and with which words and picture: for ever. */
export async function recordSignature(
  ctx: Ctx,
  { row }: FoundReview,
  { method, seat, opinion, urgent = false }: Signing,
): Promise<void> {
  if (method === undefined) return;
  const { actor, onBehalfOf } = seat;
  const signer = (await accountsById(ctx.db, [actor.id])).get(actor.id);
  await insertSignature(ctx.db, {
    reviewId: row.id,
    resourceId: row.resourceId,
    revisionId: row.revisionId,
    revisionDigest: row.revisionDigest,
    method,
    opinion,
    imageDigest: (await imageInUse(ctx.db, actor.id)) ?? null,
    signedBy: actor.id,
    signedByName: actor.name,
    signedFor: signer?.unitName ?? '',
    onBehalfOf: onBehalfOf?.id ?? null,
    onBehalfOfName: onBehalfOf?.name ?? null,
    signedAt: ctx.now,
    urgent,
  });
}
