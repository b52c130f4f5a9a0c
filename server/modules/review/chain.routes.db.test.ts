import { describe, expect, it } from 'vitest';

import type { ChosenChain, NewChain, Review, ReviewChain, ReviewStep } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { aChain, aChainBody, aVersionBody, dayFrom, today } from '../../../test/factories/chain.ts';
import { anAccount, aUnit, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aColumn, aDraft, aSiteWithColumn } from '../../../test/factories/library.ts';
import { approve, aReviewTeam, openReview, submit } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { reviewRoutes } from './index.ts';

describe('review chains', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [reviewRoutes()]);
  const get = async (who: TestAccount, url: string) => app.inject({ url, headers: await signIn(app, who) });
  const post = async (who: TestAccount, url: string, payload?: object) =>
    app.inject({ method: 'POST', url, headers: await signIn(app, who), ...(payload ? { payload } : {}) });
  const anOperator = () => anAccount(db, { roles: ['operator'] });
  const define = async (part: Partial<NewChain> = {}) =>
    post(await anOperator(), '/api/review-chains', aChainBody(part));
  const [first, signature] = aChainBody().steps as [ReviewStep, ReviewStep];

  async function aStage() {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    return { team, column, unitId: team.unit.id };
  }

  it('are made, changed and ended with their versions, and told as a sentence', async () => {
    const { unitId } = await aStage();
    const operator = await anOperator();
    const made = await define({ unitId });
    expect(made.statusCode).toBe(201);
    const { id, versions } = made.json<ReviewChain>();
    expect(versions[0]?.sentence).toBe('初审：审核员任一人 → 签发：签发人任一人');
    const version = aVersionBody({
      steps: [{ ...first, quorum: 'all', limit: { amount: 2, unit: 'days' } }, signature],
      effectiveOn: dayFrom(5),
    });
    const changed = await post(operator, `/api/review-chains/${id}/versions`, version);
    expect(changed.json<ReviewChain>()).toMatchObject({
      version: 2,
      inForce: 1,
      versions: [{ sentence: '初审：审核员全部通过（2个工作日内） → 签发：签发人任一人' }, { number: 1 }],
    });
    const stale = await post(operator, `/api/review-chains/${id}/versions`, version);
    expect(stale.json()).toMatchObject({ status: 409, code: 'review.chain-changed' });
    const end = { expectedVersion: 2, effectiveOn: today(), note: '恢复三审' };
    const ended = await post(operator, `/api/review-chains/${id}/end`, end);
    expect(ended.json<ReviewChain>()).toMatchObject({
      inForce: null,
      versions: [{ sentence: '停用' }, {}, {}],
    });
    expect((await get(operator, '/api/review-chains')).json<ReviewChain[]>().map((one) => one.id)).toContain(
      id,
    );
  });

  it('are refused when they are no chain, too short without a reason, from yesterday, or there already', async () => {
    const { unitId } = await aStage();
    const refused = async (part: Partial<NewChain>) =>
      (await define({ unitId, ...part })).json<{ code: string }>().code;
    expect(await refused({ steps: [first] })).toBe('review.chain-invalid');
    expect(await refused({ columnId: '999999999' })).toBe('review.chain-invalid');
    expect(await refused({ fewPeopleReason: null })).toBe('review.chain-too-few-people');
    expect(await refused({ effectiveOn: dayFrom(-1) })).toBe('review.chain-day-past');
    await aChain(db, { unitId });
    expect(await refused({})).toBe('review.chain-exists');
    expect((await define({ unitId, steps: [] })).statusCode).toBe(400);
    expect((await define({ unitId, step: 1 } as Partial<NewChain>)).statusCode).toBe(400);
    expect((await post(await anOperator(), '/api/review-chains/0/versions', {})).statusCode).toBe(400);
    expect((await get(await anOperator(), '/api/review-chain-choice?unitId=1')).statusCode).toBe(400);
  });

  it('that leave a step without anybody are refused with the list', async () => {
    const unit = await aUnit(db, { name: '没有签发人的单位' });
    const both = await anAccount(db, { unit, roles: ['reviewer', 'principal'] });
    const refused = await define({ unitId: unit.id });
    expect(refused.json()).toMatchObject({
      status: 409,
      code: 'review.chain-without-people',
      details: { steps: [{ unitName: '没有签发人的单位', stepName: '签发' }] },
    });
    const alone = await define({ unitId: unit.id, steps: [signature] });
    expect(alone.statusCode).toBe(201);
    const gone = await define({
      unitId: unit.id,
      type: 'policy',
      steps: [{ ...signature, accountIds: [both.id] }].map((step) => ({
        ...step,
        accountIds: ['999999999'],
      })),
    });
    expect(gone.json()).toMatchObject({ code: 'review.chain-without-people' });
  });

  it('that only all of a role could finish, and another step too, are refused', async () => {
    const { unitId } = await aStage();
    const all = { ...first, quorum: 'all' } as const;
    const again = { ...first, key: 'again', name: '复审' };
    const refused = await define({ unitId, steps: [all, again, signature] });
    expect(refused.json()).toMatchObject({
      code: 'review.chain-without-people',
      details: { steps: [{ stepName: '复审' }] },
    });
    // All of the nearest: those of the unit above are still there for the other step.
    const above = await aUnit(db);
    await anAccount(db, { unit: above, roles: ['reviewer'] });
    const { unit } = await aReviewTeam(db, await aUnit(db, { parent: above }));
    expect((await define({ unitId: unit.id, steps: [all, again, signature] })).statusCode).toBe(201);
  });

  it('are chosen by column before unit before type, inherited from above, from their day on', async () => {
    const { unitId, column, team } = await aStage();
    const below = await aUnit(db, { parent: team.unit });
    const inner = await aColumn(db, { siteId: column.siteId, unit: team.unit, parentId: column.id } as never);
    const choice = async (columnId: string, type = 'article') => {
      const url = `/api/review-chain-choice?unitId=${below.id}&columnId=${columnId}&type=${type}`;
      return (await get(team.principal, url)).json<ChosenChain>().name;
    };
    expect(await choice(inner.id)).toBe('三审制');
    await aChain(db, { unitId, name: '本单位' });
    await aChain(db, { unitId, type: 'policy', name: '本单位政策' });
    await aChain(db, { unitId, columnId: column.id, name: '本栏目', effectiveOn: today() });
    expect(await choice('999999999')).toBe('本单位');
    expect(await choice('999999999', 'policy')).toBe('本单位政策');
    expect(await choice(column.id)).toBe('本栏目');
    await aChain(db, {
      unitId: below.id,
      columnId: column.id,
      name: '以后',
      effectiveOn: dayFrom(3),
      steps: [signature],
    });
    expect(await choice(column.id)).toBe('本栏目');
  });

  it('are kept by a review as it began with them', async () => {
    const { unitId, column, team } = await aStage();
    const id = await aChain(db, { unitId });
    const draft = await aDraft(db, { editor: team.editor, column });
    await submit(db, team.editor, draft.id);
    const operator = await anOperator();
    await post(operator, `/api/review-chains/${id}/end`, {
      expectedVersion: 1,
      effectiveOn: today(),
      note: '停用',
    });
    await approve(db, team.first, draft.id);
    expect(await approve(db, team.principal, draft.id)).toMatchObject({ state: 'signed' });
    const next = await aDraft(db, { editor: team.editor, column });
    await submit(db, team.editor, next.id);
    await approve(db, team.first, next.id);
    expect(await approve(db, team.second, next.id)).toMatchObject({ state: 'open', step: 2 });
  });

  describe('with a step of all', () => {
    async function aReviewByAll() {
      const { unitId, column, team } = await aStage();
      await aChain(db, { unitId, steps: [{ ...first, quorum: 'all' }, signature] });
      const draft = await aDraft(db, { editor: team.editor, column });
      const reviewId = await submit(db, team.editor, draft.id);
      return { team, draft, reviewId };
    }
    const seen = async (who: TestAccount, id: string) =>
      (await get(who, `/api/reviews/${id}`)).json<Review>();

    it('say who still has to decide, and go on when nobody is left to wait for', async () => {
      const { team, draft, reviewId } = await aReviewByAll();
      await approve(db, team.first, draft.id);
      expect((await seen(team.editor, reviewId)).standing[0]).toEqual({
        asked: '审核员全部通过',
        approvedBy: [team.first.realName],
        waitingFor: [team.second.realName],
      });
      expect(await approve(db, team.second, draft.id)).toMatchObject({ step: 1 });
    });

    it('wait for nobody who left meanwhile', async () => {
      const { team, draft } = await aReviewByAll();
      await db
        .updateTable('identity.account')
        .set({ disabled_at: new Date() })
        .where('id', '=', team.second.id)
        .execute();
      expect(await approve(db, team.first, draft.id)).toMatchObject({ step: 1 });
    });

    it('send the work back with what was decided since in the history and not in the count', async () => {
      const { team, draft, reviewId } = await aReviewByAll();
      for (const who of [team.first, team.second]) await approve(db, who, draft.id);
      const { step, digest } = await openReview(db, draft.id);
      const back = { action: 'send-back', step, revisionDigest: digest, reason: '再核一遍数字' };
      const url = `/api/reviews/${reviewId}/decisions`;
      expect((await post(team.principal, url, back)).json()).toMatchObject({
        code: 'review.no-earlier-step',
      });
      expect((await post(team.principal, url, { ...back, backTo: 1 })).statusCode).toBe(422);
      const answer = (await post(team.principal, url, { ...back, backTo: 0 })).json<Review>();
      expect(answer).toMatchObject({ state: 'open', step: 0 });
      expect(answer.decisions.map(({ outcome, counts }) => [outcome, counts])).toEqual([
        ['approved', false],
        ['approved', false],
        ['sent-back', true],
      ]);
      for (const who of [team.first, team.second]) await approve(db, who, draft.id);
      expect(await approve(db, team.principal, draft.id)).toMatchObject({ state: 'signed' });
      const records = await get(team.editor, `/api/resources/${draft.id}/responsibility`);
      expect(records.json<{ dutyName: string }[]>().map((one) => one.dutyName)).toEqual([
        ...['采编', '录入', '初审', '初审', '签发', '发布'],
      ]);
    });
  });

  it('that name people of another unit show them the review and nothing else of the unit', async () => {
    const { unitId, column, team } = await aStage();
    const expert = await anAccount(db, { roles: ['reviewer'] });
    const steps = [{ ...first, name: '法制审核', accountIds: [expert.id] }, signature];
    await aChain(db, { unitId, steps });
    const draft = await aDraft(db, { editor: team.editor, column });
    const reviewId = await submit(db, team.editor, draft.id);
    const other = await aDraft(db, { editor: team.editor });
    expect((await get(expert, `/api/reviews/${reviewId}`)).json()).toMatchObject({ inReach: false });
    const list = (await get(expert, '/api/reviews?mine=true')).json<{ items: { id: string }[] }>();
    expect(list.items.map(({ id }) => id)).toEqual([reviewId]);
    expect((await get(expert, `/api/resources/${other.id}/responsibility`)).statusCode).toBe(404);
    await approve(db, expert, draft.id);
    expect((await get(expert, '/api/reviews?mine=true')).json()).toMatchObject({ items: [] });
  });

  it('do not begin a step that nobody is left to decide', async () => {
    const { unitId, column, team } = await aStage();
    const writer = await anAccount(db, { unit: team.unit, roles: ['editor', 'reviewer'] });
    await aChain(db, { unitId, steps: [{ ...first, accountIds: [writer.id] }, signature] });
    const draft = await aDraft(db, { editor: writer, column });
    await expect(submit(db, team.editor, draft.id)).rejects.toMatchObject({
      code: 'review.step-without-people',
    });
  });
});
