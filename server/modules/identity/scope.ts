import { type RawBuilder, sql, type SqlBool } from 'kysely';

import type { Actor, Scope } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/**
 * The condition that keeps a statement inside the actor's units. `column` is a unit id column of the
 * statement (`library.resource.unit_id`, or `r.unit_id` with an alias). Every query that shows rows of
 * units to a person goes through this function.
 */
export function inScope(scope: Scope, column: string): RawBuilder<SqlBool> {
  if (scope.kind === 'all') return sql<SqlBool>`true`;
  const [only, ...others] = scope.unitIds;
  // Of one unit an index gives the rows in their order; of a list, be it of one, PostgreSQL would have to sort them.
  if (only !== undefined && others.length === 0) return sql<SqlBool>`${sql.ref(column)} = ${only}::bigint`;
  return sql<SqlBool>`${sql.ref(column)} = any(${[...scope.unitIds]}::bigint[])`;
}

export function isInScope(scope: Scope, unitId: string): boolean {
  return scope.kind === 'all' || scope.unitIds.includes(unitId);
}

/** Not found and not forbidden: another unit's rows do not exist for the actor. */
export function requireUnitInScope(actor: Actor, unitId: string): void {
  if (isInScope(actor.scope, unitId)) return;
  throw new AppError('not-found', 'identity.unit-out-of-scope', '没有找到，或者不在您的管理范围内。');
}
