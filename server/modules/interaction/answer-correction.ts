import type { Correction, NewAnswer } from '../../../contracts/interaction.ts';
import { type Command, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { PublicBase } from '../sites/index.ts';
import { storeAnswer } from './change-correction.queries.ts';
import { countCharacters } from './correction-form.rules.ts';
import { presentCorrection } from './correction.presenter.ts';
import { lockCorrection, requireVersion } from './find-correction.ts';
import { requireAction } from './interaction.policy.ts';

export interface AnswerInput extends NewAnswer {
  readonly correctionId: string;
}

/** The unit tells the citizen what became of a correction; after that it is closed. */
export function answerCorrection(base: PublicBase): Command<AnswerInput, Correction> {
  return defineCommand(
    'interaction.answer-correction',
    ({ correctionId, outcome }, result) => ({
      kind: 'correction',
      id: correctionId,
      unitId: result?.unitId ?? null,
      details: { outcome },
    }),
    async (ctx, { correctionId, expectedVersion, outcome, reply: given }) => {
      const row = await lockCorrection(ctx, correctionId);
      requireAction(ctx.actor, row, 'answer');
      requireVersion(row, expectedVersion);
      const reply = given.trim();
      if (countCharacters(reply) < 5) {
        throw new AppError('invalid', 'interaction.reply-too-short', '答复至少 5 个字，群众会看到。');
      }
      await storeAnswer(ctx.db, {
        id: row.id,
        state: outcome === 'mended' ? 'answered' : 'rejected',
        reply,
        by: ctx.actor.id,
        byName: ctx.actor.name,
        at: ctx.now,
      });
      return presentCorrection(ctx, base, row.id);
    },
  );
}
