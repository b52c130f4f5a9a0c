import { beforeAll, describe, expect, it } from 'vitest';

import { unitRoles } from '../../../contracts/actor.ts';
import type { Endpoint, Problem, ResponseOf } from '../../../contracts/endpoint.ts';
import {
  libraryApi,
  type Resource,
  type ResourceContent,
  type TypeDefinition,
  type TypeOffenders,
} from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';

import {
  aColumn,
  aFactotum,
  aSite,
  aStage,
  place,
  publish,
  someContent,
} from '../../../test/factories/sites.ts';
import { aDefinition, aField, anExtension } from '../../../test/factories/types.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes } from './index.ts';

type Headers = Record<string, string>;
const purpose = aField('用途', { key: 'x.purpose', kind: 'choice', choices: ['办公', '仓储'], inList: true });
const area = aField('面积', { key: 'x.area', kind: 'number', minimum: 0, maximum: 1000 });

describe('the types of operators', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1 })]);
  let unitId: string;
  let operator: Headers;
  let editor: Headers;
  let made = 0;

  beforeAll(async () => {
    operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
    const account = await anAccount(db, { roles: ['editor'] });
    unitId = account.unitId;
    editor = await signIn(app, account);
  });

  const send = async <E extends Endpoint>(endpoint: E, url: string, headers: Headers, payload?: object) => {
    const asked = { method: endpoint.method, url, headers, ...(payload ? { payload } : {}) };
    const answer = await app.inject(asked);
    const body: ResponseOf<E> & Problem = answer.json();
    return { status: answer.statusCode, body };
  };
  const create = (key: string, definition: TypeDefinition, headers = operator) =>
    send(libraryApi.createType, '/api/type-definitions', headers, { key, definition });
  const change = (key: string, expectedVersion: number, definition: TypeDefinition, headers = operator) =>
    send(libraryApi.changeType, `/api/type-definitions/${key}`, headers, { expectedVersion, definition });
  const aType = async (...fields: readonly (typeof purpose)[]) => {
    const key = `x-lease-${(made += 1)}`;
    const name = `房屋租赁${made}`;
    const answer = await create(key, aDefinition(name, fields));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    const with_ = (...changed: readonly (typeof purpose)[]) => aDefinition(name, changed);
    return { key, name, with: with_ };
  };
  const write = (type: string, content: ResourceContent) =>
    send(libraryApi.createResource, '/api/resources', editor, { unitId, type, content });
  const save = ({ id, version }: Resource, content: ResourceContent) =>
    send(libraryApi.saveDraft, `/api/resources/${id}/draft`, editor, { expectedVersion: version, content });

  it('can be written by as soon as they are made, and a revision names the version that it was written by', async () => {
    const type = await aType(purpose, area);
    const values = { 'x.purpose': '办公', 'x.area': '120.5' };
    const { status, body } = await write(type.key, someContent({ values, typeVersion: 77 }));
    expect(status, JSON.stringify(body)).toBe(201);
    expect(body.head.content).toMatchObject({ values, typeVersion: 1 });
    const types = (await send(libraryApi.listResourceTypes, '/api/resource-types', editor)).body;
    expect(types.find(({ key }) => key === type.key)).toMatchObject({ name: type.name, version: 1 });
  });

  it('check what is written by their fields', async () => {
    const type = await aType(purpose, area);
    const wrong = async (values: NonNullable<ResourceContent['values']>) => {
      const { status, body } = await write(type.key, someContent({ values }));
      return [status, body.code];
    };
    const invalid = [422, 'library.content-invalid'];
    expect(await wrong({ 'x.purpose': '居住' })).toEqual(invalid);
    expect(await wrong({ 'x.purpose': ['办公'] })).toEqual(invalid);
    expect(await wrong({ 'x.unheard': '一' })).toEqual(invalid);
    expect(await wrong({ constructor: '一' })).toEqual([400, 'request.malformed']);
    expect(await wrong({ ['__proto__x']: '一' })).toEqual([400, 'request.malformed']);
  });

  it('are published as another version, which is asked for from then on and leaves the old text as it is', async () => {
    const type = await aType(purpose);
    const first = (await write(type.key, someContent({ values: { 'x.purpose': '办公' } }))).body;
    const needed = { ...area, requiredAt: 'submission' as const };
    const answer = await change(type.key, 1, type.with(purpose, needed));
    expect([answer.status, answer.body.version]).toEqual([200, 2]);
    const kept = (await send(libraryApi.getResource, `/api/resources/${first.id}`, editor)).body;
    expect(kept).toEqual(first);
    const second = (await save(first, { ...first.head.content, title: '改了标题' })).body;
    expect(second.head.content.typeVersion).toBe(2);
    const versions = await send(
      libraryApi.listTypeVersions,
      `/api/type-definitions/${type.key}/versions`,
      operator,
    );
    expect(versions.body.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('add fields to what the program brings without touching what is there', async () => {
    const before = (
      await write('overview', someContent({ title: '区情', values: { 'overview.subject': '区情综述' } }))
    ).body;
    expect(before.head.content.typeVersion).toBeUndefined();
    expect((await change('overview', 0, anExtension(area))).status).toBe(200);
    expect((await send(libraryApi.getResource, `/api/resources/${before.id}`, editor)).body).toEqual(before);
    const values = { ...before.head.content.values, 'x.area': '5' };
    const after = (await save(before, { ...before.head.content, values })).body;
    expect(after.head.content).toMatchObject({ values, typeVersion: 1 });
    expect((await change('overview', 0, anExtension(purpose))).body.code).toBe('library.type-changed');
  });

  it.each([
    ['a choice that is used', [{ ...purpose, choices: ['仓储'] }, area]],
    ['a field that is filled in', [area]],
    ['the room for a number', [purpose, { ...area, maximum: 100 }]],
    [
      'a draft without what it must begin with',
      [purpose, area, aField('新', { key: 'x.new', requiredAt: 'draft' })],
    ],
  ])('are not changed when that takes away %s: the resources are named', async (_what, fields) => {
    const type = await aType(purpose, area);
    const values = { 'x.purpose': '办公', 'x.area': '120.5' };
    const { body: resource } = await write(type.key, someContent({ title: '在用的房屋', values }));
    const { status, body } = await change(type.key, 1, type.with(...fields));
    expect([status, body.code]).toEqual([409, 'library.type-in-use']);
    const { offenders, more } = body.details as TypeOffenders;
    expect(offenders).toMatchObject([{ resourceId: resource.id, title: '在用的房屋' }]);
    expect(more).toBe(false);
    // Nothing was changed, and once nobody is in the way it may be.
    expect((await save(resource, someContent({ title: '在用的房屋', values: {} }))).status).toBe(200);
    const retry = await change(type.key, 1, type.with(...fields));
    expect(retry.status).toBe(fields.length === 3 ? 409 : 200);
  });

  it('look at what citizens see too, not only at the newest draft', async () => {
    const type = await aType(purpose);
    const actor = await aFactotum(db, [{ id: unitId }]);
    const stage = aStage(db);
    const site = await aSite(stage, { unitId });
    const column = await aColumn(stage, { site });
    const { body } = await write(type.key, someContent({ values: { 'x.purpose': '仓储' } }));
    await place(stage, actor, body.id, [column.id]);
    await publish(stage, actor, body.id);
    const live = (await send(libraryApi.getResource, `/api/resources/${body.id}`, editor)).body;
    await save(live, someContent({ values: {} }));
    const answer = await change(type.key, 1, type.with({ ...purpose, choices: ['办公'] }));
    expect((answer.body.details as TypeOffenders).offenders).toHaveLength(1);
  });

  it('name fifty of many resources and say that there are more', async () => {
    const type = await aType(purpose);
    for (let count = 0; count < 51; count += 1) {
      await write(type.key, someContent({ title: `房屋${count}`, values: { 'x.purpose': '办公' } }));
    }
    const { body } = await change(type.key, 1, type.with({ ...purpose, choices: ['仓储'] }));
    const { offenders, more } = body.details as TypeOffenders;
    expect([offenders.length, more]).toEqual([50, true]);
  });

  it('take a save and a version in some order: neither is lost and nothing invalid is kept', async () => {
    const type = await aType(purpose);
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => write(type.key, someContent({ values: { 'x.purpose': '办公' } }))),
      change(type.key, 1, type.with({ ...purpose, choices: ['仓储'] })),
    ]);
    const published = answers.at(-1)?.status === 200;
    const written = answers.slice(0, -1).filter(({ status }) => status === 201).length;
    expect(published ? written : 0).toBe(0);
    expect(published || written > 0).toBe(true);
  });

  it('that are retired begin nothing new and go on for what there is', async () => {
    const type = await aType(purpose);
    const { body: resource } = await write(type.key, someContent());
    expect((await change(type.key, 1, aDefinition(type.name, [purpose], { retired: true }))).status).toBe(
      200,
    );
    expect((await write(type.key, someContent())).body.code).toBe('library.type-retired');
    expect((await save(resource, someContent({ title: '仍可修改' }))).status).toBe(200);
  });

  it('show in the list of one type what their fields ask for', async () => {
    const type = await aType(purpose, area);
    await write(type.key, someContent({ values: { 'x.purpose': '仓储', 'x.area': '7' } }));
    const list = (await send(libraryApi.listResources, `/api/resources?type=${type.key}`, editor)).body;
    expect(list.items.map(({ listed }) => listed)).toEqual([[{ key: 'x.purpose', value: '仓储' }]]);
    const all = (await send(libraryApi.listResources, '/api/resources', editor)).body;
    expect(all.items.every(({ listed }) => listed === undefined)).toBe(true);
  });

  it('have a key and a name of their own', async () => {
    const type = await aType();
    expect((await create(type.key, aDefinition('别的名称', []))).body.code).toBe('library.type-key-taken');
    expect((await create('x-other', aDefinition(type.name, []))).body.code).toBe('library.type-invalid');
    expect((await create('article', aDefinition('文章二', []))).body.code).toBe('request.malformed');
    expect((await write('x-nobody', someContent())).body.code).toBe('library.type-not-found');
    expect((await change('x-nobody', 0, aDefinition('无', []))).body.code).toBe('library.type-not-found');
  });

  it('are never changed once they are published, not even in the database', async () => {
    const type = await aType(purpose);
    const row = db
      .updateTable('library.resource_type_version')
      .set({ note: '改' })
      .where('type', '=', type.key);
    await expect(row.execute()).rejects.toThrow('never changed');
  });

  it('are shaped by the digital centre alone', async () => {
    const type = await aType(purpose);
    for (const role of [
      ...unitRoles,
      'supervisor',
      'system-admin',
      'security-admin',
      'audit-admin',
    ] as const) {
      const headers = await signIn(app, await anAccount(db, { roles: [role] }));
      const answers = await Promise.all([
        create('x-mine', aDefinition('我的', []), headers),
        change(type.key, 1, type.with(), headers),
        send(libraryApi.listTypeDefinitions, '/api/type-definitions', headers),
        send(libraryApi.listTypeVersions, `/api/type-definitions/${type.key}/versions`, headers),
      ]);
      const expected = answers.map(() => [403, 'library.operator-required']);
      expect(
        answers.map(({ status, body }) => [status, body.code]),
        role,
      ).toEqual(expected);
    }
    expect((await change(type.key, 1, type.with(purpose, area))).status).toBe(200);
  });

  it('are asked for with nothing that nobody named', async () => {
    const { status } = await send(libraryApi.listTypeDefinitions, '/api/type-definitions?all=1', operator);
    expect(status).toBe(400);
    const definition = { ...aDefinition('某类', []), surprise: 1 };
    expect((await create('x-surprise', definition)).body.code).toBe('request.malformed');
  });
});
