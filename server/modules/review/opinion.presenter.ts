import type { Opinion, OpinionInList, ReviewOpinions } from '../../../contracts/opinion.ts';
import type { Task } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { isInScope, unitNames, unitsWithRole } from '../identity/index.ts';
import type { Desk } from './desk.types.ts';
import { getOpinion } from './find-opinion.ts';
import { type FoundReview, getReview } from './find-review.ts';
import { askingSeat, opinionOffer } from './opinion.policy.ts';
import { type OpinionListRow, opinionsWaitingAt, type OpinionRow } from './opinion.queries.ts';
import { isOverdue } from './opinion.rules.ts';

type Asking = Pick<Reader, 'db' | 'actor' | 'now'>;

const shownTasks = 50;

function presentRow(review: FoundReview, row: OpinionRow, today: string): Opinion {
  const { actions, onBehalfOf } = opinionOffer(review.facts, row, review.desk);
  return {
    id: row.id,
    reviewId: row.reviewId,
    stepName: row.stepName,
    unitId: row.unitId,
    unitName: row.unitName,
    question: row.question,
    askedByName: row.askedByName,
    askedAt: row.askedAt.toISOString(),
    dueOn: row.dueOn,
    overdue: isOverdue(row, today),
    state: row.state,
    stance: row.stance,
    answer: row.answer,
    revisionDigest: row.revisionDigest?.toString('hex') ?? null,
    endedByName: row.endedByName,
    onBehalfOfName: row.onBehalfOfName,
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason: row.endReason,
    onBehalfOf: onBehalfOf && { id: onBehalfOf.id, name: onBehalfOf.name },
    actions,
  };
}

export async function presentOpinion(reader: Asking, id: string): Promise<Opinion> {
  const { review, opinion } = await getOpinion(reader, id);
  return presentRow(review, opinion, dayInChina(reader.now));
}

/** Opinions are given independently: who is only asked reads the own question, not what others say. */
export async function presentOpinions(reader: Asking, reviewId: string): Promise<ReviewOpinions> {
  const review = await getReview(reader, reviewId);
  const seat = askingSeat(review.facts, review.desk);
  const people = [review.desk.actor, ...review.desk.delegators].map(({ id }) => id);
  const isOwn = ({ endedBy, onBehalfOf }: OpinionRow): boolean =>
    [endedBy, onBehalfOf].some((id) => id !== null && people.includes(id));
  const seesAll = seat !== undefined || takesPart(reader, review, people);
  const today = dayInChina(reader.now);
  const items = review.opinions
    .map((row) => ({ row, shown: presentRow(review, row, today) }))
    .filter(({ row, shown }) => seesAll || shown.actions.length > 0 || isOwn(row))
    .map(({ shown }) => shown);
  const onBehalfOf = seat?.onBehalfOf ?? null;
  return {
    items,
    mayAsk: seat !== undefined,
    onBehalfOf: onBehalfOf && { id: onBehalfOf.id, name: onBehalfOf.name },
  };
}

/** Of the unit whose work it is, or has decided on it. */
function takesPart({ actor }: Asking, { row, decisions }: FoundReview, people: readonly string[]): boolean {
  if (isInScope(actor.scope, row.unitId)) return true;
  return decisions.some(({ decidedBy, onBehalfOf }) =>
    [decidedBy, onBehalfOf].some((id) => id !== null && people.includes(id)),
  );
}

/** Units in which somebody reviews or signs, for a question; not the own, which decides anyhow. */
export async function presentAskable(
  reader: Asking,
  reviewId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { row, facts, desk } = await getReview(reader, reviewId);
  if (!askingSeat(facts, desk)) {
    throw new AppError(
      'forbidden',
      'review.step-not-yours',
      '只有现在可以办理这一环节的人可以请其他单位会签。',
    );
  }
  const units = await unitsWithRole(reader.db, ['reviewer', 'principal']);
  return units.filter(({ id }) => id !== row.unitId);
}

export async function presentListed(
  { db, now }: Asking,
  rows: readonly OpinionListRow[],
): Promise<OpinionInList[]> {
  const names = await unitNames(db, [...new Set(rows.map((row) => row.workUnitId))]);
  const today = dayInChina(now);
  return rows.map((row) => ({
    id: row.id,
    reviewId: row.reviewId,
    title: row.title,
    workUnitName: names.get(row.workUnitId) ?? '',
    unitName: row.unitName,
    question: row.question,
    askedAt: row.askedAt.toISOString(),
    dueOn: row.dueOn,
    overdue: isOverdue(row, today),
    stance: row.stance,
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}

/** 会签 on the workbench, with the day until which it is wanted. */
export async function opinionTasks(reader: Asking, desk: Desk): Promise<Task[]> {
  const rows = await opinionsWaitingAt(reader.db, desk, undefined, shownTasks);
  return (await presentListed(reader, rows)).map((one) => ({
    kind: 'opinion',
    title: one.title,
    detail: `${one.workUnitName}请${one.unitName}会签：${one.question}${limitText(one)}`,
    since: one.askedAt,
    resourceId: null,
    reviewId: one.reviewId,
    columnId: null,
    correctionId: null,
  }));
}

function limitText({ dueOn, overdue }: Pick<OpinionInList, 'dueOn' | 'overdue'>): string {
  if (dueOn === null) return '';
  return overdue ? ` · 应在${dueOn}前答复，已逾期` : ` · 请在${dueOn}前答复`;
}
