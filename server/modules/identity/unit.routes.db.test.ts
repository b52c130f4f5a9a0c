import { beforeAll, describe, expect, it } from 'vitest';

import type { Role } from '../../../contracts/actor.ts';
import type { Unit } from '../../../contracts/identity.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, aUnit, signIn, type TestUnit } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';

const database = aDatabase();
const { db } = database;
const app = aConsole(database);
let operator: Record<string, string>;
let code = 0;

beforeAll(async () => {
  operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
});

const headersOf = async (role: Role, unit?: { id: string }) =>
  signIn(app, await anAccount(db, { roles: [role], ...(unit ? { unit } : {}) }));
const outcomeOf = (answer: { statusCode: number; body: string }) => [
  answer.statusCode,
  (JSON.parse(answer.body) as { code?: string }).code,
];
const aNewUnit = (wishes: object = {}) => {
  code += 1;
  const organisationCode = `T${String(code).padStart(8, '0')}`;
  return {
    parentId: null,
    name: '测试局',
    shortName: '测试',
    organisationCode,
    kind: 'department',
    ...wishes,
  };
};
const create = (payload: object, headers = operator) =>
  app.inject({ method: 'POST', url: '/api/units', headers, payload });
const change = (id: string, payload: object, headers = operator) =>
  app.inject({ method: 'PATCH', url: `/api/units/${id}`, headers, payload });
const ancestorsOf = async (id: string) => {
  const rows = await db
    .selectFrom('identity.unit_ancestor')
    .select('ancestor_id')
    .where('unit_id', '=', id)
    .execute();
  return rows.map((row) => row.ancestor_id).sort();
};
const eventsOf = async (id: string) => {
  const rows = await db.selectFrom('platform.event').selectAll().orderBy('id').execute();
  return rows.filter((row) => row.tags.includes(`unit:${id}`)).map((row) => [row.name, row.priority]);
};

describe('the list of units', () => {
  it('shows a unit person the own branch, and platform roles everything', async () => {
    const parent = await aUnit(db);
    const own = await aUnit(db, { parent });
    const below = await aUnit(db, { parent: own });
    const idsFor = async (headers: Record<string, string>) =>
      (await app.inject({ url: '/api/units', headers })).json<Unit[]>().map((unit) => unit.id);
    expect(await idsFor(await headersOf('editor', own))).toEqual([own.id, below.id]);
    const everything = await idsFor(operator);
    expect(everything).toEqual(expect.arrayContaining([parent.id, own.id, below.id]));
    expect(await idsFor(await headersOf('audit-admin'))).toEqual(expect.arrayContaining(everything));
  });

  it('is closed without a session, and to unknown keys', async () => {
    expect((await app.inject({ url: '/api/units' })).statusCode).toBe(401);
    expect(outcomeOf(await app.inject({ url: '/api/units?all=1', headers: operator }))).toEqual([
      400,
      'request.malformed',
    ]);
  });
});

describe('adding a unit', () => {
  it('puts it below its parent, announces and records it', async () => {
    const parent = await aUnit(db);
    const answer = await create(aNewUnit({ parentId: parent.id, position: 3 }));
    expect(answer.statusCode).toBe(201);
    const unit = answer.json<Unit>();
    expect(unit).toMatchObject({ parentId: parent.id, position: 3, closed: false, version: 1 });
    expect(await ancestorsOf(unit.id)).toEqual([parent.id, unit.id].sort());
    expect(await eventsOf(unit.id)).toEqual([['identity.unit-changed', 0]]);
    const entry = db.selectFrom('audit.entry').selectAll().where('action', '=', 'identity.create-unit');
    expect(await entry.where('object_id', '=', unit.id).executeTakeFirst()).toMatchObject({ result: 'done' });
  });

  it('refuses a taken organisation code, an unknown parent and a closed one', async () => {
    const taken = await aUnit(db);
    const closed = await aUnit(db);
    await change(closed.id, { expectedVersion: 1, closed: true });
    expect(outcomeOf(await create(aNewUnit({ organisationCode: taken.organisationCode })))).toEqual([
      409,
      'identity.organisation-code-taken',
    ]);
    expect(outcomeOf(await create(aNewUnit({ parentId: '999999' })))).toEqual([
      404,
      'identity.unit-not-found',
    ]);
    expect(outcomeOf(await create(aNewUnit({ parentId: closed.id })))).toEqual([422, 'identity.unit-closed']);
  });

  it.each<Role>(['editor', 'principal', 'supervisor', 'security-admin', 'audit-admin'])(
    'is refused to the role %s',
    async (role) => {
      expect(outcomeOf(await create(aNewUnit(), await headersOf(role)))).toEqual([
        403,
        'identity.role-required',
      ]);
    },
  );

  it('is refused without session or token', async () => {
    expect((await create(aNewUnit(), {})).statusCode).toBe(401);
    const { cookie = '' } = operator;
    expect(outcomeOf(await create(aNewUnit(), { cookie }))).toEqual([403, 'identity.csrf-token-wrong']);
  });

  it.each([
    { more: 1 },
    { organisationCode: 'too-short' },
    { kind: 'ministry' },
    { parentId: '0' },
    { parentId: 7 },
    { parentId: '99999999999999999999' },
    { name: 'x' },
    { position: -1 },
    { position: '3' },
  ])('is malformed with %j', async (wishes) => {
    expect(outcomeOf(await create(aNewUnit(wishes)))).toEqual([400, 'request.malformed']);
  });
});

describe('changing a unit', () => {
  it('renames it, with an event that waits behind publications', async () => {
    const unit = await aUnit(db);
    const answer = await change(unit.id, { expectedVersion: 1, name: '新名称局', shortName: '新名' });
    expect(answer.json()).toMatchObject({ name: '新名称局', shortName: '新名', version: 2 });
    await change(unit.id, { expectedVersion: 2, position: 9 });
    expect(await eventsOf(unit.id)).toEqual([
      ['identity.unit-changed', 1],
      ['identity.unit-changed', 0],
    ]);
  });

  it('moves it with everything below it', async () => {
    const [a, b] = [await aUnit(db), await aUnit(db)];
    const moved = await aUnit(db, { parent: a });
    const below = await aUnit(db, { parent: moved });
    expect((await change(moved.id, { expectedVersion: 1, parentId: b.id })).statusCode).toBe(200);
    expect(await ancestorsOf(below.id)).toEqual([b.id, moved.id, below.id].sort());
    expect((await change(moved.id, { expectedVersion: 2, parentId: null })).statusCode).toBe(200);
    expect(await ancestorsOf(below.id)).toEqual([moved.id, below.id].sort());
  });

  it('refuses a loop', async () => {
    const top = await aUnit(db);
    const below = await aUnit(db, { parent: await aUnit(db, { parent: top }) });
    for (const parentId of [top.id, below.id]) {
      expect(outcomeOf(await change(top.id, { expectedVersion: 1, parentId }))).toEqual([
        422,
        'identity.unit-loop',
      ]);
    }
    expect(await ancestorsOf(top.id)).toEqual([top.id]);
  });

  it('makes no loop when two units are moved below each other at once', async () => {
    const pairs: [TestUnit, TestUnit][] = [];
    for (let n = 0; n < 4; n += 1) pairs.push([await aUnit(db), await aUnit(db)]);
    for (const [a, b] of pairs) {
      const answers = await Promise.all([
        change(a.id, { expectedVersion: 1, parentId: b.id }),
        change(b.id, { expectedVersion: 1, parentId: a.id }),
      ]);
      expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 422]);
    }
  });

  it('has its index numbers written otherwise, by nine signs only if no other unit begins with them', async () => {
    const own = String(Math.floor(Math.random() * 1e9)).padStart(9, '0');
    const create18 = async (nine: string) => {
      const answer = await create(aNewUnit({ organisationCode: `11360403${nine}X` }));
      return answer.json<Unit>();
    };
    const unit = await create18(own);
    expect(unit.indexNumberTemplate).toBe('{code}/{year}-{serial5}');
    const nine = '{code9}-{year}-{serial6}';
    const changed = await change(unit.id, { expectedVersion: 1, indexNumberTemplate: nine });
    expect(changed.json()).toMatchObject({ indexNumberTemplate: nine, version: 2 });
    const taken = [409, 'identity.index-code-taken'];
    expect(outcomeOf(await create(aNewUnit({ organisationCode: own })))).toEqual(taken);
    // What it gave under the nine signs stays its own.
    await change(unit.id, { expectedVersion: 2, indexNumberTemplate: '{code}/{year}-{serial5}' });
    expect(outcomeOf(await create(aNewUnit({ organisationCode: own })))).toEqual(taken);
    const other = await aUnit(db);
    const like = await create18(other.organisationCode);
    expect(outcomeOf(await change(like.id, { expectedVersion: 1, indexNumberTemplate: nine }))).toEqual(
      taken,
    );
  });

  it('closes it only when nobody is left in it and nothing open below it', async () => {
    const unit = await aUnit(db);
    const below = await aUnit(db, { parent: unit });
    const inUse = [422, 'identity.unit-in-use'];
    expect(outcomeOf(await change(unit.id, { expectedVersion: 1, closed: true }))).toEqual(inUse);
    expect((await change(below.id, { expectedVersion: 1, closed: true })).json()).toMatchObject({
      closed: true,
    });
    const person = await anAccount(db, { unit, roles: ['editor'] });
    expect(outcomeOf(await change(unit.id, { expectedVersion: 1, closed: true }))).toEqual(inUse);
    await db
      .updateTable('identity.account')
      .set({ disabled_at: new Date() })
      .where('id', '=', person.id)
      .execute();
    expect((await change(unit.id, { expectedVersion: 1, closed: true })).json()).toMatchObject({
      closed: true,
    });
    expect((await change(unit.id, { expectedVersion: 2, closed: false })).json()).toMatchObject({
      closed: false,
    });
  });

  it('refuses a stale version and shows the present one', async () => {
    const unit = await aUnit(db);
    await change(unit.id, { expectedVersion: 1, name: '先改的名称' });
    const answer = await change(unit.id, { expectedVersion: 1, name: '后改的名称' });
    expect(outcomeOf(answer)).toEqual([409, 'identity.unit-changed']);
    expect(answer.json()).toMatchObject({ details: { current: { name: '先改的名称', version: 2 } } });
  });

  it('is refused to others, for their own unit too, and recorded', async () => {
    const unit = await aUnit(db);
    const principal = await anAccount(db, { unit, roles: ['principal'] });
    const answer = await change(
      unit.id,
      { expectedVersion: 1, name: '我的单位' },
      await signIn(app, principal),
    );
    expect(outcomeOf(answer)).toEqual([403, 'identity.role-required']);
    const entry = db.selectFrom('audit.entry').selectAll().where('actor_id', '=', principal.id);
    expect(await entry.where('result', '=', 'refused').executeTakeFirst()).toMatchObject({
      action: 'identity.change-unit',
      object_id: unit.id,
      code: 'identity.role-required',
    });
    expect((await change(unit.id, { expectedVersion: 1 }, {})).statusCode).toBe(401);
  });

  it('finds no unit that does not exist', async () => {
    expect(outcomeOf(await change('999999', { expectedVersion: 1 }))).toEqual([
      404,
      'identity.unit-not-found',
    ]);
  });

  it.each([
    {},
    { expectedVersion: 0 },
    { expectedVersion: 1, indexNumberTemplate: '{year}-{serial5}' },
    { expectedVersion: 1, organisationCode: 'T00000000' },
  ])('is malformed with %j', async (payload) => {
    const unit = await aUnit(db);
    expect(outcomeOf(await change(unit.id, payload))).toEqual([400, 'request.malformed']);
  });

  it('is malformed with an id that is none', async () => {
    expect((await change('abc', { expectedVersion: 1 })).statusCode).toBe(400);
  });
});
