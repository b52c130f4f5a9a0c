import type { Actor } from '../../../contracts/actor.ts';
import type { Task, Workbench } from '../../../contracts/review.ts';
import { dayInChina, minuteInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { draftsOf, publishedSince, type ResourceRow, scheduledWork, stagesOf } from '../library/index.ts';
import { delegationsAt } from './delegation.presenter.ts';
import { deskOf } from './find-desk.ts';
import type { Desk } from './desk.types.ts';
import { opinionTasks } from './opinion.presenter.ts';
import { urgedBy } from './reminder.queries.ts';
import { presentSummaries } from './review.presenter.ts';
import {
  countDecidableAt,
  countOpen,
  type ReturnedRow,
  returnedTo,
  reviewsDecidableAt,
} from './review.queries.ts';

/** Nobody works off more than this in one sitting, and no count has to be exact beyond. */
const shown = { reviews: 100, returned: 50, scheduled: 20, drafts: 20 } as const;
const countCap = 1000;

const nowhere = { resourceId: null, reviewId: null, columnId: null, correctionId: null } as const;

/** Tasks that another module knows of; `app.ts` joins them. */
export type WorkbenchTasks = (reader: Reader) => Promise<readonly Task[]>;

async function reviewTasks(reader: Reader, desk: Desk): Promise<Task[]> {
  const { db, now } = reader;
  const rows = await reviewsDecidableAt(db, desk, { now }, shown.reviews);
  const urged = await urgedBy(
    db,
    rows.map(({ id }) => id),
  );
  return (await presentSummaries(reader, rows)).map((one) => ({
    ...nowhere,
    kind: 'review',
    title: one.title,
    detail: `${one.steps[one.step]?.name ?? ''} · ${one.unitName} · ${one.submittedByName}提交${urgedText(urged.get(one.id))}`,
    ...(one.deadline ? { deadline: one.deadline } : {}),
    since: one.stepSince,
    resourceId: one.resourceId,
    reviewId: one.id,
  }));
}

const urgedText = (name: string | undefined): string => (name === undefined ? '' : ` · ${name}催办`);

function returnedTask(row: ReturnedRow): Task {
  return {
    ...nowhere,
    kind: 'returned',
    title: row.title,
    detail: `${row.returnedByName}${row.stepName}退回：${row.reason}`,
    since: row.returnedAt.toISOString(),
    resourceId: row.resourceId,
    reviewId: row.reviewId,
  };
}

function scheduledTask(row: ResourceRow): Task {
  const hour = row.releaseAt ? `定于${minuteInChina(row.releaseAt)}发布` : '即将发布';
  return { ...workTask(row), kind: 'scheduled', detail: `已签发 · ${hour}` };
}

function workTask(row: ResourceRow): Task {
  return {
    ...nowhere,
    kind: 'draft',
    title: row.title,
    detail: '草稿，尚未提交审核',
    since: row.updatedAt.toISOString(),
    resourceId: row.id,
  };
}

/** Returned works that still lie there: one that was discarded meanwhile waits for nobody. */
async function returnedRows({ db, actor }: Reader): Promise<readonly ReturnedRow[]> {
  const rows = await returnedTo(db, actor, shown.returned);
  const stages = await stagesOf(
    db,
    rows.map((row) => row.resourceId),
  );
  return rows.filter((row) => stages.get(row.resourceId) === 'returned');
}

function worksInUnit(actor: Actor): boolean {
  const { roles } = actor;
  return roles.includes('editor') || roles.includes('reviewer') || roles.includes('principal');
}

/** What waits for the reader, most urgent first, and four figures. `others` are asked for tasks of other modules. */
export async function readWorkbench(
  reader: Reader,
  others: readonly WorkbenchTasks[] = [],
): Promise<Workbench> {
  const { db, actor, now } = reader;
  const month = new Date(`${dayInChina(now).slice(0, 8)}01T00:00:00+08:00`);
  const figures = async (waiting: number, returned: number) => [
    { name: '待我审核', value: waiting },
    { name: '退回给我', value: returned },
    { name: '审核中', value: await countOpen(db, actor.scope, countCap) },
    { name: '本月发布', value: await publishedSince(db, actor.scope, month) },
  ];
  const further: Task[] = [];
  for (const tasksOf of others) further.push(...(await tasksOf(reader)));
  const desk = await deskOf(reader);
  const delegations = await delegationsAt(reader);
  if (!worksInUnit(actor) && desk.delegators.length === 0) {
    return { tasks: further, delegations, figures: await figures(0, 0) };
  }
  const reviews = await reviewTasks(reader, desk);
  const opinions = await opinionTasks(reader, desk);
  const returned = await returnedRows(reader);
  const scheduled = await scheduledWork(db, actor.scope, shown.scheduled);
  const drafts = actor.roles.includes('editor') ? await draftsOf(db, actor, shown.drafts) : [];
  const waiting =
    reviews.length < shown.reviews ? reviews.length : await countDecidableAt(db, desk, countCap);
  return {
    tasks: [
      ...reviews,
      ...opinions,
      ...returned.map(returnedTask),
      ...further,
      ...scheduled.map(scheduledTask),
      ...drafts.map(workTask),
    ],
    delegations,
    figures: await figures(waiting, returned.length),
  };
}
