import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Resource } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { someContent } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes } from './index.ts';

type Method = 'GET' | 'POST' | 'PUT';
interface Attempt {
  readonly method: Method;
  readonly path: (id: string) => string;
  readonly body?: (resource: Resource) => object;
  readonly status: number;
  /** Reading is open to everybody of the unit. */
  readonly onlyEditors: boolean;
}

describe('the routes of the library', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1 })]);
  let unitId: string;
  let editor: Record<string, string>;
  let reviewer: Record<string, string>;
  let stranger: Record<string, string>;

  beforeAll(async () => {
    const account = await anAccount(db, { roles: ['editor'] });
    unitId = account.unitId;
    editor = await signIn(app, account);
    reviewer = await signIn(app, await anAccount(db, { unit: { id: unitId }, roles: ['reviewer'] }));
    stranger = await signIn(app, await anAccount(db, { roles: ['editor', 'principal'] }));
  });

  const send = (method: Method, url: string, headers: Record<string, string>, payload?: object) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const aResource = async (): Promise<Resource> => {
    const answer = await send('POST', '/api/resources', editor, {
      unitId,
      type: 'article',
      content: someContent(),
    });
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<Resource>();
  };

  const attempts: Readonly<Record<string, Attempt>> = {
    getResource: { method: 'GET', path: (id) => `/api/resources/${id}`, status: 200, onlyEditors: false },
    listRevisions: {
      method: 'GET',
      path: (id) => `/api/resources/${id}/revisions`,
      status: 200,
      onlyEditors: false,
    },
    getRevision: {
      method: 'GET',
      path: (id) => `/api/resources/${id}/revisions/1`,
      status: 200,
      onlyEditors: false,
    },
    saveDraft: {
      method: 'PUT',
      path: (id) => `/api/resources/${id}/draft`,
      body: ({ version }) => ({ expectedVersion: version, content: someContent({ title: '改' }) }),
      status: 200,
      onlyEditors: true,
    },
    scheduleResource: {
      method: 'PUT',
      path: (id) => `/api/resources/${id}/schedule`,
      body: ({ version }) => ({
        expectedVersion: version,
        releaseAt: '2027-01-01T00:00:00Z',
        expireAt: null,
      }),
      status: 200,
      onlyEditors: true,
    },
    discardResource: {
      method: 'POST',
      path: (id) => `/api/resources/${id}/discard`,
      body: ({ version }) => ({ expectedVersion: version }),
      status: 200,
      onlyEditors: true,
    },
  };

  for (const [name, attempt] of Object.entries(attempts)) {
    it(`${name} works for an editor of the unit`, async () => {
      const resource = await aResource();
      const answer = await send(attempt.method, attempt.path(resource.id), editor, attempt.body?.(resource));
      expect(answer.statusCode, answer.body).toBe(attempt.status);
    });

    it(`${name} finds nothing for another unit, and changes nothing`, async () => {
      const resource = await aResource();
      const answer = await send(
        attempt.method,
        attempt.path(resource.id),
        stranger,
        attempt.body?.(resource),
      );
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'library.resource-not-found']);
      expect((await send('GET', `/api/resources/${resource.id}`, editor)).json()).toEqual(resource);
    });

    it(`${name} ${attempt.onlyEditors ? 'is refused to' : 'works for'} somebody of the unit who writes nothing`, async () => {
      const resource = await aResource();
      const answer = await send(
        attempt.method,
        attempt.path(resource.id),
        reviewer,
        attempt.body?.(resource),
      );
      expect(answer.statusCode).toBe(attempt.onlyEditors ? 403 : attempt.status);
    });

    it(`${name} refuses what is malformed`, async () => {
      const resource = await aResource();
      const url = attempt.path(resource.id);
      const body = attempt.body?.(resource);
      const wrong = [
        send(attempt.method, attempt.path('0'), editor, body),
        send(attempt.method, attempt.path('abc'), editor, body),
        send(attempt.method, attempt.path('1234567890123456789'), editor, body),
        send(attempt.method, `${url}?unknown=1`, editor, body),
        ...(body
          ? [
              send(attempt.method, url, editor, { ...body, unknown: 1 }),
              send(attempt.method, url, editor, { ...body, expectedVersion: '1' }),
            ]
          : []),
      ];
      for (const answer of await Promise.all(wrong)) expect(answer.statusCode).toBe(400);
    });
  }

  it('a draft is begun in the own unit only, by an editor only, and as the contract says', async () => {
    const body = { unitId, type: 'article', content: someContent() };
    expect((await send('POST', '/api/resources', stranger, body)).statusCode).toBe(404);
    expect((await send('POST', '/api/resources', reviewer, body)).statusCode).toBe(403);
    for (const wrong of [
      { ...body, type: 'poem' },
      { ...body, content: { ...body.content, html: '<p>' } },
      { ...body, stage: 'live' },
      { ...body, content: { ...body.content, producedOn: '昨天' } },
    ]) {
      expect((await send('POST', '/api/resources', editor, wrong)).statusCode).toBe(400);
    }
  });

  it('an hour that no clock shows is malformed', async () => {
    const resource = await aResource();
    for (const releaseAt of ['2026-12-31T23:59:60Z', '2026-13-01T00:00:00Z', 'soon', 1]) {
      const answer = await send('PUT', `/api/resources/${resource.id}/schedule`, editor, {
        expectedVersion: 1,
        releaseAt,
        expireAt: null,
      });
      expect(answer.statusCode).toBe(400);
    }
  });

  it('a revision that is not there is not found, however large its number', async () => {
    const { id } = await aResource();
    expect((await send('GET', `/api/resources/${id}/revisions/2147483647`, editor)).json()).toMatchObject({
      status: 404,
      code: 'library.revision-not-found',
    });
    expect((await send('GET', `/api/resources/${id}/revisions/99999999999`, editor)).statusCode).toBe(400);
  });

  it('a stale save is answered with both versions', async () => {
    const resource = await aResource();
    const save = (title: string) =>
      send('PUT', `/api/resources/${resource.id}/draft`, editor, {
        expectedVersion: 1,
        content: someContent({ title }),
      });
    expect((await save('先到')).statusCode).toBe(200);
    expect((await save('后到')).json()).toMatchObject({
      status: 409,
      code: 'library.resource-changed',
      details: { currentVersion: 2, current: { content: { title: '先到' } } },
    });
  });

  it('a refusal leaves a row in the audit record', async () => {
    const { id } = await aResource();
    await send('PUT', `/api/resources/${id}/draft`, stranger, { expectedVersion: 1, content: someContent() });
    const row = await db
      .selectFrom('audit.entry')
      .select(['action', 'result', 'code'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({
      action: 'library.save-draft',
      result: 'refused',
      code: 'library.resource-not-found',
    });
  });

  it('pasted HTML comes back clean', async () => {
    const answer = await send('POST', '/api/html-conversions', editor, {
      html: '<p onclick="x()">你好<script>alert(1)</script></p>',
    });
    expect(answer.json()).toMatchObject({ document: { type: 'doc' } });
    expect(answer.body).not.toMatch(/script|onclick/);
  });

  it('the types say their fields', async () => {
    expect((await send('GET', '/api/resource-types', editor)).json()).toMatchObject([
      { key: 'article' },
      { key: 'policy' },
      { key: 'topic' },
      { key: 'home' },
    ]);
  });
});
