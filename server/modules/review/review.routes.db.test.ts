import { describe, expect, it } from 'vitest';

import type { ReviewSummary, Task, Workbench } from '../../../contracts/review.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aColumn, aDraft, aSiteWithColumn } from '../../../test/factories/library.ts';
import {
  aLiveArticle,
  approve,
  aReviewTeam,
  giveBack,
  type ReviewTeam,
  submit,
} from '../../../test/factories/review.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes } from '../library/index.ts';
import { columnTasks } from '../sites/index.ts';
import { reviewRoutes } from './index.ts';

describe('the review routes', () => {
  const database = aDatabase();
  const { db } = database;
  const assets = createFileAssetStore('unused');
  const app = aConsole(database, [reviewRoutes([columnTasks]), libraryRoutes({ assets, uploadBytes: 1 })]);
  const get = async (who: TestAccount, url: string) => app.inject({ url, headers: await signIn(app, who) });
  const post = async (who: TestAccount, url: string, payload?: object) =>
    app.inject({ method: 'POST', url, headers: await signIn(app, who), ...(payload ? { payload } : {}) });
  const workbenchOf = async (who: TestAccount) => (await get(who, '/api/workbench')).json<Workbench>();
  const tasksOf = async (who: TestAccount, kind: Task['kind']) =>
    (await workbenchOf(who)).tasks.filter((task) => task.kind === kind);
  const figureOf = async (who: TestAccount, name: string) =>
    (await workbenchOf(who)).figures.find((one) => one.name === name)?.value;

  async function aTeamWithColumn() {
    const team = await aReviewTeam(db);
    return { team, column: (await aSiteWithColumn(db, team.unit)).column };
  }
  async function aSubmitted(team: ReviewTeam, column: { id: string }) {
    const draft = await aDraft(db, { editor: team.editor, column });
    return { resourceId: draft.id, reviewId: await submit(db, team.editor, draft.id) };
  }

  describe('submission', () => {
    it('takes a complete draft that stands in a column', async () => {
      const { team, column } = await aTeamWithColumn();
      const draft = await aDraft(db, { editor: team.editor, column });
      const answer = await post(team.editor, `/api/resources/${draft.id}/reviews`, {
        expectedVersion: draft.version,
      });
      expect(answer.statusCode).toBe(201);
      expect(answer.json()).toMatchObject({ stage: 'in-review' });
    });

    it('refuses a draft without a column, an incomplete one, and an older version than the newest', async () => {
      const { team, column } = await aTeamWithColumn();
      const homeless = await aDraft(db, { editor: team.editor });
      const url = (id: string) => `/api/resources/${id}/reviews`;
      const first = await post(team.editor, url(homeless.id), { expectedVersion: homeless.version });
      expect(first.json()).toMatchObject({ status: 409, code: 'sites.placement-missing' });
      const bare = await aDraft(db, { editor: team.editor, column, content: { source: '' } });
      const second = await post(team.editor, url(bare.id), { expectedVersion: bare.version });
      expect(second.json()).toMatchObject({ status: 422, code: 'library.content-incomplete' });
      const third = await post(team.editor, url(homeless.id), { expectedVersion: homeless.version + 1 });
      expect(third.json()).toMatchObject({ status: 409, code: 'library.resource-changed' });
      const stages = await db
        .selectFrom('library.resource')
        .select('stage')
        .where('id', 'in', [homeless.id, bare.id])
        .execute();
      expect(stages.map((one) => one.stage)).toEqual(['draft', 'draft']);
    });

    it('is refused to another unit, and when it is malformed', async () => {
      const { team, column } = await aTeamWithColumn();
      const stranger = await anAccount(db, { roles: ['editor'] });
      const draft = await aDraft(db, { editor: team.editor, column });
      const url = `/api/resources/${draft.id}/reviews`;
      expect((await post(stranger, url, { expectedVersion: 1 })).statusCode).toBe(404);
      expect((await post(team.editor, url, {})).statusCode).toBe(400);
      expect((await post(team.editor, '/api/resources/abc/reviews', { expectedVersion: 1 })).statusCode).toBe(
        400,
      );
    });
  });

  describe('the list', () => {
    it('pages through everything in scope once, newest first, and shows another unit nothing', async () => {
      const { team, column } = await aTeamWithColumn();
      const ids: string[] = [];
      for (let count = 0; count < 5; count += 1) ids.unshift((await aSubmitted(team, column)).reviewId);
      const found: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const answer = await get(team.editor, `/api/reviews?limit=2${next}`);
        const page = answer.json<{ items: ReviewSummary[]; nextCursor: string | null }>();
        found.push(...page.items.map((one) => one.id));
        cursor = page.nextCursor;
      }
      expect(found).toEqual(ids);
      const stranger = await anAccount(db, { roles: ['reviewer'] });
      expect((await get(stranger, '/api/reviews')).json()).toEqual({ items: [], nextCursor: null });
    });

    it('pages through what waits for the reader, the longest waiting first', async () => {
      const { team, column } = await aTeamWithColumn();
      const ids: string[] = [];
      for (let count = 0; count < 3; count += 1) ids.push((await aSubmitted(team, column)).reviewId);
      const first = await get(team.first, '/api/reviews?mine=true&limit=2');
      const page = first.json<{ items: ReviewSummary[]; nextCursor: string }>();
      const rest = await get(team.first, `/api/reviews?mine=true&limit=2&cursor=${page.nextCursor}`);
      const all = [...page.items, ...rest.json<{ items: ReviewSummary[] }>().items];
      expect(all.map((one) => one.id)).toEqual(ids);
      expect((await get(team.principal, '/api/reviews?mine=true')).json()).toMatchObject({ items: [] });
      expect((await get(team.first, '/api/reviews?mine=true&state=signed')).json()).toMatchObject({
        items: [],
      });
    });

    it('filters by state and refuses a wrong cursor, an unknown key and a wrong state', async () => {
      const { team, column } = await aTeamWithColumn();
      const { resourceId, reviewId } = await aSubmitted(team, column);
      await giveBack(db, team.first, resourceId);
      await aSubmitted(team, column);
      const found = (await get(team.editor, '/api/reviews?state=returned')).json<{
        items: ReviewSummary[];
      }>();
      expect(found.items.map((one) => one.id)).toEqual([reviewId]);
      expect((await get(team.editor, '/api/reviews?cursor=x')).json()).toMatchObject({
        code: 'review.cursor-wrong',
      });
      expect((await get(team.editor, '/api/reviews?unit=1')).statusCode).toBe(400);
      expect((await get(team.editor, '/api/reviews?state=lost')).statusCode).toBe(400);
    });
  });

  it('one review is shown in scope, hidden elsewhere, and its id must be a number', async () => {
    const { team, column } = await aTeamWithColumn();
    const { reviewId } = await aSubmitted(team, column);
    const shown = await get(team.principal, `/api/reviews/${reviewId}`);
    expect(shown.json()).toMatchObject({ actions: [], refusal: '现在轮到审核员初审。' });
    const stranger = await anAccount(db, { roles: ['principal'] });
    expect((await get(stranger, `/api/reviews/${reviewId}`)).json()).toMatchObject({
      code: 'review.review-not-found',
    });
    expect((await get(team.editor, '/api/reviews/0')).statusCode).toBe(400);
  });

  it('a recall makes the work a draft again, is refused to others, and its id must be a number', async () => {
    const { team, column } = await aTeamWithColumn();
    const { reviewId, resourceId } = await aSubmitted(team, column);
    const url = `/api/reviews/${reviewId}/recall`;
    expect((await post(team.first, url)).json()).toMatchObject({ status: 403, code: 'review.not-submitter' });
    expect((await post(team.editor, '/api/reviews/x/recall')).statusCode).toBe(400);
    expect((await post(team.editor, url)).json()).toMatchObject({ state: 'recalled' });
    expect(await tasksOf(team.editor, 'draft')).toMatchObject([{ resourceId }]);
  });

  it('responsibility is shown in scope, hidden elsewhere, and its id must be a number', async () => {
    const { team, resourceId } = await aLiveArticle(db);
    const url = `/api/resources/${resourceId}/responsibility`;
    expect((await get(team.editor, url)).json()).toHaveLength(6);
    const stranger = await anAccount(db, { roles: ['principal'] });
    expect((await get(stranger, url)).statusCode).toBe(404);
    expect((await get(team.editor, '/api/resources/x/responsibility')).statusCode).toBe(400);
  });

  describe('the workbench', () => {
    it('is refused to strangers and knows no query', async () => {
      expect((await app.inject({ url: '/api/workbench' })).statusCode).toBe(401);
      const { team } = await aTeamWithColumn();
      expect((await get(team.editor, '/api/workbench?all=true')).statusCode).toBe(400);
    });

    it('moves a work from the first reviewer to the second to the principal', async () => {
      const { team, column } = await aTeamWithColumn();
      const { resourceId, reviewId } = await aSubmitted(team, column);
      expect(await tasksOf(team.first, 'review')).toMatchObject([
        { reviewId, detail: expect.stringContaining('初审') as string },
      ]);
      await approve(db, team.first, resourceId);
      expect(await tasksOf(team.first, 'review')).toEqual([]);
      expect(await figureOf(team.second, '待我审核')).toBe(1);
      await approve(db, team.second, resourceId);
      expect(await tasksOf(team.principal, 'review')).toMatchObject([{ reviewId }]);
      expect(await figureOf(team.editor, '审核中')).toBe(1);
      await approve(db, team.principal, resourceId);
      expect(await workbenchOf(team.principal)).toMatchObject({ tasks: [] });
      expect(await figureOf(team.editor, '审核中')).toBe(0);
      expect(await figureOf(team.editor, '本月发布')).toBe(1);
    });

    it('brings a returned work back to its author with the reason, until it is handed in again', async () => {
      const { team, column } = await aTeamWithColumn();
      const { resourceId } = await aSubmitted(team, column);
      await giveBack(db, team.first, resourceId, '附件缺失');
      const [task] = await tasksOf(team.editor, 'returned');
      expect(task).toMatchObject({ resourceId, detail: `${team.first.realName}初审退回：附件缺失` });
      expect(await figureOf(team.editor, '退回给我')).toBe(1);
      await submit(db, team.editor, resourceId);
      expect(await tasksOf(team.editor, 'returned')).toEqual([]);
    });

    it('forgets a returned work that its author threw away', async () => {
      const { team, column } = await aTeamWithColumn();
      const { resourceId } = await aSubmitted(team, column);
      await giveBack(db, team.first, resourceId);
      const resource = await get(team.editor, `/api/resources/${resourceId}`);
      const { version: expectedVersion } = resource.json<{ version: number }>();
      const discarded = await post(team.editor, `/api/resources/${resourceId}/discard`, { expectedVersion });
      expect(discarded.statusCode).toBe(200);
      expect(await tasksOf(team.editor, 'returned')).toEqual([]);
    });

    it('shows drafts to their author only, and columns that wait for an update', async () => {
      const { team, column } = await aTeamWithColumn();
      await aColumn(db, { siteId: column.siteId, unit: team.unit, updateDays: 14 });
      const draft = await aDraft(db, { editor: team.editor });
      expect(await tasksOf(team.editor, 'draft')).toMatchObject([{ resourceId: draft.id }]);
      const colleague = await anAccount(db, { unit: team.unit, roles: ['editor'] });
      expect(await tasksOf(colleague, 'draft')).toEqual([]);
      expect(await tasksOf(colleague, 'overdue-column')).toHaveLength(1);
    });

    it('gives platform roles figures and no tasks', async () => {
      const { team, column } = await aTeamWithColumn();
      await aSubmitted(team, column);
      const supervisor = await anAccount(db, { roles: ['supervisor'] });
      expect(await workbenchOf(supervisor)).toMatchObject({ tasks: [] });
      expect(await figureOf(supervisor, '审核中')).toBeGreaterThan(0);
      const auditor = await anAccount(db, { roles: ['audit-admin'] });
      expect((await workbenchOf(auditor)).figures.map((one) => one.value)).toEqual([0, 0, 0, 0]);
    });
  });
});
