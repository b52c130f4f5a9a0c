import type {
  Catalogue,
  CatalogueImportReport,
  EntryChange,
  ResponsibilityEntry,
} from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { type SheetRow, sheetRows } from '../../platform/documents/sheet-reader.ts';
import { AppError } from '../../platform/errors.ts';
import { peopleIn } from '../identity/index.ts';
import { readRows, type TableRow } from './catalogue-rows.ts';
import { cellsOf, changeFrom, type EntryColumn, type Names, plainText } from './catalogue-table.ts';
import { lockEntries, requireCompiler, writeEntry } from './change-catalogue.ts';
import { keeperProblem, type KnownKeepers } from './keeper.rules.ts';
import { districtUnits } from './known-keepers.ts';
import { readCatalogue } from './read-catalogue.ts';
import type { SiteRow } from './site.queries.ts';
import { canAssign } from './sites.policy.ts';
import { namesOfPeople } from './write-catalogue.ts';

export const mostFileBytes = 2 * 1024 * 1024;
/** As it is when taken out. A table of a thousand columns is a tenth of that. */
const mostTableBytes = 40 * 1024 * 1024;
const mostRows = 5_000;

type Asking = Pick<Ctx, 'db' | 'actor' | 'now'>;

interface PlannedChange {
  readonly row: number;
  readonly columnId: string;
  readonly levels: string[];
  readonly change: EntryChange;
  readonly fields: EntryColumn[];
}

interface Plan {
  readonly changes: readonly PlannedChange[];
  readonly report: CatalogueImportReport;
}

/** The rows of the first sheet; a file that is none, or too large a one, is refused. */
export async function readTable(file: Buffer): Promise<readonly TableRow[]> {
  const rows: SheetRow[] = [];
  try {
    for await (const row of sheetRows(file, mostTableBytes)) {
      if (row.sheet !== (rows[0]?.sheet ?? row.sheet)) break;
      rows.push(row);
      if (rows.length > mostRows) throw tooLong();
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'sites.catalogue-file-wrong') throw error;
    throw new AppError('invalid', 'sites.catalogue-file-wrong', '这个文件不是可以读取的 xlsx 表格。', {
      cause: error,
    });
  }
  return readRows(rows);
}

const tooLong = (): AppError =>
  new AppError('invalid', 'sites.catalogue-file-wrong', `表格超过${String(mostRows)}行。`);

/** What would come of a table, without doing it. */
export async function previewCatalogue(
  asking: Asking,
  siteId: string,
  rows: readonly TableRow[],
): Promise<CatalogueImportReport> {
  return (await planImport(asking, siteId, rows)).report;
}

/** Takes a catalogue over from a table: all of it, or nothing when something in it is not understood. */
export const importCatalogue = defineCommand(
  'sites.import-catalogue',
  (input: { siteId: string; rows: readonly TableRow[] }, result: CatalogueImportReport | undefined) => ({
    kind: 'site',
    id: input.siteId,
    details: { rows: input.rows.length, changed: result?.changed.length ?? null },
  }),
  async (ctx, { siteId, rows }): Promise<CatalogueImportReport> => {
    const first = requireSound(await planImport(ctx, siteId, rows));
    if (first.changes.length === 0) return { ...first.report, applied: true };
    const ids = first.changes.map(({ columnId }) => columnId);
    const columns = new Map((await lockEntries(ctx, siteId, ids)).map((column) => [column.id, column]));
    // Asked again under the locks: somebody may have changed an entry between the two.
    const { changes, report } = requireSound(await planImport(ctx, siteId, rows));
    for (const { columnId, change } of changes) {
      const column = columns.get(columnId);
      if (!column) throw new AppError('conflict', 'sites.entry-changed', '目录刚被别人修改过，请重试。');
      await writeEntry(ctx, column, change);
    }
    return { ...report, applied: true };
  },
);

function requireSound(plan: Plan): Plan {
  const { problems } = plan.report;
  if (problems.length === 0) return plan;
  throw new AppError('invalid', 'sites.catalogue-import-wrong', '表格里有无法识别的内容，没有导入。', {
    details: { problems },
  });
}

/** Everything that rows are held against. */
interface Ground {
  readonly names: Names;
  readonly keepers: KnownKeepers;
  readonly called: (id: string) => string;
}

async function planImport(asking: Asking, siteId: string, rows: readonly TableRow[]): Promise<Plan> {
  const site = await requireCompiler(asking, siteId);
  const { entries } = await readCatalogue(asking, siteId);
  const ground = await groundOf(asking, site, entries);
  const byPath = Map.groupBy(entries, ({ levels }) => pathOf(levels));
  const problems: CatalogueImportReport['problems'] = [];
  const changes: PlannedChange[] = [];
  const seen = new Set<string>();
  for (const line of rows) {
    const say = (message: string): void => void problems.push({ row: line.row, message });
    const entry = onlyOne(byPath.get(pathOf(line.levels)) ?? [], line, say);
    if (!entry) continue;
    if (seen.has(entry.columnId)) say(`“${line.levels.join(' / ')}”写了两行`);
    seen.add(entry.columnId);
    const planned = planRow(ground, entry, line, say);
    if (planned) changes.push(planned);
  }
  const absent = entries.filter(({ columnId }) => !seen.has(columnId)).map(({ levels }) => levels);
  const changed = changes.map(({ row, levels, fields }) => ({ row, levels, fields: [...fields] }));
  return {
    changes,
    report: { changed, unchanged: seen.size - changes.length, absent, problems, applied: false },
  };
}

async function groundOf(asking: Asking, site: SiteRow, entries: Catalogue['entries']): Promise<Ground> {
  const units = await districtUnits(asking);
  const people = await peopleIn(
    asking.db,
    units.map((unit) => unit.id),
  );
  const unitsById = new Map(units.map((unit) => [unit.id, unit]));
  return {
    names: { units, unitsById, people },
    keepers: {
      units: unitsById,
      people: new Map(people.map((person) => [person.id, person])),
      isAssignable: (unitId) => canAssign(asking.actor, site, unitId),
    },
    called: await namesOfPeople(asking.db, entries),
  };
}

const pathOf = (levels: readonly string[]): string => JSON.stringify(levels.map(plainText));

function onlyOne(
  found: readonly ResponsibilityEntry[],
  { levels }: TableRow,
  say: (message: string) => void,
): ResponsibilityEntry | undefined {
  const path = levels.join(' / ');
  if (found.length === 1) return found[0];
  say(found.length === 0 ? `没有“${path}”这个栏目` : `有多个栏目叫“${path}”`);
  return undefined;
}

function planRow(
  { names, keepers, called }: Ground,
  entry: ResponsibilityEntry,
  { row, cells }: TableRow,
  say: (message: string) => void,
): PlannedChange | undefined {
  const current = { ...cellsOf(entry, called), unitId: entry.unitId };
  const { change, fields, problems } = changeFrom(names, current, cells);
  const kept = keeperProblem(keepers, change, [change.unitId ?? entry.unitId]);
  for (const message of [...problems, ...(kept ? [kept.message] : [])]) say(message);
  if (fields.length === 0) return undefined;
  return { row, columnId: entry.columnId, levels: entry.levels, change, fields };
}
