import type { CorrectionKind, CorrectionState } from '../../../contracts/interaction.ts';
import { dayInChina, minuteInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { loadCalendar } from '../../platform/working-days.ts';
import { unitNames } from '../identity/index.ts';
import { dueDayOf } from './correction.presenter.ts';
import { correctionByCode } from './correction.queries.ts';
import { readCode, spellCode } from './query-code.rules.ts';

/** What a citizen learns with the code: nothing of who reported, nothing of who answered. */
export interface CitizensAnswer {
  readonly code: string;
  readonly pageName: string;
  readonly path: string;
  readonly siteId: string;
  readonly kind: CorrectionKind;
  readonly description: string;
  readonly reportedOn: string;
  readonly unitName: string;
  readonly state: CorrectionState;
  readonly dueOn: string | null;
  readonly reply: string | null;
  readonly answeredAt: string | null;
}

export async function findAnswer(db: Db, typed: string): Promise<CitizensAnswer | undefined> {
  const code = readCode(typed);
  const row = code === undefined ? undefined : await correctionByCode(db, code);
  if (!row) return undefined;
  const units = await unitNames(db, [row.unitId]);
  return {
    code: spellCode(row.code),
    pageName: row.pageName,
    path: row.path,
    siteId: row.siteId,
    kind: row.kind,
    description: row.description,
    reportedOn: dayInChina(row.reportedAt),
    unitName: units.get(row.unitId) ?? '',
    state: row.state,
    dueOn: dueDayOf(await loadCalendar(db), row),
    reply: row.reply,
    answeredAt: row.answeredAt && minuteInChina(row.answeredAt),
  };
}
