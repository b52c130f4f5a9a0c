import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { Delegation, Review, Workbench } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { aDelegation, dayFrom, today } from '../../../test/factories/chain.ts';
import { anAssessment } from '../../../test/factories/assessment.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn } from '../../../test/factories/library.ts';
import { approve, aReviewTeam, openReview, type ReviewTeam, submit } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { reviewRoutes } from './index.ts';

describe('a delegation', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [reviewRoutes()]);
  const get = async (who: TestAccount, url: string) => app.inject({ url, headers: await signIn(app, who) });
  const post = async (who: TestAccount, url: string, payload?: object) =>
    app.inject({ method: 'POST', url, headers: await signIn(app, who), ...(payload ? { payload } : {}) });
  const colleague = (team: ReviewTeam, ...roles: TestAccount['roles']) =>
    anAccount(db, { unit: team.unit, roles: roles.length === 0 ? ['editor'] : roles });
  const days = (from: number, to: number) => ({
    startsOn: dayFrom(from),
    endsOn: dayFrom(to),
    reason: '出差',
  });

  async function aSubmitted(editor?: (team: ReviewTeam) => Promise<TestAccount>) {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const writer = editor ? await editor(team) : team.editor;
    const draft = await aDraft(db, { editor: writer, column });
    const reviewId = await submit(db, writer, draft.id);
    return { team, draft, reviewId, writer };
  }

  async function approveFor(who: TestAccount, from: TestAccount, resourceId: string) {
    const { id, step, digest } = await openReview(db, resourceId);
    return post(who, `/api/reviews/${id}/decisions`, {
      action: 'approve',
      step,
      revisionDigest: digest,
      assessment: anAssessment(),
      proof: { method: 'password', secret: who.password },
      onBehalfOf: from.id,
    });
  }

  it('lets the delegate sign, and both names stand in the decision and in the record', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    const delegate = await colleague(team);
    for (const who of [team.first, team.second]) await approve(db, who, draft.id);
    expect((await approveFor(delegate, team.principal, draft.id)).json()).toMatchObject({
      code: 'review.not-your-delegation',
    });
    await aDelegation(db, team.principal, delegate);
    const shown = (await get(delegate, `/api/reviews/${reviewId}`)).json<Review>();
    expect(shown).toMatchObject({
      onBehalfOf: { id: team.principal.id },
      actions: ['approve', 'return', 'send-back'],
    });
    const signed = await approveFor(delegate, team.principal, draft.id);
    expect(signed.json<Review>().decisions.at(-1)).toMatchObject({
      decidedByName: delegate.realName,
      onBehalfOfName: team.principal.realName,
    });
    const records = await get(team.editor, `/api/resources/${draft.id}/responsibility`);
    expect(records.json<{ dutyName: string }[]>().find((one) => one.dutyName === '签发')).toMatchObject({
      personName: delegate.realName,
      onBehalfOfName: team.principal.realName,
    });
  });

  it('is on the workbench of both, and what waits is on that of the delegate', async () => {
    const { team, reviewId } = await aSubmitted();
    const delegate = await colleague(team, 'liaison');
    const id = await aDelegation(db, team.first, delegate);
    for (const who of [team.first, delegate]) {
      const { delegations } = (await get(who, '/api/workbench')).json<Workbench>();
      expect(delegations).toMatchObject([{ id, state: 'running' }]);
    }
    const { tasks } = (await get(delegate, '/api/workbench')).json<Workbench>();
    expect(tasks).toMatchObject([{ kind: 'review', reviewId }]);
    await post(team.first, `/api/delegations/${id}/revoke`);
    expect((await get(delegate, '/api/workbench')).json()).toMatchObject({ tasks: [], delegations: [] });
  });

  it('helps no author: neither as the delegate nor in the place of one', async () => {
    const { team, draft } = await aSubmitted();
    await aDelegation(db, team.first, team.editor);
    const asAuthor = await approveFor(team.editor, team.first, draft.id);
    expect(asAuthor.json()).toMatchObject({ status: 403, code: 'review.own-work' });
    const other = await aSubmitted((one) => colleague(one, 'editor', 'reviewer'));
    const delegate = await colleague(other.team, 'reviewer');
    await aDelegation(db, other.writer, delegate);
    const forAuthor = await approveFor(delegate, other.writer, other.draft.id);
    expect(forAuthor.json()).toMatchObject({ status: 403, code: 'review.own-work' });
  });

  it('lets nobody stand behind two steps, whichever of the two decided first', async () => {
    const { team, draft } = await aSubmitted();
    await aDelegation(db, team.second, team.first);
    await approve(db, team.first, draft.id);
    const again = await approveFor(team.first, team.second, draft.id);
    expect(again.json()).toMatchObject({ status: 403, code: 'review.reviewed-before' });
    const delegate = await colleague(team);
    const boss = await colleague(team, 'reviewer', 'principal');
    await aDelegation(db, boss, delegate);
    expect((await approveFor(delegate, boss, draft.id)).statusCode).toBe(201);
    await expect(approve(db, boss, draft.id)).rejects.toMatchObject({ code: 'review.reviewed-before' });
  });

  it('is guarded by the database too, past every rule', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    await approve(db, team.first, draft.id);
    const insert = (decidedBy: string, onBehalfOf: string | null) =>
      db
        .insertInto('review.decision')
        .values({
          review_id: reviewId,
          step: 1,
          step_name: '复审',
          outcome: 'approved',
          secrecy_checked: true,
          openness_checked: true,
          revision_digest: Buffer.alloc(32),
          decided_by: decidedBy,
          decided_by_name: '某',
          on_behalf_of: onBehalfOf,
          on_behalf_of_name: onBehalfOf === null ? null : '某',
          decided_at: new Date(),
        })
        .execute();
    await expect(insert(team.editor.id, null)).rejects.toThrow('nobody decides on what they wrote');
    await expect(insert(team.second.id, team.editor.id)).rejects.toThrow('nobody decides on what they wrote');
    await expect(insert(team.first.id, null)).rejects.toThrow('approval_pkey');
    await expect(insert(team.second.id, team.first.id)).rejects.toThrow('approval_pkey');
  });

  it('is no chain: who is delegated to passes nothing on, nor is anybody named who is away', async () => {
    const { team, draft } = await aSubmitted();
    const [middle, end] = [await colleague(team, 'reviewer'), await colleague(team)];
    await aDelegation(db, team.first, middle);
    const wish = { delegateId: end.id, ...days(0, 3) };
    expect((await post(middle, '/api/delegations', wish)).json()).toMatchObject({
      code: 'review.delegation-chained',
    });
    const toAbsent = { delegateId: team.first.id, ...days(1, 2) };
    expect((await post(team.second, '/api/delegations', toAbsent)).json()).toMatchObject({
      code: 'review.delegation-chained',
    });
    expect((await approveFor(end, team.first, draft.id)).json()).toMatchObject({
      code: 'review.not-your-delegation',
    });
  });

  it('is refused to another unit, to oneself, for days that are over, twice at once, and to an editor', async () => {
    const team = await aReviewTeam(db);
    const [stranger, friend] = [await anAccount(db, { roles: ['reviewer'] }), await colleague(team)];
    const code = async (who: TestAccount, wish: object) =>
      (await post(who, '/api/delegations', wish)).json<{ code: string }>().code;
    expect(await code(team.first, { delegateId: stranger.id, ...days(0, 1) })).toBe('review.delegate-unfit');
    expect(await code(team.first, { delegateId: team.first.id, ...days(0, 1) })).toBe(
      'review.delegate-unfit',
    );
    expect(await code(team.first, { delegateId: friend.id, ...days(-1, 1) })).toBe(
      'review.delegation-days-wrong',
    );
    expect(await code(team.first, { delegateId: friend.id, ...days(3, 1) })).toBe(
      'review.delegation-days-wrong',
    );
    expect(await code(team.first, { delegateId: friend.id, ...days(0, 400) })).toBe(
      'review.delegation-days-wrong',
    );
    expect(await code(team.editor, { delegateId: friend.id, ...days(0, 1) })).toBe(
      'review.delegation-role-required',
    );
    await aDelegation(db, team.first, friend);
    expect(await code(team.first, { delegateId: team.second.id, ...days(2, 9) })).toBe(
      'review.delegation-overlaps',
    );
    expect((await post(team.first, '/api/delegations', { delegateId: friend.id })).statusCode).toBe(400);
    expect((await post(team.first, '/api/delegations/0/revoke')).statusCode).toBe(400);
    expect((await get(team.editor, '/api/delegations/colleagues')).statusCode).toBe(403);
    const colleagues = (await get(team.first, '/api/delegations/colleagues')).json<{ id: string }[]>();
    expect(colleagues.map(({ id }) => id)).toContain(friend.id);
    expect(colleagues.map(({ id }) => id)).not.toContain(stranger.id);
  });

  it('ends when its days are over, when it is revoked, and when the two part', async () => {
    const { team, draft } = await aSubmitted();
    const delegate = await colleague(team);
    const id = await aDelegation(db, team.first, delegate);
    const mayDecide = async () =>
      (await get(delegate, '/api/reviews?mine=true')).json<{ items: unknown[] }>().items.length;
    expect(await mayDecide()).toBe(1);
    await db
      .updateTable('review.delegation')
      .set({ starts_on: dayFrom(-9), ends_on: dayFrom(-1) })
      .execute();
    expect(await mayDecide()).toBe(0);
    await db.updateTable('review.delegation').set({ ends_on: today() }).where('id', '=', id).execute();
    expect(await mayDecide()).toBe(1);
    const elsewhere = await aReviewTeam(db);
    const move = (unitId: string) =>
      db.updateTable('identity.account').set({ unit_id: unitId }).where('id', '=', team.first.id).execute();
    await move(elsewhere.unit.id);
    expect(await mayDecide()).toBe(0);
    await move(team.unit.id);
    const revoked = await post(team.first, `/api/delegations/${id}/revoke`);
    expect(revoked.json<Delegation>().state).toBe('revoked');
    expect((await post(team.first, `/api/delegations/${id}/revoke`)).json()).toMatchObject({
      code: 'review.delegation-over',
    });
    expect((await post(delegate, `/api/delegations/${id}/revoke`)).statusCode).toBe(404);
    const late = await approveFor(delegate, team.first, draft.id);
    expect(late.json()).toMatchObject({ code: 'review.not-your-delegation' });
    const refusals = await db
      .selectFrom('audit.entry')
      .select(['result', 'object_id'])
      .where('action', '=', 'review.decide-review')
      .where('actor_id', '=', delegate.id)
      .execute();
    expect(refusals).toMatchObject([{ result: 'refused' }]);
  });

  it('that is revoked while the delegate waits for the review to be free is of no use any more', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    const delegate = await colleague(team);
    const id = await aDelegation(db, team.first, delegate);
    const waiting = async () => {
      const { rows } = await sql<{ waiting: boolean }>`
        select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waiting`.execute(
        db,
      );
      return rows[0]?.waiting;
    };
    const deciding = await db.transaction().execute(async (trx) => {
      await trx.selectFrom('review.review').select('id').where('id', '=', reviewId).forUpdate().execute();
      const sent = approveFor(delegate, team.first, draft.id);
      await expect.poll(waiting, { timeout: 20_000 }).toBe(true);
      expect((await post(team.first, `/api/delegations/${id}/revoke`)).statusCode).toBe(200);
      return { sent };
    });
    expect((await deciding.sent).json()).toMatchObject({ code: 'review.not-your-delegation' });
  });

  it('of two who sign at once for the same principal is used once, and the other learns why', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    const delegate = await colleague(team);
    for (const who of [team.first, team.second]) await approve(db, who, draft.id);
    await aDelegation(db, team.principal, delegate);
    const { step, digest } = await openReview(db, draft.id);
    const body = {
      action: 'approve',
      step,
      revisionDigest: digest,
      assessment: anAssessment(),
      proof: { method: 'password', secret: delegate.password },
    };
    const ready = [
      { headers: await signIn(app, delegate), payload: { ...body, onBehalfOf: team.principal.id } },
      { headers: await signIn(app, team.principal), payload: body },
    ];
    const url = `/api/reviews/${reviewId}/decisions`;
    const answers = await Promise.all(ready.map((one) => app.inject({ method: 'POST', url, ...one })));
    expect(answers.map((one) => one.statusCode).sort()).toEqual([201, 409]);
    expect(answers.find((one) => one.statusCode === 409)?.json()).toMatchObject({ code: 'review.not-open' });
  });
});
