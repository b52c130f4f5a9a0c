import type { IncomingMessage, ServerResponse } from 'node:http';

import type { TransparencyErrorCode } from '../contracts/transparency.ts';
import { canonicalPath, securityHeaders } from './modules/publishing/index.ts';
import {
  ENTRIES_PER_ANSWER,
  findConsistency,
  findEntries,
  findPageProofs,
  headFileNames,
  readHeadFile,
} from './modules/transparency/index.ts';
import { type Db, isDatabaseLost, isTimedOut } from './platform/db.ts';

export interface LogQuestion {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly site: string;
  readonly url: URL;
}

/** Answers questions about the transparency log; false when the address is none of its own. */
export type AnswerLog = (question: LogQuestion) => Promise<boolean>;

export interface LogSource {
  readonly db: Db;
  /** The newest head and the public key as files. */
  readonly directory: string;
  /** Questions answered at a time; others are asked to come back. */
  readonly atOnce?: number;
}

const WELL_KNOWN = '/.well-known/transparency/';
const AT_ONCE = 8;
const IMMUTABLE = 'public, max-age=31536000, immutable';
const FRESH = 'public, no-cache';

interface LogAnswer {
  readonly status: number;
  readonly body: string;
  readonly cache: string;
  readonly type?: string;
}

const json = (value: unknown, cache = FRESH): LogAnswer => ({
  status: 200,
  body: JSON.stringify(value),
  cache,
});

function refuse(status: 400 | 404 | 405 | 503, code: TransparencyErrorCode, title: string): LogAnswer {
  return { status, body: JSON.stringify({ status, code, title }), cache: 'no-store' };
}

const malformed = (title: string): LogAnswer => refuse(400, 'transparency.question-malformed', title);
const tooShort = (): LogAnswer => refuse(404, 'transparency.log-too-short', '存证日志还没有这么长。');

/** Exactly the named values, each at most once; `optional` ones may be missing. */
function readQuery(
  query: URLSearchParams,
  required: readonly string[],
  optional: readonly string[] = [],
): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const [name, value] of query) {
    if (found.has(name) || ![...required, ...optional].includes(name)) return undefined;
    found.set(name, value);
  }
  return required.every((name) => found.has(name)) ? found : undefined;
}

const numberIn = (query: ReadonlyMap<string, string> | undefined, name: string): number | undefined => {
  const text = query?.get(name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

async function answerProof(db: Db, site: string, params: URLSearchParams): Promise<LogAnswer> {
  const query = readQuery(params, ['path'], ['digest']);
  const path = canonicalPath(query?.get('path') ?? '');
  const digest = query?.get('digest') ?? null;
  if (path === undefined || (digest !== null && !/^[0-9a-f]{64}$/.test(digest)))
    return malformed('需要 path（页面地址），可以加 digest（64 位十六进制摘要），不接受其他参数。');
  const proofs = await findPageProofs(db, { site, path, digest });
  return proofs === undefined
    ? refuse(404, 'transparency.not-logged', '存证日志里没有这个页面，或没有这个内容。')
    : json(proofs);
}

async function answerConsistency(db: Db, _site: string, params: URLSearchParams): Promise<LogAnswer> {
  const query = readQuery(params, ['first', 'second']);
  const first = numberIn(query, 'first');
  const second = numberIn(query, 'second');
  if (first === undefined || second === undefined || first < 1 || first > second)
    return malformed('需要 first 和 second（日志长度，1 ≤ first ≤ second），不接受其他参数。');
  const proof = await findConsistency(db, first, second);
  return proof === undefined ? tooShort() : json({ first, second, proof }, IMMUTABLE);
}

async function answerEntries(db: Db, _site: string, params: URLSearchParams): Promise<LogAnswer> {
  const query = readQuery(params, ['start', 'end']);
  const start = numberIn(query, 'start');
  const end = numberIn(query, 'end');
  if (start === undefined || end === undefined || start >= end || end - start > ENTRIES_PER_ANSWER)
    return malformed(`需要 start 和 end，每次最多 ${String(ENTRIES_PER_ANSWER)} 条，不接受其他参数。`);
  const leaves = await findEntries(db, start, end);
  if (leaves === undefined) return tooShort();
  // A part of what was asked for will be more another time.
  return json(
    { start, leaves: leaves.map((leaf) => leaf.body) },
    leaves.length === end - start ? IMMUTABLE : FRESH,
  );
}

const questions = {
  '/transparency/proof': answerProof,
  '/transparency/consistency': answerConsistency,
  '/transparency/entries': answerEntries,
} as const;

const isQuestion = (path: string): path is keyof typeof questions => Object.hasOwn(questions, path);

async function answerHead(directory: string, path: string): Promise<LogAnswer | undefined> {
  const name = headFileNames.find((one) => path === `${WELL_KNOWN}${one}`);
  if (name === undefined) return undefined;
  const text = await readHeadFile(directory, name);
  return text === undefined
    ? refuse(404, 'transparency.log-empty', '存证日志还没有内容。')
    : { status: 200, body: text, cache: FRESH, type: 'text/plain; charset=utf-8' };
}

function send({ request, response }: LogQuestion, answer: LogAnswer): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, [
    'Content-Type',
    answer.type ?? 'application/json; charset=utf-8',
    'Content-Length',
    String(body.length),
    'Cache-Control',
    answer.cache,
    // Anybody may verify, from wherever.
    'Access-Control-Allow-Origin',
    '*',
    ...(answer.status === 503 ? ['Retry-After', '1'] : []),
    ...(answer.status === 405 ? ['Allow', 'GET, HEAD'] : []),
    ...securityHeaders(),
  ]);
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function createLogAnswers({ db, directory, atOnce = AT_ONCE }: LogSource): AnswerLog {
  let asked = 0;

  const answerFromDatabase = async (
    path: keyof typeof questions,
    { site, url }: LogQuestion,
  ): Promise<LogAnswer> => {
    if (asked >= atOnce) return refuse(503, 'transparency.busy', '查询过多，请稍后再试。');
    asked += 1;
    try {
      return await questions[path](db, site, url.searchParams);
    } catch (error) {
      if (!(error instanceof Error) || !(isDatabaseLost(error) || isTimedOut(error))) throw error;
      return refuse(503, 'transparency.unavailable', '存证日志暂时无法查询，请稍后再试。');
    } finally {
      asked -= 1;
    }
  };

  return async (question) => {
    const path = question.url.pathname;
    const isOwn = isQuestion(path) || headFileNames.some((name) => path === `${WELL_KNOWN}${name}`);
    if (!isOwn) return false;
    const { method } = question.request;
    if (method !== 'GET' && method !== 'HEAD') {
      send(question, refuse(405, 'transparency.question-malformed', '只能读取。'));
      return true;
    }
    const answer = isQuestion(path)
      ? await answerFromDatabase(path, question)
      : await answerHead(directory, path);
    if (answer === undefined) return false;
    send(question, answer);
    return true;
  };
}
