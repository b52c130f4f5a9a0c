import type { Account, AccountChange } from '../../../contracts/identity.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireOther, requireRoleGrant } from './account.policy.ts';
import { type LockedAccount, replaceRoles, updateAccount } from './account.queries.ts';
import { requireCompatibleRoles } from './account.rules.ts';
import { getAccount, requireManagedAccount } from './require-account.ts';
import { requireOpenUnit } from './require-unit.ts';
import { deleteSessionsOf } from './session.queries.ts';

export interface ChangeAccount {
  readonly id: string;
  readonly change: AccountChange;
}

export const changeAccount = defineCommand<ChangeAccount, Account>(
  'identity.change-account',
  (input, result) => ({
    kind: 'account',
    id: input.id,
    unitId: result?.unitId ?? null,
    // The record is for ever: it keeps which facts changed, and of personal ones not what they became.
    details: {
      fields: Object.keys(input.change).filter((key) => key !== 'expectedVersion'),
      ...(input.change.roles ? { roles: input.change.roles } : {}),
      ...(input.change.disabled === undefined ? {} : { disabled: input.change.disabled }),
    },
  }),
  async (ctx, { id, change }) => {
    const account = await requireManagedAccount(ctx, id);
    if (account.version !== change.expectedVersion) {
      throw new AppError('conflict', 'identity.account-changed', '账号已被他人修改，请刷新后再改。', {
        details: { current: await getAccount(ctx, id) },
      });
    }
    if (change.roles) await changeRoles(ctx, account, change.roles);
    const disabled = change.disabled ?? account.disabled;
    if (disabled !== account.disabled) await switchAccount(ctx, account, disabled);
    await updateAccount(ctx.db, id, {
      realName: change.realName ?? account.realName,
      phone: change.phone === undefined ? account.phone : change.phone,
      disabledAt: disabled ? ctx.now : null,
    });
    return getAccount(ctx, id);
  },
);

async function changeRoles(ctx: Ctx, account: LockedAccount, roles: Account['roles']): Promise<void> {
  const same = roles.length === account.roles.length && roles.every((role) => account.roles.includes(role));
  if (same) return;
  requireOther(ctx.actor, account.id);
  requireRoleGrant(ctx.actor, account.roles, roles);
  requireCompatibleRoles(roles);
  await replaceRoles(ctx.db, account.id, roles);
}

async function switchAccount(ctx: Ctx, account: LockedAccount, disabled: boolean): Promise<void> {
  requireOther(ctx.actor, account.id);
  if (disabled) await deleteSessionsOf(ctx.db, account.id);
  else await requireOpenUnit(ctx.db, account.unitId);
}
