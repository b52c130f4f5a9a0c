import { type CageBounds, type CageEnd, openCage, programBeside } from './caged-process.ts';
import { documentError, type DocumentErrorCode, isDocumentErrorCode } from './document-error.ts';
import type { ConvertedDocument, DocumentOrder, DocumentReply } from './document.types.ts';

export interface DocumentConverter {
  /** One document at a time. A refusal is an AppError with a `document.*` code. */
  convert(order: DocumentOrder): Promise<ConvertedDocument>;
  stop(): void;
}

const usualBounds: CageBounds = {
  milliseconds: 60_000,
  residentBytes: 1_400 * 1024 * 1024,
  heapMegabytes: 768,
};

const program = programBeside(import.meta.url, 'converter-process');

const codes: Readonly<Record<CageEnd, DocumentErrorCode>> = {
  'took-too-long': 'document.too-slow',
  'too-much-memory': 'document.too-large',
  damaged: 'document.damaged',
};

/** Converts documents in a cage that is ended, and begun anew, when a document takes too much time or memory. */
export function createDocumentConverter(bounds: CageBounds = usualBounds): DocumentConverter {
  const cage = openCage<DocumentReply>({ program, bounds, isAwaited: true });
  return {
    convert: async (order) => {
      const reply = await cage.ask(order);
      if (typeof reply === 'string') throw documentError(codes[reply]);
      return documentOf(reply);
    },
    stop: () => {
      cage.stop();
    },
  };
}

function documentOf(reply: DocumentReply): ConvertedDocument {
  if ('document' in reply) return reply.document;
  if ('refusal' in reply && isDocumentErrorCode(reply.refusal)) throw documentError(reply.refusal);
  throw documentError('document.damaged', { cause: 'error' in reply ? reply.error : reply.refusal });
}
