import { sql } from 'kysely';

import { choose, isChosen } from '../../platform/dump/dump-rows.ts';
import type { DumpPart, LoadStep } from '../../platform/dump/dump.types.ts';
import { insertRows, settleIds, updateRows } from '../../platform/dump/load-rows.ts';
import type { Db } from '../../platform/db.ts';
import { finders, findingParts, findingSteps } from './finding-parts.queries.ts';

const ofChosen = isChosen('resource_id', 'resource');
const ofChosenReviews = sql<boolean>`review_id in (select review.id from review.review where ${isChosen('review.resource_id', 'resource')})`;

const reviews: DumpPart = {
  name: 'reviews',
  from: sql.table('review.review'),
  fields: {
    id: 'id',
    resource_id: 'id',
    revision_id: 'id',
    revision_digest: 'bytes',
    unit_id: 'id',
    type: 'text',
    title: 'text',
    chain_name: 'text?',
    chain: 'json',
    waiting_ids: 'ids?',
    asked_ids: 'ids?',
    asked_unit_ids: 'ids?',
    step: 'integer',
    state: 'text',
    submitted_by: 'id',
    submitted_by_name: 'text',
    author_ids: 'ids',
    submitted_at: 'instant',
    step_since: 'instant',
    ended_at: 'instant?',
    next_id: 'id?',
    soon_at: 'instant?',
    due_at: 'instant?',
    escalate_at: 'instant?',
    call_at: 'instant?',
    escalated_ids: 'ids?',
    last_step: 'integer?',
    urgent_wish: 'text?',
  },
  order: ['id'],
  among: ofChosen,
};

const decisions: DumpPart = {
  name: 'decisions',
  from: sql.table('review.decision'),
  fields: {
    id: 'id',
    review_id: 'id',
    step: 'integer',
    step_name: 'text',
    outcome: 'text',
    back_to: 'integer?',
    reason: 'text?',
    openness: 'text?',
    secrecy_checked: 'flag',
    openness_checked: 'flag',
    revision_digest: 'bytes',
    decided_by: 'id',
    decided_by_name: 'text',
    on_behalf_of: 'id?',
    on_behalf_of_name: 'text?',
    decided_at: 'instant',
  },
  order: ['id'],
  among: ofChosenReviews,
};

const responsibility: DumpPart = {
  name: 'responsibility',
  from: sql.table('review.responsibility_record'),
  fields: {
    review_id: 'id',
    duty: 'text',
    place: 'integer',
    step_name: 'text?',
    revision_id: 'id',
    resource_id: 'id',
    account_id: 'id?',
    person_name: 'text',
    on_behalf_of_name: 'text?',
    unit_id: 'id',
    unit_name: 'text',
    at: 'instant',
  },
  order: ['review_id', 'duty', 'place'],
  among: ofChosen,
};

const comments: DumpPart = {
  name: 'review-comments',
  from: sql.table('review.comment'),
  fields: {
    id: 'id',
    review_id: 'id',
    anchor: 'json',
    quote: 'text',
    text: 'text',
    written_by: 'id',
    written_by_name: 'text',
    written_at: 'instant',
    settled_by: 'id?',
    settled_by_name: 'text?',
    settled_at: 'instant?',
    settled_note: 'text?',
  },
  order: ['id'],
  among: ofChosenReviews,
};

const opinions: DumpPart = {
  name: 'review-opinions',
  from: sql.table('review.opinion'),
  fields: {
    id: 'id',
    review_id: 'id',
    step: 'integer',
    step_name: 'text',
    unit_id: 'id',
    unit_name: 'text',
    question: 'text',
    asked_by: 'id?',
    asked_by_name: 'text',
    asked_at: 'instant',
    due_on: 'day?',
    state: 'text',
    stance: 'text?',
    answer: 'text?',
    revision_digest: 'bytes?',
    ended_by: 'id?',
    ended_by_name: 'text?',
    on_behalf_of: 'id?',
    on_behalf_of_name: 'text?',
    ended_at: 'instant?',
    end_reason: 'text?',
  },
  order: ['id'],
  among: ofChosenReviews,
};

const reminders: DumpPart = {
  name: 'review-reminders',
  from: sql.table('review.reminder'),
  fields: {
    id: 'id',
    review_id: 'id',
    step_name: 'text',
    step_since: 'instant',
    kind: 'text',
    to_names: 'text?',
    given_by: 'id?',
    given_by_name: 'text?',
    note: 'text?',
    given_at: 'instant',
  },
  order: ['id'],
  among: ofChosenReviews,
};

export const reviewParts = {
  reviews,
  decisions,
  responsibility,
  comments,
  opinions,
  reminders,
  ...findingParts,
} as const;

export const reviewSteps: readonly LoadStep[] = [
  {
    name: 'reviews',
    part: reviews,
    // A review names the one after it.
    load: ({ db }, rows) => insertRows(db, reviews, rows, { without: ['next_id'] }),
    end: async ({ db }) => {
      await settleIds(db, 'review.review');
      await callOpenReviews(db);
    },
  },
  { name: 'review-order', part: reviews, load: ({ db }, rows) => updateRows(db, reviews, rows, ['next_id']) },
  {
    name: 'decisions',
    part: decisions,
    load: ({ db }, rows) => insertRows(db, decisions, rows),
    end: ({ db }) => settleIds(db, 'review.decision'),
  },
  {
    name: 'responsibility',
    part: responsibility,
    // Packages of earlier versions know one of each duty.
    load: ({ db }, rows) =>
      insertRows(
        db,
        responsibility,
        rows.map((row) => ({ place: 0, ...row })),
      ),
  },
  {
    name: 'review-comments',
    part: comments,
    load: ({ db }, rows) => insertRows(db, comments, rows),
    end: ({ db }) => settleIds(db, 'review.comment'),
  },
  {
    name: 'review-opinions',
    part: opinions,
    load: ({ db }, rows) => insertRows(db, opinions, rows),
    end: ({ db }) => settleIds(db, 'review.opinion'),
  },
  {
    name: 'review-reminders',
    part: reminders,
    load: ({ db }, rows) => insertRows(db, reminders, rows),
    end: ({ db }) => settleIds(db, 'review.reminder'),
  },
  ...findingSteps,
];

/** Packages of earlier versions know no times of steps: the clock gives them, from then on. */
async function callOpenReviews(db: Db): Promise<void> {
  await sql`update review.review set call_at = step_since
    where state = 'open' and due_at is null and call_at is null and chain -> step ? 'limit'`.execute(db);
}

/** Whoever submitted, decided, answered for, remarked on or gave an opinion on what is chosen. */
export async function chooseReviewers(trx: Db): Promise<void> {
  await choose(
    trx,
    'account',
    sql`select unnest(author_ids || submitted_by) from review.review where ${ofChosen}
      union select unnest(array[decided_by, on_behalf_of]) from review.decision where ${ofChosenReviews}
      union select account_id from review.responsibility_record where ${ofChosen}
      union select written_by from review.comment where ${ofChosenReviews}
      union select settled_by from review.comment where ${ofChosenReviews}
      union select unnest(array[asked_by, ended_by, on_behalf_of]) from review.opinion where ${ofChosenReviews}
      union select unnest(escalated_ids) from review.review where ${ofChosen}
      union select given_by from review.reminder where ${ofChosenReviews}
      union ${finders}`,
  );
}
