import { type Role, unitRoles } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

const admins: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin'];

/**
 * Rule R65: the three administrators are three people, and who runs or supervises the platform writes no
 * unit's content. Security and audit administrators hold no other role at all: they watch the others.
 */
export function areRolesCompatible(roles: readonly Role[]): boolean {
  const inUnit = roles.filter((role) => unitRoles.some((one) => one === role));
  if (inUnit.length > 0 && inUnit.length < roles.length) return false;
  if (roles.filter((role) => admins.includes(role)).length > 1) return false;
  return roles.length <= 1 || !(roles.includes('security-admin') || roles.includes('audit-admin'));
}

export function requireCompatibleRoles(roles: readonly Role[]): void {
  if (areRolesCompatible(roles)) return;
  throw new AppError(
    'invalid',
    'identity.roles-exclusive',
    '角色冲突：三员（系统、安全、审计管理员）不能兼任，平台角色与单位角色不能由同一账号担任。',
  );
}
