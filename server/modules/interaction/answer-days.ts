import type { CorrectionRule } from '../../../contracts/interaction.ts';
import { defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';
import { requireOperator } from './interaction.policy.ts';

const setting = 'interaction.answer-days';
/** What inspections look for by custom; an operator may change it. */
const usualDays = 3;

export async function answerDays(db: Db): Promise<number> {
  return Number((await readSetting(db, setting)) ?? usualDays);
}

/** For what comes in from now on: what has come in keeps the limit it came with. */
export const changeAnswerDays = defineCommand<CorrectionRule, CorrectionRule>(
  'interaction.change-rule',
  ({ answerDays: days }) => ({ kind: 'correction-rule', id: null, details: { answerDays: days } }),
  async (ctx, rule) => {
    requireOperator(ctx.actor);
    await writeSetting(ctx.db, setting, String(rule.answerDays));
    return rule;
  },
);
