import { Readable } from 'node:stream';

import {
  type Term,
  type TermImport,
  type TermImportProblems,
  type TermImportResult,
  type Vocabulary,
  vocabularyNames,
} from '../../../contracts/vocabulary.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { delimitedRows, delimiterOf } from '../../platform/documents/delimited-text.ts';
import { type SheetFile, sheetFile } from '../../platform/documents/sheet-file.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { lockedTerms, recordChange, requireRoom } from './keep-terms.ts';
import { askSpreading } from './spreading.queries.ts';
import { cellsOf, columnPlaces, type NamedState, readRow, termColumns } from './term-table.rules.ts';
import { requireTermKeeper } from './term.policy.ts';
import { insertTerm, placeTerm, termsOf, updateTerm } from './term.queries.ts';
import { isSameState, stateCheck, type TermTable, tidyState } from './term.rules.ts';

export async function exportTerms(reader: Reader, vocabulary: Vocabulary): Promise<SheetFile> {
  requireTermKeeper(reader.actor);
  const rows = (await termsOf(reader.db, vocabulary)).map(cellsOf);
  return sheetFile({ name: `${vocabularyNames[vocabulary]}词表`, header: termColumns, rows }, 'csv');
}

type Problem = TermImportProblems['problems'][number];
const mostProblems = 50;

function refuse(problems: readonly Problem[]): never {
  const [first] = problems;
  const message = first ? `第 ${String(first.line)} 行：${first.message}` : '文件里没有词。';
  const details: TermImportProblems = { problems: problems.slice(0, mostProblems) };
  throw new AppError('invalid', 'vocabulary.import-invalid', message, { details });
}

interface Line extends NamedState {
  readonly line: number;
}

async function readLines(text: string): Promise<readonly Line[]> {
  const lines: Line[] = [];
  const problems: Problem[] = [];
  const named = new Set<string>();
  let places: ReadonlyMap<string, number> | undefined;
  for await (const { line, cells } of delimitedRows(Readable.from([text]), delimiterOf(text))) {
    if (places === undefined) {
      places = columnPlaces(cells);
      if (places === undefined) refuse([{ line, message: '第一行要有“代码”和“名称”两列。' }]);
      continue;
    }
    const read = readRow(places, cells);
    if ('problem' in read) problems.push({ line, message: read.problem });
    else if (named.has(read.code)) problems.push({ line, message: `代码 ${read.code} 出现了两次。` });
    else {
      named.add(read.code);
      lines.push({ ...read, line, state: tidyState(read.state) });
    }
    requireRoom(lines.length);
  }
  if (problems.length > 0 || lines.length === 0) refuse(problems);
  return lines;
}

/** The vocabulary with all rows of the file in it, judged row by row. */
function requireSound(terms: TermTable, lines: readonly Line[], day: string): void {
  const rows = lines.map(({ line, code, state }) => ({ line, term: { ...state, code } }));
  const require = stateCheck(
    terms,
    rows.map(({ term }) => term),
    day,
  );
  const problems = rows.flatMap(({ line, term }): Problem[] => {
    try {
      require(term);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [{ line, message: error.message }];
    }
  });
  if (problems.length > 0) refuse(problems);
}

/** What the file names is added or changed, all or nothing; what it does not name stays as it is. */
export const importTerms = defineCommand(
  'vocabulary.import-terms',
  (input: TermImport, result: TermImportResult | undefined) => ({
    kind: 'vocabulary',
    id: input.vocabulary,
    details: { dryRun: input.dryRun, ...result },
  }),
  async (ctx, input): Promise<TermImportResult> => {
    requireTermKeeper(ctx.actor);
    const lines = await readLines(input.text);
    const terms = await lockedTerms(ctx, input.vocabulary);
    const fresh = lines.filter(({ code }) => !terms.has(code));
    requireRoom(terms.size + fresh.length);
    requireSound(terms, lines, dayInChina(ctx.now));
    const changed = lines.flatMap(({ code, state }) => {
      const before = terms.get(code);
      return before && !isSameState(before, state) ? [{ before, state }] : [];
    });
    if (!input.dryRun) await write(ctx, input.vocabulary, { fresh, changed });
    const unchanged = lines.length - fresh.length - changed.length;
    return { added: fresh.length, changed: changed.length, unchanged };
  },
);

interface Changes {
  readonly fresh: readonly NamedState[];
  readonly changed: readonly { readonly before: Term; readonly state: NamedState['state'] }[];
}

const reason = { act: 'imported', note: undefined } as const;

async function write(ctx: Ctx, vocabulary: Vocabulary, { fresh, changed }: Changes): Promise<void> {
  const made: Term[] = [];
  // Alone first, because one may name another that comes later in the file.
  for (const { code, state } of fresh) {
    const alone = { ...state, parent: null, validUntil: null, replacedBy: null };
    const id = await insertTerm(ctx.db, { ...alone, vocabulary, code }, ctx.now);
    made.push({ ...alone, id, vocabulary, code, version: 1 });
  }
  for (const [at, { state }] of fresh.entries()) {
    const term = made[at];
    if (!term) continue;
    if (!isSameState(term, state)) await placeTerm(ctx.db, term, state);
    await recordChange(ctx, term, state, reason);
  }
  for (const { before, state } of changed) {
    await updateTerm(ctx.db, before, state, ctx.now);
    await recordChange(ctx, { ...before, version: before.version + 1 }, state, reason);
  }
  await askSpreading(
    ctx.db,
    changed.map(({ before, state }) => ({ id: before.id, isRenamed: state.label !== before.label })),
    ctx.now,
  );
}
