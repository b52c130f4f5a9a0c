import { type RawBuilder, sql } from 'kysely';

import type { Actor } from '../../../contracts/actor.ts';
import type { OpinionState, Stance } from '../../../contracts/opinion.ts';
import type { Db } from '../../platform/db.ts';
import type { Desk } from './desk.types.ts';

export interface OpinionRow {
  readonly id: string;
  readonly reviewId: string;
  readonly step: number;
  readonly stepName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly question: string;
  readonly askedBy: string | null;
  readonly askedByName: string;
  readonly askedAt: Date;
  readonly dueOn: string | null;
  readonly state: OpinionState;
  readonly stance: Stance | null;
  readonly answer: string | null;
  readonly revisionDigest: Buffer | null;
  readonly endedBy: string | null;
  readonly endedByName: string | null;
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** Everything that a review asked of other units, in the order in which it was asked. */
export function opinionsOf(db: Db, reviewId: string): Promise<readonly OpinionRow[]> {
  return db
    .selectFrom('review.opinion')
    .select([
      'id',
      'review_id as reviewId',
      'step',
      'step_name as stepName',
      'unit_id as unitId',
      'unit_name as unitName',
      'question',
      'asked_by as askedBy',
      'asked_by_name as askedByName',
      'asked_at as askedAt',
      sql<string | null>`due_on::text`.as('dueOn'),
      sql<OpinionState>`state`.as('state'),
      sql<Stance | null>`stance`.as('stance'),
      'answer',
      'revision_digest as revisionDigest',
      'ended_by as endedBy',
      'ended_by_name as endedByName',
      'on_behalf_of as onBehalfOf',
      'on_behalf_of_name as onBehalfOfName',
      'ended_at as endedAt',
      'end_reason as endReason',
    ])
    .where('review_id', '=', reviewId)
    .orderBy('id')
    .execute();
}

/** Of which review a question is; whoever reads on asks first whether they see that. */
export async function reviewOfOpinion(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('review.opinion')
    .select('review_id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.review_id;
}

export interface NewOpinionRow {
  readonly reviewId: string;
  readonly step: number;
  readonly stepName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly question: string;
  readonly askedBy: string | null;
  readonly askedByName: string;
  readonly dueOn: string | null;
}

export async function insertOpinions(db: Db, rows: readonly NewOpinionRow[], at: Date): Promise<void> {
  await db
    .insertInto('review.opinion')
    .values(
      rows.map((row) => ({
        review_id: row.reviewId,
        step: row.step,
        step_name: row.stepName,
        unit_id: row.unitId,
        unit_name: row.unitName,
        question: row.question,
        asked_by: row.askedBy,
        asked_by_name: row.askedByName,
        asked_at: at,
        due_on: row.dueOn,
        state: 'open',
      })),
    )
    .execute();
}

interface Ending {
  readonly state: Exclude<OpinionState, 'open'>;
  readonly by: Actor;
  readonly onBehalfOf: Actor | null;
  readonly at: Date;
  readonly reason: string | null;
}

export interface Answer {
  readonly unitName: string;
  readonly stance: Stance;
  readonly text: string | null;
  readonly revisionDigest: Buffer;
}

const endingValues = ({ state, by, onBehalfOf, at, reason }: Ending) => ({
  state,
  ended_by: by.id,
  ended_by_name: by.name,
  on_behalf_of: onBehalfOf?.id ?? null,
  on_behalf_of_name: onBehalfOf?.name ?? null,
  ended_at: at,
  end_reason: reason,
});

/** Ends one open question, with its answer where there is one. */
export async function endOpinion(db: Db, id: string, ending: Ending, answer?: Answer): Promise<void> {
  const answered = answer && {
    unit_name: answer.unitName,
    stance: answer.stance,
    answer: answer.text,
    revision_digest: answer.revisionDigest,
  };
  await db
    .updateTable('review.opinion')
    .set({ ...endingValues(ending), ...answered })
    .where('id', '=', id)
    .execute();
}

/** Ends whatever a review still asks. */
export async function endOpenOpinions(db: Db, reviewId: string, ending: Ending): Promise<void> {
  await db
    .updateTable('review.opinion')
    .set(endingValues(ending))
    .where('review_id', '=', reviewId)
    .where('state', '=', 'open')
    .execute();
}

/** Units for which somebody here could answer: where they review or sign. */
const unitsAnsweredBy = ({ roles, scope }: Actor): readonly string[] =>
  scope.kind === 'units' && (roles.includes('reviewer') || roles.includes('principal')) ? scope.unitIds : [];

const peopleAt = ({ actor, delegators }: Desk): RawBuilder<unknown> =>
  sql`${[actor.id, ...delegators.map(({ id }) => id)]}::bigint[]`;

/** A review that asks a unit of somebody here for its opinion, or had the answer of one of them. */
export function opinionSeenAt(desk: Desk): RawBuilder<boolean> {
  const { actor, delegators } = desk;
  if (actor.kind !== 'account' || actor.scope.kind === 'all') return sql`false`;
  const units = sql`${[...new Set([actor, ...delegators].flatMap(unitsAnsweredBy))]}::bigint[]`;
  const people = peopleAt(desk);
  return sql`exists (select from review.opinion o where o.review_id = review.review.id
    and (o.state = 'open' and o.unit_id = any(${units})
      or o.state = 'answered' and (o.ended_by = any(${people}) or o.on_behalf_of = any(${people}))))`;
}

export interface OpinionListRow {
  readonly id: string;
  readonly reviewId: string;
  readonly title: string;
  readonly workUnitId: string;
  readonly unitName: string;
  readonly question: string;
  readonly askedAt: Date;
  readonly dueOn: string | null;
  readonly state: OpinionState;
  readonly stance: Stance | null;
  readonly endedAt: Date | null;
}

const listed = sql`select o.id, o.review_id as "reviewId", r.title, r.unit_id as "workUnitId", o.unit_name as "unitName",
    o.question, o.asked_at as "askedAt", o.due_on::text as "dueOn", o.state, o.stance, o.ended_at as "endedAt"
  from review.opinion o join review.review r on r.id = o.review_id`;

/** The same question as `answerRefusal`, asked of everything that is open. */
function answerableFor(actor: Actor, holder: Actor): RawBuilder<boolean> {
  const people = sql`${[...new Set([actor.id, holder.id])]}::bigint[]`;
  return sql`(o.unit_id = any(${[...unitsAnsweredBy(holder)]}::bigint[]) and not r.author_ids && ${people}
    and (o.asked_by = any(${people})) is not true
    and not exists (select from review.approval a
      where a.review_id = o.review_id and a.account_id = any(${people})))`;
}

export interface OpinionPlace {
  readonly at: Date;
  readonly id: string;
}

/** What waits for an answer of somebody here, the longest waiting first. */
export async function opinionsWaitingAt(
  db: Db,
  desk: Desk,
  after: OpinionPlace | undefined,
  limit: number,
): Promise<readonly OpinionListRow[]> {
  const { actor, delegators } = desk;
  if (actor.kind !== 'account' || actor.scope.kind === 'all') return [];
  const holders = [actor, ...delegators];
  const units = sql`${[...new Set(holders.flatMap(unitsAnsweredBy))]}::bigint[]`;
  const from = after ? sql`and (o.asked_at, o.id) > (${after.at}, ${after.id}::bigint)` : sql``;
  const { rows } = await sql<OpinionListRow>`${listed}
    where o.state = 'open' and o.unit_id = any(${units})
      and (${sql.join(
        holders.map((holder) => answerableFor(actor, holder)),
        sql` or `,
      )}) ${from}
    order by o.asked_at, o.id limit ${limit}`.execute(db);
  return rows;
}

/** What somebody answered, or had answered in their place, the newest question first. */
export async function opinionsAnsweredBy(
  db: Db,
  accountId: string,
  after: OpinionPlace | undefined,
  limit: number,
): Promise<readonly OpinionListRow[]> {
  const before = after ? sql`and o.id < ${after.id}::bigint` : sql``;
  const { rows } = await sql<OpinionListRow>`${listed}
    where o.state = 'answered' and (o.ended_by = ${accountId} or o.on_behalf_of = ${accountId}) ${before}
    order by o.id desc limit ${limit}`.execute(db);
  return rows;
}
