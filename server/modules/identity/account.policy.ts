import { type Actor, platformRoles, type Role } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

export function isPlatformRole(role: Role): boolean {
  return platformRoles.some((one) => one === role);
}

function manages(actor: Actor): boolean {
  return actor.kind === 'system' || actor.roles.includes('operator') || actor.roles.includes('system-admin');
}

function grantsPlatformRoles(actor: Actor): boolean {
  return actor.kind === 'system' || actor.roles.includes('security-admin');
}

/** Managers and the supervising office see accounts everywhere, principals and liaisons their own unit's. */
export function canListAccounts(actor: Actor): boolean {
  const listing: readonly Role[] = [
    'operator',
    'supervisor',
    'system-admin',
    'security-admin',
    'principal',
    'liaison',
  ];
  return actor.kind === 'system' || actor.roles.some((role) => listing.includes(role));
}

export function requireAccountReader(actor: Actor): void {
  if (!canListAccounts(actor)) throw roleRequired();
}

/** Asked before anything is looked up, so that others learn nothing about which accounts exist. */
export function requireAnyAccountManager(actor: Actor): void {
  if (!manages(actor) && !grantsPlatformRoles(actor)) throw roleRequired();
}

/**
 * Who may change, disable, unlock or reset an account with these roles. Whoever could give an administrator
 * a new password could become him, so accounts with a platform role belong to the security administrator.
 */
export function canManageAccount(actor: Actor, roles: readonly Role[]): boolean {
  return roles.some(isPlatformRole) ? grantsPlatformRoles(actor) : manages(actor);
}

export function requireAccountManager(actor: Actor, roles: readonly Role[]): void {
  if (canManageAccount(actor, roles)) return;
  if (roles.some(isPlatformRole)) {
    throw new AppError('forbidden', 'identity.role-grant-refused', '平台角色及其账号只能由安全管理员管理。');
  }
  throw roleRequired();
}

/** Roles that change hands: platform roles only through a security administrator, unit roles through a manager. */
export function requireRoleGrant(actor: Actor, before: readonly Role[], after: readonly Role[]): void {
  const changed = [
    ...before.filter((role) => !after.includes(role)),
    ...after.filter((role) => !before.includes(role)),
  ];
  if (changed.length > 0) requireAccountManager(actor, changed);
}

/** Nobody changes the own roles, disables the own account or resets the own password: two people are needed. */
export function requireOther(actor: Actor, accountId: string): void {
  if (actor.kind !== 'account' || actor.id !== accountId) return;
  throw new AppError(
    'forbidden',
    'identity.own-account-refused',
    '不能对自己的账号做此操作，请由其他管理员办理。',
  );
}

function roleRequired(): AppError {
  return new AppError('forbidden', 'identity.role-required', '您的角色不能管理账号。');
}
