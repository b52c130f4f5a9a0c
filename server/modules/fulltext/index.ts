export { excerptOf, markedOf } from './cut-excerpt.ts';
export { type Found, findRows } from './find-rows.ts';
export { takeTurn } from './index.queries.ts';
export { putTexts, type RowText } from './put-texts.ts';
export { type Question, questionOf } from './understand-question.ts';
