import { dutyNames } from '../../../contracts/review.ts';
import { type SheetFile, sheetFile } from '../../platform/documents/sheet-file.ts';
import type { SheetCell } from '../../platform/documents/sheet-writer.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { requireUnitInScope, unitNames } from '../identity/index.ts';
import { personShown } from './person-shown.ts';
import { requireResponsibilityReader } from './responsibility.policy.ts';
import {
  type ResponsibilityLine,
  type ResponsibilityPeriod,
  responsibilityPage,
} from './responsibility.queries.ts';

const mostRows = 200_000;
const pageRows = 500;
const mostDays = 366 * 2;
const day = 86_400_000;

const header = [
  '时间',
  '责任',
  '姓名',
  '所在单位',
  '信息标题',
  '发布单位',
  '信息编号',
  '版本编号',
  '审核编号',
];

export interface ResponsibilityWish {
  /** Days in China, both included. */
  readonly from: string;
  readonly to: string;
  readonly unitId?: string | undefined;
}

/** 首发责任 of a period as a workbook, read page by page while it is downloaded. */
export async function writeResponsibility(reader: Reader, wish: ResponsibilityWish): Promise<SheetFile> {
  requireResponsibilityReader(reader.actor);
  if (wish.unitId !== undefined) requireUnitInScope(reader.actor, wish.unitId);
  const from = new Date(`${wish.from}T00:00:00+08:00`);
  const until = new Date(new Date(`${wish.to}T00:00:00+08:00`).getTime() + day);
  if (until <= from || until.getTime() - from.getTime() > mostDays * day) {
    throw new AppError('invalid', 'review.period-wrong', '结束日期不能早于开始日期，一次最多导出两年。');
  }
  const rows = lines(reader, { from, until, unitId: wish.unitId });
  return sheetFile({ name: `首发责任${wish.from}至${wish.to}`, header, rows }, 'xlsx');
}

async function* lines(
  { db, actor }: Reader,
  period: ResponsibilityPeriod,
): AsyncGenerator<readonly SheetCell[]> {
  let after: ResponsibilityLine | undefined;
  for (let written = 0; written < mostRows; written += pageRows) {
    const page = await responsibilityPage(db, actor.scope, period, { after, limit: pageRows });
    const names = await unitNames(db, [...new Set(page.map((line) => line.reviewUnitId))]);
    for (const line of page) yield cellsOf(line, names.get(line.reviewUnitId) ?? '');
    after = page.at(-1);
    if (page.length < pageRows) return;
  }
  yield ['', `只导出了前${String(mostRows)}条，请缩短时间后分几次导出。`];
}

const cellsOf = (line: ResponsibilityLine, publisher: string): readonly SheetCell[] => [
  line.at,
  line.stepName ?? dutyNames[line.duty],
  personShown(line.personName, line.onBehalfOfName),
  line.unitName,
  line.title,
  publisher,
  line.resourceId,
  line.revisionId,
  line.reviewId,
];
