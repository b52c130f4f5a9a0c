import type { InitialPassword, NewAccount } from '../../../contracts/identity.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireAnyAccountManager, requireRoleGrant } from './account.policy.ts';
import { insertAccount, replaceRoles } from './account.queries.ts';
import { requireCompatibleRoles } from './account.rules.ts';
import { generateInitialPassword } from './initial-password.ts';
import { hashPassword } from './password-hash.ts';
import { requireOpenUnit } from './require-unit.ts';
import { requireUnitInScope } from './scope.ts';

/** The answer holds the initial password, once; it must be changed at the first sign-in. */
export const createAccount = defineCommand<NewAccount, InitialPassword>(
  'identity.create-account',
  (input, result) => ({
    kind: 'account',
    id: result?.accountId ?? null,
    unitId: input.unitId,
    details: { login: input.login, realName: input.realName, roles: input.roles },
  }),
  async (ctx, input) => {
    requireAnyAccountManager(ctx.actor);
    requireRoleGrant(ctx.actor, [], input.roles);
    requireCompatibleRoles(input.roles);
    requireUnitInScope(ctx.actor, input.unitId);
    await requireOpenUnit(ctx.db, input.unitId);
    const initialPassword = generateInitialPassword(input);
    const passwordHash = await hashPassword(initialPassword);
    const accountId = await insertAccount(ctx.db, { ...input, passwordHash, now: ctx.now });
    if (accountId === undefined) {
      throw new AppError('conflict', 'identity.login-taken', '这个登录名已被使用。');
    }
    await replaceRoles(ctx.db, accountId, input.roles);
    return { accountId, initialPassword };
  },
);
