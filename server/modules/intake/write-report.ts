import {
  isImportable,
  type ImportPass,
  type OutcomeResult,
  outcomeNames,
  type SheetForm,
} from '../../../contracts/intake.ts';
import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { type SheetFile, sheetFile } from '../../platform/documents/sheet-file.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { currentTypes } from '../library/index.ts';
import { addressesOf } from '../sites/index.ts';
import { getImport } from './find-import.ts';
import { targetsOf, textFields } from './mapping.rules.ts';
import { type OutcomeRow, outcomesAfter } from './outcome.queries.ts';

const runNames: Readonly<Record<OutcomeResult, string>> = {
  ...outcomeNames,
  good: '已导入',
  refused: '未导入',
};

/** What became of each record, read page by page as the download goes on. */
export async function writeReport(
  reader: Reader,
  importId: string,
  { pass = 'run', form = 'csv' }: { readonly pass?: ImportPass; readonly form?: SheetForm },
): Promise<SheetFile> {
  const row = await getImport(reader, importId);
  const names = pass === 'run' ? runNames : outcomeNames;
  const header = ['序号', '位置', '标题', '结果', '问题', '唯一编号', '信息编号', '原网址', '新地址'];
  const name = pass === 'run' ? `导入报告${row.id}` : `试运行报告${row.id}`;
  return sheetFile({ name, header, rows: reportRows(reader.db, row.id, pass, names) }, form);
}

const pageRows = 500;

async function* reportRows(
  db: Db,
  importId: string,
  pass: ImportPass,
  names: Readonly<Record<OutcomeResult, string>>,
): AsyncGenerator<readonly string[]> {
  for (let after = 0; ;) {
    const rows: readonly OutcomeRow[] = await outcomesAfter(
      db,
      importId,
      { pass },
      { after, limit: pageRows },
    );
    const ids = rows.flatMap(({ resourceId }) => (resourceId === null ? [] : [resourceId]));
    const addresses = await addressesOf(db, ids);
    for (const row of rows) {
      yield [
        String(row.ordinal),
        row.place,
        row.title,
        names[row.result],
        row.problems.map(({ message }) => message).join(' '),
        row.key,
        row.resourceId ?? '',
        row.oldAddress ?? '',
        addresses.get(row.resourceId ?? '')?.path ?? '',
      ];
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageRows) return;
    after = last.ordinal;
  }
}

const mostChoiceCharacters = 250;

/** An empty table with a type's columns, choices offered where a field has them. */
export async function writeTemplate(
  { db }: Pick<Reader, 'db'>,
  key: ResourceTypeKey,
  form: SheetForm = 'csv',
): Promise<SheetFile> {
  const type = (await currentTypes(db)).find((one) => one.key === key);
  if (!type || !isImportable(type))
    throw new AppError('invalid', 'intake.type-unfit', '这种信息类型不能批量导入。');
  const left = new Set(['law', 'type']);
  const header = targetsOf(type)
    .filter((target) => !left.has(target.key))
    .map(({ name }) => name);
  const choices = new Map<number, readonly string[]>();
  for (const field of textFields(type)) {
    const at = header.indexOf(field.name);
    if (field.choices && at >= 0 && field.choices.join(',').length <= mostChoiceCharacters)
      choices.set(at, field.choices);
  }
  return sheetFile({ name: `${type.name}导入模板`, header, rows: [], choices }, form);
}
