import { Webhook } from 'standardwebhooks';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type Stage,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import {
  aReceiver,
  aSender,
  aWebhook,
  isSignedWith,
  type Received,
  webhookSettings,
} from '../../../test/factories/webhook.ts';
import { aDatabase } from '../../../test/harness.ts';
import { openDb } from '../../platform/db.ts';
import { type ColumnRow, setMappings } from '../sites/index.ts';
import { rotateWebhookSecret } from './keep-webhooks.ts';

const database = aDatabase();
const { db } = database;
const receiver = aReceiver();
const { received } = receiver;

let stage: Stage;
let district: TestDistrict;
let portalColumn: ColumnRow;
let bureauColumn: ColumnRow;
let serial = 0;

beforeAll(async () => {
  stage = aStage(db);
  district = await aDistrict(stage);
  portalColumn = await aColumn(stage, { site: district.portal });
  bureauColumn = await aColumn(stage, { site: district.bureauSite, unitId: district.bureau.id });
});
beforeEach(async () => {
  // Each test has endpoints of its own; those of others are asked no more.
  await db.updateTable('webhook.endpoint').set({ paused_at: new Date(), pause_cause: 'person' }).execute();
  received.length = 0;
});

const anEndpoint = (wishes: Partial<Parameters<typeof aWebhook>[1]> = {}) =>
  aWebhook(db, { url: receiver.urlOf(`/${String((serial += 1))}`), ...wishes });
const pathNow = (): string => `/${String(serial)}`;
const aResource = () =>
  aPublished(stage, district.actor, { unitId: district.bureau.id, columnIds: [bureauColumn.id] });
const told = (list: readonly Received[]) => list.map(({ event }) => [event.type, event.data['id']]);
const endpointRow = (id: string) =>
  db.selectFrom('webhook.endpoint').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const messagesOf = (id: string) =>
  db.selectFrom('webhook.message').selectAll().where('endpoint_id', '=', id).orderBy('id').execute();

describe('an endpoint', () => {
  it('is told of a release, an edit and a withdrawal in order, thinly, and signed as the library verifies', async () => {
    const { id, secret } = await anEndpoint();
    const resource = await aResource();
    const sender = aSender(db);
    await sender.drain();
    await edit(stage, district.actor, resource, someContent({ title: '改过的通知' }));
    await publish(stage, district.actor, resource);
    await sender.drain();
    await withdraw(stage, district.actor, resource);
    await sender.drain();
    expect(told(received)).toEqual([
      ['resource.published', resource],
      ['resource.updated', resource],
      ['resource.withdrawn', resource],
    ]);
    for (const { body, headers } of received) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
    }
    expect(received[0]?.event).toEqual({
      type: 'resource.published',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      data: {
        id: resource,
        kind: 'released',
        revision: 1,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        mark: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        cursor: expect.any(String) as string,
        url: `https://exchange.example.test/v1/resources/${resource}`,
      },
    });
    expect((await messagesOf(id)).map((one) => one.state)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(await endpointRow(id)).toMatchObject({ failures: 0, last_status: 204, last_problem: null });
  });

  it('is told at least once and in order, whoever is killed between sending and recording', async () => {
    const { id } = await anEndpoint();
    const resources: string[] = [];
    for (let one = 0; one < 4; one += 1) resources.push(await aResource());
    const seen: (string | undefined)[] = [];
    let killed = openDb(database.url, { connections: 3, applicationName: 'killed' });
    const kills = new Set([0, 2, 3, 5]);
    receiver.behave(pathNow(), async (request, response) => {
      const number = seen.push(String(request.event.data['id'])) - 1;
      // Nothing of that process reaches the database any more: as after kill -9.
      if (kills.has(number)) await killed.destroy();
      response.writeHead(204).end();
    });
    for (let life = 0; life <= kills.size; life += 1) {
      const sender = aSender(killed);
      await sender.drain().catch(() => undefined);
      await sender.stop();
      await killed.destroy();
      killed = openDb(database.url, { connections: 3, applicationName: 'killed' });
    }
    await killed.destroy();
    expect([...new Set(seen)]).toEqual(resources);
    expect(seen.length).toBe(resources.length + kills.size);
    const repeated = received.filter((one) => one.event.data['id'] === resources[0]);
    expect(new Set(repeated.map((one) => one.headers['webhook-id'])).size).toBe(1);
    expect((await messagesOf(id)).every((one) => one.state === 'delivered')).toBe(true);
  });

  it('of a narrow reach is told of what it may see, by tombstones of what left it, and of nothing else', async () => {
    await anEndpoint({ columnIds: [portalColumn.id] });
    const mapped = pathNow();
    await anEndpoint({ unitIds: [district.office.id] });
    const office = pathNow();
    await anEndpoint({ types: ['policy'] });
    const policy = pathNow();
    const { actor } = district;
    const sender = aSender(db);
    const resource = await aResource();
    await sender.drain();
    expect(received).toEqual([]);
    const mapping = (sourceColumnIds: string[]) =>
      stage.perform(actor, setMappings, { columnId: portalColumn.id, sourceColumnIds });
    await mapping([bureauColumn.id]);
    await sender.drain();
    await mapping([]);
    await sender.drain();
    expect(received.filter((one) => one.path === office || one.path === policy)).toEqual([]);
    const own = received.filter((one) => one.path === mapped && one.event.data['id'] === resource);
    expect(own.map(({ event }) => [event.type, event.data['kind'], event.data['digest'] === null])).toEqual([
      ['resource.updated', 'relisted', false],
      ['resource.withdrawn', 'removed', true],
    ]);
  });

  it('whose reach was narrowed is told nothing more of what waited', async () => {
    const { id } = await anEndpoint();
    const resource = await aResource();
    receiver.behave(pathNow(), (_request, response) => response.writeHead(500).end());
    const sender = aSender(db);
    await sender.drain();
    expect(told(received)).toEqual([['resource.published', resource]]);
    await db
      .updateTable('webhook.endpoint')
      .set({ unit_ids: [district.office.id], held_until: null })
      .where('id', '=', id)
      .execute();
    await db
      .updateTable('webhook.message')
      .set({ due_at: new Date() })
      .where('endpoint_id', '=', id)
      .execute();
    await sender.drain();
    expect(received).toHaveLength(1);
    expect((await messagesOf(id)).map((one) => one.state)).toEqual(['dropped']);
  });

  it('gets two signatures while its secret changes, and one afterwards', async () => {
    const { id, secret } = await anEndpoint();
    let now = new Date();
    const sender = aSender(db, { clock: () => now });
    const operator = { ...district.actor, roles: ['operator'] as const };
    const rotated = await stage.perform(operator, rotateWebhookSecret(webhookSettings), {
      webhookId: id,
      expectedVersion: 1,
      overlapHours: 24,
    });
    await aResource();
    await sender.drain();
    now = new Date(now.getTime() + 25 * 3_600_000);
    await aResource();
    await sender.drain();
    const [during, afterwards] = received;
    if (!during || !afterwards) throw new Error('two requests were expected');
    expect([isSignedWith(during, secret), isSignedWith(during, rotated.secret)]).toEqual([true, true]);
    expect([isSignedWith(afterwards, secret), isSignedWith(afterwards, rotated.secret)]).toEqual([
      false,
      true,
    ]);
    const again = await stage.perform(operator, rotateWebhookSecret(webhookSettings), {
      webhookId: id,
      expectedVersion: 2,
      overlapHours: 0,
    });
    await aResource();
    await sender.drain();
    expect(received[2] && isSignedWith(received[2], rotated.secret)).toBe(false);
    expect(received[2] && isSignedWith(received[2], again.secret)).toBe(true);
  });

  it('whose secret cannot be opened any more is paused and says so', async () => {
    const { id } = await anEndpoint();
    await db
      .updateTable('webhook.secret')
      .set({ sealed: Buffer.alloc(60) })
      .where('endpoint_id', '=', id)
      .execute();
    await aResource();
    await aSender(db).drain();
    expect(received).toEqual([]);
    expect(await endpointRow(id)).toMatchObject({ pause_cause: 'secret-lost' });
  });

  it('that is paused is told afterwards what happened meanwhile', async () => {
    const { id } = await anEndpoint();
    const pause = (at: Date | null) =>
      db
        .updateTable('webhook.endpoint')
        .set({ paused_at: at, pause_cause: at && 'person' })
        .where('id', '=', id)
        .execute();
    await pause(new Date());
    const resource = await aResource();
    await aSender(db).drain();
    expect(received).toEqual([]);
    await pause(null);
    await aSender(db).drain();
    expect(told(received)).toEqual([['resource.published', resource]]);
  });
});
