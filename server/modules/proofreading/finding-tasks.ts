import type { Task } from '../../../contracts/review.ts';
import { type UnitTaskFigures, figuresOfDays } from '../../../contracts/proofreading.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { titlesInScope } from '../library/index.ts';
import { taskFigures, type WaitingResource, waitingResources } from './finding-task.queries.ts';
import { canIgnore } from './proofreading.policy.ts';

const shown = 50;

/** Published texts of the reader's units with findings that were given to them, those that are due first. */
export async function findingTasks({ db, actor, now }: Reader): Promise<Task[]> {
  if (actor.scope.kind === 'all') return [];
  const today = dayInChina(now);
  const isLate = ({ dueOn }: WaitingResource): boolean => dueOn !== null && dueOn < today;
  const mends = actor.roles.includes('editor') || actor.roles.includes('reviewer');
  const rows = (await waitingResources(db, actor.scope, shown)).filter(
    // Beyond its day it is the principal's matter too.
    (row) => canIgnore(actor, row.unitId) && (mends || isLate(row)),
  );
  const titles = await titlesInScope(
    db,
    actor.scope,
    rows.map((row) => row.resourceId),
  );
  const urge = actor.roles.includes('principal') ? '，请督办' : '';
  return rows.map((row) => ({
    kind: 'finding',
    title: titles.get(row.resourceId) ?? '',
    detail: `${String(row.count)} 处：${row.ruleNames.join('、')} · ${limitText(row, today)}${isLate(row) ? urge : ''}`,
    since: row.since.toISOString(),
    resourceId: row.resourceId,
    reviewId: null,
    columnId: null,
    correctionId: null,
  }));
}

function limitText({ dueOn }: WaitingResource, today: string): string {
  if (dueOn === null) return '期限待定：日历中没有这一年的工作日';
  return dueOn < today ? `应在${dueOn}前处理，已超期` : `请在${dueOn}前处理`;
}

const dayMilliseconds = 86_400_000;

export async function listFindingFigures({ db, actor, now }: Reader): Promise<UnitTaskFigures[]> {
  const since = new Date(now.getTime() - figuresOfDays * dayMilliseconds);
  const rows = await taskFigures(db, actor.scope, { today: dayInChina(now), since });
  const names = await unitNames(
    db,
    rows.map((row) => row.unitId),
  );
  return rows.map((row) => ({ ...row, unitName: names.get(row.unitId) ?? '' }));
}
