import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import {
  aListener,
  aPlatform,
  aSubscription,
  catchUp,
  type Platform,
} from '../../../test/factories/following.ts';
import { someContent } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { createPlatformClient } from './platform-client.ts';
import { mostIdlePages } from './follow-pace.rules.ts';

const database = aDatabase();
const system = aSystem(database);
const { db } = database;
const instance = '11111111-1111-4111-8111-111111111111';
const digest = 'a'.repeat(64);
const at = '2026-11-27T01:00:00.000Z';
const key = 'jiyue_0123456789_geheim-geheim-geheim';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let below: Platform;
let listener: Awaited<ReturnType<typeof aListener>>;
let answers: Record<string, Answer> = {};
let asked: string[] = [];

const says =
  (value: unknown): Answer =>
  (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
  };
const about = { instance, name: '坏平台', fullText: true, reach: 'r', types: [], units: [], columns: [] };

beforeAll(async () => {
  below = await aPlatform(database, system);
  listener = await aListener((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname;
    asked.push(path);
    const known = Object.entries(answers).find(([beginning]) => path.startsWith(beginning));
    if (known) known[1](request, response);
    else response.writeHead(404).end('{}');
  });
});
afterAll(async () => {
  listener.close();
  await below.exchange.app.close();
});
beforeEach(() => {
  answers = { '/v1/about': says(about) };
  asked = [];
});

interface Offered {
  readonly content?: object;
  readonly files?: readonly object[];
  readonly origin?: readonly object[];
  readonly type?: string;
}

function offer(id: string, { content, files = [], origin, type = 'article' }: Offered): void {
  answers['/v1/changes'] = says({
    items: [{ cursor: 'c', id, kind: 'released', deleted: false, digest, at }],
    cursor: 'c',
    more: false,
  });
  const own = { instance, name: '坏平台', id, url: 'http://bad.example/1.html', indexNumber: 'x/1' };
  const unit = { id: '1', name: '某单位' };
  const item = { id, type, unit, indexNumber: 'x/1', publishedAt: at, url: own.url, columns: [], digest };
  const whole = { ...item, content: content ?? someContent(), files, origin: origin ?? [own] };
  answers['/v1/contents'] = says({ items: [whole], rest: [] });
}

let ids = 100;
async function whatBecame(offered: Offered) {
  ids += 1;
  offer(String(ids), offered);
  const subscription = await aSubscription(below, { address: listener.address, instance, key });
  await catchUp(below);
  const row = await db
    .selectFrom('following.item')
    .selectAll()
    .where('subscription_id', '=', subscription)
    .executeTakeFirst();
  await end(subscription);
  if (!row) throw new Error('nothing is known of what was offered');
  return row;
}

async function troubleOf(wishes: { readonly mostItems?: number } = {}) {
  const id = await aSubscription(below, { address: listener.address, instance, key }, wishes);
  await catchUp(below);
  const row = await db
    .selectFrom('following.subscription')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await end(id);
  return row;
}

const end = (id: string) =>
  db
    .updateTable('following.subscription')
    .set({ state: 'ended', sealed_key: null })
    .where('id', '=', id)
    .execute();

const body = (...content: readonly object[]): object => ({ type: 'doc', content });
const linked = (href: string): object => ({
  type: 'paragraph',
  content: [{ type: 'text', text: '点这里', marks: [{ type: 'link', attrs: { href } }] }],
});
const file = (bytes: string, name: string, claimed?: string): object => ({
  id: '7',
  name,
  size: bytes.length,
  digest: claimed ?? createHash('sha256').update(bytes).digest('hex'),
});
const attached = { ...someContent(), attachments: [{ assetId: '7', name: '附件' }] };

test('a resource as it should be is taken', async () => {
  expect(await whatBecame({})).toMatchObject({ state: 'taken', problem: null });
});

test.each([
  ['a script as a node', { content: someContent({ body: body({ type: 'script', text: 'x' }) as never }) }],
  ['a link that is code', { content: someContent({ body: body(linked('javascript:alert(1)')) as never }) }],
  [
    'an attribute that acts',
    { content: someContent({ body: body({ type: 'paragraph', attrs: { onclick: 'x' } }) as never }) },
  ],
  ['a field that nobody knows', { content: { ...someContent(), html: '<script>' } }],
  ['a value of another type', { content: { ...someContent(), keywords: 'x' } }],
  ['a character that no database holds', { content: someContent({ title: 'a\u0000b' }) }],
  ['a text without a title', { content: someContent({ title: '' }) }],
])('%s is refused and said, and what comes after it is not held up', async (_what, offered) => {
  expect(await whatBecame(offered)).toMatchObject({ state: 'refused', problem_code: 'content-refused' });
});

test.each([
  ['an unknown type', { type: 'x-spaceship' }, 'type-unknown'],
  ['a home page', { type: 'home' }, 'type-unsuitable'],
  [
    'an origin that is somebody else',
    {
      origin: [
        { instance: '2'.repeat(8) + instance.slice(8), name: 'x', id: '1', url: null, indexNumber: null },
      ],
    },
    'origin-wrong',
  ],
])('%s is refused', async (_what, offered, code) => {
  expect(await whatBecame(offered)).toMatchObject({ state: 'refused', problem_code: code });
});

test('no id of theirs becomes one of ours', async () => {
  const { resource_id: ours } = await whatBecame({
    content: {
      ...someContent(),
      seeAlso: ['1', '2'],
      coverAssetId: '1',
      attachments: [{ assetId: '1', name: 'x' }],
    },
  });
  const row = await db
    .selectFrom('library.revision')
    .select('content')
    .where('resource_id', '=', ours)
    .executeTakeFirstOrThrow();
  expect(row.content).not.toHaveProperty('seeAlso');
  expect(row.content).not.toHaveProperty('coverAssetId');
  expect(row.content).not.toHaveProperty('attachments');
});

test('files are what their digests say, and pass what every upload passes', async () => {
  answers['/v1/assets/'] = (_request, response) => response.end('编号,数量\n1,2\n');
  const wrong = await whatBecame({
    content: attached,
    files: [file('编号,数量\n1,2\n', '表.csv', 'b'.repeat(64))],
  });
  expect(wrong).toMatchObject({ state: 'refused', problem_code: 'file-refused' });
  const right = await whatBecame({ content: attached, files: [file('编号,数量\n1,2\n', '表.csv')] });
  expect(right.state).toBe('taken');
  answers['/v1/assets/'] = (_request, response) => response.end('<script>alert(1)</script>');
  const page = await whatBecame({ content: attached, files: [file('<script>alert(1)</script>', '页.html')] });
  expect(page).toMatchObject({ state: 'refused', problem_code: 'file-refused' });
});

test('a file that the content does not use is not asked for', async () => {
  const files = [file('编号\n1\n', '多余.csv'), { ...file('编号\n2\n', '没用.csv'), id: '8' }];
  answers['/v1/assets/'] = (_request, response) => response.writeHead(500).end();
  expect(await whatBecame({ files })).toMatchObject({ state: 'taken' });
  expect(asked.filter((path) => path.startsWith('/v1/assets/'))).toEqual([]);
});

test('a file that is larger than it may be is cut off', async () => {
  answers['/v1/assets/'] = (_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  };
  const row = await whatBecame({ content: attached, files: [file('x', '大.csv')] });
  expect(row).toMatchObject({ state: 'refused', problem_code: 'file-refused' });
});

test.each([
  ['no JSON', (response: ServerResponse) => response.end('<html>'), 'following.platform-strange'],
  [
    'JSON of something else',
    (response: ServerResponse) => response.end('{"items":{}}'),
    'following.platform-strange',
  ],
  [
    'an answer without end',
    (response: ServerResponse) => {
      response.on('drain', () => {
        pour(response);
      });
      pour(response);
    },
    'following.answer-too-large',
  ],
  [
    'a way to a private address',
    (response: ServerResponse) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    'following.platform-strange',
  ],
  [
    'trouble of its own',
    (response: ServerResponse) => response.writeHead(500).end('{}'),
    'following.platform-unreachable',
  ],
])('%s instead of changes is said and tried again later', async (_what, answer, code) => {
  answers['/v1/changes'] = (_request, response) => {
    answer(response);
  };
  const row = await troubleOf();
  expect(row).toMatchObject({ trouble_code: code, state: 'active', failures: 1 });
  expect(row.next_at.getTime()).toBeGreaterThan(Date.now() + below.clock.ahead);
});

function pour(response: ServerResponse): void {
  while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a')));
}

test('a platform that asks for a pause gets one, and nothing is wrong', async () => {
  answers['/v1/changes'] = (_request, response) => response.writeHead(429, { 'retry-after': '90' }).end('{}');
  const row = await troubleOf();
  expect(row).toMatchObject({ trouble_code: null, state: 'active' });
  expect(row.next_at.getTime()).toBeGreaterThan(Date.now() + below.clock.ahead + 80_000);
});

test('a feed that stands still, or never ends, is left', async () => {
  answers['/v1/changes'] = says({ items: [], cursor: 'same', more: true });
  expect(await troubleOf()).toMatchObject({ state: 'paused', trouble_code: 'following.feed-endless' });
  let turns = 0;
  answers['/v1/changes'] = (request, response) => {
    turns += 1;
    says({ items: [], cursor: `c${String(turns)}`, more: true })(request, response);
  };
  const id = await aSubscription(below, { address: listener.address, instance, key });
  await db
    .updateTable('following.subscription')
    .set({ idle_pages: mostIdlePages - 3, cursor: 'c', reach: 'r' })
    .where('id', '=', id)
    .execute();
  await catchUp(below);
  expect(turns).toBe(4);
  await end(id);
});

test('a platform that invents resources without end is stopped at the number that was expected', async () => {
  let turns = 0;
  answers['/v1/changes'] = (request, response) => {
    turns += 1;
    offer(String(5_000 + turns), {});
    const change = {
      cursor: `c${String(turns)}`,
      id: String(5_000 + turns),
      kind: 'released',
      deleted: false,
      digest,
      at,
    };
    const again = answers['/v1/changes'];
    says({ items: [change], cursor: change.cursor, more: true })(request, response);
    if (again) answers['/v1/changes'] = keep;
  };
  const keep = answers['/v1/changes'];
  expect(await troubleOf({ mostItems: 3 })).toMatchObject({
    state: 'paused',
    trouble_code: 'following.too-many-items',
  });
  expect(turns).toBe(4);
});

test('another platform at the same address, and this one itself, are not followed', async () => {
  answers['/v1/about'] = says({ ...about, instance: '3'.repeat(8) + instance.slice(8) });
  expect(await troubleOf()).toMatchObject({ state: 'paused', trouble_code: 'following.platform-other' });
  answers['/v1/about'] = says({ ...about, instance: below.instance });
  expect(await troubleOf()).toMatchObject({ state: 'paused', trouble_code: 'following.platform-itself' });
});

test('without leave no inner address is asked, whatever name it has', async () => {
  const signal = AbortSignal.timeout(5_000);
  for (const address of [listener.address, listener.address.replace('127.0.0.1', 'localhost')]) {
    const client = createPlatformClient({ address, key, allowPrivate: false, patience: 5_000 });
    await expect(client.about(signal)).rejects.toMatchObject({ code: 'following.platform-private' });
  }
  expect(asked).toEqual([]);
});
