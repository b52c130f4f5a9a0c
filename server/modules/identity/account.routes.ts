import { identityApi } from '../../../contracts/identity.ts';
import type { Routes } from '../../platform/http.ts';
import { changeAccount } from './change-account.ts';
import { createAccount } from './create-account.ts';
import { listAccounts } from './list-accounts.ts';
import { resetPassword } from './reset-password.ts';
import type { IdentityParts } from './settings.ts';
import { unlockAccount } from './unlock-account.ts';

export function accountRoutes({ settings }: IdentityParts): Routes {
  return (mount, tools) => {
    mount(identityApi.listAccounts, ({ caller, query }) =>
      tools.consult(caller, 'identity.list-accounts', (reader) => listAccounts(reader, query)),
    );
    mount(identityApi.createAccount, ({ caller, body }) => tools.perform(caller, createAccount, body));
    mount(identityApi.changeAccount, ({ caller, params, body }) =>
      tools.perform(caller, changeAccount, { id: params.id, change: body }),
    );
    mount(identityApi.resetPassword, ({ caller, params }) =>
      tools.perform(caller, resetPassword, { id: params.id, remembered: settings.password.remembered }),
    );
    mount(identityApi.unlockAccount, ({ caller, params }) => tools.perform(caller, unlockAccount, params));
  };
}
