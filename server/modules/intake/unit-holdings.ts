import { sql } from 'kysely';

import { holdingOf, type UnitHolding } from '../identity/index.ts';

/** Imports. One that is being read, tried or brought in writes in the unit's name, so a merger or a split waits for its end. */
export const intakeHoldings: readonly UnitHolding[] = [
  holdingOf('intake.import', '导入', {
    hangsOn: { column: 'column_id' },
    busy: async (db, unitId) => {
      const { rows } = await sql<{ count: string }>`select count(*) as count from intake.import
        where unit_id = ${unitId} and stage in ('inspecting', 'checking', 'running')`.execute(db);
      return Number(rows[0]?.count ?? 0);
    },
  }),
];
