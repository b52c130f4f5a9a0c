import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import type { Correction, CorrectionPage, NewAnswer, Usefulness } from '../contracts/interaction.ts';
import type { Workbench } from '../contracts/review.ts';
import { aConsole } from './app.ts';
import { anAccount, aUnit, signIn, type TestAccount, type TestUnit } from './factories/identity.ts';
import { aCorrection, aRating } from './factories/interaction.ts';
import { aSiteWithColumn, type TestSite } from './factories/library.ts';
import { aDatabase } from './harness.ts';
import { reviewRoutes } from '../server/modules/review/index.ts';
import { correctionTasks, interactionRoutes } from '../server/modules/interaction/index.ts';

const contact = '13812345678';

describe('corrections in the console', () => {
  const database = aDatabase();
  const { db } = database;
  let at = Date.parse('2026-11-26T02:00:00Z');
  const clock = () => new Date(at);
  const base = { scheme: 'http', port: null } as const;
  const app = aConsole(database, [interactionRoutes(base), reviewRoutes([correctionTasks])], { clock });
  const people: Record<string, TestAccount> = {};
  let unit: TestUnit;
  let other: TestUnit;
  let site: TestSite;
  let path = '';

  beforeAll(async () => {
    unit = await aUnit(db);
    other = await aUnit(db, { name: '另一个单位' });
    for (const role of ['responder', 'editor', 'reviewer', 'principal'] as const) {
      people[role] = await anAccount(db, { unit, roles: [role] });
    }
    people['stranger'] = await anAccount(db, { unit: other, roles: ['responder'] });
    people['operator'] = await anAccount(db, { roles: ['operator'] });
    const made = await aSiteWithColumn(db, unit);
    ({ site } = made);
    ({ path } = made.column);
  });

  const ask = async (who: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const person = people[who];
    if (!person) throw new Error(`nobody is ${who}`);
    const headers = await signIn(app, person);
    return app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  };
  const aReport = async (part: Partial<Parameters<typeof aCorrection>[1]> = {}) =>
    (await aCorrection(db, { siteId: site.id, path, clock, contact, ...part })).id;
  const read = async (who: string, id: string) =>
    (await ask(who, 'GET', `/api/corrections/${id}`)).json<Correction>();
  const mended: NewAnswer = { expectedVersion: 1, outcome: 'mended', reply: '您好，已经改正，谢谢您。' };
  const answer = (who: string, id: string, part: Partial<NewAnswer> = {}) =>
    ask(who, 'POST', `/api/corrections/${id}/answer`, { ...mended, ...part });
  const tasksOf = async (who: string) =>
    (await ask(who, 'GET', '/api/workbench'))
      .json<Workbench>()
      .tasks.filter((task) => task.kind === 'correction');

  it('show the contact to those who answer, and to nobody else', async () => {
    const id = await aReport();
    for (const who of ['responder', 'editor', 'principal']) {
      expect(await read(who, id)).toMatchObject({ contact, actions: ['answer', 'transfer'] });
    }
    expect(await read('reviewer', id)).toMatchObject({ contact: '138****5678', actions: [] });
    expect(await read('operator', id)).toMatchObject({ contact: '138****5678', actions: ['transfer'] });
    const list = await ask('responder', 'GET', '/api/corrections');
    expect(list.body).not.toContain(contact);
    expect(list.body).toContain('138****5678');
    expect((await ask('stranger', 'GET', `/api/corrections/${id}`)).statusCode).toBe(404);
  });

  it('name their page, and are due after three working days', async () => {
    expect(await read('responder', await aReport())).toMatchObject({
      pageUrl: `http://${site.domain}${path}`,
      pageName: '通知公告',
      unitName: unit.name,
      dueOn: '2026-12-01',
      overdue: false,
    });
  });

  it('wait on the workbench of who may answer, and are overdue after their last day', async () => {
    const id = await aReport();
    const task = (await tasksOf('responder')).find((one) => one.correctionId === id);
    expect(task).toMatchObject({ title: '通知公告', detail: '错别字 · 请在2026-12-01前答复' });
    expect(await tasksOf('reviewer')).toEqual([]);
    expect(await tasksOf('operator')).toEqual([]);
    at += 6 * 86_400_000;
    expect(await read('responder', id)).toMatchObject({ overdue: true });
    expect((await tasksOf('principal')).find((one) => one.correctionId === id)?.detail).toContain('已超期');
    at -= 6 * 86_400_000;
  });

  it('say that a day is unknown when it lies in a year without a calendar', async () => {
    const id = await aReport({ clock: () => new Date('2026-12-30T02:00:00Z') });
    expect(await read('responder', id)).toMatchObject({ dueOn: null, overdue: false });
    expect((await tasksOf('responder')).find((one) => one.correctionId === id)?.detail).toContain('期限待定');
  });

  it('are answered once, with the words that the citizen reads', async () => {
    const id = await aReport();
    const said = await answer('responder', id);
    expect(said.statusCode).toBe(201);
    expect(said.json<Correction>()).toMatchObject({
      state: 'answered',
      reply: mended.reply,
      answeredByName: people['responder']?.realName,
      actions: [],
    });
    expect((await tasksOf('responder')).some((one) => one.correctionId === id)).toBe(false);
    const again = await answer('editor', id, { expectedVersion: 2 });
    expect(`${again.statusCode} ${again.json<Problem>().code}`).toBe('409 interaction.answered-already');
  });

  it('are answered once when two people answer at the same moment', async () => {
    const id = await aReport();
    const both = await Promise.all([answer('responder', id), answer('editor', id, { outcome: 'rejected' })]);
    expect(both.map((one) => one.statusCode).sort()).toEqual([201, 409]);
  });

  it('are not answered with what only looks like words', async () => {
    const id = await aReport();
    for (const reply of ['     ', ' 好的  ', '😀😀😀']) {
      const said = await answer('responder', id, { reply });
      expect([400, 422], reply).toContain(said.statusCode);
    }
    expect(await read('responder', id)).toMatchObject({ state: 'open' });
  });

  it('handed to another unit are its task, with the reason, and out of sight of the first', async () => {
    const id = await aReport();
    const transfer = { expectedVersion: 1, unitId: other.id, reason: '属另一个单位的内容' };
    const said = await ask('responder', 'POST', `/api/corrections/${id}/transfers`, transfer);
    expect(said.json()).toEqual({ unitName: other.name });
    expect((await ask('responder', 'GET', `/api/corrections/${id}`)).statusCode).toBe(404);
    expect(await read('stranger', id)).toMatchObject({
      contact,
      unitName: other.name,
      transfers: [{ fromUnitName: unit.name, toUnitName: other.name, reason: transfer.reason }],
    });
    const late = await answer('stranger', id);
    expect(late.json<Problem>().code).toBe('interaction.correction-changed');
    expect((await answer('stranger', id, { expectedVersion: 2, outcome: 'rejected' })).statusCode).toBe(201);
  });

  it.each([
    ['its own unit', () => unit.id],
    ['no unit', () => '999999999999'],
  ])('cannot be handed to %s', async (_what, target) => {
    const transfer = { expectedVersion: 1, unitId: target(), reason: '不是我单位的内容' };
    const said = await ask('editor', 'POST', `/api/corrections/${await aReport()}/transfers`, transfer);
    expect(`${said.statusCode} ${said.json<Problem>().code}`).toBe('422 interaction.unit-unfit');
  });

  it('are listed newest first, narrowed, counted and paged', async () => {
    const ids = [await aReport(), await aReport(), await aReport()].reverse();
    const list = async (query: string) =>
      (await ask('operator', 'GET', `/api/corrections?${query}`)).json<CorrectionPage>();
    const first = await list(`siteId=${site.id}&state=open&kind=typo&limit=2`);
    expect(first.items.map((one) => one.id)).toEqual(ids.slice(0, 2));
    expect(first.count).toMatchObject({ capped: false });
    const next = await list(`siteId=${site.id}&state=open&limit=2&cursor=${first.nextCursor ?? ''}`);
    expect(next.items[0]?.id).toBe(ids[2]);
    expect((await list('kind=attachment')).items).toEqual([]);
    expect((await list('state=answered')).items.every((one) => one.state === 'answered')).toBe(true);
  });

  it('get the time limit that an operator set, from then on', async () => {
    const before = await aReport();
    const said = await ask('operator', 'PUT', '/api/correction-rule', { answerDays: 1 });
    expect(said.json()).toEqual({ answerDays: 1 });
    expect(await read('responder', await aReport())).toMatchObject({ answerDays: 1, dueOn: '2026-11-27' });
    expect(await read('responder', before)).toMatchObject({ answerDays: 3, dueOn: '2026-12-01' });
  });

  it('are not counted among what a page was worth, which is told by page and by column', async () => {
    const quiet = await aSiteWithColumn(db, unit);
    const page = { siteId: quiet.site.id, path: quiet.column.path, clock };
    await aRating(db, { ...page, useful: true });
    await aRating(db, { ...page, reason: 'unclear', remark: '看不懂这一句' });
    await aRating(db, { ...page, reason: 'unclear' });
    await aRating(db, { ...page, path: '/', useful: true });
    await aRating(db, { ...page, clock: () => new Date(at - 40 * 86_400_000) });
    const told = async (who: string, query: string) =>
      (await ask(who, 'GET', `/api/usefulness?siteId=${quiet.site.id}&${query}`)).json<Usefulness>();
    const pages = await told('responder', 'days=30&by=page');
    expect(pages.total).toEqual({ useful: 2, notUseful: 2 });
    expect(pages.rows).toMatchObject([
      {
        path: quiet.column.path,
        name: '通知公告',
        useful: 1,
        notUseful: 2,
        reasons: [{ name: '看不懂', times: 2 }],
      },
      { path: '/', useful: 1, notUseful: 0, reasons: [] },
    ]);
    expect(pages.remarks.map((one) => one.remark)).toEqual(['看不懂这一句']);
    expect((await told('responder', 'days=30&by=column')).rows).toMatchObject([
      { name: '通知公告', notUseful: 2 },
      { name: '首页等', path: null },
    ]);
    expect((await told('stranger', 'by=page')).rows).toEqual([]);
    expect((await told('operator', 'days=366')).total).toEqual({ useful: 2, notUseful: 3 });
  });
});
