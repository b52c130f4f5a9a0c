import { readFile } from 'node:fs/promises';

import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';

import type { Problem } from '../../../contracts/endpoint.ts';
import { aKey, openExchange, type TestExchange, type TestKey } from '../../../test/factories/exchange.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { aColumn, aDistrict, aPublished, aStage, type TestDistrict } from '../../../test/factories/sites.ts';
import { formOf } from '../../../test/form-data.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';

const dcat = 'http://www.w3.org/ns/dcat#';
const dct = 'http://purl.org/dc/terms/';
type Expanded = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** What the document says in full terms; every context stands in it, so nothing is fetched. */
async function expanded(text: string): Promise<Expanded> {
  const document = JSON.parse(text) as jsonld.JsonLdDocument;
  const nodes = await jsonld.expand(document, {
    documentLoader: (url) => Promise.reject(new Error(`${url} was asked for`)),
  });
  return nodes[0] as unknown as Expanded;
}
const listed = (node: Expanded, term: string) => (node[term] ?? []) as unknown as readonly Expanded[];
const idOf = (node: Expanded) => node['@id'] as unknown;

async function schemaProblems(xml: string): Promise<readonly string[]> {
  const contents = await readFile('test/fixtures/core-metadata.xsd', 'utf8');
  const { errors } = await validateXML({
    xml: { fileName: 'answer.xml', contents: xml },
    schema: [{ fileName: 'core-metadata.xsd', contents }],
  });
  return errors.map((error) => error.message);
}
const textsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);

describe('the catalogue in the forms of others', () => {
  const database = aDatabase();
  const { db } = database;
  const system = aSystem(database);
  let exchange: TestExchange;
  let district: TestDistrict;
  let all: TestKey;
  let columnId: string;
  let digest: string;
  const ids: string[] = [];

  beforeAll(async () => {
    exchange = openExchange(system, 'https://share.example.gov.cn');
    all = await aKey(db);
    const stage = aStage(db);
    district = await aDistrict(stage);
    const { office, bureau, actor, portal, bureauSite } = district;
    columnId = (await aColumn(stage, { site: portal })).id;
    const other = (await aColumn(stage, { site: bureauSite, unitId: bureau.id })).id;
    const form = formOf({ unitId: office.id }, { name: '申报表.txt', bytes: '申报表的内容' });
    const editor = await signIn(system.app, await anAccount(db, { unit: office, roles: ['editor'] }));
    const upload = await system.app.inject({
      method: 'POST',
      url: '/api/assets',
      headers: { ...editor, ...form.headers },
      payload: form.payload,
    });
    const file = upload.json<{ id: string; digest: string }>();
    digest = file.digest;
    const publish = async (wishes: Parameters<typeof aPublished>[2]) => {
      ids.push(await aPublished(stage, actor, wishes));
    };
    await publish({
      unitId: office.id,
      columnIds: [columnId],
      type: 'policy',
      content: {
        title: '稳岗 <措施> & 办法',
        summary: '对稳定岗位的企业给予补贴。',
        keywords: ['稳岗', '补贴'],
        documentNumber: '测府发〔2026〕7号',
        writtenOn: '2026-10-08',
        attachments: [{ assetId: file.id, name: '申报表' }],
      },
    });
    await publish({ unitId: office.id, columnIds: [columnId], content: { title: '停水通知' } });
    await publish({ unitId: bureau.id, columnIds: [other], content: { title: '开学通知' } });
  });
  afterAll(() => exchange.app.close());

  const ask = async (url: string, key = all) => {
    const answer = await exchange.ask(url, key);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer;
  };

  it('is a DCAT catalogue whose datasets have records, pages and files', async () => {
    const answer = await ask('/v1/dcat');
    expect(answer.headers['content-type']).toMatch(/^application\/ld\+json/);
    const catalogue = await expanded(answer.body);
    expect(catalogue['@type']).toEqual([`${dcat}Catalog`]);
    const datasets = listed(catalogue, `${dcat}dataset`);
    expect(datasets.map(idOf)).toEqual(
      [...ids].reverse().map((id) => `https://share.example.gov.cn/v1/resources/${id}`),
    );
    expect(listed(catalogue, `${dcat}record`)).toHaveLength(3);
    const policy = datasets.at(-1);
    expect(policy).toMatchObject({
      '@type': [`${dcat}Dataset`],
      [`${dct}title`]: [{ '@value': '稳岗 <措施> & 办法' }],
      [`${dct}created`]: [{ '@type': 'http://www.w3.org/2001/XMLSchema#date', '@value': '2026-10-08' }],
      [`${dcat}keyword`]: [{ '@value': '稳岗' }, { '@value': '补贴' }],
    });
    const [page, file] = policy ? listed(policy, `${dcat}distribution`) : [];
    expect(page?.[`${dcat}accessURL`]?.[0]?.['@id']).toMatch(/^http:.+\.html$/);
    expect(file?.[`${dcat}downloadURL`]).toEqual([
      { '@id': `https://share.example.gov.cn/v1/assets/${digest}` },
    ]);
  });

  it('is core metadata in which nothing that must be there is missing', async () => {
    const { body, headers } = await ask('/v1/core-metadata');
    expect(headers['content-type']).toBe('text/xml; charset=utf-8');
    expect(await schemaProblems(body)).toEqual([]);
    expect(await schemaProblems(body.replace(/<信息资源摘要>[^<]*<\/信息资源摘要>/, ''))).not.toEqual([]);
    expect(textsOf(body, '信息资源名称')).toEqual(['开学通知', '停水通知', '稳岗 &lt;措施&gt; &amp; 办法']);
    // Without an abstract the title stands for it.
    expect(textsOf(body, '信息资源摘要')).toEqual(['开学通知', '停水通知', '对稳定岗位的企业给予补贴。']);
    expect(textsOf(body, '在线资源链接地址')).toContain(`https://share.example.gov.cn/v1/assets/${digest}`);
  });

  it('comes in pages that join, in both forms', async () => {
    for (const path of ['/v1/dcat', '/v1/core-metadata']) {
      const seen: string[] = [];
      let url: string | undefined = `${path}?limit=2&order=asc`;
      for (let page = 0; page < 3 && url !== undefined; page += 1) {
        const { body, headers } = await ask(url);
        seen.push(...[...body.matchAll(/oai:[^:"<]+:(\d+)/g)].map(([, id = '']) => id));
        const next = /^<(.+)>; rel="next"$/.exec(String(headers['link'] ?? ''))?.[1];
        if (next !== undefined) {
          expect(body.replaceAll('&amp;', '&')).toContain(next);
        }
        url = next?.replace('https://share.example.gov.cn', '');
      }
      expect(seen, path).toEqual(ids);
    }
  });

  it('holds only what the key sees, and no addresses of files that it may not read', async () => {
    const narrow = await aKey(db, { unitIds: [district.bureau.id] });
    const closed = await aKey(db, { fullText: false });
    for (const path of ['/v1/dcat', '/v1/core-metadata']) {
      const { body } = await ask(path, narrow);
      expect(body).toContain('开学通知');
      expect(body).not.toMatch(/停水|稳岗/);
      expect((await ask(path, closed)).body).not.toContain('/v1/assets/');
      expect((await ask(`${path}?columnId=${columnId}`, narrow)).body).not.toContain('通知');
    }
  });

  it('has a tag, is counted, and refuses what it does not know', async () => {
    for (const path of ['/v1/dcat', '/v1/core-metadata']) {
      const { etag } = (await ask(path)).headers;
      const again = await exchange.app.inject({
        url: path,
        headers: { ...all.headers, 'if-none-match': etag },
      });
      expect(again.statusCode).toBe(304);
      expect((await exchange.ask(path)).json<Problem>().code).toBe('exchange.key-missing');
      for (const wrong of ['q=x', 'fields=title', 'limit=101']) {
        expect((await exchange.ask(`${path}?${wrong}`, all)).statusCode, wrong).toBe(400);
      }
      const cursor = await exchange.ask(`${path}?cursor=x`, all);
      expect(cursor.json<Problem>().code).toBe('exchange.cursor-wrong');
      await expect
        .poll(() =>
          db
            .selectFrom('exchange.usage')
            .select('operation')
            .where('key_id', '=', all.id)
            .where('operation', '=', `GET ${path}`)
            .execute(),
        )
        .toHaveLength(1);
    }
  });
});
