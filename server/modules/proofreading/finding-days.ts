import { type FindingDays, usualFindingDays } from '../../../contracts/proofreading.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';
import { lastWorkingDay, loadCalendar } from '../../platform/working-days.ts';
import type { TaskTerm } from './finding-task.queries.ts';
import { requireRuleKeeper } from './proofreading.policy.ts';

const setting = 'proofreading.finding-days';

export async function findingDays(db: Db): Promise<FindingDays> {
  const kept = await readSetting(db, setting);
  return kept === undefined ? usualFindingDays : (JSON.parse(kept) as FindingDays);
}

/** For what becomes a task from now on: what is one already keeps its last day. */
export const changeFindingDays = defineCommand<FindingDays, FindingDays>(
  'proofreading.change-finding-days',
  (days) => ({ kind: 'finding-days', id: null, details: days }),
  async (ctx, days) => {
    requireRuleKeeper(ctx.actor);
    await writeSetting(ctx.db, setting, JSON.stringify(days));
    return days;
  },
);

/** A time limit of so many working days that begins today. */
export async function termOf(db: Db, days: number, now: Date): Promise<TaskTerm> {
  const givenOn = dayInChina(now);
  return { days, givenOn, dueOn: lastWorkingDay(await loadCalendar(db), givenOn, days) };
}
