import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { ApprovalSheet } from '../../../contracts/approval-sheet.ts';
import type { ReviewOpinions } from '../../../contracts/opinion.ts';
import type { Review } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { anAssessment } from '../../../test/factories/assessment.ts';
import { aChain, aDelegation, someSteps } from '../../../test/factories/chain.ts';
import { anAccount, aUnit, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs, someContent } from '../../../test/factories/library.ts';
import { approve, aReviewTeam, openReview, type ReviewTeam, submit } from '../../../test/factories/review.ts';
import { anUrgentRule, decideAfterwards, release, urgentReason } from '../../../test/factories/urgent.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes, saveDraft } from '../library/index.ts';
import { responsibilityOf } from './decision.queries.ts';
import { recallReview, reviewRoutes } from './index.ts';

describe('an urgent release', () => {
  const database = aDatabase();
  const { db } = database;
  const assets = createFileAssetStore('unused');
  const app = aConsole(database, [reviewRoutes(), libraryRoutes({ assets, uploadBytes: 1 })]);
  const post = async (who: TestAccount, url: string, payload: object) =>
    app.inject({ method: 'POST', url, headers: await signIn(app, who), payload });
  const get = async <T>(who: TestAccount, url: string): Promise<T> =>
    (await app.inject({ url, headers: await signIn(app, who) })).json<T>();

  /** A unit whose deputy may release urgently, and what its editor handed in. */
  async function aCase(): Promise<{
    readonly team: ReviewTeam;
    readonly deputy: TestAccount;
    readonly resourceId: string;
    readonly reviewId: string;
  }> {
    const team = await aReviewTeam(db);
    const deputy = await anAccount(db, { unit: team.unit, roles: ['principal'] });
    await anUrgentRule(db, team.unit, [deputy]);
    const { column } = await aSiteWithColumn(db, team.unit);
    const { id } = await aDraft(db, { editor: team.editor, column });
    return { team, deputy, resourceId: id, reviewId: await submit(db, team.editor, id) };
  }
  const stageOf = async (id: string) =>
    (await db.selectFrom('library.resource').select('stage').where('id', '=', id).executeTakeFirstOrThrow())
      .stage;
  async function bodyFor(resourceId: string, who: TestAccount, part: object = {}) {
    const { step, digest } = await openReview(db, resourceId);
    return {
      step,
      revisionDigest: digest,
      reason: urgentReason,
      assessment: anAssessment(),
      proof: { method: 'password', secret: who.password },
      ...part,
    };
  }

  it('goes out at once from the first step, signed with proof, and its steps are decided afterwards', async () => {
    const { team, deputy, resourceId, reviewId } = await aCase();
    const answer = await post(
      deputy,
      `/api/reviews/${reviewId}/urgent-release`,
      await bodyFor(resourceId, deputy),
    );
    expect(answer.statusCode).toBe(201);
    const released = answer.json<Review>();
    expect(released).toMatchObject({ state: 'retrospective', step: 0, actions: [], urgentHours: null });
    const { releasedAt = '', dueAt = '' } = released.urgentRelease ?? {};
    expect(Date.parse(dueAt) - Date.parse(releasedAt)).toBe(24 * 3_600_000);
    expect(await stageOf(resourceId)).toBe('live');

    await decideAfterwards(db, team.first, reviewId);
    await decideAfterwards(db, team.second, reviewId);
    const confirmed = await decideAfterwards(db, team.principal, reviewId);
    expect(confirmed).toMatchObject({ state: 'confirmed', urgentRelease: { overdue: false } });

    const sheet = await get<ApprovalSheet>(deputy, `/api/reviews/${reviewId}/sheet`);
    expect(sheet.stateName).toBe('已紧急发布，已补审');
    expect(sheet.steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      '紧急发布 紧急签发',
      '初审（补审） 同意',
      '复审（补审） 同意',
      '签发（补审） 同意',
    ]);
    expect(sheet.signatures.map(({ personName, urgent }) => [personName, urgent ?? false])).toEqual([
      [deputy.realName, true],
      [team.principal.realName, false],
    ]);
    const duties = (await responsibilityOf(db, resourceId)).map(
      ({ duty, stepName, personName }) => `${stepName ?? duty} ${personName}`,
    );
    expect(duties).toEqual([
      `written ${team.editor.realName}`,
      `entered ${team.editor.realName}`,
      `初审（补审） ${team.first.realName}`,
      `复审（补审） ${team.second.realName}`,
      `紧急发布 ${deputy.realName}`,
      `签发（补审） ${team.principal.realName}`,
      `released ${deputy.realName}`,
    ]);
  });

  it('waits for no answer of another unit and for no time limit, and asks nobody afterwards', async () => {
    const team = await aReviewTeam(db);
    const deputy = await anAccount(db, { unit: team.unit, roles: ['principal'] });
    await anUrgentRule(db, team.unit, [deputy]);
    const legal = await aReviewTeam(db);
    const limit = { amount: 1, unit: 'days' } as const;
    const steps = someSteps.map((step) => ({ ...step, limit, opinionUnitIds: [legal.unit.id] }));
    await aChain(db, { unitId: team.unit.id, steps });
    const { column } = await aSiteWithColumn(db, team.unit);
    const { id } = await aDraft(db, { editor: team.editor, column });
    const reviewId = await submit(db, team.editor, id);
    const timesOf = () =>
      db
        .selectFrom('review.review')
        .select(['soon_at', 'due_at', 'escalate_at', 'call_at'])
        .where('id', '=', reviewId)
        .executeTakeFirstOrThrow();
    const opinions = async () =>
      (await get<ReviewOpinions>(team.editor, `/api/reviews/${reviewId}/opinions`)).items.map(
        ({ stepName, state }) => `${stepName} ${state}`,
      );
    expect(await opinions()).toEqual(['初审 open']);
    expect(await timesOf()).not.toMatchObject({ due_at: null });

    const untimed = { soon_at: null, due_at: null, escalate_at: null, call_at: null };
    await release(db, deputy, id);
    expect([await opinions(), await timesOf()]).toEqual([['初审 closed'], untimed]);
    await decideAfterwards(db, team.first, reviewId);
    expect([await opinions(), await timesOf()]).toEqual([['初审 closed'], untimed]);
    expect(await decideAfterwards(db, team.principal, reviewId)).toMatchObject({ state: 'confirmed' });
  });

  it('leaves what was approved before, and asks only what was not', async () => {
    const { team, deputy, resourceId, reviewId } = await aCase();
    await approve(db, team.first, resourceId);
    expect(await release(db, deputy, resourceId)).toMatchObject({ state: 'retrospective', step: 1 });
    await expect(decideAfterwards(db, team.first, reviewId)).rejects.toMatchObject({
      code: 'review.reviewed-before',
    });
    expect(await decideAfterwards(db, team.second, reviewId)).toMatchObject({ step: 2 });
  });

  it('stands for the signature where nobody else could sign, and is needless where that is all that is left', async () => {
    const { team, resourceId, reviewId } = await aCase();
    const alone = await aReviewTeam(db);
    await anUrgentRule(db, alone.unit, [alone.principal]);
    const { column } = await aSiteWithColumn(db, alone.unit);
    const draft = await aDraft(db, { editor: alone.editor, column });
    const id = await submit(db, alone.editor, draft.id);
    await approve(db, alone.first, draft.id);
    await release(db, alone.principal, draft.id);
    expect(await decideAfterwards(db, alone.second, id)).toMatchObject({ state: 'confirmed', step: 1 });

    // The same where both steps before are done: the only principal signs in the usual way.
    const other = await aDraft(db, { editor: alone.editor, column });
    await submit(db, alone.editor, other.id);
    await approve(db, alone.first, other.id);
    await approve(db, alone.second, other.id);
    await expect(release(db, alone.principal, other.id)).rejects.toMatchObject({
      code: 'review.urgent-needless',
    });
    expect(await stageOf(other.id)).toBe('in-review');
    // Two of one unit's people cannot release in another's.
    await expect(release(db, alone.principal, resourceId)).rejects.toMatchObject({
      code: 'review.review-not-found',
    });
    await expect(release(db, team.principal, resourceId)).rejects.toMatchObject({
      code: 'review.urgent-not-authorised',
    });
    expect(reviewId).toBeTruthy();
  });

  it('is refused where its steps could not all be decided afterwards, each by somebody of their own', async () => {
    const team = await aReviewTeam(db);
    await db.deleteFrom('identity.account_role').where('account_id', '=', team.second.id).execute();
    const both = await anAccount(db, { unit: team.unit, roles: ['reviewer', 'principal'] });
    await anUrgentRule(db, team.unit, [both]);
    const { column } = await aSiteWithColumn(db, team.unit);
    const { id } = await aDraft(db, { editor: team.editor, column });
    await submit(db, team.editor, id);
    await expect(release(db, both, id)).rejects.toMatchObject({ code: 'review.step-without-people' });
    expect(await stageOf(id)).toBe('in-review');
  });

  it('is refused to its author, to a delegate, and to whoever stands behind a step already', async () => {
    const { team, deputy, resourceId, reviewId } = await aCase();
    const all = await anAccount(db, { unit: team.unit, roles: ['editor', 'reviewer', 'principal'] });
    await db
      .updateTable('review.urgent_rule')
      .set({ account_ids: sql`array[${all.id}, ${deputy.id}]::bigint[]` })
      .where('unit_id', '=', team.unit.id)
      .execute();
    const { column } = await aSiteWithColumn(db, team.unit);
    const own = await aDraft(db, { editor: all, column });
    await submit(db, team.editor, own.id);
    await expect(release(db, all, own.id)).rejects.toMatchObject({ code: 'review.own-work' });

    const delegate = await anAccount(db, { unit: team.unit, roles: ['editor', 'principal'] });
    await aDelegation(db, deputy, delegate);
    const url = `/api/reviews/${reviewId}/urgent-release`;
    const inPlace = await bodyFor(resourceId, delegate, { onBehalfOf: deputy.id });
    expect((await post(delegate, url, inPlace)).statusCode).toBe(400);
    const inOwnName = await bodyFor(resourceId, delegate);
    expect((await post(delegate, url, inOwnName)).json()).toMatchObject({
      status: 403,
      code: 'review.urgent-not-authorised',
    });

    await approve(db, all, resourceId);
    await expect(release(db, all, resourceId)).rejects.toMatchObject({ code: 'review.reviewed-before' });
    expect(await stageOf(resourceId)).toBe('in-review');
  });

  it('is refused without proof, reason or finding, and on another text or step', async () => {
    const { deputy, resourceId, reviewId } = await aCase();
    const url = `/api/reviews/${reviewId}/urgent-release`;
    const tries: readonly (readonly [object, string])[] = [
      [{ proof: undefined }, 'review.signature-missing'],
      [{ proof: { method: 'password', secret: 'Wrong-Horse-58' } }, 'identity.proof-wrong'],
      [{ assessment: anAssessment({ answers: [] }) }, 'review.assessment-incomplete'],
      [{ assessment: anAssessment({ openMode: '不予公开', reasonKey: 'privacy' }) }, 'review.not-public'],
      [{ step: 1 }, 'review.step-passed'],
      [{ revisionDigest: '0'.repeat(64) }, 'review.revision-changed'],
    ];
    for (const [part, code] of tries) {
      expect((await post(deputy, url, await bodyFor(resourceId, deputy, part))).json()).toMatchObject({
        code,
      });
    }
    const blank = await bodyFor(resourceId, deputy, { reason: '   ' });
    expect((await post(deputy, url, blank)).statusCode).toBe(400);
    expect(await stageOf(resourceId)).toBe('in-review');
  });

  it('cannot be recalled, returned or sent back, and lets a correction be handed in meanwhile', async () => {
    const { team, deputy, resourceId, reviewId } = await aCase();
    await release(db, deputy, resourceId);
    await expect(performAs({ db }, team.editor)(recallReview, { reviewId })).rejects.toMatchObject({
      code: 'review.released-urgently',
    });
    const { version } = await db
      .selectFrom('library.resource')
      .select('version')
      .where('id', '=', resourceId)
      .executeTakeFirstOrThrow();
    await performAs({ db }, team.editor)(saveDraft, {
      resourceId,
      expectedVersion: version,
      content: someContent({ title: '更正：转移路线' }),
    });
    const next = await submit(db, team.editor, resourceId);
    for (const who of [team.first, team.second, team.principal]) await approve(db, who, resourceId);
    // Both go on: what citizens saw is still looked at.
    expect(await decideAfterwards(db, team.first, reviewId)).toMatchObject({ state: 'retrospective' });
    expect(next).not.toBe(reviewId);
  });

  it('goes out now although it had an hour of its own', async () => {
    const { deputy, resourceId } = await aCase();
    await db
      .updateTable('library.resource')
      .set({ release_at: new Date(Date.now() + 86_400_000) })
      .where('id', '=', resourceId)
      .execute();
    await release(db, deputy, resourceId);
    expect(await stageOf(resourceId)).toBe('live');
  });

  it('does not go out before others with which it was planned to', async () => {
    const { deputy, resourceId } = await aCase();
    await db
      .updateTable('library.resource')
      .set({ release_held: true })
      .where('id', '=', resourceId)
      .execute();
    await expect(release(db, deputy, resourceId)).rejects.toMatchObject({ code: 'review.urgent-held' });
    expect(await stageOf(resourceId)).toBe('in-review');
  });

  it('is kept by the database from authors, from a second part of its releaser, and from every way back', async () => {
    const { team, deputy, resourceId, reviewId } = await aCase();
    const insert = (by: string, outcome: string) =>
      sql`insert into review.decision (review_id, step, step_name, outcome, reason, openness_checked, secrecy_checked,
          revision_digest, decided_by, decided_by_name, decided_at)
        values (${reviewId}, 0, '紧急发布', ${outcome}, '紧急', true, true, '\\x00', ${by}, '某人', now())`.execute(
        db,
      );
    await expect(insert(team.editor.id, 'urgent')).rejects.toThrow('nobody decides on what they wrote');
    await release(db, deputy, resourceId);
    await expect(insert(deputy.id, 'approved')).rejects.toThrow(/approval_pkey/);
    await expect(insert(deputy.id, 'objected')).rejects.toThrow(/approval_pkey/);
    for (const state of ['open', 'recalled', 'returned', 'signed']) {
      const change = sql`update review.review set state = ${state}, last_step = null,
        ended_at = case when ${state} = 'open' then null else now() end where id = ${reviewId}`.execute(db);
      await expect(change, state).rejects.toThrow(/does not become/);
    }
    await expect(
      sql`update review.urgent_release set due_at = due_at + interval '1 hour' where review_id = ${reviewId}`.execute(
        db,
      ),
    ).rejects.toThrow('never changed');
  });

  it('waits for those of an all-of step who have not approved yet', async () => {
    const team = await aReviewTeam(db);
    const deputy = await anAccount(db, { unit: team.unit, roles: ['principal'] });
    await anUrgentRule(db, team.unit, [deputy]);
    const { column } = await aSiteWithColumn(db, team.unit);
    await aChain(db, {
      unitId: team.unit.id,
      columnId: column.id,
      steps: [
        { key: 'both', name: '会审', role: 'reviewer', quorum: 'all' },
        { key: 'sign', name: '签发', role: 'principal' },
      ],
    });
    const draft = await aDraft(db, { editor: team.editor, column });
    const reviewId = await submit(db, team.editor, draft.id);
    await approve(db, team.first, draft.id);
    await release(db, deputy, draft.id);
    await expect(decideAfterwards(db, team.first, reviewId)).rejects.toMatchObject({
      code: 'review.reviewed-before',
    });
    expect(await decideAfterwards(db, team.second, reviewId)).toMatchObject({ step: 1 });
    expect(await decideAfterwards(db, team.principal, reviewId)).toMatchObject({ state: 'confirmed' });
  });

  it('of a unit below is for those named above only where their rule says so', async () => {
    const above = await aUnit(db);
    const team = await aReviewTeam(db, await aUnit(db, { parent: above }));
    const head = await anAccount(db, { unit: above, roles: ['principal'] });
    const { column } = await aSiteWithColumn(db, team.unit);
    const draft = await aDraft(db, { editor: team.editor, column });
    await submit(db, team.editor, draft.id);
    await anUrgentRule(db, above, [head]);
    await expect(release(db, head, draft.id)).rejects.toMatchObject({ code: 'review.urgent-not-authorised' });
    await anUrgentRule(db, above, [head], { expectedVersion: 1, coversBelow: true, reviewHours: 6 });
    const { urgentRelease } = await release(db, head, draft.id);
    const { dueAt = '', releasedAt = '' } = urgentRelease ?? {};
    expect(Date.parse(dueAt) - Date.parse(releasedAt)).toBe(6 * 3_600_000);
  });
});
