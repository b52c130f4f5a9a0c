/** Codes that the public answers about the transparency log carry. */
export const transparencyErrorCodes = [
  'transparency.question-malformed',
  'transparency.not-logged',
  'transparency.log-too-short',
  'transparency.log-empty',
  'transparency.busy',
  'transparency.unavailable',
] as const;
export type TransparencyErrorCode = (typeof transparencyErrorCodes)[number];
