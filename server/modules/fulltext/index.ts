export { excerptOf, excerptsFromIndex, markedOf } from './cut-excerpt.ts';
export type { Found } from './find-rows.ts';
export { takeTurn } from './index.queries.ts';
export { putTexts, type RowText } from './put-texts.ts';
export { createRowFinder, type RowFinder } from './row-finder.ts';
export { type Question, questionOf } from './understand-question.ts';
