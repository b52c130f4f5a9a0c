import type { Catalogue, ResponsibilityEntry } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';
import { officialTableFile } from '../../platform/documents/official-table.ts';
import type { SheetFile } from '../../platform/documents/sheet-file.ts';
import type { Reader } from '../../platform/http.ts';
import { accountsById, peopleIn } from '../identity/index.ts';
import { cellsOf, type EntryColumn, entryColumns, levelColumns, personText } from './catalogue-table.ts';
import { districtUnits } from './known-keepers.ts';
import { readCatalogue } from './read-catalogue.ts';

const widths: Readonly<Record<EntryColumn, number>> = {
  责任单位: 18,
  责任人: 10,
  联络员: 10,
  更新要求: 14,
  内容要求: 36,
  保障方式: 14,
  供稿单位: 24,
};

/** 《“…”网栏目设置及内容保障责任目录》 as an official table, whose rows the import reads back. */
export async function writeCatalogue(reader: Reader, siteId: string, day?: string): Promise<SheetFile> {
  const catalogue = await readCatalogue(reader, siteId, day);
  const { entries, siteName } = catalogue;
  const named = await namesOfPeople(reader.db, entries);
  const levels = levelColumns(entries);
  return officialTableFile({
    name: `${siteName}栏目保障责任目录${catalogue.day}`,
    sheet: '栏目保障责任目录',
    title: `“${siteName}”栏目设置及内容保障责任目录`,
    note: `截至${catalogue.day}`,
    columns: [
      ...levels.map((name) => ({ name, width: 14, groups: true as const })),
      ...entryColumns.map((name) => ({ name, width: widths[name] })),
    ],
    rows: entries.map((entry) => [
      ...levelCells(entry, levels.length),
      ...entryColumns.map((column) => cellsOf(entry, named)[column]),
    ]),
  });
}

/** Only the last level stands in a row of its own: those above it stand where they begin. */
function levelCells({ levels }: Pick<ResponsibilityEntry, 'levels'>, count: number): string[] {
  const own = levels.length - 1;
  return Array.from({ length: count }, (_, at) => (at === own ? (levels[at] ?? '') : ''));
}

/** How people are called in a table: with their login where another one has the same name. */
export async function namesOfPeople(db: Db, entries: Catalogue['entries']): Promise<(id: string) => string> {
  const ids = entries.flatMap(({ responsible, contact }) =>
    [responsible?.id ?? [], contact?.id ?? []].flat(),
  );
  const named = await accountsById(db, [...new Set(ids)]);
  const units = await districtUnits({ db });
  const all = await peopleIn(
    db,
    units.map((unit) => unit.id),
  );
  const byName = Map.groupBy(all, (person) => person.realName);
  return (id) => {
    const person = named.get(id);
    if (!person) return '';
    const others = (byName.get(person.realName) ?? []).filter((one) => one.id !== id);
    return personText(person.realName, person.login, others.length > 0);
  };
}
