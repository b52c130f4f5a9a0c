import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type {
  Webhook,
  WebhookAttempt,
  WebhookMessage,
  WebhookTerms,
  WebhookWithSecret,
} from '../../../contracts/webhook.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, aUnit, signIn } from '../../../test/factories/identity.ts';
import { aReceiver, aSender, webhookSettings } from '../../../test/factories/webhook.ts';
import { aDatabase } from '../../../test/harness.ts';
import { webhookRoutes } from './webhook.routes.ts';

const database = aDatabase();
const { db } = database;
const app = aConsole(database, [webhookRoutes(webhookSettings)]);
const strict = aConsole(database, [
  webhookRoutes({ ...webhookSettings, allowHttp: false, allowPrivate: false }),
]);
const receiver = aReceiver();
let operator: Readonly<Record<string, string>>;
let supervisor: Readonly<Record<string, string>>;

beforeAll(async () => {
  operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
  supervisor = await signIn(app, await anAccount(db, { roles: ['supervisor'] }));
});

const terms: WebhookTerms = {
  name: '市级检索平台',
  holder: '市大数据局 张三',
  url: 'https://hooks.example.test/jiyue?token=abc',
  unitIds: null,
  columnIds: null,
  types: ['policy'],
};

const send = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, headers = operator) =>
  app.inject({ method, url, headers, ...(payload ? { payload } : {}) });

async function anEndpoint(part: Partial<WebhookTerms> = {}): Promise<WebhookWithSecret> {
  const answer = await send('POST', '/api/webhooks', { ...terms, ...part });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<WebhookWithSecret>();
}

async function refusalOf(answer: ReturnType<typeof send>): Promise<string> {
  const { statusCode, json } = await answer;
  return `${String(statusCode)} ${json<Problem>().code}`;
}

describe('a webhook', () => {
  it('shows its secret once, keeps it encrypted, and leaves none of it on record', async () => {
    const { webhook, secret } = await anEndpoint();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const rotated = await send('POST', `/api/webhooks/${webhook.id}/secret`, {
      expectedVersion: 1,
      overlapHours: 24,
    });
    const second = rotated.json<WebhookWithSecret>();
    expect(second.secret).not.toBe(secret);
    expect(second.webhook.previousSecretEndsAt).not.toBeNull();
    const answers = [
      (await send('GET', '/api/webhooks')).body,
      (await send('GET', `/api/webhooks/${webhook.id}`)).body,
      JSON.stringify(await db.selectFrom('webhook.endpoint').selectAll().execute()),
      JSON.stringify(await db.selectFrom('audit.entry').selectAll().execute()),
      ...(await db.selectFrom('webhook.secret').selectAll().execute()).flatMap(({ sealed }) => [
        sealed.toString('latin1'),
        sealed.toString('base64'),
      ]),
    ];
    for (const text of [secret, second.secret]) {
      for (const answer of answers) expect(answer).not.toContain(text.slice(6, 40));
    }
    const record = await db
      .selectFrom('audit.entry')
      .selectAll()
      .where('object_kind', '=', 'webhook')
      .where('object_id', '=', webhook.id)
      .execute();
    expect(record.map((one) => one.action).sort()).toEqual([
      'webhook.create-webhook',
      'webhook.rotate-secret',
    ]);
    // What follows the host may be a secret of the receiver.
    expect(JSON.stringify(record)).not.toContain('token=abc');
  });

  it('is changed, paused and resumed by whoever has seen its newest state', async () => {
    const { webhook } = await anEndpoint();
    const unit = await aUnit(db);
    const url = `/api/webhooks/${webhook.id}`;
    const changed = await send('PUT', url, { ...terms, expectedVersion: 1, unitIds: [unit.id] });
    expect(changed.json()).toMatchObject({ unitIds: [unit.id], version: 2, state: 'active' });
    expect(await refusalOf(send('PUT', url, { ...terms, expectedVersion: 1 }))).toBe(
      '409 webhook.endpoint-changed',
    );
    expect(await refusalOf(send('POST', `${url}/resumption`, { expectedVersion: 2 }))).toBe(
      '409 webhook.not-paused',
    );
    const reason = '对方系统维护';
    const paused = await send('POST', `${url}/pause`, { expectedVersion: 2, reason });
    expect(paused.json()).toMatchObject({ state: 'paused', pauseCause: 'person', pauseReason: reason });
    expect(await refusalOf(send('POST', `${url}/pause`, { expectedVersion: 3, reason }))).toBe(
      '409 webhook.already-paused',
    );
    expect(await refusalOf(send('POST', `${url}/pause`, { expectedVersion: 3, reason: '   ' }))).toBe(
      '422 webhook.reason-missing',
    );
    const resumed = await send('POST', `${url}/resumption`, { expectedVersion: 3 });
    expect(resumed.json()).toMatchObject({ state: 'active', pauseReason: null });
  });

  it('is sent to a whole address only, by https and out there unless the installation says otherwise', async () => {
    const codeOf = async (url: string, on = app) => {
      const answer = await on.inject({
        method: 'POST',
        url: '/api/webhooks',
        headers: operator,
        payload: { ...terms, url },
      });
      return answer.statusCode === 201 ? 'made' : answer.json<Problem>().code;
    };
    for (const url of [
      'ftp://a.test/',
      'https://u:p@a.test/',
      'https://a.test/#x',
      'a.test/hooks',
      'javascript:1',
    ]) {
      expect(await codeOf(url), url).toBe('webhook.url-wrong');
    }
    expect(await codeOf('http://10.1.2.3/hooks')).toBe('made');
    expect(await codeOf('http://a.test/hooks', strict)).toBe('webhook.url-not-https');
    for (const host of ['10.1.2.3', '127.0.0.1', '169.254.169.254', '[::1]', '2130706433', '0x7f.1']) {
      expect(await codeOf(`https://${host}/hooks`, strict), host).toBe('webhook.url-private');
    }
  });

  it('cannot reach units or columns that are not there', async () => {
    expect(await refusalOf(send('POST', '/api/webhooks', { ...terms, unitIds: ['999999'] }))).toBe(
      '422 webhook.scope-unknown',
    );
  });

  it('is tested, and each request of it is on record', async () => {
    const { webhook } = await anEndpoint({ url: receiver.urlOf('/ping') });
    const asked = await send('POST', `/api/webhooks/${webhook.id}/ping`);
    expect(asked.statusCode).toBe(202);
    expect(asked.json()).toMatchObject({ state: 'waiting', type: 'webhook.ping' });
    await aSender(db).drain();
    const list = await send(
      'GET',
      `/api/webhooks/${webhook.id}/messages?state=delivered`,
      undefined,
      supervisor,
    );
    const [message] = list.json<{ items: WebhookMessage[] }>().items;
    expect(message).toMatchObject({ state: 'delivered', tries: 1, dueAt: null, cursor: null });
    const attempts = await send(
      'GET',
      `/api/webhook-messages/${message?.id ?? ''}/attempts`,
      undefined,
      supervisor,
    );
    expect(attempts.json<WebhookAttempt[]>()).toMatchObject([{ status: 204, problem: null, answer: '' }]);
    const again = await send('POST', `/api/webhook-messages/${message?.id ?? ''}/replay`);
    expect(again.json()).toMatchObject({ state: 'waiting', tries: 0 });
    expect((await send('GET', `/api/webhooks/${webhook.id}`)).json<Webhook>().waiting).toBe(1);
  });

  it('lists its messages in pages', async () => {
    const { webhook } = await anEndpoint();
    for (let one = 0; one < 3; one += 1) await send('POST', `/api/webhooks/${webhook.id}/ping`);
    const page = async (cursor: string) =>
      (await send('GET', `/api/webhooks/${webhook.id}/messages?limit=2${cursor}`)).json<{
        items: WebhookMessage[];
        nextCursor: string | null;
      }>();
    const first = await page('');
    const second = await page(`&cursor=${first.nextCursor ?? ''}`);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    expect(new Set([...first.items, ...second.items].map((one) => one.id)).size).toBe(3);
  });

  it('is sent again from one place', async () => {
    const { webhook } = await anEndpoint();
    const replay = (payload: object) => send('POST', `/api/webhooks/${webhook.id}/replay`, payload);
    expect(await refusalOf(replay({}))).toBe('422 webhook.start-wrong');
    expect(await refusalOf(replay({ deadLetters: true, since: '2026-01-01T00:00:00Z' }))).toBe(
      '422 webhook.start-wrong',
    );
    expect(await refusalOf(replay({ after: 'nonsense' }))).toBe('422 exchange.cursor-wrong');
    expect(await refusalOf(replay({ sometimes: true }))).toBe('400 request.malformed');
    expect((await replay({ since: '2026-01-01T00:00:00Z' })).statusCode).toBe(200);
  });

  it('is looked at by supervisors, kept by operators, and unknown to others', async () => {
    const { webhook } = await anEndpoint();
    const editor = await signIn(app, await anAccount(db, { roles: ['editor'] }));
    expect((await send('GET', '/api/webhooks', undefined, supervisor)).statusCode).toBe(200);
    expect(await refusalOf(send('POST', '/api/webhooks', terms, supervisor))).toBe(
      '403 webhook.operator-required',
    );
    expect(await refusalOf(send('POST', `/api/webhooks/${webhook.id}/ping`, undefined, supervisor))).toBe(
      '403 webhook.operator-required',
    );
    expect(await refusalOf(send('GET', '/api/webhooks', undefined, editor))).toBe(
      '403 webhook.overseer-required',
    );
    expect(await refusalOf(send('GET', '/api/webhooks/999999'))).toBe('404 webhook.endpoint-not-found');
    expect(await refusalOf(send('POST', '/api/webhook-messages/999999/replay'))).toBe(
      '404 webhook.message-not-found',
    );
  });
});
