import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** What a scanner says of bytes. `engine` names program and signatures: another name may say something else. */
export type Verdict =
  | { readonly outcome: 'clean'; readonly engine: string }
  | { readonly outcome: 'infected'; readonly engine: string; readonly infection: string }
  /** More bytes than the scanner takes (`StreamMaxLength`): nothing is known of them. */
  | { readonly outcome: 'too-large' };

export interface VirusScanner {
  /** Program and signatures, as the scanner names them. Throws `ScannerAway`. */
  engine(): Promise<string>;
  /** Throws `ScannerAway` when there was nobody to ask, and whatever the source threw. */
  scan(source: Readable): Promise<Verdict>;
}

/** Nobody answered, or not as a clamd does. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway';
}

/** Where clamd listens: a socket in the file system, or a port. */
export type ClamdPlace = { readonly path: string } | { readonly host: string; readonly port: number };

export interface ClamdPatience {
  readonly connectMilliseconds: number;
  /** Longest silence: clamd itself gives up a file after two minutes (`MaxScanTime`). */
  readonly silenceMilliseconds: number;
}

const usualPatience: ClamdPatience = { connectMilliseconds: 3_000, silenceMilliseconds: 150_000 };
/** Its answers are one line. */
const longestAnswer = 4_096;

/**
 * A client of ClamAV's daemon over INSTREAM: bytes go there and a verdict comes back, so the daemon needs no right to
 * read our files and may stand on another machine.
 */
export function createClamd(place: ClamdPlace, patience: ClamdPatience = usualPatience): VirusScanner {
  const ask = async (command: string, send?: (socket: Socket) => Promise<void>): Promise<string> => {
    const socket = await open(place, patience);
    try {
      const answer = answerOf(socket);
      // Read below; until then a failure must not count as one that nobody looked at.
      answer.catch(() => undefined);
      socket.write(`z${command}\0`);
      await send?.(socket);
      return await answer;
    } finally {
      socket.destroy();
    }
  };
  const engine = async (): Promise<string> => {
    const answer = await ask('VERSION');
    if (answer.startsWith('ClamAV')) return answer;
    throw new ScannerAway('what answers is not clamd');
  };
  const scan = async (source: Readable): Promise<Verdict> => {
    try {
      const name = await engine();
      const answer = await ask('INSTREAM', (socket) => sendChunks(socket, source)).catch(
        async (error: unknown) => {
          if (!(error instanceof ScannerAway)) throw error;
          // Cut off by a daemon that is there and answers: it takes no more bytes than it was told to.
          await engine();
          return cutOff;
        },
      );
      return verdictOf(answer, name);
    } finally {
      source.destroy();
    }
  };
  return { engine, scan };
}

const cutOff = 'INSTREAM size limit exceeded. ERROR';

function verdictOf(answer: string, engine: string): Verdict {
  if (answer.includes('size limit exceeded')) return { outcome: 'too-large' };
  if (/^stream: OK$/.test(answer)) return { outcome: 'clean', engine };
  const infection = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (infection !== undefined) return { outcome: 'infected', engine, infection: infection.slice(0, 200) };
  throw new ScannerAway(`clamd answered: ${answer.slice(0, 200)}`);
}

async function open(place: ClamdPlace, patience: ClamdPatience): Promise<Socket> {
  const socket = connect(place);
  socket.setTimeout(patience.connectMilliseconds, () => {
    socket.destroy(new Error('no answer in time'));
  });
  try {
    await once(socket, 'connect');
  } catch (error) {
    socket.destroy();
    throw new ScannerAway('clamd cannot be reached', { cause: error });
  }
  socket.setTimeout(patience.silenceMilliseconds);
  return socket;
}

/** The one line that clamd answers, whenever it comes: it may well come before everything was sent. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((done, failed) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\0');
      if (end >= 0) done(text.slice(0, end).trim());
      else if (text.length > longestAnswer) socket.destroy(new Error('the answer is too long'));
    });
    socket.on('error', (error) => {
      failed(new ScannerAway('the connection to clamd broke', { cause: error }));
    });
    socket.on('close', () => {
      failed(new ScannerAway('clamd closed the connection without an answer'));
    });
  });
}

/** Each chunk behind its length; none of them ends the stream. Whoever hangs up gets no more. */
async function sendChunks(socket: Socket, source: Readable): Promise<void> {
  const gone = new AbortController();
  socket.once('close', () => {
    gone.abort();
  });
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (socket.destroyed) return;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    socket.write(length);
    if (socket.write(chunk)) continue;
    await once(socket, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
  if (!socket.destroyed) socket.write(Buffer.alloc(4));
}
