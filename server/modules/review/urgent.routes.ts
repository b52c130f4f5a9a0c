import { reviewApi } from '../../../contracts/review.ts';
import type { Routes } from '../../platform/http.ts';
import type { ProofParts } from '../identity/index.ts';
import { listUrgentReleases } from './list-urgent-releases.ts';
import { proveUrgentRelease, releaseUrgently } from './release-urgently.ts';
import { endUrgentRule, setUrgentRule } from './set-urgent-rule.ts';
import { requireUrgentRuleReader } from './urgent.policy.ts';
import { presentUrgentRules } from './urgent-rule.presenter.ts';
import { allUrgentRules } from './urgent-rule.queries.ts';

/** 紧急发布: who may, the act itself, and what waits for its review. */
export function urgentRoutes(proofs: ProofParts): Routes {
  return (mount, { perform, consult }) => {
    mount(reviewApi.listUrgentRules, ({ caller }) =>
      consult(caller, 'review.list-urgent-rules', async ({ db, actor }) => {
        requireUrgentRuleReader(actor);
        return presentUrgentRules(db, await allUrgentRules(db));
      }),
    );
    mount(reviewApi.setUrgentRule, ({ caller, params, body }) =>
      perform(caller, setUrgentRule, { ...body, unitId: params.id }),
    );
    mount(reviewApi.endUrgentRule, ({ caller, params, body }) =>
      perform(caller, endUrgentRule, { ...body, unitId: params.id }),
    );
    mount(reviewApi.listUrgentReleases, ({ caller, query }) =>
      consult(caller, 'review.list-urgent-releases', (reader) => listUrgentReleases(reader, query)),
    );
    mount(reviewApi.releaseUrgently, async ({ caller, params, body }) => {
      const signedBy = await consult(caller, 'identity.prove-signer', (reader) =>
        proveUrgentRelease(reader, proofs, { reviewId: params.id, release: body }),
      );
      const { step, revisionDigest, reason, assessment } = body;
      const input = { reviewId: params.id, step, revisionDigest, reason, assessment };
      return perform(caller, releaseUrgently, signedBy ? { ...input, signedBy } : input);
    });
  };
}
