import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { Reorganization } from '../contracts/reorganization.ts';
import { anAccount, aUnit, type TestUnit } from './factories/identity.ts';
import { aSplitDesk, newUnit, noCondition } from './factories/split-desk.ts';
import { aDatabase } from './harness.ts';
import { aSystem } from './system.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);
const { ask, plan, planned, confirm, carryOut, read, operator } = aSplitDesk(database, system);
const none = noCondition;

describe('a split', () => {
  const refused = async (...of: Parameters<typeof plan>) => (await plan(...of)).json<{ code: string }>().code;
  const rest = { rules: [], restTo: 0 };

  it('is refused for too few receivers, the unit itself, one twice, one below, a taken code, and rules of nothing', async () => {
    const unit = await aUnit(db);
    const [one, other] = [await aUnit(db), await aUnit(db)];
    const child = await aUnit(db, { parent: unit });
    const to = (...units: readonly TestUnit[]) => units.map(({ id }) => ({ unitId: id, accountIds: [] }));
    const impossible = 'identity.split-impossible';
    const all = { ...none, receiver: 1, types: ['article' as const] };
    const fine = { rules: [all], restTo: 0 };
    expect(await refused(unit, { receivers: to(one), ...rest })).toBe(impossible);
    expect(await refused(unit, { receivers: to(one, unit), ...fine })).toBe(impossible);
    expect(await refused(unit, { receivers: to(one, one), ...fine })).toBe(impossible);
    expect(await refused(unit, { receivers: to(one, child), ...fine })).toBe(impossible);
    const taken = { ...newUnit('重码局'), organisationCode: other.organisationCode };
    expect(
      await refused(unit, { receivers: [...to(one), { newUnit: taken, accountIds: [] }], ...fine }),
    ).toBe(impossible);
    const beginsAsOurs = { ...newUnit('同头局'), organisationCode: 'MB1234567' };
    await db
      .updateTable('identity.unit')
      .set({ index_number_template: '{code9}/{year}-{serial5}', keeps_code9: true })
      .where('id', '=', (await aUnit(db, { organisationCode: '11360403MB1234567X' })).id)
      .execute();
    expect(
      await refused(unit, { receivers: [...to(one), { newUnit: beginsAsOurs, accountIds: [] }], ...fine }),
    ).toBe(impossible);
    expect(
      await refused(unit, { receivers: to(one, other), rules: [{ ...none, receiver: 1 }], restTo: 0 }),
    ).toBe(impossible);
    expect(await refused(unit, { receivers: to(one, other), ...rest })).toBe(impossible);
    expect(
      await refused(unit, {
        receivers: to(one, other),
        rules: [{ ...none, receiver: 1, columnIds: ['999999'] }],
        restTo: 0,
      }),
    ).toBe(impossible);
    const stranger = await anAccount(db, { roles: ['editor'] });
    expect(
      await refused(unit, {
        receivers: [...to(one), { unitId: other.id, accountIds: [stranger.id] }],
        ...fine,
      }),
    ).toBe(impossible);
    await planned(unit, { receivers: to(one, other), ...fine });
    const closing = await ask(operator(), 'PATCH', `/api/units/${other.id}`, {
      expectedVersion: 1,
      closed: true,
    });
    expect(closing.json<{ code: string }>().code).toBe('identity.reorganization-impossible');
    expect(await refused(other, { receivers: to(await aUnit(db), await aUnit(db)), ...fine })).toBe(
      'identity.reorganization-impossible',
    );
  });

  it('that fails holds up no other one', async () => {
    const [first, second] = [await aUnit(db), await aUnit(db)];
    const made = [newUnit('先拆局'), newUnit('后拆局')] as const;
    for (const [at, unit] of [first, second].entries())
      await confirm(
        await planned(unit, {
          receivers: [{ newUnit: made[at === 0 ? 0 : 1], accountIds: [] }],
          rules: [{ ...none, receiver: 0, types: ['article'] }],
          restTo: null,
          startsAt: new Date(Date.now() - 9_000 + at * 1_000).toISOString(),
        }),
      );
    const isMade = async (at: 0 | 1): Promise<boolean> =>
      (
        await db
          .selectFrom('identity.unit')
          .select('id')
          .where('organisation_code', '=', made[at].organisationCode)
          .execute()
      ).length > 0;
    await sql`create function public.fail() returns trigger language plpgsql as $$ begin raise exception 'cut off'; end $$`.execute(
      db,
    );
    await sql
      .raw(
        `create trigger fail before insert on identity.unit for each row when (new.name = '先拆局') execute function public.fail()`,
      )
      .execute(db);
    await expect(carryOut()).rejects.toThrow('cut off');
    expect([await isMade(0), await isMade(1)]).toEqual([false, true]);
    await sql`drop trigger fail on identity.unit`.execute(db);
    await carryOut();
    expect(await isMade(0)).toBe(true);
  });

  it('that became impossible is cancelled with the reason', async () => {
    const [unit, one] = [await aUnit(db), await aUnit(db)];
    const made = newUnit('后占码局');
    const split = await planned(unit, {
      receivers: [
        { unitId: one.id, accountIds: [] },
        { newUnit: made, accountIds: [] },
      ],
      rules: [{ ...none, receiver: 1, types: ['article'] }],
      restTo: 0,
    });
    await confirm(split);
    await aUnit(db, { organisationCode: made.organisationCode });
    await carryOut();
    expect(await read<Reorganization>(`/api/reorganizations/${split.id}`)).toMatchObject({
      state: 'cancelled',
      note: `机构代码 ${made.organisationCode} 已被其他单位使用。`,
    });
  });
});
