import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type {
  OpennessAssessment,
  OpennessForm,
  NewOpennessAssessment,
  Undisclosed,
} from '../../../contracts/openness.ts';
import type { Review, Workbench } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { anAssessment } from '../../../test/factories/assessment.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs, someContent } from '../../../test/factories/library.ts';
import { approve, aReviewTeam, openReview, publish, submit } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { saveDraft } from '../library/index.ts';
import { decideReview, reassessmentTasks, reviewRoutes } from './index.ts';

const withholding = anAssessment({ openMode: '不予公开', reasonKey: 'internal-affairs' });

describe('an assessment', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [reviewRoutes([reassessmentTasks])]);
  const get = async (who: TestAccount, url: string) => app.inject({ url, headers: await signIn(app, who) });
  const post = async (who: TestAccount, url: string, payload: object) =>
    app.inject({ method: 'POST', url, headers: await signIn(app, who), payload });

  async function aSubmitted() {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const draft = await aDraft(db, { editor: team.editor, column });
    return { team, column, draft, reviewId: await submit(db, team.editor, draft.id) };
  }

  async function decide(
    who: TestAccount,
    resourceId: string,
    part: Partial<Parameters<typeof decideReview.run>[1]>,
  ) {
    const { id, step, digest } = await openReview(db, resourceId);
    return performAs({ db }, who)(decideReview, {
      reviewId: id,
      action: 'approve',
      step,
      revisionDigest: digest,
      signedBy: { method: 'password' },
      ...part,
    });
  }

  /** Two steps approve, and the principal finds that it must stay inside. */
  async function aWithheld() {
    const made = await aSubmitted();
    for (const who of [made.team.first, made.team.second]) await approve(db, who, made.draft.id);
    const returned = await decide(made.team.principal, made.draft.id, {
      action: 'return',
      reason: '属于内部事务，不公开',
      assessment: withholding,
    });
    return { ...made, returned };
  }

  it('is asked by the items of the day and the reasons of articles 14 to 16', async () => {
    const { team } = await aSubmitted();
    const form = (await get(team.first, '/api/assessment-form')).json<OpennessForm>();
    expect(form.items.map(({ name }) => name)).toContain('三安全一稳定');
    expect(new Set(form.reasons.map(({ article }) => article))).toEqual(
      new Set(['第十四条', '第十五条', '第十六条', '第二十七条']),
    );
    expect((await get(team.first, '/api/assessment-form?day=2020-01-01')).statusCode).toBe(400);
    expect((await app.inject({ url: '/api/assessment-form' })).statusCode).toBe(401);
  });

  const answering = (item: string, answer: 'yes' | 'treated', remark?: string): NewOpennessAssessment =>
    anAssessment({
      answers: anAssessment().answers.map((one) =>
        one.item === item ? { item, answer, ...(remark === undefined ? {} : { remark }) } : one,
      ),
    });

  it.each([
    ['an item without an answer', anAssessment({ answers: [] }), 'review.assessment-incomplete'],
    ['a treated item without a remark', answering('privacy', 'treated'), 'review.assessment-incomplete'],
    [
      'what was found and is to be open',
      answering('privacy', 'yes', '有手机号'),
      'review.assessment-contradicts',
    ],
    ['no reason not to open it', anAssessment({ openMode: '不予公开' }), 'review.assessment-incomplete'],
    [
      'a reason of another mode',
      anAssessment({ openMode: '依申请公开', reasonKey: 'state-secret' }),
      'review.assessment-contradicts',
    ],
    ['a reason for what is open', anAssessment({ reasonKey: 'privacy' }), 'review.assessment-contradicts'],
    [
      'an item that nobody asks',
      anAssessment({ answers: [...anAssessment().answers, { item: 'luck', answer: 'no' }] }),
      'review.assessment-contradicts',
    ],
  ])('is refused with %s', async (_what, assessment, code) => {
    const { team, draft } = await aSubmitted();
    await expect(decide(team.first, draft.id, { assessment })).rejects.toMatchObject({ code });
    expect(await openReview(db, draft.id)).toMatchObject({ step: 0 });
  });

  it('is confirmed or changed by each step, and what changed is kept', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    await approve(db, team.first, draft.id);
    await decide(team.second, draft.id, { assessment: answering('privacy', 'treated', '已隐去手机号') });
    await decide(team.principal, draft.id, { assessment: answering('privacy', 'treated', '已隐去手机号') });
    const url = `/api/reviews/${reviewId}/assessments`;
    const list = (await get(team.editor, url)).json<OpennessAssessment[]>();
    expect(list.map(({ stepName, changes }) => [stepName, changes])).toEqual([
      ['初审', []],
      ['复审', ['个人隐私由“否”改为“已处理：已隐去手机号”']],
      ['签发', []],
    ]);
    const stranger = await anAccount(db, { roles: ['principal'] });
    expect((await get(stranger, url)).statusCode).toBe(404);
    expect((await get(team.editor, '/api/reviews/x/assessments')).statusCode).toBe(400);
  });

  it('stands beside old reviews, which keep their two ticks', async () => {
    const { team, reviewId } = await aSubmitted();
    const digest = Buffer.alloc(32);
    await db
      .insertInto('review.decision')
      .values({
        ...{ review_id: reviewId, step: 0, step_name: '初审', outcome: 'approved', openness: '主动公开' },
        ...{ openness_checked: true, secrecy_checked: true, revision_digest: digest },
        ...{ decided_by: team.first.id, decided_by_name: '老审核员', decided_at: new Date() },
      })
      .execute();
    const review = (await get(team.editor, `/api/reviews/${reviewId}`)).json<Review>();
    expect(review.decisions).toMatchObject([{ openness: '主动公开', secrecyChecked: true }]);
    expect((await get(team.editor, `/api/reviews/${reviewId}/assessments`)).json()).toEqual([]);
    const sheet = await get(team.editor, `/api/reviews/${reviewId}/sheet`);
    expect(sheet.json()).toMatchObject({ assessment: null, signatures: [] });
  });

  it('must be complete and is never changed, whoever asks the database', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    await approve(db, team.first, draft.id);
    const table = 'review.openness_assessment';
    const row = await db.selectFrom(table).selectAll().executeTakeFirstOrThrow();
    const hollow = { ...row, id: undefined, answers: JSON.stringify({ privacy: { answer: 'no' } }) };
    await expect(db.insertInto(table).values(hollow).execute()).rejects.toThrow('not complete');
    const change = db.updateTable(table).set({ open_mode: '不予公开' }).where('review_id', '=', reviewId);
    await expect(change.execute()).rejects.toThrow('never changed');
    await expect(db.deleteFrom(table).where('review_id', '=', reviewId).execute()).rejects.toThrow(
      'never changed',
    );
  });

  it('of another revision lets nothing into the library, past every command', async () => {
    const { draft, team } = await aSubmitted();
    await approve(db, team.first, draft.id);
    const sign = (revisionId: string) =>
      db
        .updateTable('library.resource')
        .set({ signed_revision_id: revisionId, stage: 'scheduled' })
        .where('id', '=', draft.id)
        .execute();
    const other = await aSubmitted();
    await expect(
      db
        .updateTable('library.resource')
        .set({ signed_revision_id: other.draft.head.id, stage: 'scheduled' })
        .where('id', '=', other.draft.id)
        .execute(),
    ).rejects.toThrow('not assessed as open to all');
    await decide(team.second, draft.id, { assessment: withholding });
    await expect(sign(draft.head.id)).rejects.toThrow('not assessed as open to all');
    const born = sql`insert into library.resource (unit_id, type, title, stage, version, created_at, updated_at, signed_revision_id)
      select unit_id, type, title, 'scheduled', 1, now(), now(), head_revision_id from library.resource where id = ${draft.id}`;
    await expect(born.execute(db)).rejects.toThrow('not assessed as open to all');
  });

  describe('that finds something not open', () => {
    it('leaves it in the library, with a day on which it is looked at again', async () => {
      const { team, draft, returned } = await aWithheld();
      expect(returned.state).toBe('returned');
      const list = (await get(team.editor, '/api/undisclosed')).json<{ items: Undisclosed[] }>();
      expect(list.items).toMatchObject([
        { resourceId: draft.id, openMode: '不予公开', reason: '第十六条 内部事务信息', reassessable: false },
      ]);
      const stranger = await anAccount(db, { roles: ['principal'] });
      expect((await get(stranger, '/api/undisclosed')).json()).toMatchObject({ items: [] });
      expect((await get(team.editor, '/api/undisclosed?cursor=x')).statusCode).toBe(422);
      expect((await get(team.editor, '/api/undisclosed?unit=1')).statusCode).toBe(400);
    });

    it('at an earlier step only sends it back: what it is, the last step finds', async () => {
      const { team, draft } = await aSubmitted();
      await decide(team.first, draft.id, {
        action: 'return',
        reason: '像是内部事务',
        assessment: withholding,
      });
      expect((await get(team.editor, '/api/undisclosed')).json()).toMatchObject({ items: [] });
    });

    it('comes up on the workbench when its day is near, until somebody looked again', async () => {
      const { team, reviewId } = await aWithheld();
      const tasks = async (who: TestAccount) =>
        (await get(who, '/api/workbench'))
          .json<Workbench>()
          .tasks.filter(({ kind }) => kind === 'reassessment');
      expect(await tasks(team.principal)).toEqual([]);
      await db
        .updateTable('review.undisclosed')
        .set({ due_on: new Date(Date.now() - 86_400_000) })
        .where('review_id', '=', reviewId)
        .execute();
      expect(await tasks(team.principal)).toMatchObject([{ reviewId }]);
      expect(await tasks(team.editor)).toEqual([]);
      const url = `/api/reviews/${reviewId}/reassessments`;
      const keep = {
        outcome: 'keep',
        openMode: '不予公开',
        reasonKey: 'internal-affairs',
        note: '仍属内部事务',
      };
      const done = await post(team.principal, url, keep);
      expect(done.statusCode).toBe(201);
      expect(await tasks(team.principal)).toEqual([]);
      expect((await get(team.editor, url)).json()).toMatchObject([{ outcome: 'keep', note: '仍属内部事务' }]);
    });

    it('is looked at again by reviewers and principals of the unit only, with a fitting reason and day', async () => {
      const { team, reviewId } = await aWithheld();
      const url = `/api/reviews/${reviewId}/reassessments`;
      const keep = { outcome: 'keep', openMode: '不予公开', reasonKey: 'internal-affairs', note: '仍不公开' };
      const stranger = await anAccount(db, { roles: ['principal'] });
      expect((await post(stranger, url, keep)).json()).toMatchObject({
        code: 'review.undisclosed-not-found',
      });
      expect((await get(stranger, url)).statusCode).toBe(404);
      expect((await post(team.editor, url, keep)).statusCode).toBe(403);
      expect((await post(team.first, url, { ...keep, openMode: '主动公开' })).statusCode).toBe(400);
      const codes = [];
      for (const part of [
        { reasonKey: 'on-request' },
        { nextDueOn: '2020-01-01' },
        { nextDueOn: '2099-01-01' },
      ])
        codes.push((await post(team.first, url, { ...keep, ...part })).json<{ code: string }>().code);
      expect(codes).toEqual([
        'review.assessment-contradicts',
        'review.due-day-wrong',
        'review.due-day-wrong',
      ]);
      const opened = await post(team.first, url, { outcome: 'may-open', note: '事项已经公布' });
      expect(opened.json()).toMatchObject({ openMode: '主动公开', nextDueOn: null });
      expect((await post(team.first, url, keep)).json()).toMatchObject({ code: 'review.reassessment-ended' });
    });

    it('ends when a later revision is published', async () => {
      const { team, draft } = await aWithheld();
      const { version } = await db
        .selectFrom('library.resource')
        .select('version')
        .where('id', '=', draft.id)
        .executeTakeFirstOrThrow();
      await performAs(database, team.editor)(saveDraft, {
        resourceId: draft.id,
        expectedVersion: version,
        content: someContent({ title: '可以公开的内容' }),
      });
      await publish(db, team, draft.id);
      expect((await get(team.editor, '/api/undisclosed')).json()).toMatchObject({ items: [] });
    });
  });
});
