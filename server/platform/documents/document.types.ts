/** A picture that stands in a document; `src` is how its HTML names it. */
export interface DocumentPicture {
  readonly src: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** One document as HTML, whatever it was written in. The HTML is as untrusted as the document. */
export interface ConvertedDocument {
  readonly html: string;
  /** What the document calls itself: its title or first heading; empty when it has none. */
  readonly title: string;
  readonly pictures: readonly DocumentPicture[];
  /** What was left out, in Chinese, for the person who brings it in. */
  readonly warnings: readonly string[];
}

export type DocumentKind = 'docx' | 'ofd';

export interface DocumentOrder {
  readonly kind: DocumentKind;
  readonly bytes: Uint8Array;
}

export type DocumentReply =
  { readonly document: ConvertedDocument } | { readonly refusal: string } | { readonly error: string };
