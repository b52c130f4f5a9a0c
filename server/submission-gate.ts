import { needsLook, type Proofreader, requireProofread } from './modules/proofreading/index.ts';
import type { SubmissionGate } from './modules/review/index.ts';

/** Review knows no checks: what is handed in is looked at here. */
export function submissionGate(proofreader: Proofreader): SubmissionGate {
  return (ctx, { resource, revision }, reasons) =>
    requireProofread(proofreader, ctx, {
      resourceId: resource.id,
      revisionId: revision.id,
      unitId: resource.unitId,
      type: resource.type,
      content: revision.content,
      reasons,
    });
}

/** What review asks of the checks: whether a work may be handed in, and whether it has to be looked at by itself. */
export const checksOfReview = (proofreader: Proofreader) => ({
  gate: submissionGate(proofreader),
  needsLook,
});
