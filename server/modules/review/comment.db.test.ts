import { describe, expect, it } from 'vitest';

import type { ReviewComment, ReviewComments } from '../../../contracts/review-comment.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn } from '../../../test/factories/library.ts';
import { aReviewTeam, giveBack, submit } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { commentRoutes } from './index.ts';

describe('remarks on words of a revision under review', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [commentRoutes]);
  const get = async (who: TestAccount, url: string) => app.inject({ url, headers: await signIn(app, who) });
  const post = async (who: TestAccount, url: string, payload: object) =>
    app.inject({ method: 'POST', url, payload, headers: await signIn(app, who) });

  async function aReview() {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const { id: resourceId } = await aDraft(db, {
      editor: team.editor,
      column,
      content: { title: '关于开展秋季防火检查的通知' },
    });
    const reviewId = await submit(db, team.editor, resourceId);
    return { team, resourceId, reviewId, url: `/api/reviews/${reviewId}/comments` };
  }
  const onAutumn = {
    anchor: { field: 'title', path: [], start: 4, end: 6 },
    quote: '秋季',
    text: '应为冬季，见会议纪要。',
  };

  it('are written by who reviews in the unit, at any step, and read by the author', async () => {
    const { team, url, reviewId, resourceId } = await aReview();
    const first = await post(team.principal, url, onAutumn);
    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({
      reviewId,
      resourceId,
      quote: '秋季',
      settled: null,
    });
    const read = (await get(team.editor, url)).json<ReviewComments>();
    expect(read.items.map((one) => one.text)).toEqual([onAutumn.text]);
    expect(read.mayComment).toBe(false);
    expect((await get(team.first, url)).json<ReviewComments>().mayComment).toBe(true);
  });

  it('stay with the resource until they are settled, when the work was returned too', async () => {
    const { team, url, resourceId } = await aReview();
    const { id } = (await post(team.first, url, onAutumn)).json<ReviewComment>();
    await giveBack(db, team.first, resourceId, '请按批注修改。');
    const unsettled = async () =>
      (await get(team.editor, `/api/resources/${resourceId}/comments`)).json<ReviewComment[]>();
    expect((await unsettled()).map((one) => [one.id, one.actions])).toEqual([[id, ['settle']]]);
    const settled = await post(team.editor, `/api/review-comments/${id}/settlement`, {
      settled: true,
      note: '已改为冬季。',
    });
    expect(settled.json()).toMatchObject({
      settled: { note: '已改为冬季。' },
      actions: ['reopen'],
    });
    expect(await unsettled()).toEqual([]);
    await post(team.first, `/api/review-comments/${id}/settlement`, { settled: false });
    expect((await unsettled()).map((one) => one.settled)).toEqual([null]);
  });

  it('must point at the very words of the reviewed revision, and say something', async () => {
    const { team, url } = await aReview();
    for (const wrong of [
      { ...onAutumn, quote: '冬季' },
      { ...onAutumn, text: '   ' },
      { ...onAutumn, anchor: { ...onAutumn.anchor, field: 'subtitle' } },
      { ...onAutumn, anchor: { ...onAutumn.anchor, end: 400 } },
    ]) {
      const answer = await post(team.first, url, wrong);
      expect(answer.json()).toMatchObject({ status: 422, code: 'review.anchor-wrong' });
    }
    expect((await post(team.first, url, { ...onAutumn, colour: 'red' })).statusCode).toBe(400);
    expect((await get(team.first, url)).json<ReviewComments>().items).toEqual([]);
  });

  it('are refused to authors, to strangers, and once the review has ended', async () => {
    const { team, url, resourceId } = await aReview();
    expect((await post(team.editor, url, onAutumn)).json()).toMatchObject({
      status: 403,
      code: 'review.comment-not-yours',
    });
    const stranger = await anAccount(db, { roles: ['reviewer'] });
    expect((await post(stranger, url, onAutumn)).statusCode).toBe(404);
    expect((await get(stranger, url)).statusCode).toBe(404);
    const { id } = (await post(team.first, url, onAutumn)).json<ReviewComment>();
    const settlement = await post(stranger, `/api/review-comments/${id}/settlement`, { settled: true });
    expect(settlement.json()).toMatchObject({ status: 404, code: 'review.comment-not-found' });
    await giveBack(db, team.first, resourceId, '请按批注修改。');
    expect((await post(team.first, url, onAutumn)).json()).toMatchObject({
      status: 409,
      code: 'review.not-open',
    });
  });

  it('cannot be reworded or removed, by nobody', async () => {
    const { team, url } = await aReview();
    const { id } = (await post(team.first, url, onAutumn)).json<ReviewComment>();
    const reword = db.updateTable('review.comment').set({ text: '没有意见' }).where('id', '=', id).execute();
    await expect(reword).rejects.toThrow('never changed');
    await expect(db.deleteFrom('review.comment').where('id', '=', id).execute()).rejects.toThrow(
      'never changed',
    );
  });

  it('are two hundred of a review at most', async () => {
    const { team, url, reviewId } = await aReview();
    const row = {
      review_id: reviewId,
      anchor: '{}',
      quote: '秋季',
      text: '一',
      written_by: '1',
      written_by_name: '甲',
      written_at: new Date(),
    };
    await db
      .insertInto('review.comment')
      .values(Array.from({ length: 200 }, () => row))
      .execute();
    expect((await post(team.first, url, onAutumn)).json()).toMatchObject({
      status: 409,
      code: 'review.comments-full',
    });
  });
});
