import { type BatchApproval, type BatchResult, reviewApi } from '../../../contracts/review.ts';
import { AppError } from '../../platform/errors.ts';
import type { Caller, Routes, RouteTools } from '../../platform/http.ts';
import type { ProofParts, ProvenSigner } from '../identity/index.ts';
import { type Approved, approveTogether, type NeedsLook, proveBatch } from './approve-together.ts';
import type { SpentProof } from './sign-revision.ts';

interface BatchParts {
  readonly proofs: ProofParts;
  readonly needsLook: NeedsLook;
}

/** Several works at once, only those that this person has read. */
export const batchRoutes =
  ({ proofs, needsLook }: BatchParts): Routes =>
  (mount, tools) => {
    const command = approveTogether(needsLook);
    mount(reviewApi.approveTogether, async ({ caller, body, request }) => {
      const signedBy = await tools.consult(caller, 'identity.prove-signer', (reader) =>
        proveBatch(reader, proofs, body),
      );
      return approveEach(
        {
          tools,
          caller,
          command,
          told: (err) => {
            request.log.error({ err }, 'a work of a batch could not be decided');
          },
        },
        body,
        signedBy,
      );
    });
  };

interface Batch {
  readonly tools: RouteTools;
  readonly caller: Caller;
  readonly command: ReturnType<typeof approveTogether>;
  readonly told: (error: unknown) => void;
}

async function approveEach(
  { tools, caller, command, told }: Batch,
  { items, assessment, reason }: BatchApproval,
  proven: ProvenSigner | undefined,
): Promise<BatchResult> {
  let signedBy: ProvenSigner | SpentProof | undefined = proven;
  const results: BatchResult['items'] = [];
  for (const item of items) {
    const input = { ...item, assessment, ...(reason === undefined ? {} : { reason }) };
    try {
      const approved = await tools.perform(caller, command, signedBy ? { ...input, signedBy } : input);
      // The first signature uses a code up; it is proof of the others of this batch, and of nothing after.
      if (approved.isSigned && signedBy) signedBy = { method: signedBy.method, isSpent: true };
      results.push(presentApproved(approved));
    } catch (error) {
      if (!(error instanceof AppError)) told(error);
      results.push(presentRefused(error));
    }
  }
  return { items: results };
}

function presentApproved({ state }: Approved): BatchResult['items'][number] {
  return { outcome: state === 'signed' ? 'signed' : 'approved', code: null, message: null };
}

function presentRefused(error: unknown): BatchResult['items'][number] {
  const known = error instanceof AppError ? error : null;
  return {
    outcome: 'refused',
    code: known?.code ?? 'review.not-decided',
    message: known?.message ?? '系统出错，这一篇没有办成，请稍后单独办理。',
  };
}
