import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';

import type { ReviewStep, Task } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { aChainBody } from '../../../test/factories/chain.ts';
import { anAccount, aUnit, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs } from '../../../test/factories/library.ts';
import { approve, aReviewTeam, giveBack, submit } from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { Command } from '../../platform/context.ts';
import { systemActor } from '../../platform/context.ts';
import { callReviews, createChain, delegateDuty, reviewRoutes } from './index.ts';
import { listReviews } from './list-reviews.ts';
import { overdueTasks } from './overdue-tasks.ts';
import { readWorkbench } from './read-workbench.ts';
import { presentReview } from './review.presenter.ts';

describe('a step with a time limit', () => {
  const database = aDatabase();
  const { db } = database;
  let now = new Date('2026-11-23T08:30:00+08:00');
  const clock = () => now;
  const app = aConsole(database, [reviewRoutes()], { clock });
  const at = (text: string): void => {
    now = new Date(`2026-${text}:00+08:00`);
  };
  beforeEach(async () => {
    at('11-23T08:30');
    // Nothing is left of the test before.
    await sql`update review.review set call_at = null, escalated_ids = null`.execute(db);
  });
  const reading = (who: TestAccount) => ({ db, actor: who.actor, now });
  const post = async (who: TestAccount, url: string, payload: object = {}) =>
    app.inject({ method: 'POST', url, headers: await signIn(app, who), payload });
  const reviewOf = (who: TestAccount, id: string) => presentReview(reading(who), id);
  const tasksOf = async (who: TestAccount, kind: Task['kind'] = 'overdue-review') =>
    (await readWorkbench(reading(who), [overdueTasks])).tasks.filter((task) => task.kind === kind);
  const listed = async (who: TestAccount, wanted: Parameters<typeof listReviews>[1]) =>
    (await listReviews(reading(who), wanted)).items.map(({ id }) => id);
  async function aTimedChain(part: Parameters<typeof aChainBody>[0]): Promise<void> {
    const operator = await anAccount(db, { roles: ['operator'] });
    const body = aChainBody({ effectiveOn: '2026-11-23', ...part });
    await performAs({ db }, operator, { clock })(createChain, body);
  }

  const performAsSystem = <I, O>(command: Command<I, O>, input: I): Promise<O> =>
    performAs({ db }, { actor: systemActor(command.name) }, { clock })(command, input);
  /** The clock of the worker at this moment. */
  const tick = () => callReviews({ db, clock, performAsSystem });

  /** A work of two steps, the first of which is to be done within a working day. */
  async function aSubmitted(part: Partial<ReviewStep> = {}) {
    const team = await aReviewTeam(db);
    const { column } = await aSiteWithColumn(db, team.unit);
    const first = {
      key: 'first',
      name: '初审',
      role: 'reviewer',
      limit: { amount: 1, unit: 'days' },
    } as const;
    const last = {
      key: 'signature',
      name: '签发',
      role: 'principal',
      limit: { amount: 4, unit: 'hours' },
    } as const;
    await aTimedChain({ columnId: column.id, unitId: team.unit.id, steps: [{ ...first, ...part }, last] });
    const draft = await aDraft(db, { editor: team.editor, column });
    const reviewId = await submit(db, team.editor, draft.id, { clock });
    return { team, draft, reviewId };
  }
  const kindsOf = async (who: TestAccount, id: string) =>
    (await reviewOf(who, id)).reminders.map(({ kind, stepName }) => `${stepName} ${kind}`);

  it('is due by the working time of the district, and says so in the list and on the workbench', async () => {
    const { team, reviewId } = await aSubmitted();
    const dueAt = new Date('2026-11-24T17:30:00+08:00').toISOString();
    const states = [];
    for (const moment of ['11-23T09:00', '11-24T08:30', '11-24T17:30']) {
      at(moment);
      states.push((await reviewOf(team.first, reviewId)).deadline);
    }
    expect(states).toEqual([
      { dueAt, state: 'running' },
      { dueAt, state: 'soon' },
      { dueAt, state: 'overdue' },
    ]);
    expect(await listed(team.first, { mine: true, deadline: 'overdue' })).toEqual([reviewId]);
    expect(await listed(team.editor, { deadline: 'overdue' })).toEqual([reviewId]);
    expect(await listed(team.first, { mine: true, deadline: 'soon' })).toEqual([]);
    expect(await tasksOf(team.first, 'review')).toMatchObject([{ deadline: { dueAt, state: 'overdue' } }]);
  });

  it('is reminded of once before it is over, once after, and then escalated to the principal', async () => {
    const { team, draft, reviewId } = await aSubmitted();
    const told: number[] = [];
    for (const moment of ['11-23T10:00', '11-24T08:30', '11-24T09:00', '11-24T17:30', '11-25T09:00']) {
      at(moment);
      told.push(await tick());
    }
    expect([told, await kindsOf(team.first, reviewId)]).toEqual([
      [0, 1, 0, 1, 0],
      ['初审 soon', '初审 overdue'],
    ]);
    expect(await tasksOf(team.principal)).toEqual([]);
    at('11-25T17:30');
    // Two workers at once escalate once.
    await Promise.allSettled([tick(), tick()]);
    expect(await tick()).toBe(0);
    expect((await reviewOf(team.first, reviewId)).reminders.at(-1)).toMatchObject({
      kind: 'escalated',
      toNames: team.principal.realName,
    });
    expect(await tasksOf(team.principal)).toMatchObject([{ reviewId, deadline: { state: 'overdue' } }]);
    expect([await tasksOf(team.first), await tasksOf(team.editor)]).toEqual([[], []]);
    // The next step has a time of its own, and nobody is told of this one any more.
    await approve(db, team.first, draft.id, { clock });
    expect(await tasksOf(team.principal)).toEqual([]);
    expect((await reviewOf(team.principal, reviewId)).deadline?.dueAt).toBe(
      new Date('2026-11-26T14:30:00+08:00').toISOString(),
    );
    await giveBack(db, team.principal, draft.id);
    at('11-30T09:00');
    expect(await tick()).toBe(0);
  });

  it('that a stopped worker did not look at is not reminded of late, and told once as overdue', async () => {
    const { team, reviewId } = await aSubmitted();
    at('11-30T09:00');
    await tick();
    expect(await kindsOf(team.first, reviewId)).toEqual(['初审 overdue', '初审 escalated']);
  });

  it('is urged by whom it is escalated to, once a day, and lets them decide nothing', async () => {
    const chief = await anAccount(db, { unit: await aUnit(db), roles: ['principal', 'reviewer'] });
    const { team, draft, reviewId } = await aSubmitted({
      escalateAfter: { amount: 2, unit: 'hours' },
      escalateTo: { accountIds: [chief.id] },
    });
    const urge = (who: TestAccount) => post(who, `/api/reviews/${reviewId}/urgings`, { note: '请今天办结' });
    expect((await urge(chief)).json()).toMatchObject({ code: 'review.review-not-found' });
    at('11-25T10:30');
    await tick();
    expect((await urge(team.principal)).json()).toMatchObject({ code: 'review.not-escalated-to-you' });
    const seen = await reviewOf(chief, reviewId);
    expect(seen).toMatchObject({ mayUrge: true, actions: [], inReach: false });
    const decision = { action: 'return', step: 0, revisionDigest: seen.revisionDigest, reason: '退回' };
    expect((await post(chief, `/api/reviews/${reviewId}/decisions`, decision)).json()).toMatchObject({
      code: 'review.step-not-yours',
    });
    expect((await urge(chief)).statusCode).toBe(201);
    expect((await urge(chief)).json()).toMatchObject({ code: 'review.urged-today' });
    const [task] = await tasksOf(team.first, 'review');
    expect(task?.detail).toContain(`${chief.realName}催办`);
    await approve(db, team.first, draft.id, { clock });
    await expect(reviewOf(chief, reviewId)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('shows its escalation to the delegate of whom it is escalated to', async () => {
    const { team, reviewId } = await aSubmitted();
    const delegate = await anAccount(db, { unit: team.unit, roles: ['editor'] });
    const days = { startsOn: '2026-11-23', endsOn: '2026-12-04', reason: '出差' };
    const wish = { delegateId: delegate.id, ...days };
    await performAs({ db }, team.principal, { clock })(delegateDuty, wish);
    at('11-26T09:00');
    await tick();
    expect(await tasksOf(delegate)).toMatchObject([{ reviewId }]);
    expect(await reviewOf(delegate, reviewId)).toMatchObject({ mayUrge: true, actions: [] });
  });

  it('of principals is escalated to operators, and so is what names nobody in use', async () => {
    const operator = await anAccount(db, { roles: ['operator'] });
    const { team, draft, reviewId } = await aSubmitted({ escalateTo: { role: 'operator' } });
    at('11-26T09:00');
    await tick();
    expect(await tasksOf(operator)).toMatchObject([{ reviewId }]);
    expect(await tasksOf(team.principal)).toEqual([]);
    await approve(db, team.first, draft.id, { clock });
    at('11-30T09:00');
    await tick();
    const [task] = await tasksOf(operator);
    expect([task?.reviewId, task?.detail.slice(0, 4)]).toEqual([reviewId, '签发超期']);
  });

  it('that began before limits acted is counted from the upgrade on', async () => {
    const { team, reviewId } = await aSubmitted();
    await sql`update review.review set soon_at = null, due_at = null, escalate_at = null, call_at = step_since
      where id = ${reviewId}`.execute(db);
    at('12-07T09:00');
    await tick();
    expect(await kindsOf(team.first, reviewId)).toEqual([]);
    expect((await reviewOf(team.first, reviewId)).deadline).toEqual({
      dueAt: new Date('2026-12-08T17:30:00+08:00').toISOString(),
      state: 'running',
    });
  });

  it('without a limit cannot have an escalation', async () => {
    const steps = [
      { key: 'signature', name: '签发', role: 'principal', escalateTo: { role: 'operator' } },
    ] as const;
    await expect(
      aTimedChain({ unitId: (await aReviewTeam(db)).unit.id, steps: [...steps] }),
    ).rejects.toMatchObject({
      code: 'review.chain-invalid',
    });
  });
});
