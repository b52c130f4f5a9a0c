import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import type { ResourceContent } from '../contracts/library.ts';
import { runDue } from '../server/modules/sites/index.ts';
import { createLog } from '../server/platform/log.ts';
import { anAssessment } from './factories/assessment.ts';
import { anAccount, signIn, type TestAccount } from './factories/identity.ts';
import { aDraft, aSiteWithColumn, someContent } from './factories/library.ts';
import {
  aLiveArticle,
  approve,
  aReviewTeam,
  openReview,
  publish,
  type ReviewTeam,
  submit,
} from './factories/review.ts';
import { dangersIn } from './dangers.ts';
import { formOf } from './form-data.ts';
import { aDatabase } from './harness.ts';
import { aSystem } from './system.ts';

type Headers = Readonly<Record<string, string>>;

describe('an attacker', () => {
  const database = aDatabase();
  const { db } = database;
  const system = aSystem(database);
  const log = createLog({ level: 'silent', pretty: false });
  let team: ReviewTeam;
  let editor: Headers;
  let column: { readonly id: string };
  beforeAll(async () => {
    team = await aReviewTeam(db);
    ({ column } = await aSiteWithColumn(db, team.unit));
    editor = await signIn(system.app, team.editor);
  });

  const call = (
    headers: Headers,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
  ) => system.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  const versionOf = async (id: string): Promise<number> =>
    (await db.selectFrom('library.resource').select('version').where('id', '=', id).executeTakeFirstOrThrow())
      .version;

  describe('who writes', () => {
    const script = '<script>alert(1)</script>';
    const breakOut = `"></title></script>${script}<img src=x onerror=alert(1)>`;

    it('gets no script onto a page, whichever field holds it', async () => {
      const file = formOf({ unitId: team.unit.id }, { name: `x' onload=alert(1) <svg>.txt`, bytes: 'text' });
      const upload = await system.app.inject({
        method: 'POST',
        url: '/api/assets',
        headers: { ...editor, ...file.headers },
        payload: file.payload,
      });
      const asset = upload.json<{ id: string; fileName: string }>();
      expect(asset.fileName).not.toMatch(/[<>"]/);
      const texts = Object.fromEntries(
        ['title', 'subtitle', 'summary', 'source', 'author', 'editor', 'category'].map((key) => [
          key,
          breakOut.slice(0, 60),
        ]),
      ) as Partial<ResourceContent>;
      const body = {
        type: 'doc',
        content: [
          { type: 'heading', attrs: { level: 2, anchor: 'a' }, content: [{ type: 'text', text: breakOut }] },
          {
            type: 'paragraph',
            content: [{ type: 'text', text: breakOut, marks: [{ type: 'link', attrs: { href: "/a'b" } }] }],
          },
        ],
      } as never;
      const content = someContent({
        ...texts,
        keywords: [script.slice(0, 30)],
        body,
        attachments: [{ assetId: asset.id, name: breakOut }],
      });
      const draft = await aDraft(db, { editor: team.editor, column, content });
      const page = await call(editor, 'GET', `/api/resources/${draft.id}/preview`);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain('alert(1)');
      expect(dangersIn(page.body)).toEqual([]);
      expect(page.headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(page.headers['content-security-policy']).toMatch(/script-src 'none'/);
      expect(page.headers['content-security-policy']).toMatch(/form-action 'none'/);
    });

    it.each([
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'java\tscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//evil.example',
      '/\\evil.example',
      'http://[::',
      'https:evil',
      'http:///',
      'file:///etc/passwd',
      'blob:x',
    ])('cannot link to %s', async (href) => {
      const link = { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href } }] };
      const body = { type: 'doc', content: [{ type: 'paragraph', content: [link] }] };
      const answer = await call(editor, 'POST', '/api/resources', {
        unitId: team.unit.id,
        type: 'article',
        content: { ...someContent(), body },
      });
      expect(`${answer.statusCode} ${answer.json<Problem>().code}`).toBe('422 library.content-invalid');
    });

    it('gets a file back only as what it is', async () => {
      const name = `a\r\nset-cookie: x=1";'.txt`;
      const file = formOf(
        { unitId: team.unit.id },
        { name: name.replaceAll(/[\r\n"]/g, '%0d'), bytes: 'text' },
      );
      const upload = await system.app.inject({
        method: 'POST',
        url: '/api/assets',
        headers: { ...editor, ...file.headers },
        payload: file.payload,
      });
      const { headers } = await call(
        editor,
        'GET',
        `/api/assets/${upload.json<{ id: string }>().id}/content`,
      );
      expect(headers['content-type']).toMatch(/^text\/plain/);
      expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[\w.%!~-]+$/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toMatch(/no-store|private/);
      expect(headers['set-cookie']).toBeUndefined();
    });

    it('puts no word on a public page that three others have not read', async () => {
      const { resourceId, columnId } = await aLiveArticle(db, { team, column });
      const answer = await call(editor, 'PATCH', `/api/columns/${columnId}/listings/${resourceId}`, {
        titleOverride: '没有人审过的标题',
      });
      expect(answer.statusCode).toBe(403);
      const shown = await call(editor, 'GET', `/api/columns/${columnId}/listings`);
      expect(shown.body).not.toContain('没有人审过的标题');
    });

    it('takes nothing from the public alone, by an hour of expiry no more than by a withdrawal', async () => {
      const { resourceId } = await aLiveArticle(db, { team, column });
      const expectedVersion = await versionOf(resourceId);
      const withdrawal = await call(editor, 'POST', `/api/resources/${resourceId}/withdrawal`, {
        expectedVersion,
        reason: '不想让人看到',
      });
      expect(withdrawal.statusCode).toBe(403);
      const soon = new Date(Date.now() + 50).toISOString();
      await call(editor, 'PUT', `/api/resources/${resourceId}/schedule`, {
        expectedVersion,
        releaseAt: null,
        expireAt: soon,
      });
      await new Promise((done) => setTimeout(done, 60));
      const { performAsSystem } = system.parts;
      await runDue({ db, clock: () => new Date(), performAsSystem, log });
      const { stage } = await db
        .selectFrom('library.resource')
        .select('stage')
        .where('id', '=', resourceId)
        .executeTakeFirstOrThrow();
      expect(stage).toBe('live');
    });
  });

  describe('who is quick', () => {
    const decision = (review: { step: number; digest: string }) => ({
      action: 'approve',
      step: review.step,
      revisionDigest: review.digest,
      assessment: anAssessment(),
    });
    const codes = (answers: readonly { statusCode: number }[]) => answers.map((one) => one.statusCode).sort();

    it('decides a step once, however often it is sent at the same time', async () => {
      const draft = await aDraft(db, { editor: team.editor, column });
      await submit(db, team.editor, draft.id);
      const review = await openReview(db, draft.id);
      const [first, second] = [await signIn(system.app, team.first), await signIn(system.app, team.second)];
      const url = `/api/reviews/${review.id}/decisions`;
      const answers = await Promise.all(
        [first, first, first, second, second].map((headers) => call(headers, 'POST', url, decision(review))),
      );
      expect(codes(answers).filter((one) => one === 201)).toHaveLength(1);
      expect(codes(answers).filter((one) => one >= 500)).toEqual([]);
      expect((await openReview(db, draft.id)).step).toBe(1);
    });

    it('submits, saves and discards the same draft at once, and one of them happens', async () => {
      const draft = await aDraft(db, { editor: team.editor, column });
      const url = `/api/resources/${draft.id}`;
      const expectedVersion = draft.version;
      const answers = await Promise.all([
        call(editor, 'POST', `${url}/reviews`, { expectedVersion }),
        call(editor, 'POST', `${url}/reviews`, { expectedVersion }),
        call(editor, 'PUT', `${url}/draft`, { expectedVersion, content: someContent() }),
        call(editor, 'POST', `${url}/discard`, { expectedVersion }),
      ]);
      expect(codes(answers).filter((one) => one < 300)).toHaveLength(1);
      expect(codes(answers).filter((one) => one >= 500)).toEqual([]);
    });

    it('changes nothing between the reading and the signing', async () => {
      const draft = await aDraft(db, { editor: team.editor, column });
      await submit(db, team.editor, draft.id);
      const seen = await openReview(db, draft.id);
      const save = await call(editor, 'PUT', `/api/resources/${draft.id}/draft`, {
        expectedVersion: await versionOf(draft.id),
        content: someContent({ title: '偷偷换上的标题' }),
      });
      expect(save.statusCode).toBe(409);
      for (const who of [team.first, team.second, team.principal]) await approve(db, who, draft.id);
      const live = await db
        .selectFrom('library.resource')
        .innerJoin('library.revision', 'library.revision.id', 'live_revision_id')
        .select('digest')
        .where('library.resource.id', '=', draft.id)
        .executeTakeFirstOrThrow();
      expect(live.digest.toString('hex')).toBe(seen.digest);
    });
  });

  describe('who has a session', () => {
    const me = (headers: Headers) => call(headers, 'GET', '/api/session');
    const somebody = async (): Promise<{ account: TestAccount; headers: Headers }> => {
      const account = await anAccount(db, { unit: team.unit, roles: ['editor'] });
      return { account, headers: await signIn(system.app, account) };
    };

    it('is handed a new one at each sign-in, and the one brought along ends', async () => {
      const { account, headers } = await somebody();
      const answer = await system.app.inject({
        method: 'POST',
        url: '/api/session',
        headers: { cookie: headers['cookie'] ?? '' },
        payload: { login: account.login, password: account.password },
      });
      expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
      expect(String(answer.headers['set-cookie'])).not.toContain(headers['cookie']);
      expect((await me(headers)).statusCode).toBe(401);
    });

    it('loses it with the account, and a role with the next request', async () => {
      const { account, headers } = await somebody();
      await db.deleteFrom('identity.account_role').where('account_id', '=', account.id).execute();
      const refused = await call(headers, 'POST', '/api/resources', {
        unitId: team.unit.id,
        type: 'article',
        content: someContent(),
      });
      expect(refused.statusCode).toBe(403);
      await db
        .updateTable('identity.account')
        .set({ disabled_at: new Date() })
        .where('id', '=', account.id)
        .execute();
      expect((await me(headers)).statusCode).toBe(401);
    });

    it.each([
      'jiyue_session=',
      'jiyue_session=x',
      `jiyue_session=${'A'.repeat(43)}`,
      `jiyue_session=${"' or 1=1--".padEnd(43, 'x')}`,
    ])('is nobody with the cookie %s', async (cookie) => {
      expect((await me({ cookie })).statusCode).toBe(401);
    });

    it('cannot tell a login that exists from one that does not', async () => {
      const { account } = await somebody();
      const tryIn = (login: string) =>
        system.app.inject({
          method: 'POST',
          url: '/api/session',
          payload: { login, password: 'Wrong-Password-1' },
        });
      const words = async (login: string) => {
        const { requestId, ...rest } = (await tryIn(login)).json<Problem>();
        return requestId === '' ? undefined : rest;
      };
      for (let attempt = 0; attempt < 6; attempt += 1) {
        const [known, unknown] = [await words(account.login), await words(`no${account.login.slice(2)}`)];
        const withoutHour = (problem: object | undefined) =>
          JSON.stringify(problem).replace(/"until":"[^"]+"/, '');
        expect(withoutHour(known)).toBe(withoutHour(unknown));
      }
    });
  });

  it('finds every act and every refusal of the day in an unbroken record', async () => {
    const auditor = await signIn(system.app, await anAccount(db, { roles: ['audit-admin'] }));
    const draft = await aDraft(db, { editor: team.editor, column });
    await publish(db, team, draft.id);
    const report = await call(auditor, 'POST', '/api/audit-entries/verification');
    expect(report.json()).toMatchObject({ intact: true });
  });
});
