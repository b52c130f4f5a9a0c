import { type Actor, canActIn } from '../../../contracts/actor.ts';
import type { Task } from '../../../contracts/review.ts';
import { minuteInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { liveResources } from '../library/index.ts';
import { deskOf } from './find-desk.ts';
import { type ReviewRow, retrospectivesDecidableAt } from './review.queries.ts';
import {
  objectionsUnsettled,
  retrospectiveRemindersOf,
  retrospectivesDue,
  urgentReleasesOf,
  type UrgentReleaseRow,
} from './retrospective.queries.ts';

/** Nobody works off more than this in one sitting. */
const shown = 50;

/**
 * 紧急发布 until its review is done: for those whom a step asks, whoever released it, the principals of the unit once it
 * is overdue, and those who oversee. What was objected to is a task of the unit's principals until it is put right.
 */
export async function retrospectiveTasks(reader: Reader): Promise<Task[]> {
  const { actor } = reader;
  if (actor.kind !== 'account') return [];
  const asked = await askedOf(reader);
  const watched = await watchedBy(reader);
  const rows = [
    ...asked,
    ...watched.filter(({ reviewId }) => !asked.some((one) => one.reviewId === reviewId)),
  ];
  return [...(await waitingTasks(reader, rows)), ...(await objectionTasks(reader))];
}

/** Whom the step that waits asks, also from outside the unit. */
async function askedOf(reader: Reader): Promise<readonly UrgentReleaseRow[]> {
  const reviews = await retrospectivesDecidableAt(reader.db, await deskOf(reader), shown);
  return urgentReleasesOf(
    reader.db,
    reviews.map(({ id }: ReviewRow) => id),
  );
}

async function watchedBy({ db, actor, now }: Reader): Promise<readonly UrgentReleaseRow[]> {
  const due = await retrospectivesDue(db, actor.scope, shown);
  return due.filter((row) => watches(actor, row, now));
}

function watches(actor: Actor, { releasedBy, unitId, dueAt }: UrgentReleaseRow, now: Date): boolean {
  if (actor.roles.includes('operator') || actor.roles.includes('supervisor')) return true;
  return releasedBy === actor.id || (dueAt < now && canActIn(actor, unitId, 'principal'));
}

async function waitingTasks({ db, now }: Reader, rows: readonly UrgentReleaseRow[]): Promise<Task[]> {
  const names = await unitNames(db, [...new Set(rows.map(({ unitId }) => unitId))]);
  const reminded = await retrospectiveRemindersOf(
    db,
    rows.map(({ reviewId }) => reviewId),
  );
  return rows.map((row) => {
    const isOverdue = row.dueAt < now;
    const step = row.chain[row.step]?.name ?? '';
    const remindedAt = reminded.get(row.reviewId);
    const until = `${minuteInChina(row.dueAt)}前补审${isOverdue ? '，已超期' : ''}`;
    const told = remindedAt === undefined ? '' : ` · ${minuteInChina(remindedAt)}已提醒`;
    return {
      ...aboutOf(row),
      kind: isOverdue ? 'retrospective-overdue' : 'retrospective',
      detail: `${names.get(row.unitId) ?? ''} · ${row.releasedByName}紧急发布 · 等待${step} · ${until}${told}`,
      since: row.releasedAt.toISOString(),
    };
  });
}

async function objectionTasks({ db, actor }: Reader): Promise<Task[]> {
  if (!actor.roles.includes('principal')) return [];
  const rows = (await objectionsUnsettled(db, actor.scope, shown)).filter(({ unitId }) =>
    canActIn(actor, unitId, 'principal'),
  );
  const live = await liveResources(
    db,
    rows.map(({ resourceId }) => resourceId),
  );
  // What was put right a moment ago is none any more, before the clock notes it.
  return rows
    .filter(({ resourceId, revisionId }) => live.get(resourceId)?.revisionId === revisionId)
    .map((row) => ({
      ...aboutOf(row),
      kind: 'objected',
      detail: `${row.objectedByName ?? ''}补审未通过：${row.objection ?? ''}。请更正后重新送审签发，或者撤下。`,
      since: (row.endedAt ?? row.releasedAt).toISOString(),
    }));
}

const aboutOf = ({ title, resourceId, reviewId }: UrgentReleaseRow) => ({
  title,
  resourceId,
  reviewId,
  columnId: null,
  correctionId: null,
});
