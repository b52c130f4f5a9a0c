import { interactionApi } from '../../../contracts/interaction.ts';
import type { Routes } from '../../platform/http.ts';
import { unitTree } from '../identity/index.ts';
import type { PublicBase } from '../sites/index.ts';
import { answerCorrection } from './answer-correction.ts';
import { answerDays, changeAnswerDays } from './answer-days.ts';
import { presentCorrection } from './correction.presenter.ts';
import { canSeeAnsweringUnits } from './interaction.policy.ts';
import { listCorrections } from './list-corrections.ts';
import { readUsefulness } from './read-usefulness.ts';
import { transferCorrection } from './transfer-correction.ts';

export function interactionRoutes(base: PublicBase): Routes {
  const answer = answerCorrection(base);
  return (mount, { perform, consult }) => {
    mount(interactionApi.listCorrections, ({ caller, query }) =>
      consult(caller, 'interaction.list-corrections', (reader) => listCorrections(reader, base, query)),
    );
    mount(interactionApi.getCorrection, ({ caller, params }) =>
      consult(caller, 'interaction.get-correction', (reader) => presentCorrection(reader, base, params.id)),
    );
    mount(interactionApi.answerCorrection, ({ caller, params, body }) =>
      perform(caller, answer, { ...body, correctionId: params.id }),
    );
    mount(interactionApi.transferCorrection, ({ caller, params, body }) =>
      perform(caller, transferCorrection, { ...body, correctionId: params.id }),
    );
    mount(interactionApi.listAnsweringUnits, ({ caller }) =>
      consult(caller, 'interaction.list-answering-units', async ({ db, actor }) => {
        if (!canSeeAnsweringUnits(actor)) return [];
        const units = await unitTree(db);
        return units.filter((unit) => !unit.closed).map(({ id, name }) => ({ id, name }));
      }),
    );
    mount(interactionApi.getUsefulness, ({ caller, query }) =>
      consult(caller, 'interaction.get-usefulness', (reader) => readUsefulness(reader, query)),
    );
    mount(interactionApi.getCorrectionRule, ({ caller }) =>
      consult(caller, 'interaction.get-rule', async ({ db }) => ({ answerDays: await answerDays(db) })),
    );
    mount(interactionApi.changeCorrectionRule, ({ caller, body }) => perform(caller, changeAnswerDays, body));
  };
}
