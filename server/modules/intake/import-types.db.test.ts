import { beforeAll, describe, expect, it } from 'vitest';

import { isArchivable, isImportable, type Import, type Outcome } from '../../../contracts/intake.ts';
import type { Problem } from '../../../contracts/endpoint.ts';
import { anAccount, aUnit, signIn, type TestUnit } from '../../../test/factories/identity.ts';
import { type Headers, importActs, sendFile, workOff } from '../../../test/factories/intake.ts';
import { aTerm } from '../../../test/factories/terms.ts';
import { aDefinition, aField } from '../../../test/factories/types.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { readArchiveLine } from '../../archive-line.ts';
import { currentTypes, resourceTypeList, unknownTermProblems } from '../library/index.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database, {});
const own = aField('租赁期限', { kind: 'number' });

describe('types of what a file brings in', () => {
  let unit: TestUnit;
  let editor: Headers;
  let operator: Headers;

  beforeAll(async () => {
    unit = await aUnit(db, { name: '测试公房局' });
    editor = await signIn(system.app, await anAccount(db, { unit, roles: ['editor'] }));
    operator = await signIn(system.app, await anAccount(db, { roles: ['operator'] }));
    const made = await system.app.inject({
      ...{ method: 'POST', url: '/api/type-definitions', headers: operator },
      payload: { key: 'x-lease', definition: aDefinition('公房租赁', [own]) },
    });
    expect(made.statusCode, made.body).toBeLessThan(300);
  });

  const bringIn = async (type: string, bytes: string) => {
    const sent = await sendFile(
      system.app,
      editor,
      { unitId: unit.id, mode: 'drafts', type },
      { name: 'a.csv', bytes },
    );
    expect(sent.statusCode, sent.body).toBe(201);
    const acts = importActs(system.app, editor, sent.json<Import>().id);
    for (const step of ['check', 'run', null] as const) {
      await workOff(system);
      if (step) await acts.act(step);
    }
    const drafts = await db
      .selectFrom('library.resource')
      .innerJoin('library.revision', 'library.revision.id', 'library.resource.head_revision_id')
      .select(['library.resource.type', 'library.revision.content'])
      .where('library.resource.unit_id', '=', unit.id)
      .orderBy('library.resource.id', 'desc')
      .execute();
    return { done: await acts.get(), drafts };
  };

  it('are all but those that are composed of blocks, and for an archive all that text and files can fill', () => {
    const not = resourceTypeList.filter((type) => !isImportable(type)).map((type) => type.key);
    expect(not).toEqual(['topic', 'home']);
    expect(resourceTypeList.filter((type) => isArchivable(type)).length).toBeGreaterThan(18);
    expect(resourceTypeList.filter((type) => isArchivable(type)).map((type) => type.key)).not.toContain(
      'video',
    );
  });

  it('may have fields of their own, with numbers as tables write them', async () => {
    const { done, drafts } = await bringIn(
      'procurement',
      '标题,正文,预算金额（万元）\n采购课桌,公告正文,"1,280.5"\n',
    );
    expect(done).toMatchObject({ stage: 'done', imported: { read: 1, good: 1 } });
    expect(drafts[0]).toMatchObject({
      ...{ type: 'procurement', content: { values: { 'procurement.budget': '1280.5' } } },
    });
  });

  it('may be those that operators made, by file and by record', async () => {
    const { done, drafts } = await bringIn('x-lease', `标题,正文,${own.name}\n甲号公房,正文,12\n`);
    expect(done).toMatchObject({ type: 'x-lease', imported: { good: 1 } });
    const [content] = drafts.map(
      (one) => one.content as { values?: Record<string, string>; typeVersion?: number },
    );
    expect([content?.typeVersion, Object.values(content?.values ?? {})]).toEqual([1, ['12']]);
    const byRecord = await bringIn('article', '标题,正文,信息类型\n乙号公房,正文,公房租赁\n');
    expect(byRecord.drafts[0]?.type).toBe('x-lease');
    const template = await system.app.inject({
      url: '/api/import-templates/x-lease?form=csv',
      headers: editor,
    });
    expect(template.statusCode, template.body).toBe(200);
    expect(template.body).toContain(own.name);
  });

  it('are not brought in with terms that no vocabulary has, and the report says which', async () => {
    const { reference } = await aTerm(db, { vocabulary: 'issuer' });
    const rows = ['甲,正文,issuer:none', `乙,正文,${reference}`, '丙,正文,区政府'];
    const { done, drafts } = await bringIn('policy', ['标题,正文,发布机构', ...rows].join('\n'));
    const counts = { read: 3, good: 2, refused: 1 };
    expect(done).toMatchObject({ checked: counts, imported: counts });
    expect(drafts.slice(0, 2).map(({ content }) => content)).toMatchObject([
      { issuer: '区政府' },
      { issuer: reference },
    ]);
    const url = `/api/imports/${done.id}/outcomes?pass=check&limit=100`;
    const outcomes = (await system.app.inject({ url, headers: editor })).json<{ items: Outcome[] }>();
    const refused = outcomes.items.find(({ title }) => title === '甲');
    expect(refused).toMatchObject({ result: 'refused' });
    expect(refused?.problems[0]).toMatchObject({
      ...{ code: 'record.field-invalid', field: 'issuer' },
      message: '发布机构里有词表中没有的词：issuer:none。',
    });
  });

  it('are refused when they are composed by hand or unknown', async () => {
    for (const type of ['topic', 'x-nothing']) {
      const sent = await sendFile(
        system.app,
        editor,
        { unitId: unit.id, mode: 'drafts', type },
        { name: 'a.csv', bytes: '标题\n甲\n' },
      );
      expect(sent.json<Problem>().code).toBe('intake.type-unfit');
    }
  });

  it('are known to the import of archives, too', async () => {
    const types = await currentTypes(db);
    const defaults = { category: '公告', unitName: '测试公房局' };
    const read = (line: object) =>
      readArchiveLine(
        JSON.stringify({ key: '1', title: '甲', text: '正文', producedOn: '2020-01-02', ...line }),
        {
          ...{ laws: false, defaults, types },
        },
      );
    const lease = read({ type: '公房租赁' });
    expect([lease.type, lease.content.typeVersion]).toEqual(['x-lease', 1]);
    expect(read({ type: 'procurement', 'procurement.budget': '3' }).content.values).toEqual({
      'procurement.budget': '3',
    });
    expect(read({}).content).toMatchObject({ source: '测试公房局', openMode: '主动公开', category: '公告' });
    expect(read({ type: 'policy' }).content).toMatchObject({ writtenOn: '2020-01-02', validity: '有效' });
    const [known, unknown] = await unknownTermProblems(db, [
      read({ type: 'policy' }),
      read({ type: 'policy', issuer: 'issuer:none' }),
    ]);
    expect([known, unknown?.map(({ field }) => field)]).toEqual([[], ['issuer']]);
    for (const type of ['video', 'home', '没有的']) expect(() => read({ type })).toThrow(type);
  });
});
