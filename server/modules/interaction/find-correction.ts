import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { correctionForUpdate, correctionInScope, type CorrectionRow } from './correction.queries.ts';

function required(row: CorrectionRow | undefined): CorrectionRow {
  if (row) return row;
  throw new AppError('not-found', 'interaction.correction-not-found', '没有这条纠错，或者您无权查看。');
}

/** The correction, or not found also when it is another unit's: existence is not told. */
export async function getCorrection({ db, actor }: Pick<Reader, 'db' | 'actor'>, id: string) {
  return required(await correctionInScope(db, actor.scope, id));
}

/** The same, locked until the command ends, as the caller saw it. */
export async function lockCorrection(ctx: Ctx, id: string): Promise<CorrectionRow> {
  return required(await correctionForUpdate(ctx.db, ctx.actor.scope, id));
}

export function requireVersion(row: CorrectionRow, expectedVersion: number): void {
  if (row.version === expectedVersion) return;
  throw new AppError('conflict', 'interaction.correction-changed', '这条纠错刚由他人办理，请刷新后再看。');
}
