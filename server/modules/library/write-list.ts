import { type ResourceTypeKey, stageNames } from '../../../contracts/library.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type SheetFile, sheetFile } from '../../platform/documents/sheet-file.ts';
import type { SheetCell } from '../../platform/documents/sheet-writer.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { currentTypes } from './find-type.ts';
import { listedValues } from './list-values.ts';
import { type ResourceFilter, resourcePage } from './resource-list.queries.ts';
import type { ResourceRow } from './resource.queries.ts';

const mostRows = 100_000;
const pageRows = 500;

export interface ListWish {
  /** When one type is asked for, what it lists besides. */
  readonly type: ResourceTypeKey | undefined;
  readonly filter: ResourceFilter;
}

/** What the list shows, as a table that is read page by page while it is downloaded. */
export async function writeList(reader: Reader, { type, filter }: ListWish): Promise<SheetFile> {
  const types = await currentTypes(reader.db);
  const listed = types.find(({ key }) => key === type)?.fields.filter((field) => field.inList) ?? [];
  const header = [
    ...['编号', '标题', '状态', '类型', '单位', '信息索取号'],
    ...listed.map(({ name }) => name),
    ...['首次发布', '最近发布', '最近修改'],
  ];
  const names = new Map(types.map(({ key, name }) => [key as string, name]));
  const rows = listRows(reader, { type: listed.length > 0 ? type : undefined, filter }, names);
  return sheetFile({ name: `信息资源${dayInChina(reader.now)}`, header, rows }, 'xlsx');
}

async function* listRows(
  { db, actor }: Reader,
  { type, filter }: ListWish,
  typeNames: ReadonlyMap<string, string>,
): AsyncGenerator<readonly SheetCell[]> {
  let after = filter.after;
  for (let written = 0; written < mostRows; written += pageRows) {
    const rows: readonly ResourceRow[] = await resourcePage(db, actor.scope, { ...filter, after }, pageRows);
    const units = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
    const listed = type === undefined ? undefined : await listedValues(db, type, rows);
    for (const row of rows) {
      const more = listed?.get(row.id)?.map(({ value }) => value) ?? [];
      yield cellsOf(row, { unit: units.get(row.unitId), type: typeNames.get(row.type), more });
    }
    after = rows.length < pageRows ? undefined : endOf(rows.at(-1), filter.sort);
    if (after === undefined) return;
  }
  yield ['', `只导出了前${mostRows}条，请缩小范围后分几次导出。`];
}

interface Words {
  readonly unit: string | undefined;
  readonly type: string | undefined;
  readonly more: readonly string[];
}

const cellsOf = (row: ResourceRow, { unit = '', type = '', more }: Words): readonly SheetCell[] => [
  row.id,
  row.title,
  stageNames[row.stage],
  type,
  unit,
  row.indexNumber ?? '',
  ...more,
  row.firstPublishedAt ?? '',
  row.lastPublishedAt ?? '',
  row.updatedAt,
];

function endOf(last: ResourceRow | undefined, sort: ResourceFilter['sort']): ResourceFilter['after'] {
  const at = sort === 'published' ? last?.firstPublishedAt : last?.updatedAt;
  return last && at ? { at, id: last.id } : undefined;
}
