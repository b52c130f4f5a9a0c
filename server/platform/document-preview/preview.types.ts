import type { RichDocument } from '../../../contracts/rich-text.ts';
import type { Finding } from '../document-text/document.types.ts';

/** One page as a picture. */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  /** WebP. */
  readonly bytes: Uint8Array;
}

/** The beginning of a document, to be looked at. */
export type DocumentPreview = {
  /** False: the document goes on. */
  readonly isWhole: boolean;
  /** Why there is none, or what differs from the document. */
  readonly findings: readonly Finding[];
} & (
  | { readonly kind: 'pages'; readonly pages: readonly DrawnPage[]; readonly totalPages: number }
  | { readonly kind: 'text'; readonly body: RichDocument }
  | { readonly kind: 'none' }
);

export const noPreview = (finding: Finding): DocumentPreview => ({
  kind: 'none',
  isWhole: false,
  findings: [finding],
});
