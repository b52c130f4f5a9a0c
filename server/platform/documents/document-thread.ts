import { Worker } from 'node:worker_threads';

import { documentError, isDocumentErrorCode } from './document-error.ts';
import type { ConvertedDocument, DocumentOrder, DocumentReply } from './document.types.ts';

export interface DocumentThread {
  /** One document at a time. A refusal is an AppError with a `document.*` code. */
  convert(order: DocumentOrder): Promise<ConvertedDocument>;
  stop(): Promise<void>;
}

export interface DocumentThreadLimits {
  readonly milliseconds: number;
  /** Memory of the thread, in MiB. */
  readonly heapMebibytes: number;
}

const usualLimits: DocumentThreadLimits = { milliseconds: 60_000, heapMebibytes: 768 };

// Compiled, the files beside this one end in .js as it does itself.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './document-worker.ts' : './document-worker.js',
  import.meta.url,
);

/** Converts documents in a thread that is ended, and begun anew, when a document takes too much time or memory. */
export function createDocumentThread(limits: DocumentThreadLimits = usualLimits): DocumentThread {
  let worker: Worker | undefined;
  const start = (): Worker =>
    new Worker(workerFile, {
      name: 'documents',
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMebibytes },
      // What libraries print about a document is nobody's concern.
      stdout: true,
      stderr: true,
    });
  const end = async (): Promise<void> => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  return {
    convert: async (order) => {
      worker ??= start();
      try {
        return documentOf(await ask(worker, order, limits.milliseconds));
      } catch (error) {
        if (error instanceof ThreadEnded) {
          await end();
          throw documentError(error.isSlow ? 'document.too-slow' : 'document.too-large', { cause: error });
        }
        throw error;
      }
    },
    stop: end,
  };
}

class ThreadEnded extends Error {
  readonly isSlow: boolean;
  constructor(isSlow: boolean, cause?: unknown) {
    super('the thread for documents ended', { cause });
    this.isSlow = isSlow;
  }
}

function ask(worker: Worker, order: DocumentOrder, milliseconds: number): Promise<DocumentReply> {
  return new Promise((resolve, reject) => {
    const done = (act: () => void): void => {
      clearTimeout(timer);
      worker.removeListener('message', onMessage);
      worker.removeListener('error', onError);
      worker.removeListener('exit', onExit);
      worker.unref();
      act();
    };
    const fail = (error: ThreadEnded): void => {
      done(() => {
        reject(error);
      });
    };
    const onMessage = (reply: DocumentReply): void => {
      done(() => {
        resolve(reply);
      });
    };
    const onError = (error: unknown): void => {
      fail(new ThreadEnded(false, error));
    };
    const onExit = (): void => {
      fail(new ThreadEnded(false));
    };
    const timer = setTimeout(() => {
      fail(new ThreadEnded(true));
    }, milliseconds);
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.ref();
    worker.postMessage(order);
  });
}

function documentOf(reply: DocumentReply): ConvertedDocument {
  if ('document' in reply) return reply.document;
  if ('refusal' in reply && isDocumentErrorCode(reply.refusal)) throw documentError(reply.refusal);
  throw documentError('document.damaged', { cause: 'error' in reply ? reply.error : reply.refusal });
}
