import type { ImportPass, Outcome, OutcomeResult } from '../../../contracts/intake.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { getImport } from './find-import.ts';
import { importPage } from './import.queries.ts';
import { presentSummaries } from './import.presenter.ts';
import { outcomesAfter } from './outcome.queries.ts';

interface Paging {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

function readCursor(text: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text;
  throw new AppError('invalid', 'intake.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
}

export async function listImports({ db, actor }: Reader, { cursor, limit = 20 }: Paging) {
  const beforeId = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await importPage(db, actor.scope, { beforeId, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    items: await presentSummaries(db, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

export interface OutcomesWanted extends Paging {
  /** The import itself when absent. */
  readonly pass?: ImportPass | undefined;
  readonly result?: OutcomeResult | undefined;
  readonly troubled?: boolean | undefined;
}

export async function listOutcomes(
  reader: Reader,
  importId: string,
  { cursor, limit = 20, pass = 'run', ...filter }: OutcomesWanted,
): Promise<{ items: Outcome[]; nextCursor: string | null }> {
  await getImport(reader, importId);
  const after = cursor === undefined ? 0 : Math.min(Number(readCursor(cursor)), 2_147_483_647);
  const rows = await outcomesAfter(reader.db, importId, { pass, ...filter }, { after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1)?.ordinal;
  return {
    items: shown.map((row) => ({ ...row, problems: [...row.problems] })),
    nextCursor: rows.length > limit && last !== undefined ? String(last) : null,
  };
}
