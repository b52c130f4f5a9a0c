import { anAccount } from './factories/identity.ts';
import { aDraft, aSiteWithColumn } from './factories/library.ts';
import { ask } from './factories/opinion.ts';
import { aReviewTeam, openReview, submit } from './factories/review.ts';
import {
  anybody,
  type Attempt,
  insiders,
  insidersAs,
  nothing,
  on,
  outsiders,
  overseers,
  readers,
  type World,
} from './route-rules.ts';

/** A unit of its own with somebody who can answer. */
const anAnsweringUnit = async ({ db }: World): Promise<string> =>
  (await anAccount(db, { roles: ['reviewer'] })).unitId;

const answering = ['own reviewer', 'own principal', 'above'] as const;

/** Asked of what a step asks of other units (会签). */
export const opinionAttempts: readonly Attempt[] = [
  {
    endpoint: 'review.listReviewOpinions',
    what: 'of a review of the unit',
    rule: readers,
    ask: ({ reviewId }) => on(reviewId),
  },
  {
    endpoint: 'review.listAskableUnits',
    what: 'for a review of the unit',
    rule: insidersAs('reviewer'),
    ask: ({ reviewId }) => on(reviewId),
  },
  {
    endpoint: 'review.askOpinions',
    what: 'in a review of the unit',
    rule: insidersAs('reviewer'),
    ask: async (world) => {
      const { id, step } = await openReview(world.db, (await world.secret.inReview()).id);
      const unitIds = [await anAnsweringUnit(world)];
      return { params: { id }, payload: { step, unitIds, question: '是否同意？' } };
    },
  },
  { endpoint: 'review.listOpinions', what: 'that wait for the own unit', rule: anybody, ask: nothing },
  {
    endpoint: 'review.giveOpinion',
    what: 'that another unit asks of the unit',
    rule: {
      allowed: answering,
      forbidden: overseers,
      hidden: [...outsiders, ...insiders.filter((who) => !answering.some((one) => one === who))],
    },
    ask: async ({ db, secret }) => {
      const team = await aReviewTeam(db);
      const { column } = await aSiteWithColumn(db, team.unit);
      const draft = await aDraft(db, { editor: team.editor, column });
      await submit(db, team.editor, draft.id);
      const { digest } = await openReview(db, draft.id);
      const { id } = await ask(db, team.first, draft.id, { unitIds: [secret.unit.id] });
      return { params: { id }, payload: { stance: 'agree', revisionDigest: digest } };
    },
  },
  {
    endpoint: 'review.withdrawOpinion',
    what: 'of a review of the unit',
    rule: insidersAs('reviewer'),
    ask: async (world) => {
      const { db, secret } = world;
      const { id: resourceId } = await secret.inReview();
      const unitIds = [await anAnsweringUnit(world)];
      const { id } = await ask(db, secret.staff.reviewer, resourceId, { unitIds });
      return { params: { id }, payload: { reason: '不再需要' } };
    },
  },
];
