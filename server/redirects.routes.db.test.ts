import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import type { Redirect, RedirectReport } from '../contracts/publishing.ts';
import { aConsole } from '../test/app.ts';
import { anAccount, signIn } from '../test/factories/identity.ts';
import { aDistrict, aStage } from '../test/factories/sites.ts';
import { formOf } from '../test/form-data.ts';
import { aDatabase } from '../test/harness.ts';
import { registerUploads } from './modules/library/index.ts';
import { redirectRoutes, textOf } from './redirects.routes.ts';

describe('the routes of old addresses', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [redirectRoutes]);
  let siteId = '';
  let operator: Record<string, string> = {};
  let supervisor: Record<string, string> = {};

  beforeAll(async () => {
    await registerUploads(app);
    const { portal, office } = await aDistrict(aStage(db));
    siteId = portal.id;
    operator = await signIn(app, await anAccount(db, { roles: ['operator'], unit: office }));
    supervisor = await signIn(app, await anAccount(db, { roles: ['supervisor'], unit: office }));
  });

  const bring = async (
    headers: Record<string, string>,
    bytes: Buffer | string,
    fields: Record<string, string> = { siteId },
  ) => {
    const form = formOf(fields, { name: 'old.csv', bytes });
    return app.inject({
      method: 'POST',
      url: '/api/redirects',
      payload: form.payload,
      headers: { ...headers, ...form.headers },
    });
  };
  const codeOf = (reply: { json: () => unknown }) => (reply.json() as Problem).code;

  it('bring in the good lines, name the others, and show what is known', async () => {
    const reply = await bring(
      operator,
      '/old/1.jsp,https://www.gov.cn/\n/old/2.jsp,/nowhere\n/old/3.jsp,/search?q=1\n',
    );
    expect(reply.statusCode).toBe(200);
    expect(reply.json<RedirectReport>()).toEqual({
      lines: 3,
      kept: 2,
      known: 0,
      shortened: 0,
      refused: [{ line: 2, from: '/old/2.jsp', code: 'to-missing', reason: '新地址没有页面' }],
    });
    const list = async (query: string) => {
      const answer = await app.inject({
        url: `/api/redirects?siteId=${siteId}${query}`,
        headers: supervisor,
      });
      return answer.json<{ items: Redirect[]; nextCursor: string | null }>();
    };
    const first = await list('&limit=1');
    expect(first).toMatchObject({ items: [{ from: '/old/1.jsp', to: 'https://www.gov.cn/' }] });
    const next = await list(`&limit=1&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    expect(next).toMatchObject({ items: [{ from: '/old/3.jsp', to: '/search?q=1' }], nextCursor: null });
    expect((await list('&prefix=/none')).items).toEqual([]);
    const entry = await db
      .selectFrom('audit.entry')
      .select('details')
      .where('action', '=', 'publishing.import-redirects')
      .executeTakeFirstOrThrow();
    expect(entry.details).toMatchObject({ lines: 3, kept: 2, refused: 1 });
  });

  it('refuse whoever is no operator, and change nothing', async () => {
    const reply = await bring(supervisor, '/refused.jsp,/');
    expect([reply.statusCode, codeOf(reply)]).toEqual([403, 'publishing.operator-required']);
    const answer = await app.inject({
      url: `/api/redirects?siteId=${siteId}&prefix=/refused`,
      headers: operator,
    });
    expect(answer.json<{ items: Redirect[] }>().items).toEqual([]);
  });

  it('refuse what is no list, and a site that is not there', async () => {
    expect(codeOf(await bring(operator, Buffer.from([0, 1, 2, 255, 254])))).toBe(
      'publishing.list-unreadable',
    );
    expect(codeOf(await bring(operator, '\n'.repeat(1_000_000)))).toBe('publishing.list-too-long');
    expect(codeOf(await bring(operator, '/a,/', {}))).toBe('publishing.list-missing');
    expect(codeOf(await bring(operator, '/a,/', { siteId: '999999' }))).toBe('sites.site-not-found');
    const unknown = await app.inject({ url: '/api/redirects?siteId=999999', headers: operator });
    expect(unknown.statusCode).toBe(404);
    const strange = await app.inject({ url: `/api/redirects?siteId=${siteId}&x=1`, headers: operator });
    expect(strange.statusCode).toBe(400);
  });

  it('read what spreadsheets save, in UTF-8 and in GB 18030', () => {
    expect(textOf(Buffer.from('/政务,/'))).toBe('/政务,/');
    expect(textOf(Buffer.from([0x2f, 0xd5, 0xfe, 0xce, 0xf1, 0x2c, 0x2f]))).toBe('/政务,/');
  });
});
