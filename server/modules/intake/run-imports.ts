import type { ImportPass, ImportStage } from '../../../contracts/intake.ts';
import { underLock } from '../../platform/advisory-lock.ts';
import type { Db } from '../../platform/db.ts';
import { isDatabaseLost } from '../../platform/db.ts';
import { documentError } from '../../platform/documents/document-error.ts';
import type { DocumentConverter } from '../../platform/documents/document-converter.ts';
import { AppError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { usableText } from '../../platform/usable-text.ts';
import { unitNames } from '../identity/index.ts';
import { currentTypes, typeAsItIs } from '../library/index.ts';
import { columnForArchive } from '../sites/index.ts';
import {
  countAttempt,
  letOthersFirst,
  writeCounts,
  writeFailure,
  writeInspection,
} from './change-import.queries.ts';
import { composeItem, type ComposeWishes, type FileKeeper } from './compose-item.ts';
import { detectFormat } from './detect-format.ts';
import { createChecker, createKeeper, type KeeperParts } from './file-keeper.ts';
import { isOtherWaiting, waitingImport } from './import.queries.ts';
import {
  type ImportRow,
  type IntakeItem,
  type IntakeRecord,
  noCounts,
  type SampleRecord,
} from './intake.types.ts';
import { suggestMapping } from './mapping.rules.ts';
import { deleteOutcomes } from './outcome.queries.ts';
import { readRecords } from './read-records.ts';
import { refuseUnknownTerms } from './refuse-unknown-terms.ts';
import { type Batch, takeBatch } from './take-batch.ts';

export interface ImportWorkParts extends KeeperParts {
  readonly db: Db;
  readonly clock: () => Date;
  readonly log: Log;
  readonly converter: DocumentConverter;
  readonly signal: AbortSignal;
}

/** What waits for the worker; files are looked at beside the long work, so that nobody waits for somebody else's. */
const stagesOf = { inspect: ['inspecting'], work: ['checking', 'running'] } as const satisfies Record<
  string,
  readonly ImportStage[]
>;
export type ImportTurn = keyof typeof stagesOf;
/** One number each for "somebody is at it": a killed worker's connection gives it back. */
const locks: Readonly<Record<ImportTurn, number>> = { inspect: 7_246_051, work: 7_246_052 };

const mostAttempts = 4;
const batchRecords = 100;
/** A batch of documents holds their texts in memory, and pictures are stored one by one. */
const batchDocuments = 20;
/** Long texts make a batch smaller: they stand in memory until it is taken. */
const batchCharacters = 16_000_000;
const mostRecords = 500_000;
const turnMilliseconds = 30_000;

/** Does what waits, one import after another; false when nothing waited or another worker is at it. */
export async function runImports(parts: ImportWorkParts, turn: ImportTurn): Promise<boolean> {
  if (!(await waitingImport(parts.db, stagesOf[turn]))) return false;
  const done = await underLock(parts.db, locks[turn], async ({ lost }) => {
    const row = await waitingImport(parts.db, stagesOf[turn]);
    const signal = AbortSignal.any([parts.signal, lost]);
    if (!row || signal.aborted) return false;
    await attempt({ ...parts, signal }, row);
    lost.throwIfAborted();
    return true;
  });
  return done ?? false;
}

/** A file that cannot be read ends its import with a reason; one that kills the worker does so after a few tries. */
async function attempt(parts: ImportWorkParts, row: ImportRow): Promise<void> {
  try {
    if ((await countAttempt(parts.db, row.id)) > mostAttempts)
      throw new AppError(
        'invalid',
        'intake.interrupted',
        '读取这个文件时程序多次中断，已停止。请拆分文件后再试。',
      );
    if (row.stage === 'inspecting') await inspect(parts, row);
    else await runPass(parts, row, row.stage === 'checking' ? 'check' : 'run');
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
    parts.log.info({ importId: row.id, code: error.code }, 'a file cannot be imported');
    await writeFailure(parts.db, row.id, { code: error.code, message: error.message }, parts.clock());
  }
}

const sampleRecords = 10;
const sourceRecords = 200;
/** Characters of one record in the preview, shared by its values. */
const longestSample = 400_000;

async function inspect(parts: ImportWorkParts, row: ImportRow): Promise<void> {
  const path = parts.assets.pathOf(row.digest);
  const format = await detectFormat(path);
  const sources = new Set<string>();
  const sample: SampleRecord[] = [];
  const most = format === 'documents' ? sampleRecords : sourceRecords;
  let count = 0;
  for await (const record of readRecords({
    path,
    fileName: row.fileName,
    format,
    converter: parts.converter,
  })) {
    count += 1;
    for (const name of Object.keys(record.values)) if (sources.size < 200) sources.add(name);
    if (sample.length < sampleRecords) sample.push(sampleOfRecord(record));
    if (count >= most) break;
  }
  if (count === 0) throw documentError('document.empty');
  const type = await typeAsItIs(parts.db, row.type);
  const names = [...sources];
  const found = { format, sources: names, sample, mapping: suggestMapping(type, names) };
  await writeInspection(parts.db, row.id, found, parts.clock());
}

function sampleOfRecord({ place, values, fallbackKey, problem, warnings }: IntakeRecord): SampleRecord {
  const longest = Math.floor(longestSample / Math.max(4, Object.keys(values).length));
  const short = Object.fromEntries(
    // A text cut in the middle of a character, or with a NUL, is none to the database.
    Object.entries(values).map(([name, value]) => [usableText(name), usableText(value.slice(0, longest))]),
  );
  return { place: usableText(place), values: short, fallbackKey: usableText(fallbackKey), problem, warnings };
}

/** One pass over a file, as far as it may go now. */
interface Pass {
  readonly row: ImportRow;
  readonly pass: ImportPass;
  /** Records of the batches that were taken. */
  from: number;
  items: IntakeItem[];
  characters: number;
  /** Keys of a dry run: it writes nothing that would remember them. */
  readonly seen: Set<string>;
}

async function runPass(parts: ImportWorkParts, row: ImportRow, pass: ImportPass): Promise<void> {
  const { format, fileName } = row;
  if (format === null) throw new Error(`import ${row.id} was never inspected`);
  const path = parts.assets.pathOf(row.digest);
  const wishes = await wishesOf(parts.db, row);
  const keeper = keeperFor(parts, row, pass);
  // A dry run writes nothing of worth: it begins anew, and so knows the keys it has seen.
  const from = pass === 'check' ? await beginCheck(parts, row) : (row.imported?.read ?? 0);
  const state: Pass = { row, pass, from, items: [], characters: 0, seen: new Set() };
  const size = format === 'documents' ? batchDocuments : batchRecords;
  const ends = performance.now() + turnMilliseconds;
  for await (const record of readRecords({ path, fileName, format, converter: parts.converter }, from)) {
    if (parts.signal.aborted) return;
    requireFew(state);
    state.items.push(await composeItem(record, wishes, keeper));
    state.characters += charactersOf(record);
    if (!isFull(state, size)) continue;
    if (!(await flush(parts, state, false))) return;
    if (isOver(pass, ends) && (await givesWay(parts, row))) return;
  }
  await flush(parts, state, true);
}

function requireFew({ from, items }: Pass): void {
  if (from + items.length < mostRecords) return;
  throw new AppError('invalid', 'intake.too-many-records', '一个文件最多 50 万条，请分成几个文件。');
}

/** A turn ends for whoever else waits; a dry run would begin anew and is let through. */
const isOver = (pass: ImportPass, ends: number): boolean => pass === 'run' && performance.now() > ends;

const isFull = ({ items, characters }: Pass, size: number): boolean =>
  items.length >= size || characters >= batchCharacters;
const charactersOf = ({ values }: IntakeRecord): number =>
  Object.values(values).reduce((sum, value) => sum + value.length, 0);

function keeperFor(parts: ImportWorkParts, row: ImportRow, pass: ImportPass): FileKeeper {
  if (pass === 'check') return createChecker(parts);
  return createKeeper(parts, { unitId: row.unitId, uploadedBy: row.createdBy });
}

/** False when somebody decided otherwise meanwhile. */
async function flush(parts: ImportWorkParts, state: Pass, isLast: boolean): Promise<boolean> {
  const { row, pass, from, seen } = state;
  const items = await refuseUnknownTerms(parts.db, state.items);
  state.from += items.length;
  state.items = [];
  state.characters = 0;
  const isTaken = await takeSafely(parts, {
    ...{ importId: row.id, unitId: row.unitId, pass, from, items, seen, isLast },
  });
  for (const { key, content } of items) if (content) seen.add(key);
  return isTaken;
}

/** A long import lets others have a turn, and goes on where it was in its next. */
async function givesWay({ db, clock }: ImportWorkParts, row: ImportRow): Promise<boolean> {
  if (!(await isOtherWaiting(db, row.id, stagesOf.work))) return false;
  await letOthersFirst(db, row.id, clock());
  return true;
}

async function beginCheck({ db, clock }: ImportWorkParts, row: ImportRow): Promise<number> {
  if ((row.checked?.read ?? 0) === 0) return 0;
  await db.transaction().execute(async (trx) => {
    await deleteOutcomes(trx, row.id, 'check');
    await writeCounts(trx, row.id, { pass: 'check', counts: noCounts, at: clock() });
  });
  return 0;
}

async function wishesOf(db: Db, row: ImportRow): Promise<ComposeWishes> {
  const names = await unitNames(db, [row.unitId]);
  const column = row.columnId === null ? undefined : await columnForArchive({ db }, row.columnId);
  return {
    mapping: row.mapping,
    type: row.type,
    types: await currentTypes(db),
    mode: row.mode,
    unitName: names.get(row.unitId) ?? '',
    category: column?.name ?? null,
  };
}

/** When a batch cannot be taken as a whole, its records are taken one by one: only the wrong one is refused. */
async function takeSafely(parts: ImportWorkParts, batch: Batch): Promise<boolean> {
  try {
    const { outcome } = await parts.performAsSystem(takeBatch, batch);
    return outcome === 'taken';
  } catch (error) {
    if (error instanceof Error && isDatabaseLost(error)) throw error;
    if (batch.items.length > 1) return takeOneByOne(parts, batch);
    const [item] = batch.items;
    if (!item?.content) throw error;
    parts.log.warn(
      { err: error, importId: batch.importId, record: batch.from + 1 },
      'a record could not be imported',
    );
    const message = error instanceof AppError ? error.message : '系统没有能够写入这一条，已记录。';
    const refused = {
      ...item,
      content: undefined,
      problems: [{ code: 'record.unreadable', field: null, message }],
    };
    const { outcome } = await parts.performAsSystem(takeBatch, { ...batch, items: [refused] });
    return outcome === 'taken';
  }
}

async function takeOneByOne(parts: ImportWorkParts, batch: Batch): Promise<boolean> {
  for (const [at, item] of batch.items.entries()) {
    const isLast = batch.isLast && at === batch.items.length - 1;
    if (!(await takeSafely(parts, { ...batch, from: batch.from + at, items: [item], isLast }))) return false;
  }
  return true;
}
