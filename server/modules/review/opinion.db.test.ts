import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { ApprovalSheet } from '../../../contracts/approval-sheet.ts';
import type { Opinion, OpinionInList, ReviewOpinions } from '../../../contracts/opinion.ts';
import type { ResponsibilityRecord, Review, ReviewStep, Workbench } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { anAssessment } from '../../../test/factories/assessment.ts';
import { aChain, aDelegation, someSteps } from '../../../test/factories/chain.ts';
import { anAccount, aUnit, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs } from '../../../test/factories/library.ts';
import { answer, ask } from '../../../test/factories/opinion.ts';
import { approve, aReviewTeam, giveBack, openReview, submit } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { askOpinions, reviewHoldings, reviewRoutes } from './index.ts';

const day = 86_400_000;

describe('the opinion of another unit', () => {
  const database = aDatabase();
  const { db } = database;
  let later = 0;
  const clock = () => new Date(Date.now() + later);
  const app = aConsole(database, [reviewRoutes()], { clock });
  const get = async (who: TestAccount, url: string) => app.inject({ url, headers: await signIn(app, who) });
  const post = async (who: TestAccount, url: string, payload: object) =>
    app.inject({ method: 'POST', url, headers: await signIn(app, who), payload });

  beforeAll(async () => {
    const year = new Date().getFullYear();
    for (const one of [year, year + 1]) {
      await sql`insert into platform.calendar_year values (${one}, '测试') on conflict do nothing`.execute(
        db,
      );
    }
  });

  /** A work in review in its first step, and a unit that could be asked. */
  async function aWork(steps: readonly ReviewStep[] = someSteps) {
    const team = await aReviewTeam(db);
    const legal = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    await aChain(db, { unitId: team.unit.id, steps: [...steps] });
    const draft = await aDraft(db, { editor: team.editor, column });
    const reviewId = await submit(db, team.editor, draft.id);
    const { digest } = await openReview(db, draft.id);
    return { team, legal, draft, reviewId, digest, url: `/api/reviews/${reviewId}` };
  }
  type Work = Awaited<ReturnType<typeof aWork>>;
  const question = (unitIds: readonly string[], more: object = {}) => ({
    step: 0,
    unitIds,
    question: '是否符合贵单位职责？',
    ...more,
  });
  const approval = async ({ draft, digest }: Work, reason?: string) => ({
    action: 'approve',
    step: (await openReview(db, draft.id)).step,
    revisionDigest: digest,
    assessment: anAssessment(),
    ...(reason === undefined ? {} : { reason }),
  });
  const opinionsOf = async (who: TestAccount, { url }: Work) =>
    (await get(who, `${url}/opinions`)).json<ReviewOpinions>();

  it('is asked of several at once, given once for each, and waited for', async () => {
    const work = await aWork();
    const other = await aReviewTeam(db);
    const { team, legal, url, digest } = work;
    const asked = await post(team.first, `${url}/opinions`, question([legal.unit.id, other.unit.id]));
    expect(asked.statusCode).toBe(201);
    const [mine, theirs] = asked.json<ReviewOpinions>().items;
    expect(mine).toMatchObject({ state: 'open', unitId: legal.unit.id, dueOn: null, overdue: false });
    const waits = await post(team.second, `${url}/decisions`, await approval(work));
    expect(waits.json()).toMatchObject({ status: 409, code: 'review.opinions-open' });
    expect((await get(team.second, url)).json<Review>()).toMatchObject({
      actions: ['return'],
      refusal: expect.stringContaining('会签') as string,
    });

    const given = { stance: 'amend', text: '第三条请写明依据。', revisionDigest: digest };
    const answered = await post(legal.second, `/api/opinions/${mine?.id}/answer`, given);
    expect(answered.json()).toMatchObject({
      state: 'answered',
      stance: 'amend',
      answer: '第三条请写明依据。',
      revisionDigest: digest,
      endedByName: legal.second.realName,
      actions: [],
    });
    const again = await post(legal.first, `/api/opinions/${mine?.id}/answer`, given);
    expect(again.json()).toMatchObject({ status: 404, code: 'review.opinion-not-found' });
    const twice = await post(legal.second, `/api/opinions/${mine?.id}/answer`, given);
    expect(twice.json()).toMatchObject({ status: 409, code: 'review.opinion-not-open' });
    expect((await post(team.second, `${url}/decisions`, await approval(work))).statusCode).toBe(409);

    await answer(db, other.principal, theirs as Opinion);
    expect((await post(team.second, `${url}/decisions`, await approval(work))).statusCode).toBe(201);
  });

  it('needs words unless it is plain agreement, and the revision that was looked at', async () => {
    const work = await aWork();
    const { team, legal, digest } = work;
    const { id } = await ask(db, team.first, work.draft.id, { unitIds: [legal.unit.id] });
    const url = `/api/opinions/${id}/answer`;
    for (const stance of ['amend', 'oppose']) {
      expect((await post(legal.first, url, { stance, revisionDigest: digest })).json()).toMatchObject({
        status: 422,
        code: 'review.opinion-text-missing',
      });
    }
    const old = { stance: 'agree', revisionDigest: 'a'.repeat(64) };
    expect((await post(legal.first, url, old)).json()).toMatchObject({ code: 'review.revision-changed' });
    const more = { stance: 'agree', revisionDigest: digest, colour: 'red' };
    expect((await post(legal.first, url, more)).statusCode).toBe(400);
    expect((await post(legal.first, url, { stance: 'agree', revisionDigest: digest })).json()).toMatchObject({
      stance: 'agree',
      answer: null,
    });
  });

  it('that disagrees decides nothing, and whoever goes on says why', async () => {
    const work = await aWork();
    const { team, legal, url, draft } = work;
    const asked = await ask(db, team.first, draft.id, { unitIds: [legal.unit.id] });
    await answer(db, legal.first, asked, { stance: 'oppose', text: '与上位法不一致。' });
    expect((await get(team.second, url)).json()).toMatchObject({ isOpposed: true });
    const silent = await post(team.second, `${url}/decisions`, await approval(work, ' '));
    expect(silent.json()).toMatchObject({ status: 422, code: 'review.opposition-unanswered' });
    const told = await post(team.second, `${url}/decisions`, await approval(work, '上位法已于上月修改。'));
    expect(told.json()).toMatchObject({ step: 1, isOpposed: false });
    await approve(db, team.principal, draft.id);

    const sheet = (await get(team.editor, `${url}/sheet`)).json<ApprovalSheet>();
    expect(sheet.opinions).toEqual([
      expect.objectContaining({
        unitName: asked.unitName,
        outcome: '不同意',
        opinion: '与上位法不一致。',
        personName: legal.first.realName,
      }),
    ]);
    expect(sheet.steps[0]).toMatchObject({ opinion: '上位法已于上月修改。' });
    const records = (await get(team.editor, `/api/resources/${draft.id}/responsibility`)).json<
      ResponsibilityRecord[]
    >();
    expect(records.filter(({ duty }) => duty === 'consulted')).toEqual([
      expect.objectContaining({
        dutyName: '会签',
        personName: legal.first.realName,
        unitName: asked.unitName,
      }),
    ]);
  });

  it('is asked by whoever may decide the step, of other units that can answer', async () => {
    const work = await aWork();
    const { team, legal, url } = work;
    const empty = await aUnit(db);
    const closed = await aUnit(db);
    await db
      .updateTable('identity.unit')
      .set({ closed_at: new Date() })
      .where('id', '=', closed.id)
      .execute();
    const refusals: readonly [TestAccount, object, string][] = [
      [team.editor, question([legal.unit.id]), 'review.step-not-yours'],
      [team.principal, question([legal.unit.id]), 'review.step-not-yours'],
      [legal.first, question([legal.unit.id]), 'review.review-not-found'],
      [team.first, question([legal.unit.id], { step: 1 }), 'review.step-passed'],
      [team.first, question([team.unit.id]), 'review.opinion-unit-wrong'],
      [team.first, question([closed.id]), 'review.opinion-unit-wrong'],
      [team.first, question(['999999']), 'review.opinion-unit-wrong'],
      [team.first, question([empty.id]), 'review.opinion-without-people'],
      [team.first, question([]), 'request.malformed'],
      [team.first, question([legal.unit.id], { withinDays: 31 }), 'request.malformed'],
    ];
    for (const [who, body, code] of refusals) {
      expect((await post(who, `${url}/opinions`, body)).json(), code).toMatchObject({ code });
    }
    await ask(db, team.first, work.draft.id, { unitIds: [legal.unit.id] });
    expect((await post(team.second, `${url}/opinions`, question([legal.unit.id]))).json()).toMatchObject({
      code: 'review.opinion-asked-already',
    });
    const units = (await get(team.first, `${url}/askable-units`)).json<{ id: string }[]>();
    expect(units.map(({ id }) => id)).toContain(legal.unit.id);
    expect(units.map(({ id }) => id)).not.toContain(team.unit.id);
    expect((await get(team.editor, `${url}/askable-units`)).statusCode).toBe(403);
  });

  it('is read by those who are asked while they are, and by who answered afterwards, each the own', async () => {
    const work = await aWork();
    const other = await aReviewTeam(db);
    const { team, legal, url, draft } = work;
    expect((await get(legal.first, url)).statusCode).toBe(404);
    const first = await ask(db, team.first, draft.id, { unitIds: [legal.unit.id] });
    await ask(db, team.first, draft.id, { unitIds: [other.unit.id] });
    for (const who of [legal.first, legal.principal]) expect((await get(who, url)).statusCode).toBe(200);
    for (const who of [legal.editor, await anAccount(db, { roles: ['reviewer'] })]) {
      expect((await get(who, url)).statusCode).toBe(404);
      expect((await get(who, `${url}/opinions`)).statusCode).toBe(404);
    }
    expect((await opinionsOf(legal.first, work)).items.map(({ unitId }) => unitId)).toEqual([legal.unit.id]);
    expect((await opinionsOf(team.editor, work)).items).toHaveLength(2);
    await answer(db, legal.first, first);
    expect((await get(legal.first, url)).json()).toMatchObject({ inReach: false, actions: [] });
    expect((await opinionsOf(legal.first, work)).items).toHaveLength(1);
    for (const who of [legal.second, legal.principal]) expect((await get(who, url)).statusCode).toBe(404);
  });

  it('is never an author’s nor an approver’s, whatever their roles, nor by or for a delegate of theirs', async () => {
    const unit = await aUnit(db);
    const legal = await aUnit(db, { parent: unit });
    const office = await anAccount(db, { unit, roles: ['editor', 'reviewer', 'principal'] });
    const helper = await anAccount(db, { unit, roles: ['editor'] });
    const approver = await anAccount(db, { unit, roles: ['reviewer'] });
    const asker = await anAccount(db, { unit, roles: ['reviewer'] });
    await aDelegation(db, office, helper);
    const { column } = await aSiteWithColumn(db, unit);
    const draft = await aDraft(db, { editor: office, column });
    await submit(db, office, draft.id);
    await approve(db, approver, draft.id);
    const asked = await ask(db, asker, draft.id, { unitIds: [legal.id] });
    await expect(answer(db, office, asked)).rejects.toMatchObject({ code: 'review.own-work' });
    await expect(answer(db, helper, asked, { onBehalfOf: office.id })).rejects.toMatchObject({
      code: 'review.own-work',
    });
    await expect(answer(db, helper, asked)).rejects.toMatchObject({ code: 'review.opinion-not-yours' });
    const guard = (ended_by: string) =>
      db
        .updateTable('review.opinion')
        .set({ state: 'answered', stance: 'agree', revision_digest: Buffer.alloc(32), ended_by })
        .set({ ended_by_name: '甲', ended_at: new Date() })
        .where('id', '=', asked.id)
        .execute();
    await expect(guard(office.id)).rejects.toThrow('what they wrote');
    await expect(answer(db, approver, asked)).rejects.toMatchObject({ code: 'review.reviewed-before' });
    await expect(guard(approver.id)).rejects.toThrow('beside their approval');
    await expect(answer(db, asker, asked)).rejects.toMatchObject({ code: 'review.opinion-not-yours' });
  });

  it('is given by a delegate in another’s place, and both stand in it', async () => {
    const work = await aWork();
    const { team, legal, draft } = work;
    const delegate = await anAccount(db, { unit: legal.unit, roles: ['editor'] });
    await aDelegation(db, legal.principal, delegate);
    const asked = await ask(db, team.first, draft.id, { unitIds: [legal.unit.id] });
    expect((await opinionsOf(delegate, work)).items).toEqual([
      expect.objectContaining({
        actions: ['answer'],
        onBehalfOf: { id: legal.principal.id, name: legal.principal.realName },
      }),
    ]);
    expect(await answer(db, delegate, asked, { onBehalfOf: legal.principal.id })).toMatchObject({
      endedByName: delegate.realName,
      onBehalfOfName: legal.principal.realName,
    });
  });

  it('is taken back with a reason by whoever asked or may decide, and the reason stays', async () => {
    const work = await aWork();
    const { team, legal, draft, url } = work;
    const { id } = await ask(db, team.first, draft.id, { unitIds: [legal.unit.id] });
    const withdrawal = `/api/opinions/${id}/withdrawal`;
    const body = { reason: '已电话沟通。' };
    expect((await post(legal.first, withdrawal, body)).json()).toMatchObject({
      status: 403,
      code: 'review.opinion-not-withdrawable',
    });
    expect((await post(team.principal, withdrawal, body)).statusCode).toBe(403);
    expect((await post(team.second, withdrawal, { reason: ' ' })).statusCode).toBe(400);
    expect((await post(team.second, withdrawal, body)).json()).toMatchObject({
      state: 'withdrawn',
      endReason: '已电话沟通。',
      endedByName: team.second.realName,
    });
    expect((await post(team.first, withdrawal, body)).json()).toMatchObject({
      code: 'review.opinion-not-open',
    });
    expect((await get(legal.first, url)).statusCode).toBe(404);
    await approve(db, team.first, draft.id);
    expect((await get(team.first, `${url}/sheet`)).json<ApprovalSheet>().opinions[0]).toMatchObject({
      outcome: '已撤回',
      opinion: '已电话沟通。',
    });
  });

  it('is waited for until its day, and the record says that there was none', async () => {
    const work = await aWork();
    const { team, legal, url } = work;
    const asked = await post(team.first, `${url}/opinions`, question([legal.unit.id], { withinDays: 1 }));
    const [{ dueOn } = { dueOn: null }] = asked.json<ReviewOpinions>().items;
    expect(dueOn).not.toBeNull();
    const approves = async () => post(team.first, `${url}/decisions`, await approval(work));
    const until = Date.parse(`${dueOn ?? ''}T23:59:00+08:00`);
    try {
      later = until - Date.now();
      expect((await approves()).json()).toMatchObject({ code: 'review.opinions-open' });
      later += 2 * 60_000;
      const { tasks } = (await get(legal.first, '/api/workbench')).json<Workbench>();
      expect(tasks).toEqual([
        expect.objectContaining({ kind: 'opinion', detail: expect.stringContaining('已逾期') as string }),
      ]);
      expect((await approves()).json()).toMatchObject({ step: 1 });
    } finally {
      later = 0;
    }
    expect((await opinionsOf(team.first, work)).items[0]).toMatchObject({
      state: 'unanswered',
      stance: null,
      endedByName: team.first.realName,
    });
    expect((await get(team.first, `${url}/sheet`)).json<ApprovalSheet>().opinions[0]).toMatchObject({
      outcome: '逾期未答',
      personName: '',
    });
  });

  it('has no day that needs the holidays of a year which nobody knows yet', async () => {
    const { team, legal, reviewId } = await aWork();
    const farOff = { clock: () => new Date(Date.now() + 70 * 365 * day) };
    const input = { reviewId, step: 0, unitIds: [legal.unit.id], question: '是否同意？', withinDays: 3 };
    await expect(performAs({ db }, team.first, farOff)(askOpinions, input)).rejects.toMatchObject({
      code: 'review.opinion-day-unknown',
    });
  });

  it('is asked by itself where the chain says so, and again only of who has not answered', async () => {
    const legal = await aReviewTeam(db);
    const finance = await aReviewTeam(db);
    const opinionUnitIds = [legal.unit.id, finance.unit.id];
    const [first, last] = someSteps;
    if (!first || !last) throw new Error('a chain has steps');
    const second: ReviewStep = {
      key: 'second',
      name: '复审',
      role: 'reviewer',
      opinionUnitIds,
      opinionDays: 3,
    };
    const work = await aWork([first, second, last]);
    const { team, draft, url, digest } = work;
    const open = async () =>
      (await opinionsOf(team.editor, work)).items
        .filter(({ state }) => state === 'open')
        .map(({ unitId }) => unitId);
    expect(await open()).toEqual([]);
    await approve(db, team.first, draft.id);
    expect(await open()).toEqual(opinionUnitIds);
    const [mine] = (await opinionsOf(legal.first, work)).items;
    expect(mine).toMatchObject({ askedByName: '审核流程', stepName: '复审' });
    expect(mine?.dueOn).not.toBeNull();
    await answer(db, legal.first, mine as Opinion, { stance: 'oppose', text: '不妥。' });
    const back = { action: 'send-back', step: 1, backTo: 0, revisionDigest: digest, reason: '重新初审。' };
    expect((await post(team.second, `${url}/decisions`, back)).statusCode).toBe(201);
    expect((await opinionsOf(team.editor, work)).items.map(({ state }) => state)).toEqual([
      'answered',
      'closed',
    ]);
    await approve(db, team.first, draft.id);
    expect(await open()).toEqual([finance.unit.id]);
    expect((await get(team.second, url)).json()).toMatchObject({ isOpposed: true });
    await giveBack(db, team.second, draft.id);
    expect(await open()).toEqual([]);
  });

  it('of the unit whose work it is, is not asked for, and of one that ended goes to the successor', async () => {
    const team = await aReviewTeam(db);
    const legal = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const ended = await aReviewTeam(db);
    const steps = someSteps.map((step, at) =>
      at === 0 ? { ...step, opinionUnitIds: [team.unit.id, ended.unit.id] } : step,
    );
    await aChain(db, { unitId: team.unit.id, steps });
    await db
      .updateTable('identity.unit')
      .set({ closed_at: new Date(), successor_id: legal.unit.id })
      .where('id', '=', ended.unit.id)
      .execute();
    const draft = await aDraft(db, { editor: team.editor, column });
    const id = await submit(db, team.editor, draft.id);
    const { items } = (await get(team.first, `/api/reviews/${id}/opinions`)).json<ReviewOpinions>();
    expect(items.map(({ unitId }) => unitId)).toEqual([legal.unit.id]);
  });

  it('that a unit owes goes to its successor with everything, or is closed where that is asked too', async () => {
    const holding = reviewHoldings.find(({ column }) => column === 'review.opinion.unit_id');
    const work = await aWork();
    const other = await aWork();
    const { team, legal, draft } = work;
    const successor = await aReviewTeam(db);
    await ask(db, team.first, draft.id, { unitIds: [legal.unit.id, successor.unit.id] });
    await ask(db, other.team.first, other.draft.id, { unitIds: [legal.unit.id] });
    const answered = await aWork();
    const kept = await ask(db, answered.team.first, answered.draft.id, { unitIds: [legal.unit.id] });
    await answer(db, legal.first, kept);
    expect(await holding?.count(db, legal.unit.id)).toBe(2);
    const ctx = { db, now: new Date() } as unknown as Parameters<NonNullable<typeof holding>['move']>[0];
    const step = { from: legal.unit.id, to: successor.unit.id, limit: 10 };
    expect(await holding?.move(ctx, step)).toBe(2);
    expect(await holding?.move(ctx, step)).toBe(0);
    expect((await opinionsOf(team.first, work)).items.map(({ state, unitId }) => [state, unitId])).toEqual([
      ['closed', legal.unit.id],
      ['open', successor.unit.id],
    ]);
    expect((await opinionsOf(other.team.first, other)).items[0]).toMatchObject({
      state: 'open',
      unitId: successor.unit.id,
    });
    expect((await opinionsOf(answered.team.first, answered)).items[0]).toMatchObject({
      state: 'answered',
      unitId: legal.unit.id,
    });
  });

  it('stands on the list of those who are asked, page by page, and then among their answers', async () => {
    const legal = await aReviewTeam(db);
    const asked: Opinion[] = [];
    for (let index = 0; index < 3; index += 1) {
      const work = await aWork();
      asked.push(await ask(db, work.team.first, work.draft.id, { unitIds: [legal.unit.id] }));
    }
    type Page = { items: OpinionInList[]; nextCursor: string | null };
    const page = async (query: string) => (await get(legal.first, `/api/opinions?${query}`)).json<Page>();
    const one = await page('limit=2');
    const two = await page(`limit=2&cursor=${one.nextCursor ?? ''}`);
    expect([...one.items, ...two.items].map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
    expect(two.nextCursor).toBeNull();
    expect((await get(legal.editor, '/api/opinions')).json<Page>().items).toEqual([]);
    for (const each of asked) await answer(db, legal.first, each);
    expect((await page('show=waiting')).items).toEqual([]);
    const given = await page('show=answered&limit=2');
    const rest = await page(`show=answered&limit=2&cursor=${given.nextCursor ?? ''}`);
    expect([...given.items, ...rest.items].map(({ id }) => id)).toEqual(asked.map(({ id }) => id).reverse());
    expect((await get(legal.first, '/api/opinions?cursor=x')).json()).toMatchObject({
      code: 'review.cursor-wrong',
    });
  });

  it('is never reworded, removed, nor given a second time, by nobody', async () => {
    const work = await aWork();
    const { id } = await ask(db, work.team.first, work.draft.id, { unitIds: [work.legal.unit.id] });
    const change = (part: object) =>
      db.updateTable('review.opinion').set(part).where('id', '=', id).execute();
    await expect(change({ question: '同意吗？' })).rejects.toThrow('never changed');
    await expect(db.deleteFrom('review.opinion').where('id', '=', id).execute()).rejects.toThrow(
      'never changed',
    );
    await answer(db, work.legal.first, { id, reviewId: work.reviewId });
    await expect(change({ stance: 'oppose', answer: '不行' })).rejects.toThrow('never changed');
    const row = { review_id: work.reviewId, unit_id: work.legal.unit.id, step: 0, step_name: '初审' };
    const open = { ...row, unit_name: '甲', question: '？', asked_by_name: '乙', asked_at: new Date() };
    const insert = () =>
      db
        .insertInto('review.opinion')
        .values({ ...open, state: 'open' })
        .execute();
    await insert();
    await expect(insert()).rejects.toThrow('opinion_once');
  });
});
