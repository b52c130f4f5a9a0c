import type { NewDecision } from '../../../contracts/review.ts';
import type { SigningProof } from '../../../contracts/signing.ts';
import type { Reader } from '../../platform/http.ts';
import { type ProofParts, type ProvenSigner, proveSigner } from '../identity/index.ts';
import { findReview } from './find-review.ts';
import { decisionRefusal, findSeat } from './review.policy.ts';
import { formRefusal, isSignature } from './review.rules.ts';

/** What a decision sends along to prove who signs. */
export interface ProofOffer {
  readonly reviewId: string;
  readonly decision: Omit<NewDecision, 'proof'>;
  readonly proof: SigningProof;
}

/**
 * Proves who signs, before the act: only where this would be a signature, so that no guess is spent on what is
 * refused anyhow. The act asks everything again, and it is the act whose refusal is on record.
 */
export async function proveDecision(
  reader: Reader,
  parts: ProofParts,
  { reviewId, decision, proof }: ProofOffer,
): Promise<ProvenSigner | undefined> {
  if (decision.action !== 'approve') return undefined;
  const found = await findReview(reader, reviewId);
  const seat = found && findSeat(found.desk, decision.onBehalfOf);
  if (!found || !seat || !isSignature(found.facts)) return undefined;
  const { facts } = found;
  const refusal = decisionRefusal(facts, seat, decision.action) ?? formRefusal(facts, decision);
  return refusal === null ? proveSigner(reader, parts, proof) : undefined;
}
