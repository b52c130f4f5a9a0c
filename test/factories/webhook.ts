import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';

import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll } from 'vitest';

import type { WebhookTerms } from '../../contracts/webhook.ts';
import {
  createWebhook,
  createWebhookRunner,
  type WebhookSettings,
} from '../../server/modules/webhook/index.ts';
import { systemActor } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { listenOn } from '../../server/platform/listen.ts';
import { createSeal } from '../../server/platform/sealed-secret.ts';
import { createLog } from '../../server/platform/log.ts';
import { performAs } from './library.ts';

export const webhookSettings: WebhookSettings = {
  seal: () => Promise.resolve(createSeal(Buffer.alloc(32, 7))),
  allowPrivate: true,
  allowHttp: true,
};

const operator = { ...systemActor('test'), roles: ['operator'] as const };

export interface TestWebhook {
  readonly id: string;
  readonly secret: string;
}

/** An endpoint that is told everything, unless it is said otherwise. */
export async function aWebhook(
  db: Db,
  wishes: Partial<WebhookTerms> & { readonly url: string },
): Promise<TestWebhook> {
  const { webhook, secret } = await performAs({ db }, operator)(createWebhook(webhookSettings), {
    name: '测试系统',
    holder: '测试单位',
    unitIds: null,
    columnIds: null,
    types: null,
    ...wishes,
  });
  return { id: webhook.id, secret };
}

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Readonly<Record<string, string | number | null>>;
  };
}

/** What a receiver does with a request; undefined: it answers 204. */
export type Behave = (request: Received, response: ServerResponse) => unknown;

export interface TestReceiver {
  readonly received: Received[];
  /** Of the paths that begin so; the last one said holds. */
  behave(path: string, how: Behave | undefined): void;
  urlOf(path: string): string;
}

/** Somebody who is told, on this machine; to be used from `beforeAll` on. */
export function aReceiver(): TestReceiver {
  const received: Received[] = [];
  const ways = new Map<string, Behave>();
  let origin = '';
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { url: path = '', headers } = request;
      const one: Received = { path, headers, body, event: JSON.parse(body) as Received['event'] };
      received.push(one);
      const behave = ways.get(path);
      if (behave) void behave(one, response);
      else response.writeHead(204).end();
    });
  });
  beforeAll(async () => {
    const { port } = await listenOn(server, { port: 0, host: '127.0.0.1' });
    origin = `http://127.0.0.1:${String(port)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    received,
    behave: (path, how) => {
      if (how) ways.set(path, how);
      else ways.delete(path);
    },
    urlOf: (path) => `${origin}${path}`,
  };
}

/** Whether the library of Standard Webhooks makes one of the signatures, too. */
export function isSignedWith({ headers, body }: Received, secret: string): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const expected = new Webhook(secret).sign(String(headers['webhook-id']), at, body);
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

export interface SenderWishes {
  readonly clock?: () => Date;
  readonly patience?: number;
  readonly allowPrivate?: boolean;
  readonly allowHttp?: boolean;
}

export interface TestSender {
  /** Sends until nothing is due and nothing is under way. */
  drain(): Promise<void>;
  step(): Promise<number>;
  stop(): Promise<void>;
}

export function aSender(db: Db, { clock = () => new Date(), ...rules }: SenderWishes = {}): TestSender {
  const stopping = new AbortController();
  const runner = createWebhookRunner({
    db,
    clock,
    log: createLog({ level: 'silent', pretty: false }),
    seal: webhookSettings.seal,
    post: { allowPrivate: true, allowHttp: true, patience: 1_000, ...rules },
    exchangeUrl: 'https://exchange.example.test',
    chance: () => 0.5,
  });
  return {
    drain: async () => {
      while ((await runner.step(stopping.signal)) > 0);
      await runner.settled();
    },
    step: () => runner.step(stopping.signal),
    stop: async () => {
      stopping.abort();
      await runner.settled();
    },
  };
}
