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
  /** Somebody waits for what it answers: it does not stand behind those who answer people. */
  readonly isAwaited?: boolean;
}

/** Why a process had to be ended before it answered. */
export type CageEnd = 'took-too-long' | 'too-much-memory' | 'damaged';

const lookMilliseconds = 100;
const pageSize = 4_096;

/** The file beside the one that asks: compiled, it ends in .js as the asking one does itself. */
export const programBeside = (asking: string, name: string): URL =>
  new URL(`./${name}${asking.endsWith('.ts') ? '.ts' : '.js'}`, asking);

/**
 * A process of its own that may read files and do nothing else: no file is written, no process begun, no text of a
 * document made into a program. Whatever a document does to it, the caller gets an answer in bounded time.
 */
export interface OpenCage<Answer extends object> {
  /** One order at a time. What had to be ended is begun anew for the next one. */
  ask(order: object): Promise<Answer | CageEnd>;
  stop(): void;
}

/** For many orders one after another: beginning a process and reading its program takes longer than most documents. */
export function openCage<Answer extends object>(cage: Cage): OpenCage<Answer> {
  let child: ChildProcess | undefined;
  const stop = (): void => {
    child?.kill('SIGKILL');
    child = undefined;
  };
  return {
    ask: async (order) => {
      // The system may have ended it meanwhile.
      if (child?.connected !== true) child = begin(cage);
      const answer = await answerOf<Answer>(child, order, cage.bounds);
      if (typeof answer === 'string') stop();
      return answer;
    },
    stop,
  };
}

/** Has one order answered in a cage that nobody uses before or after it. */
export async function askInCage<Answer extends object>(cage: Cage, order: object): Promise<Answer | CageEnd> {
  const open = openCage<Answer>(cage);
  try {
    return await open.ask(order);
  } finally {
    open.stop();
  }
}

function begin(cage: Cage): ChildProcess {
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
  if (cage.isAwaited !== true) beModest(child.pid);
  // One that waits for its next order keeps nobody from ending.
  child.unref();
  child.channel?.unref();
  // Between two orders nobody else listens, and an error without a listener ends this process.
  child.on('error', () => undefined);
  return child;
}

function answerOf<Answer>(child: ChildProcess, order: object, bounds: CageBounds): Promise<Answer | CageEnd> {
  return new Promise((done) => {
    const patience = setTimeout(() => {
      end('took-too-long');
    }, bounds.milliseconds);
    const look = setInterval(() => {
      if (residentBytesOf(child.pid) > bounds.residentBytes) end('too-much-memory');
    }, lookMilliseconds);
    const onAnswer = (answer: unknown): void => {
      end(answer as Answer);
    };
    const onError = (): void => {
      end('damaged');
    };
    // V8 ends the process with SIGABRT when its objects need more than they may.
    const onExit = (_code: number | null, signal: string | null): void => {
      end(signal === 'SIGABRT' ? 'too-much-memory' : 'damaged');
    };
    const end = (answer: Answer | CageEnd): void => {
      clearTimeout(patience);
      clearInterval(look);
      child.off('message', onAnswer).off('error', onError).off('exit', onExit);
      done(answer);
    };
    child.on('message', onAnswer).on('error', onError).on('exit', onExit);
    child.send(order, () => undefined);
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

/** In the cage: answers what it is asked until whoever began it ends it, or is no more. */
export function answerInCage(answer: (order: never) => Promise<object>): void {
  process.once('disconnect', () => process.exit(0));
  process.on('message', (order) => {
    void answer(order as never).then((answered) => process.send?.(answered));
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
