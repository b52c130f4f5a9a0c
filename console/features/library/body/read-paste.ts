/** What lies on the clipboard, seen from the body of a document. */
export type Paste =
  /** The editor's own or plain text: it knows best. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'images'; readonly files: readonly File[] }
  | {
      readonly kind: 'html';
      readonly html: string;
      readonly files: readonly File[];
      readonly leftOut: number;
    };

interface Clipboard {
  getData(format: string): string;
  readonly files: ArrayLike<File>;
}

const imageType = /^image\/(?:png|jpeg|gif|webp)$/;

/**
 * Word and WPS put a picture of the whole selection beside the HTML; only when there is no text in the HTML
 * is the picture what the person copied.
 */
export function readPaste(clipboard: Clipboard): Paste {
  const html = clipboard.getData('text/html');
  const files = Array.from(clipboard.files).filter((file) => imageType.test(file.type));
  if (html.includes('data-pm-slice')) return { kind: 'plain' };
  const page = html === '' ? null : new DOMParser().parseFromString(html, 'text/html');
  const hasWords =
    page !== null && (page.body.textContent.trim() !== '' || page.querySelector('table') !== null);
  if (page !== null && hasWords) {
    const sources = Array.from(page.querySelectorAll('img'), (image) => image.getAttribute('src') ?? '');
    const embedded = sources.flatMap((source, index) => fileOfDataUrl(source, index + 1) ?? []);
    return { kind: 'html', html, files: embedded, leftOut: sources.length - embedded.length };
  }
  return files.length > 0 ? { kind: 'images', files } : { kind: 'plain' };
}

function fileOfDataUrl(source: string, number: number): File | null {
  const [, type, text] =
    /^data:(image\/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/=\s]+)$/.exec(source) ?? [];
  if (type === undefined || text === undefined) return null;
  const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));
  return new File([bytes], `粘贴图片-${number}.${type.slice('image/'.length)}`, { type });
}
