import { anAssessment } from './factories/assessment.ts';
import { openReview } from './factories/review.ts';
import { anUrgentRule, release, urgentReason } from './factories/urgent.ts';
import {
  anybody,
  type Attempt,
  insiders,
  nothing,
  only,
  on,
  outsiders,
  overseers,
  readers,
  signedIn,
  type World,
} from './route-rules.ts';

/** The principal of the unit may; there is one rule at a time. */
async function authorise({ db, secret }: World): Promise<void> {
  await db.deleteFrom('review.urgent_rule').where('unit_id', '=', secret.unit.id).execute();
  await anUrgentRule(db, secret.unit, [secret.staff.principal]);
}

async function aRelease(world: World): Promise<{ readonly id: string; readonly reviewId: string }> {
  await authorise(world);
  const { id } = await world.secret.inReview();
  return { id, reviewId: (await release(world.db, world.secret.staff.principal, id)).id };
}

export const urgentAttempts: readonly Attempt[] = [
  {
    endpoint: 'review.listUrgentRules',
    what: 'all',
    rule: only('operator', 'supervisor'),
    ask: async (world) => {
      await authorise(world);
      return {};
    },
  },
  {
    endpoint: 'review.setUrgentRule',
    what: 'of the unit',
    rule: only('operator'),
    ask: async ({ db, secret }) => {
      await db.deleteFrom('review.urgent_rule').where('unit_id', '=', secret.unit.id).execute();
      const accountIds = [secret.staff.principal.id];
      const rule = { coversBelow: false, reviewHours: 24, note: '防汛期间' };
      return { ...on(secret.unit.id), payload: { expectedVersion: 0, accountIds, ...rule } };
    },
  },
  {
    endpoint: 'review.endUrgentRule',
    what: 'of the unit',
    rule: only('operator'),
    ask: async (world) => {
      await authorise(world);
      return { ...on(world.secret.unit.id), payload: { expectedVersion: 1, note: '汛期结束' } };
    },
  },
  { endpoint: 'review.listUrgentReleases', what: 'all', rule: anybody, ask: nothing },
  {
    endpoint: 'review.listUrgentReleases',
    what: 'of a resource of the unit',
    rule: anybody,
    ask: async (world) => ({ query: { resourceId: (await aRelease(world)).id } }),
  },
  {
    endpoint: 'review.getReview',
    what: 'of the unit, after an urgent release',
    rule: readers,
    ask: async (world) => on((await aRelease(world)).reviewId),
  },
  {
    endpoint: 'review.releaseUrgently',
    what: 'of the unit, by its principal who is named',
    rule: {
      allowed: ['own principal'],
      forbidden: [...insiders, ...overseers].filter((who) => who !== 'own principal'),
      hidden: outsiders,
    },
    ask: async (world, who) => {
      await authorise(world);
      const { id: resourceId } = await world.secret.inReview();
      const { id, step, digest } = await openReview(world.db, resourceId);
      const { password } = world.mine(signedIn.includes(who) ? who : 'own principal').account;
      return {
        ...on(id),
        payload: {
          step,
          revisionDigest: digest,
          reason: urgentReason,
          assessment: anAssessment(),
          proof: { method: 'password', secret: password },
        },
      };
    },
  },
];
