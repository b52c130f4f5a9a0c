import { sql } from 'kysely';

import type { Attribution, UnitFigures } from '../../../contracts/reorganization.ts';
import type { Reader } from '../../platform/http.ts';
import { inScope, unitNames, unitsToday } from '../identity/index.ts';

export interface FiguresQuery {
  readonly from: string;
  readonly to: string;
  readonly by?: Attribution | undefined;
}

/**
 * What entered the library between two days of China's calendar, both included. An index number knows for ever
 * which unit gave it, so a figure of the past is the same whenever it is asked. By successor it is told under the unit
 * that answers for the resource today: of a unit that was divided, each of those that received has its part.
 */
export async function readUnitFigures(
  { db, actor }: Reader,
  { from, to, by = 'then' }: FiguresQuery,
): Promise<UnitFigures> {
  const unitId = sql.ref(by === 'then' ? 'given.unit_id' : 'resource.unit_id');
  const joined = by === 'then' ? sql`` : sql`join library.resource on resource.id = given.resource_id`;
  const { rows } = await sql<{ unitId: string; accessions: string }>`
    select ${unitId} as "unitId", count(*) as accessions from library.index_number given ${joined}
    where given_at >= (${from}::date)::timestamp at time zone 'Asia/Shanghai'
      and given_at < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai'
      and ${inScope(actor.scope, by === 'then' ? 'given.unit_id' : 'resource.unit_id')}
    group by ${unitId}`.execute(db);
  const today = await unitsToday(
    db,
    rows.map((row) => row.unitId),
  );
  const sums = new Map<string, number>();
  for (const { unitId, accessions } of rows) {
    const under = by === 'then' ? unitId : (today.get(unitId) ?? unitId);
    sums.set(under, (sums.get(under) ?? 0) + Number(accessions));
  }
  const names = await unitNames(db, [...sums.keys()]);
  return [...sums]
    .map(([unitId, accessions]) => ({ unitId, unitName: names.get(unitId) ?? '', accessions }))
    .sort((a, b) => b.accessions - a.accessions || (BigInt(a.unitId) < BigInt(b.unitId) ? -1 : 1));
}
