import type { Task } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { loadCalendar } from '../../platform/working-days.ts';
import { unitNames } from '../identity/index.ts';
import { liveHeadings } from '../library/index.ts';
import { columnsById } from './column.queries.ts';
import { removalsSince } from './entry-removal.queries.ts';
import { waitingMatches } from './mapping-match.queries.ts';
import { canFill } from './sites.policy.ts';
import { forColumnsOf, returnedSince, type SubmissionRow, submissionsBefore } from './submission.queries.ts';
import { dueDayOf } from './submission.presenter.ts';

const shown = 20;
/** So long the unit is told of what was taken out or returned. */
const toldFor = 14 * 86_400_000;

const nowhere = { resourceId: null, reviewId: null, columnId: null, correctionId: null } as const;

/** What waits for whoever fills a column: offers and what rules found; and what came back to a unit, with the reason. */
export async function waysTasks(reader: Reader): Promise<Task[]> {
  const { actor } = reader;
  if (actor.scope.kind === 'all' || !actor.scope.unitIds.some((unitId) => canFill(actor, unitId))) return [];
  return [
    ...(await offeredTasks(reader)),
    ...(await matchTasks(reader)),
    ...(await returnedTasks(reader)),
    ...(await removedTasks(reader)),
  ];
}

/** Titles and columns of submissions, in one go. */
async function namesFor({ db }: Reader, rows: readonly SubmissionRow[]) {
  const headings = await liveHeadings(
    db,
    rows.map((row) => row.resourceId),
  );
  const columns = await columnsById(db, [...new Set(rows.map((row) => row.columnId))]);
  const columnName = new Map(columns.map((column) => [column.id, column.name]));
  return {
    titleOf: (row: SubmissionRow): string => headings.get(row.resourceId)?.title ?? '已撤下的信息',
    columnOf: (row: SubmissionRow): string => columnName.get(row.columnId) ?? '',
  };
}

async function offeredTasks(reader: Reader): Promise<Task[]> {
  const { db, actor, now } = reader;
  const page = { state: 'offered', before: null, limit: shown } as const;
  const rows = await submissionsBefore(db, forColumnsOf(actor.scope), page);
  if (rows.length === 0) return [];
  const { titleOf, columnOf } = await namesFor(reader, rows);
  const units = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  const calendar = await loadCalendar(db);
  const today = dayInChina(now);
  return rows.map((row) => {
    const dueOn = dueDayOf(calendar, row);
    const limit =
      dueOn === null ? '' : today > dueOn ? ` · 应在${dueOn}前处理，已超期` : ` · 请在${dueOn}前处理`;
    return {
      ...nowhere,
      kind: 'submission',
      title: titleOf(row),
      detail: `${units.get(row.unitId) ?? ''}报送到“${columnOf(row)}”${limit}`,
      since: row.offeredAt.toISOString(),
      resourceId: row.resourceId,
      columnId: row.columnId,
    };
  });
}

async function matchTasks({ db, actor }: Reader): Promise<Task[]> {
  const rows = await waitingMatches(db, actor.scope, { limit: shown });
  const headings = await liveHeadings(
    db,
    rows.map((row) => row.resourceId),
  );
  return rows.map((row) => ({
    ...nowhere,
    kind: 'mapping-match',
    title: headings.get(row.resourceId)?.title ?? '',
    detail: `规则建议映射到“${row.columnName}”，请确认`,
    since: row.foundAt.toISOString(),
    resourceId: row.resourceId,
    columnId: row.columnId,
  }));
}

async function returnedTasks(reader: Reader): Promise<Task[]> {
  const { db, actor, now } = reader;
  const rows = await returnedSince(db, actor.scope, new Date(now.getTime() - toldFor), shown);
  const { titleOf, columnOf } = await namesFor(reader, rows);
  return rows.map((row) => ({
    ...nowhere,
    kind: 'submission-returned',
    title: titleOf(row),
    detail: `${row.decidedByName ?? ''}退回了到“${columnOf(row)}”的报送：${row.reason ?? ''}`,
    since: (row.decidedAt ?? row.offeredAt).toISOString(),
    resourceId: row.resourceId,
  }));
}

async function removedTasks({ db, actor, now }: Reader): Promise<Task[]> {
  const since = new Date(now.getTime() - toldFor);
  return (await removalsSince(db, actor.scope, since, shown)).map((one) => ({
    ...nowhere,
    kind: 'entry-removed',
    title: one.title,
    detail: `${one.byName}从“${one.columnName}”撤下：${one.reason}`,
    since: one.at.toISOString(),
    resourceId: one.resourceId,
  }));
}
