import { type Actor, type Role, roles as allRoles, type Scope } from '../../../contracts/actor.ts';

const seesAll: ReadonlySet<Role> = new Set(['operator', 'supervisor', 'system-admin', 'security-admin']);

/**
 * What somebody with these roles sees. An audit administrator sees no unit's rows at all: the record is
 * his, and reading it asks for the role, not for a scope.
 */
export function scopeOf(roles: readonly Role[], ownUnits: readonly string[]): Scope {
  if (roles.some((role) => seesAll.has(role))) return { kind: 'all' };
  if (roles.includes('audit-admin')) return { kind: 'units', unitIds: [] };
  return { kind: 'units', unitIds: ownUnits };
}

/** Roles as stored, in the order of the contract; a text that is no role is left out. */
export function rolesFrom(stored: readonly string[]): readonly Role[] {
  return allRoles.filter((role) => stored.includes(role));
}

export interface Person {
  readonly id: string;
  readonly realName: string;
  readonly unitId: string;
  readonly roles: readonly Role[];
  /** The own unit and all units below it. */
  readonly ownUnits: readonly string[];
}

export function actorOf(person: Person): Actor {
  return {
    kind: 'account',
    id: person.id,
    name: person.realName,
    unitId: person.unitId,
    roles: person.roles,
    scope: scopeOf(person.roles, person.ownUnits),
  };
}
