import { sql } from 'kysely';

import { holdingOf, type UnitHolding } from '../identity/index.ts';

/** Old sites on their way in. A merger or a split waits while one is walked or brought in. */
export const relocationHoldings: readonly UnitHolding[] = [
  holdingOf('relocation.project', '旧站迁移', {
    hangsOn: { site: 'site_id' },
    busy: async (db, unitId) => {
      const { rows } = await sql<{ count: string }>`select count(*) as count from relocation.project
        where unit_id = ${unitId} and state = 'running'`.execute(db);
      return Number(rows[0]?.count ?? 0);
    },
  }),
];
