import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

export interface CageBounds {
  readonly milliseconds: number;
  /** Of the whole process, as the system counts it. */
  readonly residentBytes: number;
  /** Of its JavaScript objects. */
  readonly heapMegabytes: number;
}

export interface Cage {
  /** What runs in it: `answerInCage` with a function. */
  readonly program: URL;
  readonly bounds: CageBounds;
  /** Drawing needs a library that is not JavaScript. */
  readonly needsAddons?: boolean;
}

/** Why a process had to be ended before it answered. */
export type CageEnd = 'took-too-long' | 'too-much-memory' | 'damaged';

const lookMilliseconds = 100;
const pageSize = 4_096;

/** The file beside the one that asks: compiled, it ends in .js as the asking one does itself. */
export const programBeside = (asking: string, name: string): URL =>
  new URL(`./${name}${asking.endsWith('.ts') ? '.ts' : '.js'}`, asking);

/**
 * Has one order answered in a process of its own that may read files and do nothing else: no file is written, no
 * process begun, no text of a document made into a program. Whatever a document does to it, the caller gets an answer
 * in bounded time.
 */
export async function askInCage<Answer>(cage: Cage, order: unknown): Promise<Answer | CageEnd> {
  const child = fork(cage.program, [], {
    execArgv: [
      `--max-old-space-size=${String(cage.bounds.heapMegabytes)}`,
      '--permission',
      '--allow-fs-read=*',
      '--disallow-code-generation-from-strings',
      '--no-warnings',
      ...(cage.needsAddons === true ? ['--allow-addons'] : []),
    ],
    // Nothing of ours is any business of a document's reader.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  beModest(child.pid);
  try {
    return await answerOf<Answer>(child, order, cage.bounds);
  } finally {
    child.kill('SIGKILL');
  }
}

function answerOf<Answer>(
  child: ChildProcess,
  order: unknown,
  bounds: CageBounds,
): Promise<Answer | CageEnd> {
  return new Promise((done) => {
    const patience = setTimeout(() => {
      end('took-too-long');
    }, bounds.milliseconds);
    const look = setInterval(() => {
      if (residentBytesOf(child.pid) > bounds.residentBytes) end('too-much-memory');
    }, lookMilliseconds);
    const end = (answer: Answer | CageEnd): void => {
      clearTimeout(patience);
      clearInterval(look);
      done(answer);
    };
    child.once('message', (answer) => {
      end(answer as Answer);
    });
    child.once('error', () => {
      end('damaged');
    });
    // V8 ends the process with SIGABRT when its objects need more than they may.
    child.once('exit', (_code, signal) => {
      end(signal === 'SIGABRT' ? 'too-much-memory' : 'damaged');
    });
    child.send(order as object, () => undefined);
  });
}

/** Nobody waits for it: whoever answers people goes first. */
function beModest(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It is over already, or the system has no such thing.
  }
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

/** In the cage: one order, one answer, and the process ends. What a document did to it ends with it. */
export function answerInCage(answer: (order: never) => Promise<unknown>): void {
  process.once('message', (order) => {
    void answer(order as never).then((answered) => process.send?.(answered, () => process.exit(0)));
  });
}

/** The beginning of a file. */
export async function readBeginning(path: string, mostBytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, mostBytes));
    await file.read(bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    await file.close();
  }
}
