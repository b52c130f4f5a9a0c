import { sql } from 'kysely';

import { isChosen } from '../../platform/dump/dump-rows.ts';
import type { DumpPart, DumpRow, LoadContext, LoadStep } from '../../platform/dump/dump.types.ts';
import { insertRows, settleIds } from '../../platform/dump/load-rows.ts';

const ofChosen = isChosen('resource_id', 'resource');
const ofChosenReviews = sql<boolean>`review_id in (select review.id from review.review where ${isChosen('review.resource_id', 'resource')})`;

const assessments: DumpPart = {
  name: 'openness-assessments',
  from: sql.table('review.openness_assessment'),
  fields: {
    id: 'id',
    review_id: 'id',
    revision_id: 'id',
    revision_digest: 'bytes',
    step_name: 'text',
    open_mode: 'text',
    reason_key: 'text?',
    reason_note: 'text?',
    answers: 'json',
    assessed_by: 'id',
    assessed_by_name: 'text',
    assessed_at: 'instant',
  },
  order: ['id'],
  among: ofChosenReviews,
};

const signatures: DumpPart = {
  name: 'signatures',
  from: sql.table('review.signature'),
  fields: {
    id: 'id',
    review_id: 'id',
    resource_id: 'id',
    revision_id: 'id',
    revision_digest: 'bytes',
    opinion: 'text?',
    method: 'text',
    image_digest: 'bytes?',
    signed_by: 'id',
    signed_by_name: 'text',
    signed_for: 'text',
    on_behalf_of: 'id?',
    on_behalf_of_name: 'text?',
    signed_at: 'instant',
    urgent: 'flag',
  },
  order: ['id'],
  among: ofChosen,
};

const undisclosed: DumpPart = {
  name: 'undisclosed',
  from: sql.table('review.undisclosed'),
  fields: {
    review_id: 'id',
    resource_id: 'id',
    open_mode: 'text',
    reason_key: 'text',
    found_at: 'instant',
    due_on: 'day?',
    ended_as: 'text?',
  },
  order: ['review_id'],
  among: ofChosen,
};

const reassessments: DumpPart = {
  name: 'reassessments',
  from: sql.table('review.reassessment'),
  fields: {
    id: 'id',
    review_id: 'id',
    outcome: 'text',
    open_mode: 'text',
    reason_key: 'text?',
    note: 'text',
    next_due_on: 'day?',
    assessed_by: 'id',
    assessed_by_name: 'text',
    assessed_at: 'instant',
  },
  order: ['id'],
  among: ofChosenReviews,
};

/**
 * Since when what is signed must have been assessed, there: what was signed before comes in as it is, what was signed
 * later is held against the rule here too.
 */
const disclosureRule: DumpPart = {
  name: 'disclosure-rule',
  from: sql.table('review.disclosure_rule'),
  fields: { assessed_since: 'instant', reassess_months: 'integer' },
  order: ['assessed_since'],
  left: { is_only: 'says that there is one row' },
};

/** A day to come is none: nothing that is signed here from now on is excused. */
async function loadRule({ db }: LoadContext, rows: readonly DumpRow[]): Promise<void> {
  for (const { assessedSince, reassessMonths } of rows)
    await sql`update review.disclosure_rule set reassess_months = ${reassessMonths},
      assessed_since = least(${assessedSince}::timestamptz, now())`.execute(db);
}

const urgentReleases: DumpPart = {
  name: 'urgent-releases',
  from: sql.table('review.urgent_release'),
  fields: {
    review_id: 'id',
    resource_id: 'id',
    reason: 'text',
    released_by: 'id',
    released_by_name: 'text',
    released_at: 'instant',
    due_at: 'instant',
    settled_as: 'text?',
    settled_at: 'instant?',
  },
  order: ['review_id'],
  among: ofChosen,
};

export const findingParts = {
  disclosureRule,
  assessments,
  signatures,
  undisclosed,
  reassessments,
  urgentReleases,
} as const;

/** After the reviews, and before the resources become what they were: what is signed must have been assessed. */
export const findingSteps: readonly LoadStep[] = [
  { name: 'disclosure-rule', part: disclosureRule, load: loadRule },
  {
    name: 'openness-assessments',
    part: assessments,
    load: ({ db }, rows) => insertRows(db, assessments, rows),
    end: ({ db }) => settleIds(db, 'review.openness_assessment'),
  },
  {
    name: 'signatures',
    part: signatures,
    // Packages of earlier versions know no urgent ones.
    load: ({ db }, rows) =>
      insertRows(
        db,
        signatures,
        rows.map((row) => ({ urgent: false, ...row })),
      ),
    end: ({ db }) => settleIds(db, 'review.signature'),
  },
  { name: 'undisclosed', part: undisclosed, load: ({ db }, rows) => insertRows(db, undisclosed, rows) },
  {
    name: 'reassessments',
    part: reassessments,
    load: ({ db }, rows) => insertRows(db, reassessments, rows),
    end: ({ db }) => settleIds(db, 'review.reassessment'),
  },
  {
    name: 'urgent-releases',
    part: urgentReleases,
    load: ({ db }, rows) => insertRows(db, urgentReleases, rows),
  },
];

/** Whoever assessed, signed or released urgently what is chosen. */
export const finders = sql`
  select assessed_by from review.openness_assessment where ${ofChosenReviews}
  union select unnest(array[signed_by, on_behalf_of]) from review.signature where ${ofChosen}
  union select assessed_by from review.reassessment where ${ofChosenReviews}
  union select released_by from review.urgent_release where ${ofChosen}`;
