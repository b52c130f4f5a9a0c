import type { CorrectionPage } from '../../../contracts/interaction.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import type { PublicBase } from '../sites/index.ts';
import { presentSummaries } from './correction.presenter.ts';
import { correctionPage, type CorrectionFilter, countCorrections } from './correction.queries.ts';

const countCap = 1000;

export interface CorrectionsWanted extends CorrectionFilter {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Corrections in scope, newest first. */
export async function listCorrections(
  reader: Reader,
  base: PublicBase,
  { cursor, limit = 20, ...filter }: CorrectionsWanted,
): Promise<CorrectionPage> {
  const { db, actor } = reader;
  const beforeId = cursor === undefined ? undefined : readCursor(cursor);
  const rows = await correctionPage(db, actor.scope, filter, { beforeId, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const found = await countCorrections(db, actor.scope, filter, countCap + 1);
  return {
    items: await presentSummaries(reader, base, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
    count: { value: Math.min(found, countCap), capped: found > countCap },
  };
}

function readCursor(text: string): string {
  if (/^[1-9]\d{0,17}$/.test(text)) return text;
  throw new AppError('invalid', 'interaction.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
}
