import { randomBytes } from 'node:crypto';

import { dayInChina } from '../../platform/china-time.ts';
import { type Command, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { responsibleUnitAt } from '../sites/index.ts';
import { answerDays } from './answer-days.ts';
import { storeCorrection, type StoredCorrection } from './change-correction.queries.ts';
import type { CorrectionForm } from '../../../contracts/interaction.ts';
import { countAct, dailyLimits } from './count-act.ts';
import type { KeyedDigest } from './keyed-digest.ts';
import { codeBytes, codeFrom } from './query-code.rules.ts';

export interface CorrectionInput {
  readonly siteId: string;
  readonly path: string;
  readonly form: CorrectionForm;
  /** Whose acts are counted together; stored nowhere. */
  readonly sender: string;
}

export function pageUnknown(): AppError {
  return new AppError('invalid', 'interaction.page-unknown', '本网站没有这个页面，请检查网址。');
}

/** The same words however they are spaced. */
const wordsOf = (text: string | null): string | null =>
  text?.normalize('NFKC').replaceAll(/\s+/g, ' ') ?? null;

/** A citizen reports a mistake on a page; it becomes a task of the unit that answers for the page. */
export function reportCorrection(digest: KeyedDigest): Command<CorrectionInput, StoredCorrection> {
  return defineCommand(
    'interaction.report-correction',
    ({ siteId, path, form }, result) => ({
      kind: 'correction',
      id: result?.id ?? null,
      unitId: result?.unitId ?? null,
      details: { siteId, path, kind: form.kind, ...(result ? { times: result.times } : {}) },
    }),
    async (ctx, { siteId, path, form, sender }) => {
      const keeper = await responsibleUnitAt(ctx.db, siteId, path);
      if (!keeper) throw pageUnknown();
      await countAct(ctx, digest, { sender, what: 'correction', limit: dailyLimits.corrections });
      const { kind, description, quote, contact } = form;
      return storeCorrection(ctx.db, {
        ...form,
        siteId,
        path,
        pageName: keeper.name,
        resourceId: keeper.resourceId,
        columnId: keeper.columnId,
        unitId: keeper.unitId,
        code: codeFrom(randomBytes(codeBytes)),
        sameDigest: digest('same', siteId, path, kind, wordsOf(description), wordsOf(quote), contact),
        reportedOn: dayInChina(ctx.now),
        reportedAt: ctx.now,
        answerDays: await answerDays(ctx.db),
      });
    },
  );
}
