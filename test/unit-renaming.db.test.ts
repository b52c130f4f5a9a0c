import { beforeAll, describe, expect, it } from 'vitest';

import type { Reorganization, ReorganizationPreview, UnitHistory } from '../contracts/reorganization.ts';
import { stepReorganizations } from '../server/modules/identity/index.ts';
import { searchables } from '../server/modules/sites/index.ts';
import { reformParts } from '../server/unit-holdings.ts';
import { anAccount, aUnit, signIn, type TestUnit } from './factories/identity.ts';
import { aLiveArticle } from './factories/review.ts';
import { atlasOptions } from './factories/sites.ts';
import { differencesFromScratch, inMemory, type MemoryPages } from './factories/sites-pages.ts';
import { aDatabase } from './harness.ts';
import { aSystem } from './system.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);
let operator: Record<string, string>;
let supervisor: Record<string, string>;
let pages: MemoryPages;

const ask = async (
  headers: Record<string, string>,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  payload?: object,
) => system.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
const plan = (unit: TestUnit, newName: string, startsAt: Date = new Date()) =>
  ask(operator, 'POST', `/api/units/${unit.id}/renamings`, {
    basis: '测编发〔2026〕5号',
    newName,
    newShortName: newName,
    startsAt: startsAt.toISOString(),
  });
const planned = async (...of: Parameters<typeof plan>) => (await plan(...of)).json<Reorganization>();
const confirm = ({ id, version }: Reorganization) =>
  ask(supervisor, 'POST', `/api/reorganizations/${id}/confirmation`, { expectedVersion: version });
const runner = (clock = () => new Date()) => ({
  ...{ ...reformParts, db, clock },
  performAsSystem: system.parts.performAsSystem,
});
const carryOut = async (): Promise<void> => {
  for (let steps = 0; (await stepReorganizations(runner())) > 0; steps += 1) expect(steps).toBeLessThan(20);
};
const found = async (resourceId: string): Promise<string> => {
  const [searchable] = searchables(atlasOptions());
  const [document] = (await searchable?.load(db, [`article/${resourceId}`])) ?? [];
  return `${document?.unitName ?? ''}|${document?.body ?? ''}`;
};
const stateOf = async ({ id }: Reorganization) =>
  (await ask(operator, 'GET', `/api/reorganizations/${id}`)).json<Reorganization>();

beforeAll(async () => {
  operator = await signIn(system.app, await anAccount(db, { roles: ['operator'] }));
  supervisor = await signIn(system.app, await anAccount(db, { roles: ['supervisor'] }));
  pages = inMemory(db);
});

describe('a unit that is renamed from a day on', () => {
  let unit: TestUnit;
  let resourceId: string;
  let renaming: Reorganization;
  const pageOf = (): string =>
    [...pages.shown.values()].find((html) => html.includes('来源：') && html.includes(unit.name)) ?? '';

  beforeAll(async () => {
    const article = await aLiveArticle(db);
    ({ unit } = article.team);
    ({ resourceId } = article);
    await db
      .updateTable('sites.site')
      .set({ organiser: unit.name, unit_id: unit.id })
      .where('id', '=', (eb) =>
        eb.selectFrom('sites.column').select('site_id').where('id', '=', article.columnId),
      )
      .execute();
    await pages.rebuild();
    renaming = await planned(unit, '测试新局');
  });

  it('is called as before until a second person has confirmed it', async () => {
    const preview = await ask(operator, 'GET', `/api/reorganizations/${renaming.id}/preview`);
    expect(preview.json<ReorganizationPreview>().holdings.map(({ name, count }) => [name, count])).toEqual([
      ['站点的主办单位', 1],
      ['检索中的信息', 1],
    ]);
    await carryOut();
    expect((await stateOf(renaming)).state).toBe('planned');
    expect(pageOf()).not.toContain('更名为');
    expect(
      (
        await ask(operator, 'POST', `/api/reorganizations/${renaming.id}/confirmation`, {
          expectedVersion: 1,
        })
      ).statusCode,
    ).toBe(403);
  });

  it('follows everywhere, and what it published keeps the name of its day with what became of it', async () => {
    expect((await confirm(renaming)).statusCode).toBe(200);
    await carryOut();
    const done = await stateOf(renaming);
    expect(done).toMatchObject({ state: 'done', kind: 'renaming', newName: '测试新局' });
    expect(done.moved.map(({ name, count }) => [name, count]).reverse()).toEqual([
      ['站点的主办单位', 1],
      ['检索中的信息', 1],
    ]);
    expect(done.successor.name).toBe('测试新局');
    await pages.follow();
    const html = pageOf();
    expect(html).toMatch(new RegExp(`${unit.name}自\\d+年\\d+月\\d+日起更名为测试新局<`));
    expect(html).toMatch(/主办[^]{0,80}测试新局/);
    expect(await differencesFromScratch(db, pages)).toEqual([]);
  });

  it('is found by its old name and by its new one', async () => {
    const text = await found(resourceId);
    expect(text).toMatch(/^测试新局\|/);
    expect(text).toContain(unit.name);
  });

  it('has a history that names the basis, for those who see the unit and nobody else', async () => {
    const history = await ask(operator, 'GET', `/api/units/${unit.id}/history`);
    expect(history.json<UnitHistory>()).toMatchObject([
      { kind: 'renamed', formerName: unit.name, newName: '测试新局', basis: '测编发〔2026〕5号', unit: null },
    ]);
    const own = await signIn(system.app, await anAccount(db, { unit, roles: ['editor'] }));
    const other = await signIn(system.app, await anAccount(db, { roles: ['editor'] }));
    expect((await ask(own, 'GET', `/api/units/${unit.id}/history`)).statusCode).toBe(200);
    expect((await ask(other, 'GET', `/api/units/${unit.id}/history`)).statusCode).toBe(404);
  });

  it('tells on its pages into what it merges later', async () => {
    const successor = await aUnit(db, { name: '测试承接局' });
    const merger = await ask(operator, 'POST', '/api/reorganizations', {
      name: '组建测试承接局',
      basis: '测编发〔2026〕6号',
      unitIds: [unit.id],
      successorId: successor.id,
      startsAt: new Date().toISOString(),
    });
    expect((await confirm(merger.json<Reorganization>())).statusCode).toBe(200);
    await carryOut();
    await pages.follow();
    expect(pageOf()).toMatch(/起更名为测试新局，\d+年\d+月\d+日并入测试承接局</);
    expect((await planned(successor, '测试再名局')).state).toBe('planned');
    expect(await differencesFromScratch(db, pages)).toEqual([]);
    const history = (await ask(operator, 'GET', `/api/units/${unit.id}/history`)).json<UnitHistory>();
    expect(history.map(({ kind, basis }) => [kind, basis])).toEqual([
      ['merged', '测编发〔2026〕6号'],
      ['renamed', '测编发〔2026〕5号'],
    ]);
    const taker = (await ask(operator, 'GET', `/api/units/${successor.id}/history`)).json<UnitHistory>();
    expect(taker).toMatchObject([{ kind: 'took-over', unit: { id: unit.id } }]);
  });
});

describe('a renaming', () => {
  it('goes on where it was cut off, and changes nothing twice', async () => {
    const { unit } = (await aLiveArticle(db)).team;
    const renaming = await planned(unit, '续作局');
    await confirm(renaming);
    await stepReorganizations(runner());
    const cut = {
      ...runner(),
      namings: reformParts.namings.map((one) => ({
        ...one,
        follow: async (...step: Parameters<typeof one.follow>) => {
          await one.follow(...step);
          throw new Error('cut off');
        },
      })),
    };
    await expect(stepReorganizations(cut)).rejects.toThrow('cut off');
    await carryOut();
    expect(await stateOf(renaming)).toMatchObject({ state: 'done', moved: [{ count: 1 }] });
  });

  it('waits for its hour, and can be called off until then', async () => {
    const unit = await aUnit(db);
    const renaming = await planned(unit, '明日局', new Date(Date.now() + 3_600_000));
    await confirm(renaming);
    expect(await stepReorganizations(runner())).toBe(0);
    const answer = await ask(operator, 'POST', `/api/reorganizations/${renaming.id}/cancellation`, {
      expectedVersion: 2,
    });
    expect(answer.json<Reorganization>().state).toBe('cancelled');
    expect(await stepReorganizations(runner(() => new Date(Date.now() + 7_200_000)))).toBe(0);
  });

  it('that became impossible is cancelled with the reason', async () => {
    const [one, other] = [await aUnit(db), await aUnit(db)];
    const [first, second] = [await planned(one, '同名局'), await planned(other, '同名局')];
    await confirm(first);
    await confirm(second);
    await carryOut();
    await carryOut();
    expect((await stateOf(first)).state).toBe('done');
    expect(await stateOf(second)).toMatchObject({
      state: 'cancelled',
      note: '已有另一个单位使用这个名称。',
    });
  });

  it('is refused for the same name, a taken one, an earlier day, and a unit in another reorganization', async () => {
    const unit = await aUnit(db);
    const taken = await aUnit(db);
    const codeOf = async (...of: Parameters<typeof plan>) =>
      (await plan(...of)).json<{ code: string }>().code;
    expect(await codeOf(unit, unit.name)).toBe('identity.renaming-impossible');
    expect(await codeOf(unit, taken.name)).toBe('identity.renaming-impossible');
    expect(await codeOf(unit, ' 局 ')).toBe('identity.renaming-impossible');
    const renaming = await planned(unit, '先名局');
    expect(await codeOf(unit, '后名局')).toBe('identity.reorganization-impossible');
    await confirm(renaming);
    await carryOut();
    expect(await codeOf(unit, '后名局', new Date(renaming.startsAt))).toBe('identity.renaming-impossible');
  });
});
