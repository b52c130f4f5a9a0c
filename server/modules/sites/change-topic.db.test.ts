import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Topic, TopicCare, TopicState } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { someBlocks } from '../../../test/factories/blocks.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  atlasOptions,
  edit,
  publish,
  someComposition,
  testBase,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { differencesFromScratch, inMemory } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { Reader } from '../../platform/http.ts';
import { sitesRoutes, topicTasks } from './index.ts';
import { listTopics } from './topic.presenter.ts';

type Headers = Record<string, string>;

describe('whoever answers for a topic', () => {
  const { db } = aDatabase();
  const now = new Date('2026-11-20T02:00:00Z');
  const stage = aStage(db, () => now);
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())], { clock: () => now });
  const pages = inMemory(db);
  let district: TestDistrict;
  let topicColumn: string;
  let newsColumn: string;
  let someone: TestAccount;
  let editor: Headers;
  let stranger: Headers;

  beforeAll(async () => {
    district = await aDistrict(stage);
    const site = district.portal;
    topicColumn = (await aColumn(stage, { site, kind: 'topic', slug: 'zt', homePosition: 1 })).id;
    newsColumn = (await aColumn(stage, { site, kind: 'news', slug: 'xw' })).id;
    someone = await anAccount(db, { unit: district.office, roles: ['editor'] });
    editor = await signIn(app, someone);
    const other = await anAccount(db, { unit: district.bureau, roles: ['editor'] });
    stranger = await signIn(app, other);
    await pages.rebuild();
  });

  const aTopic = (title: string, endsOn?: string) =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      type: 'topic',
      columnIds: [topicColumn],
      content: { title, blocks: someBlocks({ columnIds: [newsColumn] }), ...(endsOn ? { endsOn } : {}) },
    });
  const send = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, headers = editor) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const done = async (answer: ReturnType<typeof send>): Promise<Topic> => {
    const { statusCode, body } = await answer;
    expect(statusCode, body).toBe(200);
    return JSON.parse(body) as Topic;
  };
  const codeOf = async (answer: ReturnType<typeof send>): Promise<string> =>
    (await answer).json<Problem>().code;
  const change = (id: string, part: object, headers = editor) =>
    send('PUT', `/api/topics/${id}`, { keeperId: null, endsOn: null, reason: '继续宣传', ...part }, headers);
  const shown = async (id: string) => {
    await pages.follow();
    const page = [...pages.shown].find(([address]) => address.endsWith(`_${id}.html`))?.[1] ?? '';
    const at = (path: string) => pages.shown.get(`${district.portal.id}${path}`) ?? '';
    return { page, home: at('/'), column: at('/zt/') };
  };
  const archived = '结束归档，内容供查阅';

  it('ends it today: archived at its address and in its column, on no home page, on the audit record', async () => {
    const id = await aTopic('文明创建');
    expect((await shown(id)).home).toContain('文明创建');
    const ended = { expectedVersion: 1, reason: '创建工作已经验收' };
    expect(await done(send('POST', `/api/topics/${id}/ending`, ended))).toMatchObject({
      state: 'ended',
      endsOn: '2026-11-20',
      version: 2,
    });
    const after = await shown(id);
    expect(after.page).toContain(archived);
    expect(after.page).toContain('2026-11-20');
    expect(after.home).not.toContain('文明创建');
    expect(after.column).toMatch(/文明创建[\s\S]{0,80}已归档/);
    expect(await differencesFromScratch(db, pages)).toEqual([]);
    expect(await codeOf(send('POST', `/api/topics/${id}/ending`, ended))).toBe('sites.topic-changed');
    const over = send('POST', `/api/topics/${id}/ending`, { ...ended, expectedVersion: 2 });
    expect(await codeOf(over)).toBe('sites.topic-over');
    const row = await db
      .selectFrom('audit.entry')
      .select(['actor_id', 'details'])
      .where('action', '=', 'sites.end-topic')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      actor_id: someone.actor.id,
      details: { reason: '创建工作已经验收' },
    });
  });

  it('extends it, before and after its end, which the same text released again does not undo', async () => {
    const id = await aTopic('防汛抗旱', '2026-11-10');
    expect((await shown(id)).page).toContain(archived);
    expect(await codeOf(change(id, { expectedVersion: 1, endsOn: '2026-11-19' }))).toBe(
      'sites.topic-day-wrong',
    );
    const extended = await done(change(id, { expectedVersion: 1, endsOn: '2027-03-31' }));
    expect(extended).toMatchObject({ state: 'running', endsOn: '2027-03-31' });
    expect((await shown(id)).page).not.toContain(archived);
    const content = (endsOn: string) =>
      someComposition('topic', someBlocks({ columnIds: [newsColumn] }), { title: '防汛抗旱二', endsOn });
    await edit(stage, district.actor, id, content('2026-11-10'));
    await publish(stage, district.actor, id);
    expect((await shown(id)).page).not.toContain(archived);
    await edit(stage, district.actor, id, content('2026-11-15'));
    await publish(stage, district.actor, id);
    expect((await shown(id)).page).toContain(archived);
  });

  it('gives it to somebody of the unit; the unit is told before it ends, and no more when it goes on', async () => {
    const id = await aTopic('读书月', '2026-12-05');
    const { people } = (await send('GET', `/api/topics/${id}`)).json<TopicCare>();
    expect(people).toContainEqual({ id: someone.actor.id, name: someone.realName });
    const given = { expectedVersion: 1, keeperId: someone.actor.id, endsOn: '2026-12-05' };
    const foreign = await anAccount(db, { unit: district.bureau, roles: ['editor'] });
    expect(await codeOf(change(id, { ...given, keeperId: foreign.actor.id }))).toBe(
      'sites.topic-keeper-wrong',
    );
    expect(await done(change(id, given))).toMatchObject({ keeperName: someone.realName, state: 'running' });
    const onDay = (day: string): Reader => ({ db, actor: someone.actor, now: new Date(`${day}T02:00:00Z`) });
    const tasks = (day: string) => topicTasks(onDay(day));
    expect(await tasks('2026-11-20')).toEqual([]);
    expect(await tasks('2026-11-21')).toMatchObject([
      {
        kind: 'topic-ending',
        title: '读书月',
        resourceId: id,
        since: '2026-11-20T16:00:00.000Z',
        detail: expect.stringContaining(someone.realName) as string,
      },
    ]);
    const listed = async (state: TopicState): Promise<readonly string[]> =>
      (await listTopics(onDay('2026-11-21'), testBase, { state })).items.map((one) => one.title);
    expect(await listed('ending')).toEqual(['读书月']);
    await done(change(id, { ...given, expectedVersion: 2, endsOn: null }));
    expect(await tasks('2026-12-05')).toEqual([]);
    expect(await listed('ending')).toEqual([]);
    expect(await listed('running')).toContain('读书月');
    expect(await listed('ended')).toContain('文明创建');
  });

  it('is of its unit: others do not find it', async () => {
    const id = await aTopic('营商环境');
    expect(await codeOf(change(id, { expectedVersion: 1 }, stranger))).toBe('sites.topic-not-found');
    const reviewerless = await anAccount(db, { unit: district.office, roles: ['liaison'] });
    const liaison = await signIn(app, reviewerless);
    expect(await codeOf(change(id, { expectedVersion: 1 }, liaison))).toBe('sites.topic-forbidden');
    expect(await codeOf(send('GET', '/api/topics?cursor=x'))).toBe('sites.cursor-wrong');
  });
});
