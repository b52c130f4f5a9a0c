import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';

import type { DocumentText, Finding } from './document.types.ts';
import type { ReadOrder } from './reader-process.ts';

export interface ReadingBounds {
  readonly milliseconds: number;
  /** Of the whole reader, as the system counts it. */
  readonly residentBytes: number;
  /** Of its JavaScript objects. */
  readonly heapMegabytes: number;
  /** Larger documents are not opened; of plain text the beginning is read. */
  readonly fileBytes: number;
}

export const readingBounds: ReadingBounds = {
  milliseconds: 60_000,
  residentBytes: 1_200 * 1024 * 1024,
  heapMegabytes: 512,
  fileBytes: 100 * 1024 * 1024,
};

const plainBytes = 4 * 1024 * 1024;
const lookMilliseconds = 100;
const pageSize = 4_096;

// Compiled, the files beside this one end in .js as it does itself.
const readerFile = new URL(
  import.meta.url.endsWith('.ts') ? './reader-process.ts' : './reader-process.js',
  import.meta.url,
);

/**
 * The words of a stored file, read in a process of its own that may read files and do nothing else: whatever the file
 * does to its reader, the caller gets an answer in bounded time. Throws only when the file is not there.
 */
export async function readDocument(
  path: string,
  mediaType: string,
  bounds: ReadingBounds = readingBounds,
): Promise<DocumentText> {
  const { size } = await stat(path);
  const isPlain = mediaType.startsWith('text/');
  if (!isPlain && size > bounds.fileBytes) return unread('too-large');
  const child = fork(readerFile, [], {
    execArgv: [
      `--max-old-space-size=${String(bounds.heapMegabytes)}`,
      '--permission',
      '--allow-fs-read=*',
      '--no-warnings',
    ],
    // Nothing of ours is any business of a document's reader.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const order: ReadOrder = { path, mediaType, mostBytes: isPlain ? plainBytes : bounds.fileBytes };
  try {
    return await answerOf(child, order, bounds);
  } finally {
    child.kill('SIGKILL');
  }
}

const unread = (finding: Finding): DocumentText => ({ text: '', findings: [finding] });

function answerOf(child: ChildProcess, order: ReadOrder, bounds: ReadingBounds): Promise<DocumentText> {
  return new Promise((done) => {
    const patience = setTimeout(() => {
      end(unread('took-too-long'));
    }, bounds.milliseconds);
    const look = setInterval(() => {
      if (residentBytesOf(child.pid) > bounds.residentBytes) end(unread('too-much-memory'));
    }, lookMilliseconds);
    const end = (answer: DocumentText): void => {
      clearTimeout(patience);
      clearInterval(look);
      done(answer);
    };
    child.once('message', (answer) => {
      end(answer as DocumentText);
    });
    child.once('error', () => {
      end(unread('damaged'));
    });
    // V8 ends the process with SIGABRT when its objects need more than they may.
    child.once('exit', (_code, signal) => {
      end(unread(signal === 'SIGABRT' ? 'too-much-memory' : 'damaged'));
    });
    child.send(order, () => undefined);
  });
}

/** Where the system does not tell, the bounds of V8 and of time remain. */
function residentBytesOf(pid: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ')[1];
    return Number(pages) * pageSize;
  } catch {
    return 0;
  }
}
