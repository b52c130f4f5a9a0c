import { describe, expect, it } from 'vitest';

import type { Review } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { anAssessment } from '../../../test/factories/assessment.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs, someContent } from '../../../test/factories/library.ts';
import {
  approve,
  giveBack,
  openReview,
  publish,
  aReviewTeam,
  submit,
} from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { saveDraft, scheduleResource, withdrawRevision } from '../library/index.ts';
import { runDue } from '../sites/index.ts';
import { createLog } from '../../platform/log.ts';
import { defineCommand, systemActor } from '../../platform/context.ts';
import { recordReleases, reviewRoutes, submitResource } from './index.ts';

const withdraw = defineCommand('test.withdraw', () => ({ kind: 'resource', id: null }), withdrawRevision);

describe('a decision', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [reviewRoutes()]);

  async function aSubmitted(content: Parameters<typeof someContent>[0] = {}) {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const draft = await aDraft(db, { editor: team.editor, column, content });
    const reviewId = await submit(db, team.editor, draft.id);
    return { team, column, draft, reviewId };
  }

  /** Signed in and looking at the review: what is left is to send, which several then do at the same time. */
  async function readyToDecide(who: TestAccount, resourceId: string, part: Record<string, unknown> = {}) {
    const { id, step, digest } = await openReview(db, resourceId);
    const checks = {
      assessment: anAssessment(),
      proof: { method: 'password', secret: who.password },
    };
    const headers = await signIn(app, who);
    const payload = { action: 'approve', step, revisionDigest: digest, ...checks, ...part };
    return async () => app.inject({ method: 'POST', url: `/api/reviews/${id}/decisions`, headers, payload });
  }

  async function decide(who: TestAccount, resourceId: string, part: Record<string, unknown> = {}) {
    const send = await readyToDecide(who, resourceId, part);
    return send();
  }

  async function decideTogether(resourceId: string, people: readonly TestAccount[]) {
    const ready = [];
    for (const who of people) ready.push(await readyToDecide(who, resourceId));
    return Promise.all(ready.map((send) => send()));
  }

  const versionOf = async (id: string) =>
    (await db.selectFrom('library.resource').select('version').where('id', '=', id).executeTakeFirstOrThrow())
      .version;

  it('of the principal publishes in the same moment and records who is responsible', async () => {
    const { team, draft } = await aSubmitted({ author: '张三' });
    for (const who of [team.first, team.second]) await approve(db, who, draft.id);
    const answer = await decide(team.principal, draft.id);
    expect(answer.statusCode).toBe(201);
    expect(answer.json<Review>()).toMatchObject({ state: 'signed', actions: [], comparedWith: null });
    const listing = await db
      .selectFrom('sites.listing')
      .selectAll()
      .where('resource_id', '=', draft.id)
      .execute();
    expect(listing).toHaveLength(1);
    const records = await app.inject({
      url: `/api/resources/${draft.id}/responsibility`,
      headers: await signIn(app, team.editor),
    });
    const found = records.json<{ duty: string; dutyName: string; personName: string }[]>();
    expect(found.map((one) => [one.dutyName, one.personName])).toEqual([
      ['采编', '张三'],
      ['录入', team.editor.realName],
      ['初审', team.first.realName],
      ['复审', team.second.realName],
      ['签发', team.principal.realName],
      ['发布', team.principal.realName],
    ]);
  });

  it('leaves one audit row with the digest that was decided on', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    const { digest } = await openReview(db, draft.id);
    await approve(db, team.first, draft.id);
    const rows = await db
      .selectFrom('audit.entry')
      .select(['actor_id', 'result', 'details', 'unit_id'])
      .where('action', '=', 'review.decide-review')
      .where('object_id', '=', reviewId)
      .execute();
    expect(rows).toMatchObject([
      {
        actor_id: team.first.id,
        result: 'done',
        unit_id: team.unit.id,
        details: { action: 'approve', step: 0, digest },
      },
    ]);
  });

  it("that names what is not the sender's to use is refused, and on record with what it named", async () => {
    const { team, draft, reviewId } = await aSubmitted();
    const elsewhere = await aReviewTeam(db);
    await approve(db, team.first, draft.id);
    await approve(db, team.second, draft.id);
    const crafted: readonly [TestAccount, Record<string, unknown>, string][] = [
      [elsewhere.principal, {}, 'review.review-not-found'],
      [team.first, {}, 'review.step-not-yours'],
      [team.principal, { step: 1 }, 'review.step-passed'],
      [team.principal, { step: 9 }, 'review.step-passed'],
      [team.principal, { onBehalfOf: elsewhere.principal.id }, 'review.not-your-delegation'],
      [team.principal, { onBehalfOf: team.principal.id }, 'review.not-your-delegation'],
      [team.principal, { revisionDigest: 'ab'.repeat(32) }, 'review.revision-changed'],
      [team.principal, { action: 'send-back', backTo: 2 }, 'review.no-earlier-step'],
    ];
    for (const [who, part, code] of crafted)
      expect((await decide(who, draft.id, { reason: '请修改', ...part })).json()).toMatchObject({ code });
    const rows = await db
      .selectFrom('audit.entry')
      .select(['action', 'actor_id', 'code', 'details'])
      .where('object_id', '=', reviewId)
      .where('result', '=', 'refused')
      .orderBy('seq')
      .execute();
    expect(rows).toMatchObject(
      crafted.map(([who, { revisionDigest: digest, ...part }, code]) => ({
        action: 'review.decide-review',
        actor_id: who.id,
        code,
        details: { step: 2, ...part, ...(digest === undefined ? {} : { digest }) },
      })),
    );
    expect(JSON.stringify(rows)).not.toContain(team.principal.password);
    expect(await openReview(db, draft.id)).toMatchObject({ step: 2 });
  });

  it('is won by exactly one of two reviewers who approve the same step at once', async () => {
    const { team, draft } = await aSubmitted();
    const answers = await decideTogether(draft.id, [team.first, team.second]);
    expect(answers.map((one) => one.statusCode).sort()).toEqual([201, 409]);
    expect(answers.find((one) => one.statusCode === 409)?.json()).toMatchObject({
      code: 'review.step-passed',
    });
    expect(await openReview(db, draft.id)).toMatchObject({ step: 1 });
  });

  it('is made once when the same person sends it twice at once', async () => {
    const { team, draft } = await aSubmitted();
    const answers = await decideTogether(draft.id, [team.first, team.first]);
    expect(answers.map((one) => one.statusCode).sort()).toEqual([201, 403]);
  });

  it('publishes once when two principals sign at once', async () => {
    const { team, draft } = await aSubmitted();
    const deputy = await anAccount(db, { unit: team.unit, roles: ['principal'] });
    for (const who of [team.first, team.second]) await approve(db, who, draft.id);
    const answers = await decideTogether(draft.id, [team.principal, deputy]);
    expect(answers.map((one) => one.statusCode).sort()).toEqual([201, 409]);
    const given = await db
      .selectFrom('library.index_number')
      .selectAll()
      .where('resource_id', '=', draft.id)
      .execute();
    expect(given).toHaveLength(1);
  });

  it('and a recall at the same time: one of them wins and the other is refused', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    for (const who of [team.first, team.second]) await approve(db, who, draft.id);
    const headers = await signIn(app, team.editor);
    const sign = await readyToDecide(team.principal, draft.id);
    const answers = await Promise.all([
      sign(),
      app.inject({ method: 'POST', url: `/api/reviews/${reviewId}/recall`, headers }),
    ]);
    expect(answers.filter((one) => one.statusCode < 300)).toHaveLength(1);
    expect(answers.find((one) => one.statusCode >= 300)?.json()).toMatchObject({ code: 'review.not-open' });
  });

  it('by one person who holds two roles counts for one step only', async () => {
    const { team, draft } = await aSubmitted();
    const both = await anAccount(db, { unit: team.unit, roles: ['reviewer', 'principal'] });
    await approve(db, team.first, draft.id);
    await approve(db, both, draft.id);
    const answer = await decide(both, draft.id);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({
      code: 'review.reviewed-before',
      title: '您已审过前一步，请由另一人签发。',
    });
  });

  it('to sign is refused for what is not open to all, which can only be returned', async () => {
    const { team, draft } = await aSubmitted({ openMode: '依申请公开' });
    for (const who of [team.first, team.second]) await approve(db, who, draft.id);
    const refused = await decide(team.principal, draft.id);
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([422, 'review.not-public']);
    await giveBack(db, team.principal, draft.id, '请改为主动公开');
  });

  it('to sign is refused when the signer finds that it must not be open', async () => {
    const { team, draft } = await aSubmitted();
    for (const who of [team.first, team.second]) await approve(db, who, draft.id);
    const assessment = anAssessment({ openMode: '不予公开', reasonKey: 'privacy' });
    const refused = await decide(team.principal, draft.id, { assessment });
    expect(refused.json()).toMatchObject({ status: 422, code: 'review.not-public' });
  });

  it('without an assessment, or a return without a reason, is refused', async () => {
    const { team, draft } = await aSubmitted();
    const unchecked = await decide(team.first, draft.id, { assessment: undefined });
    expect(unchecked.json()).toMatchObject({ status: 422, code: 'review.assessment-incomplete' });
    const mute = await decide(team.first, draft.id, { action: 'return', reason: '  ' });
    expect(mute.json()).toMatchObject({ status: 422, code: 'review.reason-missing' });
  });

  it('is refused as malformed without step or digest', async () => {
    const { team, draft } = await aSubmitted();
    expect((await decide(team.first, draft.id, { step: undefined })).statusCode).toBe(400);
    expect((await decide(team.first, draft.id, { revisionDigest: 'abc' })).statusCode).toBe(400);
    expect((await decide(team.first, draft.id, { decidedBy: '1' })).statusCode).toBe(400);
  });

  it('can be changed by nobody afterwards', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    await approve(db, team.first, draft.id);
    const change = db
      .updateTable('review.decision')
      .set({ reason: '改' })
      .where('review_id', '=', reviewId)
      .execute();
    await expect(change).rejects.toThrow('never changed');
    const erase = db.deleteFrom('review.decision').where('review_id', '=', reviewId).execute();
    await expect(erase).rejects.toThrow('never changed');
  });

  it('on the next round is shown against what the same person saw the last time', async () => {
    const { team, draft } = await aSubmitted({ title: '第一稿' });
    await giveBack(db, team.first, draft.id, '请改标题');
    await performAs(database, team.editor)(saveDraft, {
      resourceId: draft.id,
      expectedVersion: await versionOf(draft.id),
      content: someContent({ title: '第二稿' }),
    });
    const reviewId = await submit(db, team.editor, draft.id);
    const seenBy = async (who: TestAccount) =>
      (await app.inject({ url: `/api/reviews/${reviewId}`, headers: await signIn(app, who) })).json<Review>();
    const again = await seenBy(team.first);
    expect(again.revision.content.title).toBe('第二稿');
    expect(again.comparedWith?.content.title).toBe('第一稿');
    expect(again.earlierReviews).toMatchObject([{ state: 'returned', decisions: [{ reason: '请改标题' }] }]);
    expect((await seenBy(team.second)).comparedWith).toBeNull();
  });

  it('on an edit of something live is shown against what citizens see', async () => {
    const { team, draft } = await aSubmitted({ title: '已发布' });
    for (const who of [team.first, team.second, team.principal]) await approve(db, who, draft.id);
    await performAs(database, team.editor)(saveDraft, {
      resourceId: draft.id,
      expectedVersion: await versionOf(draft.id),
      content: someContent({ title: '修改后' }),
    });
    const reviewId = await submit(db, team.editor, draft.id);
    const fresh = await anAccount(db, { unit: team.unit, roles: ['reviewer'] });
    const seen = await app.inject({ url: `/api/reviews/${reviewId}`, headers: await signIn(app, fresh) });
    expect(seen.json<Review>().comparedWith?.content.title).toBe('已发布');
  });

  it('publishes the same revision again after a withdrawal, with records of its own', async () => {
    const { team, draft } = await aSubmitted();
    for (const who of [team.first, team.second, team.principal]) await approve(db, who, draft.id);
    const same = performAs(database, team.editor)(submitResource, {
      resourceId: draft.id,
      expectedVersion: await versionOf(draft.id),
    });
    await expect(same).rejects.toMatchObject({ code: 'review.nothing-new' });
    await performAs(database, team.principal)(withdraw, {
      resourceId: draft.id,
      expectedVersion: await versionOf(draft.id),
      reason: '数据有误',
    });
    await publish(db, team, draft.id);
    const records = await db
      .selectFrom('review.responsibility_record')
      .select('review_id')
      .where('resource_id', '=', draft.id)
      .execute();
    expect(records).toHaveLength(12);
  });

  it('that waits for its hour records the release only when it happens', async () => {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const draft = await aDraft(db, { editor: team.editor, column });
    await performAs(database, team.editor)(scheduleResource, {
      resourceId: draft.id,
      expectedVersion: draft.version,
      releaseAt: new Date(Date.now() + 3_600_000).toISOString(),
      expireAt: null,
    });
    const reviewId = await submit(db, team.editor, draft.id);
    await db
      .insertInto('review.undisclosed')
      .values({
        ...{ review_id: reviewId, resource_id: draft.id, open_mode: '不予公开', reason_key: 'privacy' },
        ...{ found_at: new Date(), due_on: '2027-11-01' },
      })
      .execute();
    const undisclosed = () =>
      db
        .selectFrom('review.undisclosed')
        .select('ended_as')
        .where('review_id', '=', reviewId)
        .executeTakeFirstOrThrow();
    for (const who of [team.first, team.second, team.principal]) await approve(db, who, draft.id);
    expect(await undisclosed()).toEqual({ ended_as: null });
    const released = () =>
      db
        .selectFrom('review.responsibility_record')
        .select(['person_name', 'at'])
        .where('review_id', '=', reviewId)
        .where('duty', '=', 'released')
        .execute();
    expect(await released()).toEqual([]);
    const later = new Date(Date.now() + 7_200_000);
    await runDue({
      db,
      clock: () => later,
      performAsSystem: performAs(database, systemActor('due'), { clock: () => later }),
      log: createLog({ level: 'silent', pretty: false }),
    });
    const { live_revision_id: revisionId } = await db
      .selectFrom('library.resource')
      .select('live_revision_id')
      .where('id', '=', draft.id)
      .executeTakeFirstOrThrow();
    for (let run = 0; run < 2; run += 1)
      await recordReleases(db, [{ resourceId: draft.id, revisionId: revisionId ?? '' }]);
    expect(await released()).toEqual([{ person_name: team.principal.realName, at: later }]);
    expect(await undisclosed()).toEqual({ ended_as: 'published' });
  });
});
