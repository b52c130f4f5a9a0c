import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  type Stage,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import {
  aReceiver,
  aSender,
  aWebhook,
  type Behave,
  type Received,
  type TestSender,
} from '../../../test/factories/webhook.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { ColumnRow } from '../sites/index.ts';
import { writeChangeCursor } from '../exchange/index.ts';
import { resumeWebhook } from './keep-webhooks.ts';
import { layOutChanges, mostWaiting } from './lay-out-changes.ts';
import { pingWebhook, replayMessage, replayWebhook } from './replay-messages.ts';

const { db } = aDatabase();
const receiver = aReceiver();
const { received } = receiver;

let stage: Stage;
let district: TestDistrict;
let column: ColumnRow;
let serial = 0;
let now = new Date();
let sender: TestSender;

beforeAll(async () => {
  stage = aStage(db);
  district = await aDistrict(stage);
  column = await aColumn(stage, { site: district.bureauSite, unitId: district.bureau.id });
});
beforeEach(async () => {
  await db.updateTable('webhook.endpoint').set({ paused_at: new Date(), pause_cause: 'person' }).execute();
  received.length = 0;
  now = new Date();
  sender = aSender(db, { clock: () => now });
});

const path = (): string => `/${String(serial)}`;
const anEndpoint = (how?: Behave) => {
  serial += 1;
  receiver.behave(path(), how);
  return aWebhook(db, { url: receiver.urlOf(path()) });
};
const aResource = () =>
  aPublished(stage, district.actor, { unitId: district.bureau.id, columnIds: [column.id] });
const later = (milliseconds: number): void => {
  now = new Date(now.getTime() + milliseconds);
};
const minute = 60_000;
const hour = 60 * minute;
const idsTold = (list: readonly Received[] = received) => list.map(({ event }) => event.data['id']);
const answerWith =
  (status: number, headers: Record<string, string> = {}): Behave =>
  (_request, response) =>
    response.writeHead(status, headers).end('不行');
const endpointRow = (id: string) =>
  db.selectFrom('webhook.endpoint').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const messagesOf = (id: string) =>
  db.selectFrom('webhook.message').selectAll().where('endpoint_id', '=', id).orderBy('id').execute();
const lastAttempt = (id: string) =>
  db
    .selectFrom('webhook.attempt as attempt')
    .innerJoin('webhook.message as message', 'message.id', 'attempt.message_id')
    .selectAll('attempt')
    .where('endpoint_id', '=', id)
    .orderBy('attempt.id', 'desc')
    .executeTakeFirstOrThrow();
const operator = () => ({ ...district.actor, roles: ['operator'] as const });

describe('a receiver that', () => {
  it('hangs is left after its time, and delays nobody else', async () => {
    const hanging = await anEndpoint(() => undefined);
    await anEndpoint();
    const quick = path();
    await aResource();
    sender = aSender(db, { clock: () => now, patience: 600 });
    const began = performance.now();
    let quickAfter = Infinity;
    receiver.behave(quick, (_request, response) => {
      quickAfter = Math.min(quickAfter, performance.now() - began);
      response.writeHead(204).end();
    });
    await sender.drain();
    expect(quickAfter).toBeLessThan(500);
    expect(await lastAttempt(hanging.id)).toMatchObject({ status: null, problem: 'timeout', answer: null });
    expect((await lastAttempt(hanging.id)).milliseconds).toBeGreaterThanOrEqual(590);
  });

  it('answers without end has its first characters kept and is left', async () => {
    let bytes = 0;
    const { id } = await anEndpoint((_request, response) => {
      response.writeHead(500);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a'))) bytes += 65_536;
      };
      response.on('drain', more);
      more();
    });
    await aResource();
    await sender.drain();
    const { answer, problem, milliseconds } = await lastAttempt(id);
    expect([answer, problem]).toEqual(['a'.repeat(500), 'status']);
    expect(milliseconds).toBeLessThan(900);
    expect(bytes).toBeLessThan(8_000_000);
  });

  it('accepts and never ends its answer has accepted', async () => {
    const { id } = await anEndpoint((_request, response) => {
      response.writeHead(202);
      response.write('\u0000收到');
    });
    await aResource();
    sender = aSender(db, { clock: () => now, patience: 400 });
    await sender.drain();
    expect(await lastAttempt(id)).toMatchObject({ status: 202, problem: null, answer: ' 收到' });
  });

  it('redirects is not followed', async () => {
    const { id } = await anEndpoint(answerWith(307, { location: receiver.urlOf('/elsewhere') }));
    await aResource();
    await sender.drain();
    expect(received.map((one) => one.path)).toEqual([path()]);
    expect(await lastAttempt(id)).toMatchObject({ status: 307, problem: 'status' });
  });

  it.each([
    ['private-address', { allowPrivate: false }],
    ['scheme', { allowHttp: false }],
  ] as const)('stands where requests may not go (%s) is not asked', async (problem, rules) => {
    const { id } = await anEndpoint();
    await db
      .updateTable('webhook.endpoint')
      .set({ url: receiver.urlOf(path()).replace('127.0.0.1', 'localhost') })
      .where('id', '=', id)
      .execute();
    await aResource();
    await aSender(db, { clock: () => now, ...rules }).drain();
    expect(received).toEqual([]);
    expect(await lastAttempt(id)).toMatchObject({ status: null, problem });
  });

  it('says that it is gone is paused and keeps what waits', async () => {
    const { id } = await anEndpoint(answerWith(410));
    const first = await aResource();
    await sender.drain();
    expect(await endpointRow(id)).toMatchObject({ pause_cause: 'gone', last_status: 410 });
    later(hour);
    await aResource();
    await sender.drain();
    expect(idsTold()).toEqual([first]);
    receiver.behave(path(), undefined);
    const { version } = await endpointRow(id);
    await stage.perform(operator(), resumeWebhook, { webhookId: id, expectedVersion: version });
    await sender.drain();
    expect((await messagesOf(id)).map((one) => one.state)).toEqual(['delivered', 'delivered']);
  });

  it('asks for time gets it', async () => {
    const { id } = await anEndpoint(answerWith(503, { 'retry-after': '3600' }));
    await aResource();
    await sender.drain();
    receiver.behave(path(), undefined);
    later(59 * minute);
    await sender.drain();
    expect(received).toHaveLength(1);
    later(2 * minute);
    await sender.drain();
    expect((await messagesOf(id)).map((one) => one.state)).toEqual(['delivered']);
  });

  it('is away for hours gets everything at once when it is back, the oldest first', async () => {
    const { id } = await anEndpoint(answerWith(502));
    const resources = [await aResource(), await aResource(), await aResource()];
    for (let at = 0; at < 12; at += 1) {
      await sender.drain();
      later(10 * minute);
    }
    expect((await endpointRow(id)).failures).toBeGreaterThan(5);
    receiver.behave(path(), undefined);
    received.length = 0;
    later(hour);
    await sender.drain();
    expect(idsTold()).toEqual(resources);
    expect(await endpointRow(id)).toMatchObject({ failures: 0, failing_since: null });
  });

  it('takes nothing for three days is paused, and nothing of it is a dead letter', async () => {
    const { id } = await anEndpoint(answerWith(500));
    await aResource();
    await aResource();
    for (let at = 0; at < 20; at += 1) {
      await sender.drain();
      later(4 * hour);
    }
    expect(await endpointRow(id)).toMatchObject({ pause_cause: 'failing' });
    expect((await messagesOf(id)).map((one) => one.state)).toEqual(['waiting', 'waiting']);
    expect(received.length).toBeLessThan(25);
  });
});

describe('an event that is not taken', () => {
  async function aDeadLetter() {
    let refused: string | undefined;
    const endpoint = await anEndpoint((request, response) => {
      refused ??= String(request.event.data['id']);
      response.writeHead(request.event.data['id'] === refused ? 422 : 204).end();
    });
    const dead = await aResource();
    const good = await aResource();
    for (let at = 0; at < 10; at += 1) {
      await sender.drain();
      // Others are taken meanwhile: the receiver is well.
      if (at > 2) await aResource();
      later(6_000);
      await sender.drain();
      later(at < 2 ? 6 * minute : 27 * hour);
    }
    return { ...endpoint, dead, good };
  }

  it('holds back the next ones for minutes only, and is a dead letter after ten tries', async () => {
    const { id, dead, good } = await aDeadLetter();
    const order = idsTold();
    expect(order.indexOf(good)).toBeLessThanOrEqual(3);
    expect(order.filter((one) => one === dead)).toHaveLength(10);
    expect((await endpointRow(id)).pause_cause).toBeNull();
    const states = (await messagesOf(id)).map((one) => one.state);
    expect([states[0], new Set(states.slice(1))]).toEqual(['dead', new Set(['delivered'])]);
  });

  it('is sent again when somebody wants it: one, all dead letters, or all from a place on', async () => {
    const { id, dead } = await aDeadLetter();
    receiver.behave(path(), undefined);
    const [letter] = await messagesOf(id);
    if (!letter?.position) throw new Error('a message was expected');
    const tell = async (act: Promise<unknown>) => {
      received.length = 0;
      await act;
      await sender.drain();
      return idsTold();
    };
    const kill = () =>
      db.updateTable('webhook.message').set({ state: 'dead' }).where('id', '=', letter.id).execute();
    const first = received.find((one) => one.event.data['id'] === dead)?.headers['webhook-id'];
    expect(await tell(stage.perform(operator(), replayMessage, letter.id))).toEqual([dead]);
    expect(received[0]?.headers['webhook-id']).toBe(first);
    expect(await tell(stage.perform(operator(), replayMessage, letter.id))).toEqual([dead]);
    await kill();
    const all = { webhookId: id, deadLetters: true } as const;
    expect(await tell(stage.perform(operator(), replayWebhook, all))).toEqual([dead]);
    const after = writeChangeCursor(String(BigInt(letter.position) - 1n));
    const from = await tell(stage.perform(operator(), replayWebhook, { webhookId: id, after }));
    expect(from).toEqual((await messagesOf(id)).map((one) => one.resource_id));
    expect(from.length).toBeGreaterThan(5);
    const since = new Date(0).toISOString();
    const everything = await tell(stage.perform(operator(), replayWebhook, { webhookId: id, since }));
    expect(everything.length).toBeGreaterThan(from.length);
  });
});

describe('a test', () => {
  it('is sent once, also to a paused endpoint, and ends the wait of one that failed', async () => {
    const { id } = await anEndpoint(answerWith(500));
    const resource = await aResource();
    await sender.drain();
    await stage.perform(operator(), pingWebhook, id);
    await sender.drain();
    later(hour);
    await db
      .updateTable('webhook.endpoint')
      .set({ held_until: new Date(now.getTime() + hour) })
      .execute();
    await sender.drain();
    expect(received.map(({ event }) => event.type)).toEqual(['resource.published', 'webhook.ping']);
    receiver.behave(path(), undefined);
    await stage.perform(operator(), pingWebhook, id);
    now = new Date();
    await sender.drain();
    expect(received.slice(2).map(({ event }) => event.type)).toEqual(['webhook.ping', 'resource.published']);
    expect(idsTold().at(-1)).toBe(resource);
    const pause = { paused_at: now, pause_cause: 'person' };
    await db.updateTable('webhook.endpoint').set(pause).where('id', '=', id).execute();
    await aResource();
    await stage.perform(operator(), pingWebhook, id);
    now = new Date();
    await sender.drain();
    expect(received.slice(4).map(({ event }) => event.type)).toEqual(['webhook.ping']);
    expect((await messagesOf(id)).map((one) => one.state)).toEqual([
      'delivered',
      'dropped',
      'delivered',
      'delivered',
    ]);
  });
});

it('however much happened, a bounded part of it waits for one endpoint', async () => {
  const { id } = await anEndpoint(answerWith(500));
  const resource = await aResource();
  await db.connection().execute(async (own) => {
    // Moved out and back in again, as an operator who sorts columns does.
    const row = await own
      .selectFrom('library.change')
      .selectAll()
      .where('resource_id', '=', resource)
      .executeTakeFirstOrThrow();
    const positions = Array.from({ length: mostWaiting + 20 }, (_, at) =>
      String(BigInt(row.position) + BigInt(at) + 1n),
    );
    await own
      .insertInto('library.change')
      .values(positions.map((position) => ({ ...row, position })))
      .execute();
  });
  await sender.drain();
  expect(await messagesOf(id)).toHaveLength(mostWaiting);
  expect(received.map((one) => `${one.path} ${one.body}`)).toHaveLength(1);
});

it('however many dead letters are sent again, a bounded part of them waits, and one that dies again is not sent twice', async () => {
  const { id } = await anEndpoint(answerWith(500));
  const dead = Array.from({ length: mostWaiting + 20 }, (_, at) => ({
    ...{ endpoint_id: id, position: String(10_000_000 + at), resource_id: '1', state: 'dead', tries: 10 },
    ...{ due_at: now, created_at: now, settled_at: new Date(now.getTime() - at * minute) },
  }));
  await db.insertInto('webhook.message').values(dead).execute();
  const stateOf = (at: number) =>
    db
      .selectFrom('webhook.message')
      .select('state')
      .where('endpoint_id', '=', id)
      .where('position', '=', String(10_000_000 + at))
      .executeTakeFirstOrThrow();
  const all = { webhookId: id, deadLetters: true } as const;
  expect(await stage.perform(operator(), replayWebhook, all)).toMatchObject({ isBehind: true });
  await layOutChanges(db, now);
  const oldest = dead.length - 1;
  expect([await stateOf(oldest), await stateOf(0)]).toEqual([{ state: 'waiting' }, { state: 'dead' }]);
  const settle = { state: 'dead', settled_at: new Date(now.getTime() + minute) };
  await db
    .updateTable('webhook.message')
    .set(settle)
    .where('endpoint_id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
  await layOutChanges(db, now);
  expect([await stateOf(oldest), await stateOf(0)]).toEqual([{ state: 'dead' }, { state: 'waiting' }]);
  expect((await endpointRow(id)).dead_again_until).toBeNull();
});
