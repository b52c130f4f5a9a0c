import { describe, expect, it } from 'vitest';

import { readPaste } from './read-paste.ts';

const picture = new File(['x'], 'a.png', { type: 'image/png' });
const clipboard = (html: string, files: File[] = []) => ({
  getData: (format: string) => (format === 'text/html' ? html : ''),
  files,
});

describe('reading the clipboard', () => {
  it('leaves plain text and the editor’s own copies to the editor', () => {
    expect(readPaste(clipboard('')).kind).toBe('plain');
    expect(readPaste(clipboard('<p data-pm-slice="1 1 []">甲</p>')).kind).toBe('plain');
  });

  it('takes a copied picture as a picture', () => {
    expect(readPaste(clipboard('<img src="https://x/a.png">', [picture]))).toEqual({
      kind: 'images',
      files: [picture],
    });
  });

  it('ignores the picture of the whole selection that Word puts beside the text', () => {
    expect(readPaste(clipboard('<p>正文</p>', [picture]))).toMatchObject({
      kind: 'html',
      files: [],
      leftOut: 0,
    });
  });

  it('takes embedded pictures along and counts those it cannot reach', () => {
    const html =
      '<p>正文</p><img src="data:image/png;base64,AAAA"><img src="file:///C:/a.png"><img src="https://x/b.png">';
    const paste = readPaste(clipboard(html));
    expect(
      paste.kind === 'html' && [paste.files.map(({ name, type }) => [name, type]), paste.leftOut],
    ).toEqual([[['粘贴图片-1.png', 'image/png']], 2]);
  });
});
