import { correctionKindNames } from '../../../contracts/interaction.ts';
import type { Task } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { loadCalendar } from '../../platform/working-days.ts';
import { dueDayOf } from './correction.presenter.ts';
import { openCorrections } from './correction.queries.ts';
import { canAnswer } from './interaction.policy.ts';

const shown = 50;

function limitText(dueOn: string | null, today: string): string {
  if (dueOn === null) return '期限待定：日历中没有这一年的工作日';
  return today > dueOn ? `应在${dueOn}前答复，已超期` : `请在${dueOn}前答复`;
}

/** What citizens reported and the reader may answer: what is late first, then the longest waiting. */
export async function correctionTasks({ db, actor, now }: Reader): Promise<Task[]> {
  if (actor.scope.kind === 'all') return [];
  const rows = (await openCorrections(db, actor.scope, shown)).filter((row) => canAnswer(actor, row.unitId));
  if (rows.length === 0) return [];
  const calendar = await loadCalendar(db);
  const today = dayInChina(now);
  const due = rows.map((row) => ({ row, dueOn: dueDayOf(calendar, row) }));
  const isLate = ({ dueOn }: (typeof due)[number]): boolean => dueOn !== null && today > dueOn;
  // Beyond the time limit it is the principal's matter, and comes before all others.
  const urge = actor.roles.includes('principal') ? '，请督办' : '';
  return [...due.filter(isLate), ...due.filter((one) => !isLate(one))].map(({ row, dueOn }) => ({
    kind: 'correction',
    title: row.pageName,
    detail: `${correctionKindNames[row.kind]} · ${limitText(dueOn, today)}${isLate({ row, dueOn }) ? urge : ''}`,
    since: row.reportedAt.toISOString(),
    resourceId: row.resourceId,
    reviewId: null,
    columnId: null,
    correctionId: row.id,
  }));
}
