import type { Actor } from '../../../contracts/actor.ts';
import { partNamer } from '../../../contracts/part-name.ts';
import type { FindingTask, PublishedFinding } from '../../../contracts/proofreading.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { unitNames } from '../identity/index.ts';
import { currentTypes, liveResources, titlesInScope } from '../library/index.ts';
import type { FindingRow } from './finding.queries.ts';
import { type FindingTaskRow, openTasksOf } from './finding-task.queries.ts';
import { canGive, canIgnore } from './proofreading.policy.ts';

/** What a finding is shown to, and when. */
export interface Onlooker {
  readonly db: Db;
  readonly actor: Actor;
  readonly now: Date;
}

/** A page of findings, in few statements however many they are. */
export async function presentFindings(
  { db, actor, now }: Onlooker,
  rows: readonly FindingRow[],
): Promise<PublishedFinding[]> {
  const units = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  const titles = await titlesInScope(db, actor.scope, [...new Set(rows.map((row) => row.resourceId))]);
  const tasks = await openTasksOf(
    db,
    rows.map((row) => row.id),
  );
  const nameOf = await partNames(db, rows);
  const today = dayInChina(now);
  return rows.map((row) => {
    const task = tasks.get(row.id);
    return {
      ...{ id: row.id, resourceId: row.resourceId, title: titles.get(row.resourceId) ?? '' },
      ...{ unitId: row.unitId, unitName: units.get(row.unitId) ?? '' },
      finding: {
        ...{ check: row.check, rule: row.rule, ruleName: row.ruleName, severity: row.severity },
        place: { part: row.part, start: row.start, end: row.end },
        ...{ found: row.found, suggestion: row.suggestion, message: row.message },
      },
      partName: nameOf(row),
      state: row.state,
      openedAt: row.openedAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      ...{ ignoreReason: row.ignoreReason, ignoredByName: row.ignoredByName },
      ignoredAt: row.ignoredAt?.toISOString() ?? null,
      ...{ reopenReason: row.reopenReason, reopenedByName: row.reopenedByName },
      task: task === undefined ? null : presentTask(task, today),
      mayIgnore: row.state === 'open' && canIgnore(actor, row.unitId),
      mayReopen: row.state === 'ignored' && canIgnore(actor, row.unitId),
      mayGive: row.state === 'open' && task === undefined && canGive(actor),
    };
  });
}

const presentTask = (
  { days, dueOn, givenByName, note, givenAt }: FindingTaskRow,
  today: string,
): FindingTask => ({
  ...{ days, dueOn, givenByName, note },
  overdue: dueOn !== null && dueOn < today,
  givenAt: givenAt.toISOString(),
});

/** Fields and files are called as in the published text; only where there are some it is read. */
async function partNames(db: Db, rows: readonly FindingRow[]): Promise<(row: FindingRow) => string> {
  const named = rows.filter(({ part }) => part.startsWith('file:') || part.startsWith('field:'));
  if (named.length === 0) return ({ part }) => partNamer(undefined, {})(part);
  const live = await liveResources(db, [...new Set(named.map((row) => row.resourceId))]);
  const types = new Map((await currentTypes(db)).map((type) => [type.key, type]));
  return ({ part, resourceId }) => {
    const one = live.get(resourceId);
    return partNamer(one && types.get(one.type), one?.content ?? {})(part);
  };
}
