import { Type } from 'typebox';

/** Roles inside a unit, then platform roles. `domain.md` has the Chinese names. */
export const unitRoles = ['editor', 'reviewer', 'principal', 'responder', 'liaison'] as const;
export const platformRoles = [
  'operator',
  'supervisor',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const;
export const roles = [...unitRoles, ...platformRoles] as const;
export type Role = (typeof roles)[number];
export type UnitRole = (typeof unitRoles)[number];
export type PlatformRole = (typeof platformRoles)[number];
export const Role = Type.Unsafe<Role>(Type.Union(roles.map((role) => Type.Literal(role))));

/** Which units' rows somebody may see: all of them, or a list (own unit and those below it). */
export type Scope =
  { readonly kind: 'all' } | { readonly kind: 'units'; readonly unitIds: readonly string[] };

/** Who acts: a person with a session, or the system itself (clocks, import, seed). */
export interface Actor {
  readonly kind: 'account' | 'system' | 'anonymous';
  /** Account id; for the system the name of the job. */
  readonly id: string;
  readonly name: string;
  readonly unitId: string | null;
  readonly roles: readonly Role[];
  readonly scope: Scope;
}

/** Has the role, and the unit is the actor's own or below it. A platform role never acts inside a unit. */
export function canActIn({ roles: held, scope }: Actor, unitId: string, role: UnitRole): boolean {
  return held.includes(role) && scope.kind === 'units' && scope.unitIds.includes(unitId);
}

export const roleNames: Readonly<Record<Role, string>> = {
  editor: '信息员',
  reviewer: '审核员',
  principal: '签发人',
  responder: '办理员',
  liaison: '联络员',
  operator: '运维',
  supervisor: '主管',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
};
