import { inRightSpelling } from '../../../contracts/document-number.ts';

/** How a number begins that somebody may have meant with what was typed into the search field. */
export interface TypedNumber {
  readonly indexNumber: string | null;
  /** As it was typed, and in the one right spelling. */
  readonly documentNumbers: readonly string[];
}

// An organisation code has 9 or 18 signs; fewer than 5 of them are rather a year or a word.
const startOfIndexNumber = /^(?:[0-9A-Z]{5,18}|[0-9A-Z]{9,18}[/-](?:[0-9]{0,4}|[0-9]{4}-[0-9]{0,9}))$/;
const startOfDocumentNumber = /^\p{Script=Han}+〔[0-9]{0,4}(?:〕[0-9]*号?)?$/u;

/** Titles are found by any part of them, numbers only by how they begin. */
export function typedNumber(text: string): TypedNumber {
  const upper = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  const spelled = inRightSpelling(text);
  return {
    indexNumber: startOfIndexNumber.test(upper) ? upper : null,
    documentNumbers: startOfDocumentNumber.test(spelled) ? [...new Set([text.trim(), spelled])] : [],
  };
}
