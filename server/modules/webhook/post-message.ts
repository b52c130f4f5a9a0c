import type { IncomingMessage } from 'node:http';

import type { AttemptProblem } from '../../../contracts/webhook.ts';
import { PrivateAddressError, sendGuarded } from '../../platform/guarded-request.ts';
import { readRetryAfter } from './retry.rules.ts';
import type { WebhookRules } from './webhook-url.rules.ts';

export interface PostWishes extends WebhookRules {
  /** Milliseconds for all of it: name, connection, answer. */
  readonly patience: number;
}

export interface Posted {
  readonly status: number | null;
  readonly problem: AttemptProblem | null;
  /** What the first bytes of the answer say. */
  readonly answer: string | null;
  /** Milliseconds that the answer asks to wait. */
  readonly retryAfter: number | null;
}

const bytesOfAnswer = 4_096;
const lettersKept = 500;

/** One request. Whatever a receiver does, this ends in time and has read little. */
export async function postMessage(
  wishes: PostWishes,
  message: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
  { now, signal: stop }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<Posted> {
  const url = new URL(message.url);
  if (url.protocol !== 'https:' && !wishes.allowHttp) return unsent('scheme');
  const body = Buffer.from(message.body);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(body.length),
    'user-agent': 'Jiyue-Webhooks/1.0',
    'accept-encoding': 'identity',
    ...message.headers,
  };
  const signal = AbortSignal.any([stop, AbortSignal.timeout(wishes.patience)]);
  try {
    const { allowPrivate } = wishes;
    const response = await sendGuarded({ url, method: 'POST', headers, body, allowPrivate, signal });
    const status = response.statusCode ?? 0;
    return {
      status,
      problem: status >= 200 && status < 300 ? null : 'status',
      answer: await beginningOf(response),
      retryAfter: readRetryAfter(response.headers['retry-after'], now),
    };
  } catch (error) {
    // Nobody knows what became of it: it will be sent again.
    stop.throwIfAborted();
    if (error instanceof PrivateAddressError) return unsent('private-address');
    return unsent(signal.aborted ? 'timeout' : 'connection');
  }
}

const unsent = (problem: AttemptProblem): Posted => ({
  status: null,
  problem,
  answer: null,
  retryAfter: null,
});

/** The status has decided already: an answer that is cut off or never ends changes nothing. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes >= bytesOfAnswer) break;
    }
  } catch {
    response.destroy();
  }
  const text = Buffer.concat(chunks).subarray(0, bytesOfAnswer).toString('utf8');
  // PostgreSQL takes no NUL, and people can read no other control characters.
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\ufffd]+/gu, ' ')
    .slice(0, lettersKept)
    .toWellFormed();
}
