import { afterEach, describe, expect, it } from 'vitest';

import { aDocx, wordParagraph } from '../../../test/factories/documents.ts';
import { createDocumentConverter, type DocumentConverter } from './document-converter.ts';

const converters: DocumentConverter[] = [];
const aConverter = (...bounds: Parameters<typeof createDocumentConverter>): DocumentConverter => {
  const converter = createDocumentConverter(...bounds);
  converters.push(converter);
  return converter;
};
afterEach(() => {
  for (const converter of converters.splice(0)) converter.stop();
});

const roomy = 1_400 * 1024 * 1024;

describe('what converts documents', () => {
  it('converts one after another, and one that is damaged does not stop the next', async () => {
    const converter = aConverter();
    const bytes = await aDocx({ body: wordParagraph('正文') });
    await expect(converter.convert({ kind: 'docx', bytes: bytes.subarray(9) })).rejects.toMatchObject({
      code: 'document.damaged',
    });
    expect((await converter.convert({ kind: 'docx', bytes })).html).toBe('<p>正文</p>');
  });

  it('is ended when a document takes longer than it may, and begun anew', async () => {
    const bytes = await aDocx({ body: wordParagraph('正文') });
    const converter = aConverter({ milliseconds: 1, heapMegabytes: 256, residentBytes: roomy });
    const refused = () =>
      expect(converter.convert({ kind: 'docx', bytes })).rejects.toMatchObject({ code: 'document.too-slow' });
    await refused();
    await refused();
  });

  it.each([
    ['its objects', { heapMegabytes: 24, residentBytes: roomy }],
    ['all it has', { heapMegabytes: 768, residentBytes: 80 * 1024 * 1024 }],
  ])(
    'is ended when a document takes more memory than it may, of %s',
    { timeout: 60_000 },
    async (_, bounds) => {
      const bytes = await aDocx({ body: wordParagraph('长').repeat(150_000) });
      const converter = aConverter({ milliseconds: 60_000, ...bounds });
      await expect(converter.convert({ kind: 'docx', bytes })).rejects.toMatchObject({
        code: 'document.too-large',
      });
    },
  );
});
