export {
  checkCorrection,
  checkRating,
  correctionFields,
  type FormFields,
  type FormProblems,
  ratingFields,
  trapField,
} from './correction-form.rules.ts';
export { correctionTasks } from './correction-tasks.ts';
export { type CitizensAnswer, findAnswer } from './find-answer.ts';
export { interactionRoutes } from './interaction.routes.ts';
export { createKeyedDigest, type KeyedDigest } from './keyed-digest.ts';
export { spellCode } from './query-code.rules.ts';
export { ratePage } from './rate-page.ts';
export { pageUnknown, reportCorrection } from './report-correction.ts';
export { interactionHoldings, interactionKeptColumns } from './unit-holdings.ts';
