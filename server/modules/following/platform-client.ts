import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';

import { AppError } from '../../platform/errors.ts';
import { PrivateAddressError, sendGuarded } from '../../platform/guarded-request.ts';
import {
  AboutAnswer,
  ChangesAnswer,
  checkedAnswer,
  ContentsAnswer,
  type FileAnswer,
  strange,
} from './platform-answer.ts';

/** What is taken of what the key sees: the words of a query. */
export type Part = Readonly<Partial<Record<'types' | 'units' | 'columns', string>>>;

export interface PlatformAt {
  readonly address: string;
  readonly key: string;
  readonly allowPrivate: boolean;
  /** Milliseconds for one answer; a file may take longer, as long as it comes. */
  readonly patience: number;
}

/** Another platform's exchange, asked by somebody who does not trust it: every answer has an end, in bytes and in time. */
export interface PlatformClient {
  about(signal: AbortSignal): Promise<AboutAnswer>;
  changes(after: string | null, part: Part, signal: AbortSignal): Promise<ChangesAnswer>;
  contents(
    ids: readonly string[],
    part: Part,
    signal: AbortSignal,
  ): Promise<{ readonly items: readonly unknown[]; readonly rest: readonly string[] }>;
  /** The bytes of a file; the stream fails unless they are what they are said to be. */
  file(file: FileAnswer, limitBytes: number, signal: AbortSignal): Promise<Readable>;
}

/** The other platform asked to be left alone for a while. */
export class PlatformBusy extends AppError {
  readonly seconds: number;

  constructor(seconds: number) {
    super('unavailable', 'following.platform-busy', '对方限制了访问次数，稍后继续。');
    this.seconds = seconds;
  }
}

/** A file may take longer, as long as this much of it comes a second. */
const leastBytesPerSecond = 32 * 1024;
const limits = { about: 8_000_000, changes: 1_000_000, contents: 32_000_000 } as const;
const changesAtOnce = 100;
const mostWait = 3_600;

/** The address of an exchange as people type it, without what does not belong to it. */
export function exchangeAddress(text: string): string {
  const given = text.trim().replace(/\/+$/, '').replace(/\/v1$/, '');
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url && isPlain && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+$/, '');
  throw new AppError(
    'invalid',
    'following.address-wrong',
    '地址应以 http:// 或 https:// 开头，例如 https://exchange.example.gov.cn。',
  );
}

/** What a key is sealed for: copied to the row of another platform, it cannot be opened. */
export const keyContext = (address: string): string => `following.key ${address}`;

export function createPlatformClient(at: PlatformAt): PlatformClient {
  const ask = async (
    path: string,
    query: Readonly<Record<string, string>>,
    { limit, signal }: { readonly limit: number; readonly signal: AbortSignal },
  ): Promise<unknown> => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(at.patience)]);
    return reaching(signal, async () => {
      const response = await send(at, `${path}?${new URLSearchParams(query).toString()}`, within);
      return JSON.parse(await textOf(response, limit)) as unknown;
    });
  };
  return {
    about: async (signal) =>
      checkedAnswer(AboutAnswer, await ask('/v1/about', {}, { limit: limits.about, signal })),
    changes: async (after, part, signal) => {
      const query = { limit: String(changesAtOnce), ...(after === null ? {} : { after }), ...part };
      const answer = await ask('/v1/changes', query, { limit: limits.changes, signal });
      return checkedAnswer(ChangesAnswer, answer);
    },
    contents: async (ids, part, signal) => {
      const query = { ids: ids.join(','), ...part };
      const answer = await ask('/v1/contents', query, { limit: limits.contents, signal });
      return checkedAnswer(ContentsAnswer, answer);
    },
    file: (file, limitBytes, signal) => {
      const seconds = Math.min(file.size, limitBytes) / leastBytesPerSecond;
      const within = AbortSignal.any([signal, AbortSignal.timeout(at.patience + Math.ceil(seconds) * 1_000)]);
      return reaching(signal, async () => {
        const response = await send(at, `/v1/assets/${file.digest}`, within);
        return verified(response, file.digest);
      });
    },
  };
}

/** What goes wrong on the way to another platform, in words for those who look after the subscription. */
async function reaching<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    if (error instanceof SyntaxError) throw strange();
    if (error instanceof PrivateAddressError) {
      const message =
        '这个地址在内网或本机，没有允许访问。同一政务内网中的平台，请运维设置 JIYUE_FOLLOW_PRIVATE。';
      throw new AppError('invalid', 'following.platform-private', message);
    }
    const reason = error instanceof Error ? error.message.slice(0, 200) : '';
    throw new AppError('unavailable', 'following.platform-unreachable', `连接不上对方平台：${reason}`, {
      cause: error,
    });
  }
}

async function send(
  { address, key, allowPrivate }: PlatformAt,
  path: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const response = await sendGuarded({
    url: new URL(`${address}${path}`),
    headers: {
      'user-agent': 'JiyueFollower/1.0',
      'accept-encoding': 'identity',
      authorization: `Bearer ${key}`,
    },
    allowPrivate,
    signal,
  });
  if (response.statusCode === 200) return response;
  const code = await codeOf(response);
  throw refusalOf(response, code);
}

/** What a refusal is called. It is read no further than such a word needs. */
async function codeOf(response: IncomingMessage): Promise<string> {
  try {
    const { code } = JSON.parse(await textOf(response, 20_000)) as { code?: unknown };
    return typeof code === 'string' ? code : '';
  } catch {
    response.destroy();
    return '';
  }
}

function refusalOf({ statusCode = 0, headers }: IncomingMessage, code: string): AppError {
  if (statusCode === 401) {
    return new AppError('invalid', 'following.key-refused', '对方不接受这个密钥：不正确、已到期或被吊销。');
  }
  if (code === 'exchange.full-text-withheld') return fullTextWithheld();
  if (code === 'exchange.cursor-ahead') {
    return new AppError('conflict', 'following.cursor-ahead', '对方的变更序列比记下的短，从头同步。');
  }
  if (statusCode === 429) {
    const wait = Number(headers['retry-after']);
    return new PlatformBusy(Number.isFinite(wait) ? Math.min(mostWait, Math.max(1, wait)) : 60);
  }
  // Nobody is followed to where they send us: only the address that an operator typed is asked.
  if (statusCode >= 200 && statusCode < 500) return strange();
  const message = `对方平台暂时不能回答（${String(statusCode)}）。`;
  return new AppError('unavailable', 'following.platform-unreachable', message);
}

export const fullTextWithheld = (): AppError =>
  new AppError(
    'invalid',
    'following.full-text-withheld',
    '这个密钥只能读取元数据。请对方允许它读取正文和文件。',
  );

async function textOf(response: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      response.destroy();
      throw new AppError('invalid', 'following.answer-too-large', '对方的回答太长，没有读完。');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Bytes are handed on as they come; at their end it shows whether they were the ones that were named. */
function verified(response: IncomingMessage, digest: string): Readable {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest('hex') === digest ? null : new FileDiffers());
    },
  });
  // Whoever reads it hears of it, also when that begins only after the end.
  check.on('error', () => response.destroy());
  response.on('error', (error) => check.destroy(new FileBrokenOff('a file broke off', { cause: error })));
  response.on('aborted', () => check.destroy(new FileBrokenOff('a file was cut off')));
  return response.pipe(check);
}

/** The bytes are not those that were announced. */
export class FileDiffers extends Error {}

/** The bytes did not come to their end. */
export class FileBrokenOff extends Error {}

const ofOneAnswer: ReadonlySet<string> = new Set([
  'following.platform-unreachable',
  'following.platform-strange',
  'following.answer-too-large',
]);

/** Whether it may be the trouble of what was asked for only: the platform may be well otherwise. */
export function isOfOneAnswer(error: unknown): boolean {
  return error instanceof FileBrokenOff || (error instanceof AppError && ofOneAnswer.has(error.code));
}
