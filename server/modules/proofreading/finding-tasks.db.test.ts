import { beforeAll, describe, expect, it } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import type {
  Finding,
  FindingDays,
  PublishedFinding,
  RuleCount,
  UnitTaskFigures,
} from '../../../contracts/proofreading.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import { aRuleSet, aWord } from '../../../test/factories/proofreading.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createLog } from '../../platform/log.ts';
import { findActor } from '../identity/index.ts';
import { formerReasons, insertOverrides } from './checked-revision.queries.ts';
import {
  createProofreader,
  findingTasks,
  isNightWanted,
  proofreadingRoutes,
  recheckChanged,
  runNight,
} from './index.ts';

type Headers = Record<string, string>;

describe('findings in published texts', () => {
  const { db } = aDatabase();
  /** Three in the morning of a Friday in China; the days that follow are worked, but for the weekend. */
  let now = new Date('2026-03-05T19:00:00Z');
  const stage = aStage(db, () => now);
  const proofreader = createProofreader();
  const app = aConsole({ db }, [proofreadingRoutes(proofreader)], {
    clock: () => now,
    settings: { session: { idleMinutes: 1_000_000, hours: 100_000 } },
  });
  let district: TestDistrict;
  let columnId: string;
  let otherColumnId: string;
  let setId: string;
  let people: Record<'editor' | 'principal' | 'stranger' | 'operator', TestAccount>;
  let as: Record<'editor' | 'principal' | 'stranger' | 'operator', Headers>;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    otherColumnId = (await aColumn(stage, { site: district.bureauSite })).id;
    const { office, bureau } = district;
    people = {
      editor: await anAccount(db, { unit: office, roles: ['editor'] }),
      principal: await anAccount(db, { unit: office, roles: ['principal'] }),
      stranger: await anAccount(db, { unit: bureau, roles: ['editor'] }),
      operator: await anAccount(db, { roles: ['operator'] }),
    };
    as = {
      editor: await signIn(app, people.editor),
      principal: await signIn(app, people.principal),
      stranger: await signIn(app, people.stranger),
      operator: await signIn(app, people.operator),
    };
    await aRuleSet(db, [aWord('绝禁词')], { severity: 'blocks' });
    const set = await aRuleSet(db, [aWord('慎用词'), aWord('慎重词')], { severity: 'needs-reason' });
    setId = set.id;
  });

  const content = (title: string, line: string, part: Partial<ResourceContent> = {}): ResourceContent =>
    someContent({ title, summary: '', body: aBody(line), ...part });
  const live = (one: ResourceContent, columnIds = [columnId]) =>
    aPublished(stage, district.actor, { unitId: district.office.id, columnIds, content: one });
  const runner = () => ({
    ...{ db, proofreader: createProofreader(), clock: () => now },
    log: createLog({ level: 'silent', pretty: false }),
  });
  const passDays = (days: number): void => {
    now = new Date(now.getTime() + days * 86_400_000);
  };
  const aNight = async () => {
    passDays(1);
    while (await isNightWanted(runner())) await runNight(runner());
  };
  const send = (method: 'GET' | 'POST' | 'PUT', url: string, headers: Headers, payload?: object) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const find = async (query: string, headers = as.editor) => {
    const answer = await send('GET', `/api/proofreading/findings?limit=100&${query}`, headers);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ items: PublishedFinding[] }>().items;
  };
  const wordIn = async (id: string, state = 'open') =>
    (await find(`resourceId=${id}&state=${state}`)).find(({ finding }) => finding.check === 'words');
  const tasksOf = async (who: TestAccount, id: string) => {
    const actor = await findActor(db, who.id);
    if (!actor) throw new Error('nobody');
    return (await findingTasks({ db, actor, now })).filter(({ resourceId }) => resourceId === id);
  };
  const figures = async (headers = as.operator) =>
    (await send('GET', '/api/proofreading/task-figures', headers))
      .json<UnitTaskFigures[]>()
      .find(({ unitId }) => unitId === district.office.id);

  it('become tasks of their unit by themselves when they block, until they are mended on the same day', async () => {
    const id = await live(content('不该发布的', '绝禁词'));
    const harmless = await live(content('尚可的', '慎用词'));
    await aNight();
    // Saturday, 7 March: three working days are Monday to Wednesday.
    expect((await wordIn(id))?.task).toMatchObject({ days: 3, dueOn: '2026-03-11', givenByName: null });
    expect((await wordIn(harmless))?.task).toBeNull();
    const [task] = await tasksOf(people.editor, id);
    expect(task).toMatchObject({ kind: 'finding', title: '不该发布的', columnId: null });
    expect(task?.detail).toContain('请在2026-03-11前处理');
    expect(await tasksOf(people.stranger, id)).toEqual([]);
    expect(await tasksOf(people.principal, id)).toEqual([]);
    expect(await figures()).toMatchObject({ open: 1, overdue: 0 });

    passDays(5);
    expect((await wordIn(id))?.task).toMatchObject({ overdue: true });
    const [late] = await tasksOf(people.principal, id);
    expect(late?.detail).toContain('应在2026-03-11前处理，已超期，请督办');
    expect(await figures()).toMatchObject({ open: 1, overdue: 1, endedLate: 0 });

    await recheckChanged(runner());
    await edit(stage, district.actor, id, content('不该发布的', '改好了'));
    await publish(stage, district.actor, id);
    await recheckChanged(runner());
    expect(await wordIn(id)).toBeUndefined();
    expect(await wordIn(id, 'closed')).toMatchObject({ state: 'closed', task: null });
    expect(await tasksOf(people.editor, id)).toEqual([]);
    expect(await figures()).toMatchObject({ open: 0, overdue: 0, endedInTime: 0, endedLate: 1 });
  });

  it('are given to the unit by operators, with the days that they set or as usual', async () => {
    const id = await live(content('可以改得更好', '慎用词'));
    await aNight();
    const finding = await wordIn(id);
    const url = `/api/proofreading/findings/${finding?.id ?? ''}/task`;
    expect(finding?.mayGive).toBe(false);
    expect((await send('POST', url, as.editor, { note: '' })).statusCode).toBe(403);
    expect((await send('POST', url, as.operator, { note: '', days: 0 })).statusCode).toBe(400);
    const days: FindingDays = { blocks: 2, 'needs-reason': 1, note: 5 };
    const put = (headers: Headers, payload: object) =>
      send('PUT', '/api/proofreading/finding-days', headers, payload);
    expect((await put(as.editor, days)).statusCode).toBe(403);
    expect((await put(as.operator, { ...days, blocks: 61 })).statusCode).toBe(400);
    expect((await put(as.operator, days)).json()).toEqual(days);
    const given = await send('POST', url, as.operator, { note: '请尽快改' });
    expect(given.json<PublishedFinding>().task).toMatchObject({ days: 1, note: '请尽快改' });
    expect((await send('POST', url, as.operator, { note: '' })).statusCode).toBe(409);
    expect(await tasksOf(people.editor, id)).toHaveLength(1);
    await aNight();
    expect((await wordIn(id))?.task).toMatchObject({ note: '请尽快改' });
  });

  it('wait no more with a reason, and wait again when it is taken back', async () => {
    const id = await live(content('专有名称', '绝禁词'));
    await aNight();
    const finding = await wordIn(id);
    const url = `/api/proofreading/findings/${finding?.id ?? ''}`;
    const reason = { reason: '单位的正式名称' };
    expect((await send('POST', `${url}/reopen`, as.editor, reason)).statusCode).toBe(409);
    const ignored = await send('POST', `${url}/ignore`, as.editor, reason);
    expect(ignored.json()).toMatchObject({ state: 'ignored', task: null, mayReopen: true });
    expect(await tasksOf(people.editor, id)).toEqual([]);
    expect((await send('POST', `${url}/reopen`, as.stranger, reason)).statusCode).toBe(404);
    expect((await send('POST', `${url}/reopen`, as.operator, reason)).statusCode).toBe(403);
    expect((await send('POST', `${url}/reopen`, as.editor, { reason: ' ' })).statusCode).toBe(400);
    const reopened = await send('POST', `${url}/reopen`, as.editor, { reason: '名称已经改了' });
    expect(reopened.json()).toMatchObject({
      ...{ state: 'open', reopenReason: '名称已经改了', ignoreReason: reason.reason },
      task: { givenByName: null },
    });
    expect(await tasksOf(people.editor, id)).toHaveLength(1);
  });

  it('for which a reason was given when handing in are told with it, until somebody takes it back', async () => {
    const id = await live(content('有理由的', '慎用词'));
    const { live_revision_id: revisionId } = await db
      .selectFrom('library.resource')
      .select('live_revision_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const place = { part: 'body' as const, start: 0, end: 3 };
    const finding: Finding = {
      ...{ check: 'words', rule: `${setId}:慎用词`, ruleName: '词', severity: 'needs-reason', place },
      ...{ found: '慎用词', suggestion: null, message: '请核对' },
    };
    await insertOverrides(
      db,
      { revisionId: revisionId ?? '', resourceId: id },
      [{ finding, reason: '引用原文', former: null }],
      { id: people.editor.id, name: '信息员甲', now },
    );
    await aNight();
    expect(await wordIn(id)).toBeUndefined();
    const excused = await wordIn(id, 'ignored');
    expect(excused).toMatchObject({ ignoreReason: '引用原文', ignoredByName: '信息员甲' });
    expect(await formerReasons(db, id)).toHaveLength(1);
    now = new Date(now.getTime() + 1_000);
    const url = `/api/proofreading/findings/${excused?.id ?? ''}/reopen`;
    await send('POST', url, as.editor, { reason: '原文已经更正' });
    await aNight();
    expect(await wordIn(id)).toMatchObject({ id: excused?.id, state: 'open' });
    // Whoever hands it in again is asked.
    expect(await formerReasons(db, id)).toEqual([]);
  });

  it('are told with the name of the field or of the file in which they are', async () => {
    const digest = 'cd'.repeat(32);
    const file = { digest, media_type: 'application/pdf', size: '1' };
    await db
      .insertInto('library.file')
      .values({ ...file, words: 'read' })
      .execute();
    await db
      .insertInto('library.file_text')
      .values({ digest, text: '附件里有绝禁词', findings: [], read_at: now })
      .execute();
    const { id: assetId } = await db
      .insertInto('library.asset')
      .values({ ...file, unit_id: district.office.id, file_name: 'scan0001.pdf', uploaded_at: now })
      .returning('id')
      .executeTakeFirstOrThrow();
    const attachments = [{ assetId, name: '实施方案.pdf' }];
    const id = await live(content('带附件的', '正文', { attachments, author: '慎用词' }));
    await aNight();
    const named = (await find(`resourceId=${id}`)).map(
      ({ partName, finding: { found } }) => `${partName}：${found}`,
    );
    expect(named).toContain('实施方案.pdf：绝禁词');
    expect(
      named.some((one) => /^(?!内容).+：慎用词$/.test(one)),
      named.join(),
    ).toBe(true);
  });

  it('are filtered by rule, severity, unit, site and column, and counted for each rule', async () => {
    const id = await live(content('在别处的', '慎用词和慎重词'), [otherColumnId]);
    await aNight();
    const idsOf = async (query: string, headers = as.operator) =>
      new Set((await find(query, headers)).map(({ resourceId }) => resourceId));
    for (const query of [`columnId=${otherColumnId}`, `siteId=${district.bureauSite.id}`])
      expect(await idsOf(query)).toEqual(new Set([id]));
    expect(await idsOf(`columnId=${columnId}`)).not.toContain(id);
    expect(await find(`columnId=${otherColumnId}&rule=${setId}`)).toHaveLength(2);
    const one = encodeURIComponent(`${setId}:慎重词`);
    expect(await find(`columnId=${otherColumnId}&rule=${one}`)).toHaveLength(1);
    expect(await idsOf('severity=blocks')).not.toContain(id);
    expect(await find(`unitId=${district.bureau.id}`, as.operator)).toEqual([]);
    const counts = async (query: string, headers = as.operator) =>
      (await send('GET', `/api/proofreading/findings/by-rule${query}`, headers)).json<RuleCount[]>();
    expect(await counts(`?columnId=${otherColumnId}`)).toContainEqual(
      expect.objectContaining({ rule: setId, count: { value: 2, capped: false } }),
    );
    const [all, own, ofUnit] = [
      await counts(''),
      await counts('', as.editor),
      await counts(`?unitId=${district.office.id}`),
    ];
    const words = (await find(`rule=${setId}`, as.operator)).length;
    expect(all.find(({ rule }) => rule === setId)?.count.value).toBe(words);
    expect(own).toEqual(ofUnit);
    expect(await counts('', as.stranger)).toEqual([]);
    expect(await counts(`?unitId=${district.office.id}`, as.stranger)).toEqual([]);
    expect(await figures(as.stranger)).toBeUndefined();
  });
});
