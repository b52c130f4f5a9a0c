import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { OpenResource } from '../../../contracts/open-exchange.ts';
import { aKey, openExchange, type TestExchange, type TestKey } from '../../../test/factories/exchange.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { aColumn, aDistrict, aDraft, aStage, publish, withdraw } from '../../../test/factories/sites.ts';
import { formOf } from '../../../test/form-data.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';

describe('a file that a resource attaches', () => {
  const database = aDatabase();
  const { db } = database;
  const system = aSystem(database);
  let exchange: TestExchange;
  let all: TestKey;
  beforeAll(async () => {
    exchange = openExchange(system);
    all = await aKey(db);
  });
  afterAll(() => exchange.app.close());

  it('is given out while the resource is published, to keys that see it and read full texts', async () => {
    const stage = aStage(db);
    const { office, bureau, actor, portal } = await aDistrict(stage);
    const column = await aColumn(stage, { site: portal });
    const form = formOf({ unitId: office.id }, { name: '申报表.txt', bytes: '申报表的内容' });
    const editor = await signIn(system.app, await anAccount(db, { unit: office, roles: ['editor'] }));
    const upload = await system.app.inject({
      method: 'POST',
      url: '/api/assets',
      headers: { ...editor, ...form.headers },
      payload: form.payload,
    });
    const { id: assetId, digest } = upload.json<{ id: string; digest: string }>();
    const url = `/v1/assets/${digest}`;
    const codeFor = async (key: TestKey): Promise<string> => {
      const answer = await exchange.ask(url, key);
      return answer.statusCode === 200 ? 'given' : answer.json<Problem>().code;
    };
    const draft = await aDraft(stage, actor, {
      unitId: office.id,
      columnIds: [column.id],
      content: { attachments: [{ assetId, name: '申报表' }] },
    });
    expect(await codeFor(all)).toBe('exchange.asset-not-found');

    await publish(stage, actor, draft);
    const given = await exchange.ask(url, all);
    expect(given.body).toBe('申报表的内容');
    expect(given.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-length': String(Buffer.byteLength('申报表的内容')),
      etag: `"${digest}"`,
    });
    expect(given.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[\w.%!~-]+$/);
    const known = { ...all.headers, 'if-none-match': `"${digest}"` };
    expect((await exchange.app.inject({ url, headers: known })).statusCode).toBe(304);
    const described = await exchange.ask(`/v1/resources/${draft}`, all);
    expect(described.json<OpenResource>().attachments).toEqual([
      {
        name: '申报表',
        mediaType: 'text/plain; charset=utf-8',
        size: Buffer.byteLength('申报表的内容'),
        digest,
      },
    ]);
    expect(await codeFor(await aKey(db, { unitIds: [bureau.id] }))).toBe('exchange.asset-not-found');
    expect(await codeFor(await aKey(db, { types: ['policy'] }))).toBe('exchange.asset-not-found');
    expect(await codeFor(await aKey(db, { fullText: false }))).toBe('exchange.full-text-withheld');
    const strange = await exchange.ask('/v1/assets/..%2f..%2fkeys', all);
    expect(strange.statusCode).toBe(400);

    await withdraw(stage, actor, draft);
    expect(await codeFor(all)).toBe('exchange.asset-not-found');
  });
});
