import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aKey, openExchange, type TestExchange, type TestKey } from '../../../test/factories/exchange.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type Stage,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { schemaProblems } from '../../../test/oai-schema.ts';
import { aSystem } from '../../../test/system.ts';
import type { ColumnRow } from '../sites/index.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);

let exchange: TestExchange;
let stage: Stage;
let district: TestDistrict;
let column: ColumnRow;
let all: TestKey;

beforeAll(async () => {
  stage = aStage(db);
  district = await aDistrict(stage);
  column = await aColumn(stage, { site: district.portal, name: '通知 <公告> & 其他' });
  exchange = openExchange(system);
  all = await aKey(db);
});
afterAll(() => exchange.app.close());

const inColumn = () => ({ unitId: district.office.id, columnIds: [column.id] });

/** One request; every answer must be what the schema of the protocol says. */
async function oai(query: string, key: TestKey = all): Promise<string> {
  const answer = await exchange.ask(`/v1/oai?${query}`, key);
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
  expect(await schemaProblems(answer.body), answer.body).toEqual([]);
  return answer.body;
}

const errorOf = async (query: string, key?: TestKey): Promise<string> =>
  /<error code="(\w+)">/.exec(await oai(query, key))?.[1] ?? 'no error';
const textsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}[^>]*>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);
const tokenOf = (xml: string): string | undefined => textsOf(xml, 'resumptionToken')[0];
const resourcesIn = (xml: string): string[] =>
  textsOf(xml, 'identifier').flatMap((text) =>
    text.startsWith('oai:') ? [text.split(':').at(-1) ?? ''] : [],
  );

describe('the repository for harvesters', () => {
  it('says what it is, which formats and which sets it has', async () => {
    const identity = await oai('verb=Identify');
    expect(textsOf(identity, 'repositoryName')).toEqual(['测试区人民政府']);
    expect(textsOf(identity, 'deletedRecord')).toEqual(['persistent']);
    expect(textsOf(identity, 'granularity')).toEqual(['YYYY-MM-DDThh:mm:ssZ']);
    expect(textsOf(identity, 'baseURL')[0]).toMatch(/^http:\/\/.+\/v1\/oai$/);
    expect(textsOf(await oai('verb=ListMetadataFormats'), 'metadataPrefix')).toEqual(['oai_dc']);
    const sets = await oai('verb=ListSets');
    expect(textsOf(sets, 'setSpec')).toEqual(
      expect.arrayContaining([`unit-${district.office.id}`, `column-${column.id}`]),
    );
    expect(sets).toContain('通知 &lt;公告&gt; &amp; 其他');
    const narrow = await aKey(db, { unitIds: [district.bureau.id], columnIds: [column.id] });
    expect(textsOf(await oai('verb=ListSets', narrow), 'setSpec')).toEqual([
      `unit-${district.bureau.id}`,
      `column-${column.id}`,
    ]);
  });

  it('gives a record in Dublin Core, whatever signs its texts hold', async () => {
    const id = await aPublished(stage, district.actor, {
      ...inColumn(),
      content: { title: '“A&B” <试行> 通知', summary: '第一行\n第二行', keywords: ['就业'] },
    });
    const identifier = textsOf(await oai('verb=ListIdentifiers&metadataPrefix=oai_dc'), 'identifier').at(-1);
    const record = await oai(`verb=GetRecord&metadataPrefix=oai_dc&identifier=${identifier ?? ''}`);
    expect(record).toContain('<dc:title>“A&amp;B” &lt;试行&gt; 通知</dc:title>');
    expect(record).toContain('<dc:subject>就业</dc:subject>');
    expect(record).toContain('<dc:publisher>区政府办公室</dc:publisher>');
    expect(textsOf(record, 'setSpec')).toEqual([`unit-${district.office.id}`, `column-${column.id}`]);
    expect(resourcesIn(record)).toEqual([id]);
    await oai(`verb=ListMetadataFormats&identifier=${identifier ?? ''}`);
  });

  it.each([
    ['', 'badVerb'],
    ['verb=Nonsense', 'badVerb'],
    ['verb=Identify&verb=Identify', 'badVerb'],
    ['verb=Identify&surprise=1', 'badArgument'],
    ['verb=ListRecords', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=yesterday', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-02T00:00:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=theme-1', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=column-999999', 'noRecordsMatch'],
    ['verb=ListRecords&metadataPrefix=oai_dc&until=2000-01-01', 'noRecordsMatch'],
    ['verb=ListRecords&metadataPrefix=marc21', 'cannotDisseminateFormat'],
    ['verb=ListRecords&metadataPrefix=marc%2021', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=marc21&from=yesterday', 'badArgument'],
    ['verb=ListRecords&resumptionToken=x', 'badResumptionToken'],
    ['verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=ListSets&resumptionToken=x', 'badResumptionToken'],
    ['verb=GetRecord&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere:1', 'idDoesNotExist'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=1%20', 'idDoesNotExist'],
  ])('answers %s with %s', async (query, code) => {
    expect(await errorOf(query)).toBe(code);
  });

  it('gives long lists in parts that join, and goes on after the last of them by date', async () => {
    const { actor } = district;
    const published: string[] = [];
    for (let count = 0; count < 105; count += 1) published.push(await aPublished(stage, actor, inColumn()));
    const first = await oai(`verb=ListIdentifiers&metadataPrefix=oai_dc&set=column-${column.id}`);
    // One changes while somebody harvests: it comes again at the end.
    const [changed = ''] = published;
    await edit(stage, actor, changed, someContent({ title: '改过' }));
    await publish(stage, actor, changed);
    const seen = resourcesIn(first);
    let token = tokenOf(first);
    for (let part = 0; token !== undefined && token !== '' && part < 5; part += 1) {
      const next = await oai(`verb=ListIdentifiers&resumptionToken=${token}`);
      seen.push(...resourcesIn(next));
      token = tokenOf(next);
    }
    for (const id of published) expect(seen).toContain(id);
    expect(seen.filter((id) => id === changed)).toHaveLength(2);
    expect(seen.length).toBe(new Set(seen).size + 1);
    const [responseDate = ''] = textsOf(await oai('verb=Identify'), 'responseDate');
    await withdraw(stage, actor, changed);
    const later = await oai(`verb=ListRecords&metadataPrefix=oai_dc&from=${responseDate}`);
    expect(resourcesIn(later)).toContain(changed);
    expect(later).toMatch(
      /<record><header status="deleted"><identifier>[^<]+<\/identifier>[^/]*<\/datestamp>/,
    );
    expect(
      resourcesIn(await oai(`verb=ListRecords&metadataPrefix=oai_dc&from=${responseDate.slice(0, 10)}`))
        .length,
    ).toBeGreaterThan(0);
  }, 120_000);

  it('shows a key with a narrow reach nothing else', async () => {
    const key = await aKey(db, { unitIds: [district.bureau.id] });
    expect(await errorOf('verb=ListRecords&metadataPrefix=oai_dc', key)).toBe('noRecordsMatch');
    expect(await errorOf(`verb=ListRecords&metadataPrefix=oai_dc&set=unit-${district.office.id}`, key)).toBe(
      'noRecordsMatch',
    );
    const [identifier = ''] = textsOf(await oai('verb=ListIdentifiers&metadataPrefix=oai_dc'), 'identifier');
    const one = `verb=GetRecord&metadataPrefix=oai_dc&identifier=${identifier}`;
    expect(await errorOf(one, key)).toBe('idDoesNotExist');
  });

  it('takes its arguments from a form, too', async () => {
    const answer = await exchange.app.inject({
      method: 'POST',
      url: '/v1/oai',
      headers: { ...all.headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'verb=ListMetadataFormats',
    });
    expect(answer.statusCode).toBe(200);
    expect(textsOf(answer.body, 'metadataPrefix')).toEqual(['oai_dc']);
    const nobody = await exchange.app.inject({
      method: 'POST',
      url: '/v1/oai',
      payload: { verb: 'Identify' },
    });
    expect(nobody.statusCode).toBe(401);
  });
});
