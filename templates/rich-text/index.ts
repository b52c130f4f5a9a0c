export { linkTarget } from './render-link.ts';
export { renderRichText, type RichTextOptions } from './render-rich-text.ts';
