import { sql } from 'kysely';
import { beforeAll, expect } from 'vitest';

import type { Reorganization } from '../../contracts/reorganization.ts';
import type { NewSplit } from '../../contracts/unit-split.ts';
import { stepReorganizations } from '../../server/modules/identity/index.ts';
import { reformParts } from '../../server/unit-holdings.ts';
import type { TestDatabase } from '../harness.ts';
import type { TestSystem } from '../system.ts';
import { anAccount, signIn, type TestUnit } from './identity.ts';

type Headers = Readonly<Record<string, string>>;
type SplitWishes = Pick<NewSplit, 'receivers' | 'rules' | 'restTo'> & Partial<Pick<NewSplit, 'startsAt'>>;

/** A rule of nothing yet. */
export const noCondition = { siteIds: [], columnIds: [], terms: [], types: [] };

let codes = 0;
/** A unit that a split is to make. */
export const newUnit = (name: string) => ({
  ...{ parentId: null, name, shortName: name, kind: 'department' as const },
  organisationCode: `SPLIT${String((codes += 1)).padStart(4, '0')}`,
});

/** Operators and supervisors who divide units; to be used from the tests of a file on. */
export function aSplitDesk({ db }: TestDatabase, system: TestSystem) {
  const people: { operator?: Headers; supervisor?: Headers } = {};
  beforeAll(async () => {
    people.operator = await signIn(system.app, await anAccount(db, { roles: ['operator'] }));
    people.supervisor = await signIn(system.app, await anAccount(db, { roles: ['supervisor'] }));
  });
  const runner = () => ({
    ...reformParts,
    db,
    clock: () => new Date(),
    performAsSystem: system.parts.performAsSystem,
  });
  const ask = async (headers: Headers, method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) =>
    system.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const operator = (): Headers => people.operator ?? {};
  const plan = (unit: TestUnit, wishes: SplitWishes) =>
    ask(operator(), 'POST', `/api/units/${unit.id}/splits`, {
      ...{
        name: '拆分测试局',
        basis: '测编发〔2026〕7号',
        startsAt: new Date(Date.now() - 1_000).toISOString(),
      },
      ...wishes,
    });
  return {
    runner,
    ask,
    plan,
    operator,
    read: async <T>(url: string): Promise<T> => (await ask(operator(), 'GET', url)).json<T>(),
    planned: async (...of: Parameters<typeof plan>): Promise<Reorganization> => {
      const answer = await plan(...of);
      expect(answer.statusCode, answer.body).toBe(201);
      return answer.json<Reorganization>();
    },
    confirm: ({ id, version }: Reorganization) =>
      ask(people.supervisor ?? {}, 'POST', `/api/reorganizations/${id}/confirmation`, {
        expectedVersion: version,
      }),
    carryOut: async (): Promise<void> => {
      for (let steps = 0; (await stepReorganizations(runner())) > 0; steps += 1)
        expect(steps).toBeLessThan(40);
    },
    unitOf: async (table: string, id: string): Promise<string | undefined> => {
      const { rows } = await sql<{ unitId: string }>`select unit_id as "unitId" from ${sql.table(table)}
        where id = ${id}`.execute(db);
      return rows[0]?.unitId;
    },
  };
}
