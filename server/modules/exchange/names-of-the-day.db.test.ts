import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aKey, openExchange, type TestExchange, type TestKey } from '../../../test/factories/exchange.ts';
import { aColumn, aDistrict, aPublished, aStage, type TestDistrict } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);
const stage = aStage(db);
let exchange: TestExchange;
let district: TestDistrict;
let key: TestKey;
let old: string;
let young: string;

beforeAll(async () => {
  district = await aDistrict(stage);
  const column = await aColumn(stage, { site: district.portal });
  const publishAs = (unitId: string) => aPublished(stage, district.actor, { unitId, columnIds: [column.id] });
  old = await publishAs(district.bureau.id);
  await db
    .insertInto('identity.former_name')
    .values({
      unit_id: district.bureau.id,
      ended_at: new Date(),
      name: '区教育局',
      short_name: '教育局',
      basis: '测编发〔2026〕5号',
    })
    .execute();
  await db
    .updateTable('identity.unit')
    .set({ name: '区教育和体育局' })
    .where('id', '=', district.bureau.id)
    .execute();
  young = await publishAs(district.bureau.id);
  exchange = openExchange(system);
  key = await aKey(db);
});
afterAll(() => exchange.app.close());

const ask = async (path: string) => {
  const answer = await exchange.ask(path, key);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer;
};

describe('the name of a unit that was renamed', () => {
  it('is the one of the day of publication wherever others read it', async () => {
    const { items } = (await ask(`/v1/contents?ids=${old},${young}`)).json<{ items: { unit: object }[] }>();
    const id = district.bureau.id;
    expect(items.map((one) => one.unit)).toEqual([
      { id, name: '区教育局' },
      { id, name: '区教育和体育局' },
    ]);
    const one = (await ask(`/v1/resources/${old}`)).json<object>();
    expect(one).toMatchObject({ provider: { id, name: '区教育局' }, maintainer: '区教育和体育局' });
    const oai = (await ask('/v1/oai?verb=ListRecords&metadataPrefix=oai_dc')).body;
    expect(oai.match(/<dc:publisher>[^<]*/g)).toEqual([
      '<dc:publisher>区教育局',
      '<dc:publisher>区教育和体育局',
    ]);
    const dcat = (await ask('/v1/dcat')).json<{ 'dcat:dataset': { 'dct:publisher': object }[] }>();
    expect(dcat['dcat:dataset'].map((dataset) => dataset['dct:publisher'])).toMatchObject([
      { 'foaf:name': '区教育和体育局' },
      { 'foaf:name': '区教育局' },
    ]);
    const core = (await ask('/v1/core-metadata')).body;
    expect(core.match(/<信息资源提供方>[^<]*/g)).toEqual([
      '<信息资源提供方>区教育和体育局',
      '<信息资源提供方>区教育局',
    ]);
  });

  it('is of the unit that published it, also when another answers for it since', async () => {
    const heir = district.office;
    await db.updateTable('library.resource').set({ unit_id: heir.id }).where('id', '=', old).execute();
    const { items } = (await ask(`/v1/contents?ids=${old}`)).json<{ items: { unit: object }[] }>();
    expect(items[0]?.unit).toEqual({ id: district.bureau.id, name: '区教育局' });
    const one = (await ask(`/v1/resources/${old}`)).json<object>();
    expect(one).toMatchObject({ provider: { id: district.bureau.id }, maintainer: '区政府办公室' });
  });
});
