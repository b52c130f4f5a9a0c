import { sql } from 'kysely';

import { anAssessment } from './factories/assessment.ts';
import { aChain, aChainBody, aDelegation, aVersionBody, dayFrom, today } from './factories/chain.ts';
import { anAccount } from './factories/identity.ts';
import { openReview } from './factories/review.ts';
import {
  anybody,
  type Attempt,
  nothing,
  on,
  only,
  overseers,
  insiders,
  outsiders,
  signedIn,
  type Who,
} from './route-rules.ts';

const reviews: readonly Who[] = [
  'own reviewer',
  'own principal',
  'other reviewer',
  'other principal',
  'above',
  'below',
];
const reviewersOnly = { allowed: reviews, forbidden: signedIn.filter((who) => !reviews.includes(who)) };

export const chainAttempts: readonly Attempt[] = [
  { endpoint: 'review.listChains', what: 'all', rule: only('operator', 'supervisor'), ask: nothing },
  {
    endpoint: 'review.createChain',
    what: 'for the unit',
    rule: only('operator'),
    ask: async ({ secret }) => ({
      payload: aChainBody({ unitId: secret.unit.id, columnId: await secret.column() }),
    }),
  },
  {
    endpoint: 'review.changeChain',
    what: 'of the unit',
    rule: only('operator'),
    ask: async ({ db, secret }) => {
      const id = await aChain(db, { unitId: secret.unit.id, columnId: await secret.column() });
      return { params: { id }, payload: aVersionBody() };
    },
  },
  {
    endpoint: 'review.endChain',
    what: 'of the unit',
    rule: only('operator'),
    ask: async ({ db, secret }) => ({
      params: { id: await aChain(db, { unitId: secret.unit.id, columnId: await secret.column() }) },
      payload: { expectedVersion: 1, effectiveOn: today(), note: '不再需要' },
    }),
  },
  {
    endpoint: 'review.chooseChain',
    what: 'of the unit',
    rule: { allowed: [...insiders, ...overseers], hidden: outsiders },
    ask: ({ secret }) => ({
      query: { unitId: secret.unit.id, columnId: secret.columnId, type: 'article' },
    }),
  },
  {
    endpoint: 'review.urgeReview',
    what: 'of the unit, that is escalated to its principal',
    rule: {
      allowed: ['own principal'],
      forbidden: [...insiders.filter((who) => who !== 'own principal'), ...overseers],
      hidden: outsiders,
    },
    ask: async ({ db, secret, mine }) => {
      const { id } = await openReview(db, (await secret.inReview()).id);
      await db
        .updateTable('review.review')
        .set({ escalated_ids: sql`array[${mine('own principal').account.id}]::bigint[]` })
        .where('id', '=', id)
        .execute();
      return { params: { id }, payload: {} };
    },
  },
  {
    endpoint: 'review.urgeReview',
    what: 'of the unit, that is not escalated to them',
    rule: { allowed: [], forbidden: [...insiders, ...overseers], hidden: outsiders },
    ask: ({ reviewId }) => ({ params: { id: reviewId }, payload: {} }),
  },
  {
    // Everybody is answered; what is not theirs, or was not read, is refused by itself.
    endpoint: 'review.approveTogether',
    what: 'of the unit, that they did not read',
    rule: anybody,
    ask: async ({ db, reviewId }) => {
      const { step, revision_digest: digest } = await db
        .selectFrom('review.review')
        .select(['step', 'revision_digest'])
        .where('id', '=', reviewId)
        .executeTakeFirstOrThrow();
      return {
        payload: {
          items: [{ reviewId, step, revisionDigest: digest.toString('hex') }],
          assessment: anAssessment(),
        },
      };
    },
  },
  { endpoint: 'review.listDelegations', what: 'the own', rule: anybody, ask: nothing },
  { endpoint: 'review.listColleagues', what: 'of the own unit', rule: reviewersOnly, ask: nothing },
  {
    endpoint: 'review.delegateDuty',
    what: 'to somebody of the own unit',
    rule: reviewersOnly,
    // A twin in a unit of their own asks, so that nobody's list of accounts grows by the colleague.
    spends: true,
    ask: async ({ db, mine }, who) => {
      const unit = { id: mine(who).account.unitId };
      const colleague =
        who === 'nobody' ? mine(who).account : await anAccount(db, { unit, roles: ['editor'] });
      return { payload: { delegateId: colleague.id, startsOn: today(), endsOn: dayFrom(1), reason: '出差' } };
    },
  },
  {
    endpoint: 'review.revokeDelegation',
    what: 'of the principal of the unit',
    rule: { allowed: ['own principal'], hidden: signedIn.filter((who) => who !== 'own principal') },
    ask: async ({ db, secret }) => {
      const delegate = await secret.account(['editor']);
      await db.updateTable('review.delegation').set({ revoked_at: new Date() }).execute();
      return on(await aDelegation(db, secret.staff.principal, delegate));
    },
  },
];
