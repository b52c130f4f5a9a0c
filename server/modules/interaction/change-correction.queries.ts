import { sql } from 'kysely';

import type { CorrectionState } from '../../../contracts/interaction.ts';
import type { Db } from '../../platform/db.ts';
import type { CorrectionForm } from '../../../contracts/interaction.ts';

export interface NewCorrectionRow extends CorrectionForm {
  readonly code: string;
  readonly siteId: string;
  readonly path: string;
  readonly pageName: string;
  readonly resourceId: string | null;
  readonly columnId: string | null;
  readonly unitId: string;
  readonly sameDigest: Buffer;
  readonly reportedOn: string;
  readonly reportedAt: Date;
  readonly answerDays: number;
}

export interface StoredCorrection {
  readonly id: string;
  readonly code: string;
  readonly times: number;
  readonly unitId: string;
}

/** What was reported today in the same words is counted; its code is the one that was given out then. */
export async function storeCorrection(db: Db, row: NewCorrectionRow): Promise<StoredCorrection> {
  const { rows } = await sql<StoredCorrection>`
    insert into interaction.correction as known (code, site_id, path, page_name, resource_id, column_id, unit_id, kind,
      description, quote, contact, same_digest, reported_on, reported_at, answer_days)
    values (${row.code}, ${row.siteId}, ${row.path}, ${row.pageName}, ${row.resourceId}, ${row.columnId}, ${row.unitId},
      ${row.kind}, ${row.description}, ${row.quote}, ${row.contact}, ${row.sameDigest}, ${row.reportedOn}::date,
      ${row.reportedAt}, ${row.answerDays})
    on conflict (same_digest, reported_on) do update set times = known.times + 1
    returning id, code, times, unit_id as "unitId"`.execute(db);
  const [stored] = rows;
  if (!stored) throw new Error('a correction was neither stored nor counted');
  return stored;
}

export interface AnswerRow {
  readonly id: string;
  readonly state: Exclude<CorrectionState, 'open'>;
  readonly reply: string;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
}

export async function storeAnswer(db: Db, answer: AnswerRow): Promise<void> {
  await db
    .updateTable('interaction.correction')
    .set((is) => ({
      state: answer.state,
      reply: answer.reply,
      answered_by: answer.by,
      answered_by_name: answer.byName,
      answered_at: answer.at,
      version: is('version', '+', 1),
    }))
    .where('id', '=', answer.id)
    .execute();
}

export interface NewTransferRow {
  readonly id: string;
  readonly fromUnitId: string;
  readonly toUnitId: string;
  readonly reason: string;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
}

export async function storeTransfer(db: Db, transfer: NewTransferRow): Promise<void> {
  await db
    .insertInto('interaction.correction_transfer')
    .values({
      correction_id: transfer.id,
      from_unit_id: transfer.fromUnitId,
      to_unit_id: transfer.toUnitId,
      reason: transfer.reason,
      transferred_by: transfer.by,
      transferred_by_name: transfer.byName,
      at: transfer.at,
    })
    .execute();
  await db
    .updateTable('interaction.correction')
    .set((is) => ({ unit_id: transfer.toUnitId, version: is('version', '+', 1) }))
    .where('id', '=', transfer.id)
    .execute();
}
