import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { Task, UrgentRelease, UrgentRule, Workbench } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs } from '../../../test/factories/library.ts';
import { aReviewTeam, type ReviewTeam, submit } from '../../../test/factories/review.ts';
import { anUrgentRule, decideAfterwards, release } from '../../../test/factories/urgent.ts';
import { aDatabase } from '../../../test/harness.ts';
import { withdrawResource } from '../sites/index.ts';
import {
  areRetrospectivesWaiting,
  endUrgentRule,
  mindRetrospectives,
  reviewRoutes,
  setUrgentRule,
} from './index.ts';

interface List {
  readonly items: UrgentRelease[];
  readonly nextCursor: string | null;
  readonly counts: { readonly waiting: number; readonly overdue: number; readonly objected: number };
}

const hours = (count: number) => count * 3_600_000;

describe('a retrospective review', () => {
  const database = aDatabase();
  const { db } = database;
  const clock = { now: new Date() };
  const app = aConsole(database, [reviewRoutes()], { clock: () => clock.now });
  const get = async <T>(who: TestAccount, url: string): Promise<T> =>
    (await app.inject({ url, headers: await signIn(app, who) })).json<T>();
  const tasksOf = async (who: TestAccount, kind: Task['kind']) =>
    (await get<Workbench>(who, '/api/workbench')).tasks.filter((task) => task.kind === kind);
  const listOf = (who: TestAccount, query = '') => get<List>(who, `/api/urgent-releases${query}`);

  interface Case {
    readonly team: ReviewTeam;
    readonly deputy: TestAccount;
    readonly resourceId: string;
    readonly reviewId: string;
  }
  async function released(at: Date, given?: Pick<Case, 'team' | 'deputy'>): Promise<Case> {
    const team = given?.team ?? (await aReviewTeam(db));
    const deputy = given?.deputy ?? (await anAccount(db, { unit: team.unit, roles: ['principal'] }));
    if (!given) await anUrgentRule(db, team.unit, [deputy]);
    const { column } = await aSiteWithColumn(db, team.unit);
    const { id } = await aDraft(db, { editor: team.editor, column });
    const reviewId = await submit(db, team.editor, id);
    await release(db, deputy, id, { clock: () => at });
    return { team, deputy, resourceId: id, reviewId };
  }

  it('stands on the workbench of those who are asked, of the releaser and of those who oversee, until it is done', async () => {
    const now = new Date();
    clock.now = now;
    const { team, deputy, reviewId } = await released(now);
    const operator = await anAccount(db, { roles: ['operator'] });
    const supervisor = await anAccount(db, { roles: ['supervisor'] });
    const stranger = await anAccount(db, { roles: ['reviewer', 'principal'] });
    for (const who of [team.first, team.second, deputy, operator, supervisor]) {
      expect(await tasksOf(who, 'retrospective')).toMatchObject([{ reviewId }]);
    }
    for (const who of [team.editor, team.principal, stranger]) {
      expect(await tasksOf(who, 'retrospective')).toEqual([]);
    }
    await decideAfterwards(db, team.first, reviewId);
    await decideAfterwards(db, team.second, reviewId);
    expect(await tasksOf(team.second, 'retrospective')).toEqual([]);
    expect(await tasksOf(team.principal, 'retrospective')).toMatchObject([{ reviewId }]);
    await decideAfterwards(db, team.principal, reviewId);
    for (const who of [team.principal, deputy, operator]) {
      expect(await tasksOf(who, 'retrospective')).toEqual([]);
    }
  });

  it('is marked, counted and told to the principals when it is overdue, and reminded of once for each reason', async () => {
    const start = new Date('2026-11-02T02:00:00Z');
    const { team, deputy, reviewId } = await released(start);
    const at = (count: number) => new Date(start.getTime() + hours(count));
    expect(await mindRetrospectives(db, at(17))).toBe(0);
    expect(await mindRetrospectives(db, at(18))).toBe(1);
    expect(await areRetrospectivesWaiting(db, at(23))).toBe(false);
    expect(await mindRetrospectives(db, at(25))).toBe(1);
    expect(await mindRetrospectives(db, at(99))).toBe(0);
    clock.now = new Date(start.getTime() + hours(24) + 1);
    for (const who of [team.first, deputy, team.principal]) {
      expect(await tasksOf(who, 'retrospective-overdue')).toMatchObject([{ reviewId }]);
    }
    expect((await tasksOf(team.first, 'retrospective-overdue'))[0]?.detail).toContain('已超期');
    expect(await listOf(team.editor, '?show=overdue')).toMatchObject({
      items: [{ reviewId, overdue: true, stepName: '初审' }],
      counts: { waiting: 1, overdue: 1, objected: 0 },
    });
  });

  it('that finds it wrong leaves it public, as a task of the principals until it is put right', async () => {
    const now = new Date();
    clock.now = now;
    const { team, resourceId, reviewId } = await released(now);
    const objected = await decideAfterwards(db, team.first, reviewId, { action: 'object' });
    expect(objected).toMatchObject({
      state: 'objected',
      urgentRelease: {
        objection: { byName: team.first.realName, reason: '转移路线写错了' },
        settledAs: null,
      },
    });
    const { stage } = await db
      .selectFrom('library.resource')
      .select('stage')
      .where('id', '=', resourceId)
      .executeTakeFirstOrThrow();
    expect(stage).toBe('live');
    expect(await tasksOf(team.principal, 'objected')).toMatchObject([{ reviewId }]);
    expect(await tasksOf(team.editor, 'objected')).toEqual([]);
    expect(await mindRetrospectives(db, now)).toBe(0);

    await performAs({ db }, team.principal)(withdrawResource, {
      resourceId,
      expectedVersion: await versionOf(resourceId),
      reason: '转移路线有误',
    });
    expect(await tasksOf(team.principal, 'objected')).toEqual([]);
    expect(await mindRetrospectives(db, now)).toBe(1);
    expect(await mindRetrospectives(db, now)).toBe(0);
    expect((await listOf(team.editor, '?show=objected')).items).toMatchObject([{ settledAs: 'withdrawn' }]);
    await expect(
      sql`update review.urgent_release set settled_as = null, settled_at = null where review_id = ${reviewId}`.execute(
        db,
      ),
    ).rejects.toThrow('never changed');
  });
  const versionOf = async (id: string): Promise<number> =>
    (await db.selectFrom('library.resource').select('version').where('id', '=', id).executeTakeFirstOrThrow())
      .version;

  it('needs a reason for an objection, and no approval says that it must not be open', async () => {
    const { team, reviewId } = await released(new Date());
    const { revision_digest: digest } = await db
      .selectFrom('review.review')
      .select('revision_digest')
      .where('id', '=', reviewId)
      .executeTakeFirstOrThrow();
    const send = async (payload: object) =>
      app.inject({
        method: 'POST',
        url: `/api/reviews/${reviewId}/decisions`,
        headers: await signIn(app, team.first),
        payload: { step: 0, revisionDigest: digest.toString('hex'), ...payload },
      });
    expect((await send({ action: 'object' })).json()).toMatchObject({ code: 'review.reason-missing' });
    const closed = { openMode: '不予公开', reasonKey: 'privacy', answers: [] };
    expect((await send({ action: 'approve', assessment: closed })).json()).toMatchObject({
      code: 'review.finding-contradicts',
    });
    expect((await send({ action: 'return', reason: '退回' })).json()).toMatchObject({
      code: 'review.released-urgently',
    });
  });

  it('is listed page by page and by what became of it, for nobody of another unit', async () => {
    const now = new Date();
    clock.now = now;
    const first = await released(now);
    const second = await released(now, first);
    const third = await released(now, first);
    await decideAfterwards(db, first.team.second, second.reviewId, { action: 'object' });
    const page = await listOf(first.team.editor, '?limit=2');
    expect(page.items.map(({ reviewId }) => reviewId)).toEqual([third.reviewId, second.reviewId]);
    const rest = await listOf(first.team.editor, `?limit=2&cursor=${page.nextCursor ?? ''}`);
    expect(rest.items.map(({ reviewId }) => reviewId)).toEqual([first.reviewId]);
    expect(rest).toMatchObject({ nextCursor: null, counts: { waiting: 2, overdue: 0, objected: 1 } });
    const waiting = await listOf(first.deputy, '?show=waiting');
    expect(waiting.items.map(({ reviewId }) => reviewId)).toEqual([third.reviewId, first.reviewId]);
    const one = await listOf(first.deputy, `?resourceId=${second.resourceId}`);
    expect(one.items).toMatchObject([{ state: 'objected' }]);
    const stranger = await anAccount(db, { roles: ['principal'] });
    expect(await listOf(stranger)).toMatchObject({ items: [], counts: { waiting: 0 } });
  });
});

describe('who may release urgently', () => {
  const database = aDatabase();
  const { db } = database;

  it('is said by operators, of people in use who sign for the unit, and each time on what stands', async () => {
    const team = await aReviewTeam(db);
    const operator = await anAccount(db, { roles: ['operator'] });
    const set = (who: TestAccount, accountIds: readonly string[], expectedVersion = 0) =>
      performAs({ db }, who)(setUrgentRule, {
        unitId: team.unit.id,
        expectedVersion,
        coversBelow: true,
        accountIds: [...accountIds],
        reviewHours: 12,
        note: '防汛期间',
      });
    await expect(set(team.principal, [team.principal.id])).rejects.toMatchObject({
      code: 'review.operator-required',
    });
    const stranger = await anAccount(db, { roles: ['principal'] });
    for (const unfit of [team.first, stranger]) {
      await expect(set(operator, [unfit.id])).rejects.toMatchObject({ code: 'review.urgent-people-unfit' });
    }
    expect(await set(operator, [team.principal.id])).toMatchObject({
      version: 1,
      people: [{ name: team.principal.realName, able: true }],
    } satisfies Partial<Record<keyof UrgentRule, unknown>>);
    await expect(set(operator, [team.principal.id])).rejects.toMatchObject({
      code: 'review.urgent-rule-changed',
    });
    const end = (expectedVersion: number) =>
      performAs({ db }, operator)(endUrgentRule, { unitId: team.unit.id, expectedVersion, note: '汛期结束' });
    await expect(end(0)).rejects.toMatchObject({ code: 'review.urgent-rule-changed' });
    expect(await end(1)).toEqual([]);
    await expect(end(0)).rejects.toMatchObject({ code: 'review.urgent-rule-not-found' });
    const { rows } = await sql<{ action: string; details: { note: string } }>`
      select action, details from audit.entry where object_kind = 'urgent-rule' and result = 'done' order by seq`.execute(
      db,
    );
    expect(rows.map(({ details }) => details.note)).toEqual(['防汛期间', '汛期结束']);
  });
});
