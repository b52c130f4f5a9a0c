import { describe, expect, it } from 'vitest';

import type { ReviewStep } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { aChain } from '../../../test/factories/chain.ts';
import { anAccount, aUnit, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn } from '../../../test/factories/library.ts';
import { approve, aReviewTeam, giveBack, openReview, submit } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { reviewRoutes } from './index.ts';

describe('people whom a step asks', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [reviewRoutes()]);
  const statusFor = async (who: TestAccount, url: string) =>
    (await app.inject({ url, headers: await signIn(app, who) })).statusCode;

  const signature: ReviewStep = { key: 'signature', name: '签发', role: 'principal' };

  /** A work in review whose first step asks as given. */
  async function aWork(asks: Partial<ReviewStep>) {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const first: ReviewStep = { key: 'first', name: '会审', role: 'reviewer', ...asks };
    await aChain(db, { unitId: team.unit.id, steps: [first, signature] });
    const draft = await aDraft(db, { editor: team.editor, column });
    const reviewId = await submit(db, team.editor, draft.id);
    return { team, draft, url: `/api/reviews/${reviewId}` };
  }

  it('of another unit read it in review if they review, and then only what they decided on', async () => {
    const legal = await aUnit(db);
    const people = await aReviewTeam(db, legal);
    const { team, draft, url } = await aWork({ unitId: legal.id });
    for (const who of [people.first, people.second, people.principal])
      expect(await statusFor(who, url)).toBe(200);
    expect(await statusFor(people.editor, url)).toBe(404);
    await approve(db, people.first, draft.id);
    await giveBack(db, team.principal, draft.id);
    expect(await statusFor(people.first, url)).toBe(200);
    for (const who of [people.second, people.principal]) expect(await statusFor(who, url)).toBe(404);
    expect(await statusFor(team.first, url)).toBe(200);
  });

  it('who are all gone hold up nothing: whoever holds the role in the unit gives it back', async () => {
    const expert = await anAccount(db, { roles: ['reviewer'] });
    const { team, draft, url } = await aWork({ accountIds: [expert.id], quorum: 'all' });
    await expect(giveBack(db, team.first, draft.id)).rejects.toThrow('指定的人员');
    await db
      .updateTable('identity.account')
      .set({ disabled_at: new Date() })
      .where('id', '=', expert.id)
      .execute();
    const headers = await signIn(app, team.first);
    expect((await app.inject({ url, headers })).json()).toMatchObject({ actions: ['return'] });
    await expect(approve(db, team.first, draft.id)).rejects.toThrow('指定的人员');
    await expect(giveBack(db, team.principal, draft.id)).rejects.toThrow('指定的人员');
    await expect(giveBack(db, await anAccount(db, { roles: ['reviewer'] }), draft.id)).rejects.toThrow();
    expect(await giveBack(db, team.first, draft.id)).toMatchObject({ state: 'returned' });
  });

  it('must be somebody: an approval after which nobody of the role is left is refused', async () => {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const draft = await aDraft(db, { editor: team.editor, column });
    await submit(db, team.editor, draft.id);
    await db
      .updateTable('identity.account')
      .set({ disabled_at: new Date() })
      .where('id', '=', team.second.id)
      .execute();
    await expect(approve(db, team.first, draft.id)).rejects.toMatchObject({
      code: 'review.step-without-people',
    });
    expect((await openReview(db, draft.id)).step).toBe(0);
  });
});
