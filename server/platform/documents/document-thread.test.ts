import { afterEach, describe, expect, it } from 'vitest';

import { aDocx, wordParagraph } from '../../../test/factories/documents.ts';
import { createDocumentThread, type DocumentThread } from './document-thread.ts';

const threads: DocumentThread[] = [];
const aThread = (...limits: Parameters<typeof createDocumentThread>): DocumentThread => {
  const thread = createDocumentThread(...limits);
  threads.push(thread);
  return thread;
};
afterEach(() => Promise.all(threads.splice(0).map((thread) => thread.stop())));

describe('the thread that reads documents', () => {
  it('reads one after another, and one that is damaged does not stop the next', async () => {
    const thread = aThread();
    const bytes = await aDocx({ body: wordParagraph('正文') });
    await expect(thread.convert({ kind: 'docx', bytes: bytes.subarray(9) })).rejects.toMatchObject({
      code: 'document.damaged',
    });
    expect((await thread.convert({ kind: 'docx', bytes })).html).toBe('<p>正文</p>');
  });

  it('is ended when a document takes longer than it may, and begun anew', async () => {
    const bytes = await aDocx({ body: wordParagraph('正文') });
    const thread = aThread({ milliseconds: 1, heapMebibytes: 256 });
    await expect(thread.convert({ kind: 'docx', bytes })).rejects.toMatchObject({
      code: 'document.too-slow',
    });
    await expect(thread.convert({ kind: 'docx', bytes })).rejects.toMatchObject({
      code: 'document.too-slow',
    });
  });

  it('is ended when a document takes more memory than it may', { timeout: 60_000 }, async () => {
    const bytes = await aDocx({ body: wordParagraph('长').repeat(150_000) });
    const thread = aThread({ milliseconds: 60_000, heapMebibytes: 24 });
    await expect(thread.convert({ kind: 'docx', bytes })).rejects.toMatchObject({
      code: 'document.too-large',
    });
  });
});
