import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import type { ApprovalSheet } from '../../../contracts/approval-sheet.ts';
import type { Review } from '../../../contracts/review.ts';
import type { Enrolment, RecoveryCodes } from '../../../contracts/signing.ts';
import { aConsole, testSeal } from '../../../test/app.ts';
import { anAssessment } from '../../../test/factories/assessment.ts';
import { aChain, aDelegation } from '../../../test/factories/chain.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs } from '../../../test/factories/library.ts';
import { codeAt } from '../../../test/factories/one-time-code.ts';
import {
  aLiveArticle,
  approve,
  aReviewTeam,
  openReview,
  publish,
  type ReviewTeam,
  submit,
} from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { sheetRows } from '../../platform/documents/sheet-reader.ts';
import { defaultIdentitySettings } from '../identity/index.ts';
import { decideReview, reviewRoutes } from './index.ts';
import { personShown } from './person-shown.ts';
import { type ResponsibilityLine, responsibilityPage } from './responsibility.queries.ts';

const { lockout } = defaultIdentitySettings;

describe('a signature', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [reviewRoutes([], { proofs: { lockout, seal: async () => testSeal } })]);
  const get = async (who: TestAccount, url: string) => app.inject({ url, headers: await signIn(app, who) });

  async function readyToSign(team?: ReviewTeam) {
    const own = team ?? (await aReviewTeam(db));
    const { column } = await aSiteWithColumn(db, own.unit);
    const draft = await aDraft(db, { editor: own.editor, column });
    const reviewId = await submit(db, own.editor, draft.id);
    for (const who of [own.first, own.second]) await approve(db, who, draft.id);
    return { team: own, draft, reviewId };
  }

  type Ready = Awaited<ReturnType<typeof readyToSign>>;

  async function sign(
    { draft, team, onBehalfOf }: Ready & { readonly onBehalfOf?: TestAccount },
    proof: object | undefined,
    headers?: Record<string, string>,
    other: object = {},
  ) {
    const { id, step, digest } = await openReview(db, draft.id);
    return app.inject({
      method: 'POST',
      url: `/api/reviews/${id}/decisions`,
      headers: headers ?? (await signIn(app, team.principal)),
      payload: {
        ...{
          action: 'approve',
          step,
          revisionDigest: digest,
          reason: '同意发布',
          assessment: anAssessment(),
        },
        ...other,
        ...(proof === undefined ? {} : { proof }),
        ...(onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.id }),
      },
    });
  }

  const signatureOf = (reviewId: string) =>
    db.selectFrom('review.signature').selectAll().where('review_id', '=', reviewId).executeTakeFirst();

  it('is kept for ever with person, hour, digest, words and method', async () => {
    const ready = await readyToSign();
    const { team, draft, reviewId } = ready;
    const { digest } = await openReview(db, draft.id);
    expect((await sign(ready, { method: 'password', secret: team.principal.password })).statusCode).toBe(201);
    const kept = await signatureOf(reviewId);
    expect(kept).toMatchObject({
      ...{ signed_by: team.principal.id, signed_for: team.unit.name, method: 'password' },
      ...{ revision_id: draft.head.id, opinion: '同意发布', image_digest: null },
    });
    expect(kept?.revision_digest.toString('hex')).toBe(digest);
    const table = 'review.signature';
    const change = db.updateTable(table).set({ signed_by_name: '别人' }).where('review_id', '=', reviewId);
    await expect(change.execute()).rejects.toThrow('never changed');
    const erase = db.deleteFrom(table).where('review_id', '=', reviewId).execute();
    await expect(erase).rejects.toThrow('never changed');
  });

  it('is no signature without proof, and a wrong password is refused, recorded and counted', async () => {
    const ready = await readyToSign();
    expect((await sign(ready, undefined)).json()).toMatchObject({ code: 'review.signature-missing' });
    const headers = await signIn(app, ready.team.principal);
    const wrong = { method: 'password', secret: 'Wrong-Horse-58' };
    for (let count = 1; count < lockout.attempts; count += 1)
      expect((await sign(ready, wrong, headers)).json()).toMatchObject({
        status: 422,
        code: 'identity.proof-wrong',
      });
    expect((await sign(ready, wrong, headers)).json()).toMatchObject({ code: 'identity.account-locked' });
    const right = { method: 'password', secret: ready.team.principal.password };
    expect((await sign(ready, right, headers)).statusCode).toBe(403);
    expect((await sign(ready, { method: 'sms', secret: '1' }, headers)).statusCode).toBe(400);
    expect(await signatureOf(ready.reviewId)).toBeUndefined();
    const refusals = await db
      .selectFrom('audit.entry')
      .select('details')
      .where('action', '=', 'identity.prove-signer')
      .where('actor_id', '=', ready.team.principal.id)
      .execute();
    expect(refusals).toHaveLength(lockout.attempts + 1);
    expect(JSON.stringify(refusals)).not.toContain('Wrong-Horse');
  });

  it('is given by each of all who have to sign, with their own proof, also again and in whose place', async () => {
    const team = await aReviewTeam(db);
    const other = await anAccount(db, { unit: team.unit, roles: ['principal'] });
    const delegate = await anAccount(db, { unit: team.unit, roles: ['editor'] });
    await aDelegation(db, other, delegate);
    const { column } = await aSiteWithColumn(db, team.unit);
    await aChain(db, {
      unitId: team.unit.id,
      steps: [
        { key: 'first', name: '初审', role: 'reviewer' },
        { key: 'signature', name: '签发', role: 'principal', quorum: 'all' },
      ],
    });
    const draft = await aDraft(db, { editor: team.editor, column });
    const reviewId = await submit(db, team.editor, draft.id);
    await approve(db, team.first, draft.id);
    const ready = { team, draft, reviewId };
    const missing = await sign(ready, undefined);
    expect(missing.json()).toMatchObject({ status: 422, code: 'review.signature-missing' });
    const own = { method: 'password', secret: team.principal.password };
    expect((await sign(ready, own)).json<Review>()).toMatchObject({ state: 'open', step: 1 });
    await performAs({ db }, other)(decideReview, {
      reviewId,
      ...{ action: 'send-back', step: 1, backTo: 0, reason: '请再看一遍' },
      revisionDigest: (await openReview(db, draft.id)).digest,
    });
    await approve(db, team.second, draft.id);
    expect((await sign(ready, own)).json<Review>()).toMatchObject({ state: 'open', step: 1 });
    const theirs = { method: 'password', secret: delegate.password };
    const headers = await signIn(app, delegate);
    const signed = await sign({ ...ready, onBehalfOf: other }, theirs, headers);
    expect(signed.json<Review>()).toMatchObject({ state: 'signed' });
    const kept = await db
      .selectFrom('review.signature')
      .selectAll()
      .where('review_id', '=', reviewId)
      .execute();
    expect(kept.map((one) => [one.signed_by, one.on_behalf_of])).toEqual([
      [team.principal.id, null],
      [team.principal.id, null],
      [delegate.id, other.id],
    ]);
    // What went back stands among the steps; the sheet is signed by those whose signatures count.
    const sheet = (await get(team.editor, `/api/reviews/${reviewId}/sheet`)).json<ApprovalSheet>();
    expect(sheet.signatures.map(({ id, personName }) => [id, personName])).toEqual([
      [kept[1]?.id, team.principal.realName],
      [kept[2]?.id, `${delegate.realName}（代${other.realName}）`],
    ]);
  });

  it('is kept from nobody by who fails to sign in under the same login', async () => {
    const ready = await readyToSign();
    const { principal } = ready.team;
    const headers = await signIn(app, principal);
    const attempt = (login: string) =>
      app.inject({ method: 'POST', url: '/api/session', payload: { login, password: 'Wrong-Horse-58' } });
    for (let count = 0; count < lockout.attempts; count += 1)
      for (const login of [principal.login, `proof:${principal.id}`]) await attempt(login);
    expect((await attempt(principal.login)).json()).toMatchObject({ code: 'identity.account-locked' });
    const right = { method: 'password', secret: principal.password };
    expect((await sign(ready, right, headers)).statusCode).toBe(201);
  });

  it('by a one-time code or a recovery code counts once, and never twice', async () => {
    const ready = await readyToSign();
    const { principal } = ready.team;
    const headers = await signIn(app, principal);
    const none = await sign(ready, { method: 'totp', secret: '123456' }, headers);
    expect(none.json()).toMatchObject({ status: 409, code: 'identity.second-factor-missing' });
    const post = (url: string, payload: object) =>
      app.inject({ method: 'POST', url: `/api/session/second-factor${url}`, headers, payload });
    const { secret } = (await post('', { password: principal.password })).json<Enrolment>();
    const spent = codeAt(secret, new Date());
    const { codes } = (await post('/confirmation', { code: spent })).json<RecoveryCodes>();
    expect((await sign(ready, { method: 'totp', secret: spent }, headers)).json()).toMatchObject({
      status: 422,
      code: 'identity.code-used',
    });
    const wrong = await sign(ready, { method: 'totp', secret: 'abc' }, headers);
    expect(wrong.json()).toMatchObject({ code: 'identity.proof-wrong' });
    // The next step of the clock: within what is tolerated, and newer than the one that was spent.
    const fresh = codeAt(secret, new Date(Date.now() + 30_000));
    expect((await sign(ready, { method: 'totp', secret: fresh }, headers)).statusCode).toBe(201);
    expect(await signatureOf(ready.reviewId)).toMatchObject({ method: 'totp' });
    const [code = ''] = codes;
    const second = await readyToSign(ready.team);
    const recovery = { method: 'recovery-code', secret: code };
    expect((await sign(second, recovery, headers)).statusCode).toBe(201);
    const third = await readyToSign(ready.team);
    const [, unused = ''] = codes;
    const spare = { method: 'recovery-code', secret: unused };
    const returned = await sign(third, spare, headers, { action: 'return' });
    expect(returned.json<Review>()).toMatchObject({ state: 'returned' });
    const fourth = await readyToSign(ready.team);
    const incomplete = await sign(fourth, spare, headers, { assessment: undefined });
    expect(incomplete.json()).toMatchObject({ code: 'review.assessment-incomplete' });
    expect((await sign(fourth, spare, headers, { step: 1 })).json()).toMatchObject({ status: 409 });
    expect((await sign(fourth, spare, headers)).statusCode).toBe(201);
    const fifth = await readyToSign(ready.team);
    expect((await sign(fifth, recovery, headers)).json()).toMatchObject({ code: 'identity.proof-wrong' });
  });

  it('stands on the sheet with its picture of that day, for those who may read the review', async () => {
    const ready = await readyToSign();
    const { team, reviewId } = ready;
    const headers = await signIn(app, team.principal);
    const picture = async (background: string) => {
      const bytes = await sharp({ create: { width: 60, height: 20, channels: 3, background } })
        .png()
        .toBuffer();
      const payload = { png: bytes.toString('base64') };
      await app.inject({ method: 'PUT', url: '/api/session/signature-image', headers, payload });
      return (await app.inject({ url: '/api/session/signature-image', headers })).rawPayload;
    };
    const first = await picture('#111');
    await sign(ready, { method: 'password', secret: team.principal.password }, headers);
    await picture('#eee');
    const url = `/api/reviews/${reviewId}/sheet`;
    const sheet = (await get(team.editor, url)).json<ApprovalSheet>();
    expect(sheet).toMatchObject({
      stateName: '已签发',
      assessment: { openMode: '主动公开' },
      signatures: [{ personName: team.principal.realName, hasImage: true, opinion: '同意发布' }],
    });
    expect(sheet.steps.map(({ name, personName }) => [name, personName])).toEqual([
      ['初审', team.first.realName],
      ['复审', team.second.realName],
      ['签发', team.principal.realName],
    ]);
    expect((await get(team.first, url)).json<ApprovalSheet>().verification).toBe(sheet.verification);
    const image = `${url}/signatures/${sheet.signatures[0]?.id ?? ''}`;
    expect((await get(team.editor, image)).rawPayload.equals(first)).toBe(true);
    const used = { url: '/api/session/signature-image', headers };
    expect((await app.inject({ method: 'DELETE', ...used })).statusCode).toBe(204);
    expect((await app.inject(used)).statusCode).toBe(409);
    expect((await get(team.editor, image)).rawPayload.equals(first)).toBe(true);
    const pictures = 'identity.signature_image';
    for (const act of [
      db.deleteFrom(pictures),
      db.updateTable(pictures).set({ content: Buffer.from('png') }),
      db.updateTable(pictures).set({ ended_at: null }),
    ])
      await expect(act.execute()).rejects.toThrow('never changed');
    const stranger = await anAccount(db, { roles: ['principal'] });
    for (const hidden of [url, image]) expect((await get(stranger, hidden)).statusCode).toBe(404);
    expect((await get(team.editor, `${url}/signatures/${reviewId}0`)).statusCode).toBe(404);
    expect((await get(team.editor, `${url}/signatures/x`)).statusCode).toBe(400);
    expect((await get(team.editor, '/api/reviews/x/sheet')).statusCode).toBe(400);
  });

  describe('and responsibility', () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const file = (who: TestAccount, query = '') =>
      get(who, `/api/responsibility/file?from=${today}&to=${today}${query}`);

    async function rowsOf(bytes: Buffer): Promise<readonly (readonly string[])[]> {
      const directory = await mkdtemp(join(tmpdir(), 'jiyue-sheet-'));
      try {
        const path = join(directory, 'sheet.xlsx');
        await writeFile(path, bytes);
        const rows = [];
        for await (const row of sheetRows(path)) rows.push(row.cells);
        return rows;
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    }

    it('of a period are a workbook of the own unit, in which no title is a formula', async () => {
      const { team, resourceId } = await aLiveArticle(db, { content: { title: '=HYPERLINK("http://x")' } });
      await aLiveArticle(db);
      const answer = await file(team.principal);
      expect(answer.headers['content-disposition']).toContain('.xlsx');
      const [header, ...rows] = await rowsOf(answer.rawPayload);
      expect(header).toContain('所在单位');
      expect(rows).toHaveLength(6);
      expect(new Set(rows.map((cells) => cells[6]))).toEqual(new Set([resourceId]));
      expect(rows.map((cells) => cells[1]).sort()).toEqual(
        ['采编', '录入', '初审', '复审', '签发', '发布'].sort(),
      );
      expect(rows[0]?.[4]).toBe('=HYPERLINK("http://x")');
      expect(answer.rawPayload.includes('<f>')).toBe(false);
    });

    it('are exported of one unit or of all by who oversees, and of no other unit by a principal', async () => {
      const { team } = await aLiveArticle(db);
      const supervisor = await anAccount(db, { roles: ['supervisor'] });
      const stranger = await anAccount(db, { roles: ['principal'] });
      const of = `&unitId=${team.unit.id}`;
      expect(await rowsOf((await file(supervisor, of)).rawPayload)).toHaveLength(7);
      expect((await rowsOf((await file(supervisor)).rawPayload)).length).toBeGreaterThan(7);
      expect(await rowsOf((await file(stranger)).rawPayload)).toHaveLength(1);
      expect((await file(stranger, of)).statusCode).toBe(404);
      expect((await file(team.editor)).statusCode).toBe(403);
      const backwards = await get(team.principal, '/api/responsibility/file?from=2026-02-01&to=2026-01-01');
      expect(backwards.json()).toMatchObject({ status: 422, code: 'review.period-wrong' });
      expect((await get(team.principal, '/api/responsibility/file?from=2026-02-01')).statusCode).toBe(400);
    });

    it('are never changed, whoever asks the database', async () => {
      const { team, resourceId } = await aLiveArticle(db);
      const table = 'review.responsibility_record';
      const change = db.updateTable(table).set({ person_name: '别人' }).where('resource_id', '=', resourceId);
      await expect(change.execute()).rejects.toThrow('never changed');
      const erase = db.deleteFrom(table).where('account_id', '=', team.principal.id).execute();
      await expect(erase).rejects.toThrow('never changed');
    });

    it('are read page by page without loss, also of one hour, and say in whose place', async () => {
      const hour = new Date('2026-03-02T01:00:00Z');
      const clock = () => hour;
      const team = await aReviewTeam(db);
      const { column } = await aSiteWithColumn(db, team.unit);
      const draft = await aDraft(db, { editor: team.editor, column, clock });
      await publish(db, team, draft.id, { clock });
      const scope = { kind: 'units', unitIds: [team.unit.id] } as const;
      const period = { from: hour, until: new Date(hour.getTime() + 1), unitId: undefined };
      const read: ResponsibilityLine[] = [];
      for (let after: ResponsibilityLine | undefined, more = true; more;) {
        const [line] = await responsibilityPage(db, scope, period, { after, limit: 1 });
        if (line) read.push(line);
        after = line;
        more = line !== undefined;
      }
      expect(read.map(({ stepName, duty }) => stepName ?? duty)).toEqual([
        'entered',
        'released',
        '初审',
        '复审',
        '签发',
        'written',
      ]);
      expect(personShown('张三', '李四')).toBe('张三（代李四）');
    });

    it('stand in the workbook in the order of their times', async () => {
      const team = await aReviewTeam(db);
      const { column } = await aSiteWithColumn(db, team.unit);
      for (let count = 0; count < 3; count += 1) {
        const draft = await aDraft(db, { editor: team.editor, column });
        await publish(db, team, draft.id);
      }
      const [, ...rows] = await rowsOf((await file(team.principal)).rawPayload);
      expect(rows).toHaveLength(18);
      const times = rows.map(([time = '']) => time);
      expect(times).toEqual([...times].sort());
    });
  });
});
