export { importTerms } from './exchange-terms.ts';
export { addTerm, changeTerm, endTerm } from './keep-terms.ts';
export {
  askSpreading,
  endSpreading,
  hasSpreading,
  moveSpreading,
  nextSpreading,
} from './spreading.queries.ts';
export { chooseTermChangers, vocabularyParts, vocabularySteps } from './package.queries.ts';
export {
  type FoundUnder,
  type LabelledTerm,
  narrowerOfEach,
  preferredLabels,
  termsLabelled,
  termsNamed,
  withBroader,
  withNarrower,
} from './term.queries.ts';
export { vocabularyRoutes } from './vocabulary.routes.ts';
