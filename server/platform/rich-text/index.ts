export { checkRichDocument, type Problem, type RichTextLimits } from './check.ts';
export { convertHtml, type ConvertedHtml } from './convert-html.ts';
export { documentFromLaw } from './convert-law.ts';
export { documentFromText } from './convert-text.ts';
export type { ConvertHtmlOptions } from './html-converter.ts';
export { assetIdsIn, linksIn, outlineOf, plainText, type OutlineEntry } from './read.ts';
