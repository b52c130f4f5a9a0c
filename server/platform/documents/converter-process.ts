import { AppError } from '../errors.ts';
import { answerInCage } from './caged-process.ts';
import type { DocumentOrder, DocumentReply } from './document.types.ts';
import { convertDocx } from './docx-document.ts';
import { convertOfd } from './ofd-document.ts';

const converters = { docx: convertDocx, ofd: convertOfd } as const;

answerInCage(async ({ kind, bytes }: DocumentOrder): Promise<DocumentReply> => {
  try {
    return { document: await converters[kind](Buffer.from(bytes)) };
  } catch (error) {
    if (error instanceof AppError) return { refusal: error.code };
    // The libraries say in many ways that a document is not built as it should be.
    return { error: error instanceof Error ? error.message : String(error) };
  }
});
