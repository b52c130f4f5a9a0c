import type { FiguresQuery, SubmissionFigure } from '../../../contracts/ways.ts';
import { type SheetFile, sheetFile } from '../../platform/documents/sheet-file.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { submissionFigures } from './submission.queries.ts';

const mostMonths = 36;

const firstOf = (month: string, later = 0): Date => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const day = new Date(Date.UTC(year, number - 1 + later, 1)).toISOString().slice(0, 10);
  return new Date(`${day}T00:00:00+08:00`);
};

/** What units offered in some months, and what became of it. */
export async function readSubmissionFigures(
  { db, actor }: Pick<Reader, 'db' | 'actor'>,
  { from, to }: FiguresQuery,
): Promise<SubmissionFigure[]> {
  const span = { from: firstOf(from), until: firstOf(to, 1) };
  if (span.until <= span.from || firstOf(from, mostMonths) < span.until) {
    throw new AppError(
      'invalid',
      'sites.month-wrong',
      `起止月份不对：从早到晚，最多${String(mostMonths)}个月。`,
    );
  }
  const rows = await submissionFigures(db, actor.scope, span);
  const names = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  return rows.map((row) => ({ ...row, unitName: names.get(row.unitId) ?? '' }));
}

export async function writeSubmissionFigures(
  reader: Pick<Reader, 'db' | 'actor'>,
  query: FiguresQuery,
): Promise<SheetFile> {
  const figures = await readSubmissionFigures(reader, query);
  const header = ['月份', '单位', '报送', '采用', '退回', '撤回', '待处理', '采用率'];
  const rows = figures.map((one) => [
    ...[one.month, one.unitName],
    ...[one.offered, one.adopted, one.returned, one.withdrawn, one.waiting].map(String),
    `${String(Math.round((100 * one.adopted) / one.offered))}%`,
  ]);
  return sheetFile({ name: `报送采用情况${query.from}至${query.to}`, header, rows }, 'xlsx');
}
