import type { NewDecision } from '../../../contracts/review.ts';
import type { SigningProof } from '../../../contracts/signing.ts';
import type { Reader } from '../../platform/http.ts';
import { type ProofParts, type ProvenSigner, proveSigner } from '../identity/index.ts';
import { getReview } from './find-review.ts';
import { decisionRefusal, seatFor } from './review.policy.ts';
import { formRefusal, isSignature } from './review.rules.ts';

/** What a decision sends along to prove who signs. */
export interface ProofOffer {
  readonly reviewId: string;
  readonly decision: Omit<NewDecision, 'proof'>;
  readonly proof: SigningProof;
}

/**
 * Proves who signs, before the act: only where this would be a signature, so that no guess is spent on what is
 * refused anyhow. The act asks everything again.
 */
export async function proveDecision(
  reader: Reader,
  parts: ProofParts,
  { reviewId, decision, proof }: ProofOffer,
): Promise<ProvenSigner | undefined> {
  if (decision.action !== 'approve') return undefined;
  const { facts, desk } = await getReview(reader, reviewId);
  if (!isSignature(facts)) return undefined;
  const seat = seatFor(desk, decision.onBehalfOf);
  const refusal = decisionRefusal(facts, seat, decision.action) ?? formRefusal(facts, decision);
  return refusal === null ? proveSigner(reader, parts, proof) : undefined;
}
