import { describe, expect, it } from 'vitest';

import { anAccount, aUnit } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import { type Ctx, systemActor } from '../../platform/context.ts';
import {
  accountsById,
  createAccount,
  createUnit,
  givePassword,
  inScope,
  unitNames,
  unitsById,
  unitTree,
} from './index.ts';
import { isPasswordOf } from './password-hash.ts';

const { db } = aDatabase();
const ctx: Ctx = {
  db,
  actor: systemActor('demo'),
  now: new Date(),
  requestId: 'demo',
  address: null,
  announce: async () => undefined,
};

describe('the scope in a statement', () => {
  it('keeps the rows of the own branch, also with a schema and with an alias', async () => {
    const unit = await aUnit(db);
    const branch = await aUnit(db, { parent: unit });
    const own = await anAccount(db, { unit, roles: ['editor'] });
    const below = await anAccount(db, { unit: branch, roles: ['editor'] });
    await anAccount(db, { roles: ['editor'] });
    const { scope } = own.actor;
    const rows = await db
      .selectFrom('identity.account')
      .select('id')
      .where(inScope(scope, 'identity.account.unit_id'))
      .orderBy('id')
      .execute();
    expect(rows.map((row) => row.id)).toEqual([own.id, below.id]);
    const aliased = db.selectFrom('identity.account as a').select('a.id').where(inScope(scope, 'a.unit_id'));
    expect(await aliased.execute()).toHaveLength(2);
  });

  it('is nothing for an empty list and everything for all', async () => {
    const count = (scope: Parameters<typeof inScope>[0]) =>
      db.selectFrom('identity.account').select('id').where(inScope(scope, 'unit_id')).execute();
    expect(await count({ kind: 'units', unitIds: [] })).toEqual([]);
    expect((await count({ kind: 'all' })).length).toBeGreaterThan(0);
  });
});

describe('seeding without HTTP', () => {
  it('makes units, people of any role and known passwords', async () => {
    const rest = { shortName: '种子局', kind: 'department', position: 1 } as const;
    const wanted = { ...rest, parentId: null, name: '种子局', organisationCode: 'SEED00001' };
    const unit = await db.transaction().execute((open) => createUnit.run({ ...ctx, db: open }, wanted));
    const admin = { unitId: unit.id, login: 'seed.admin', realName: '钱安全', phone: null };
    const { accountId } = await createAccount.run(ctx, { ...admin, roles: ['security-admin'] });
    const password = 'Bemaku-Tasiru-Nefuda-47';
    await givePassword.run(ctx, { accountId, password, mustChange: false });
    const row = await db
      .selectFrom('identity.account')
      .selectAll()
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    expect(row.must_change_password).toBe(false);
    expect(await isPasswordOf(row.password_hash, password)).toBe(true);
    expect((await unitTree(db)).map((one) => one.id)).toContain(unit.id);
    expect((await unitsById(db, [unit.id])).get(unit.id)).toMatchObject({ name: '种子局' });
    expect(await unitNames(db, [unit.id, '999999'])).toEqual(new Map([[unit.id, '种子局']]));
    expect((await accountsById(db, [accountId])).get(accountId)).toMatchObject({
      realName: '钱安全',
      unitName: '种子局',
    });
  });

  it('gives passwords for nobody else', async () => {
    const operator = await anAccount(db, { roles: ['operator'] });
    const asOperator = { ...ctx, actor: operator.actor };
    const wish = { accountId: operator.id, password: 'Bemaku-Tasiru-Nefuda-47', mustChange: false };
    await expect(givePassword.run(asOperator, wish)).rejects.toMatchObject({
      code: 'identity.role-required',
    });
  });
});
