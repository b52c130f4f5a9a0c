import { type Static, Type } from 'typebox';

import { Role } from './actor.ts';
import { Closed, defineEndpoint, Id, IdParams, Instant, Nothing, pagingQuery } from './endpoint.ts';
import { IndexNumberTemplate } from './index-number.ts';
import { reorganizationEndpoints } from './reorganization.ts';
import { signingEndpoints, signingErrorCodes } from './signing.ts';
import { OrganisationCode, UnitKind, UnitName, UnitShortName } from './unit-kind.ts';

export { UnitKind, unitKindNames } from './unit-kind.ts';

export const identityErrorCodes = [
  'identity.sign-in-refused',
  'identity.account-locked',
  'identity.account-disabled',
  'identity.session-missing',
  'identity.session-expired',
  'identity.csrf-token-wrong',
  'identity.cross-site-request',
  'identity.password-change-required',
  'identity.password-weak',
  'identity.password-used-before',
  'identity.password-wrong',
  'identity.role-required',
  'identity.unit-out-of-scope',
  'identity.unit-not-found',
  'identity.unit-loop',
  'identity.unit-changed',
  'identity.unit-closed',
  'identity.unit-in-use',
  'identity.organisation-code-taken',
  'identity.index-code-taken',
  'identity.account-not-found',
  'identity.account-changed',
  'identity.login-taken',
  'identity.roles-exclusive',
  'identity.role-grant-refused',
  'identity.own-account-refused',
  'identity.cursor-wrong',
  'identity.unit-merged',
  'identity.reorganization-not-found',
  'identity.reorganization-changed',
  'identity.reorganization-impossible',
  'identity.renaming-impossible',
  'identity.split-impossible',
  'identity.second-person-required',
  ...signingErrorCodes,
] as const;

export const Unit = Closed({
  id: Id,
  parentId: Type.Union([Id, Type.Null()]),
  name: Type.String(),
  shortName: Type.String(),
  organisationCode: Type.String(),
  indexNumberTemplate: IndexNumberTemplate,
  kind: UnitKind,
  position: Type.Integer(),
  closed: Type.Boolean(),
  version: Type.Integer(),
});
export type Unit = Static<typeof Unit>;

export const NewUnit = Closed({
  parentId: Type.Union([Id, Type.Null()]),
  name: UnitName,
  shortName: UnitShortName,
  organisationCode: OrganisationCode,
  indexNumberTemplate: Type.Optional(IndexNumberTemplate),
  kind: UnitKind,
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
});
export type NewUnit = Static<typeof NewUnit>;

export const UnitChange = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  parentId: Type.Optional(Type.Union([Id, Type.Null()])),
  name: Type.Optional(UnitName),
  shortName: Type.Optional(UnitShortName),
  indexNumberTemplate: Type.Optional(IndexNumberTemplate),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  closed: Type.Optional(Type.Boolean()),
});
export type UnitChange = Static<typeof UnitChange>;

const Login = Type.String({ pattern: '^[a-z][a-z0-9.-]{1,39}$' });
const RealName = Type.String({ minLength: 2, maxLength: 20 });
const Phone = Type.Union([Type.String({ pattern: '^[0-9+-]{5,20}$' }), Type.Null()]);

export const Account = Closed({
  id: Id,
  unitId: Id,
  unitName: Type.String(),
  login: Type.String(),
  realName: Type.String(),
  phone: Type.Union([Type.String(), Type.Null()]),
  roles: Type.Array(Role),
  disabled: Type.Boolean(),
  lockedUntil: Type.Union([Instant, Type.Null()]),
  mustChangePassword: Type.Boolean(),
  lastSeenAt: Type.Union([Instant, Type.Null()]),
  version: Type.Integer(),
});
export type Account = Static<typeof Account>;

export const NewAccount = Closed({
  unitId: Id,
  login: Login,
  realName: RealName,
  phone: Phone,
  roles: Type.Array(Role, { minItems: 1, maxItems: 5, uniqueItems: true }),
});
export type NewAccount = Static<typeof NewAccount>;

export const AccountChange = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  realName: Type.Optional(RealName),
  phone: Type.Optional(Phone),
  roles: Type.Optional(Type.Array(Role, { minItems: 1, maxItems: 5, uniqueItems: true })),
  disabled: Type.Optional(Type.Boolean()),
});
export type AccountChange = Static<typeof AccountChange>;

/** Who is signed in, and what of the console concerns them. */
export const Session = Closed({
  accountId: Id,
  login: Type.String(),
  realName: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  roles: Type.Array(Role),
  mustChangePassword: Type.Boolean(),
  csrfToken: Type.String({
    description: 'Goes into the header x-csrf-token of every request that changes something.',
  }),
  expiresAt: Instant,
  idleMinutes: Type.Integer(),
});
export type Session = Static<typeof Session>;

export const SignIn = Closed({
  login: Type.String({ minLength: 1, maxLength: 40 }),
  password: Type.String({ minLength: 1, maxLength: 200 }),
});
export type SignIn = Static<typeof SignIn>;

export const PasswordChange = Closed({
  currentPassword: Type.String({ minLength: 1, maxLength: 200 }),
  newPassword: Type.String({ minLength: 1, maxLength: 200 }),
});
export type PasswordChange = Static<typeof PasswordChange>;

/** Shown once to whoever created or reset the account, never stored in clear. */
export const InitialPassword = Closed({ accountId: Id, initialPassword: Type.String() });
export type InitialPassword = Static<typeof InitialPassword>;

export const identityApi = {
  signIn: defineEndpoint({
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in with login and password.',
    access: 'public',
    body: SignIn,
    response: Session,
    status: 201,
  }),
  currentSession: defineEndpoint({
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in.',
    access: 'first-login',
    response: Session,
  }),
  signOut: defineEndpoint({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out here.',
    access: 'first-login',
    response: Nothing,
    status: 204,
  }),
  signOutEverywhere: defineEndpoint({
    method: 'DELETE',
    path: '/api/sessions',
    summary: 'End every session of the signed-in account.',
    access: 'first-login',
    response: Nothing,
    status: 204,
  }),
  changePassword: defineEndpoint({
    method: 'PUT',
    path: '/api/session/password',
    summary: 'Change the own password; ends all other sessions.',
    access: 'first-login',
    body: PasswordChange,
    response: Nothing,
    status: 204,
  }),
  listUnits: defineEndpoint({
    method: 'GET',
    path: '/api/units',
    summary: 'Units in scope, as a flat list of the tree in display order.',
    access: 'signed-in',
    response: Type.Array(Unit),
  }),
  createUnit: defineEndpoint({
    method: 'POST',
    path: '/api/units',
    summary: 'Add a unit.',
    access: 'signed-in',
    body: NewUnit,
    response: Unit,
    status: 201,
  }),
  changeUnit: defineEndpoint({
    method: 'PATCH',
    path: '/api/units/:id',
    summary: 'Rename, move or close a unit.',
    access: 'signed-in',
    params: IdParams,
    body: UnitChange,
    response: Unit,
  }),
  listAccounts: defineEndpoint({
    method: 'GET',
    path: '/api/accounts',
    summary: 'Accounts in scope, by login.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      unitId: Type.Optional(Id),
      /** Those that hold it and whose account is in use. */
      role: Type.Optional(Role),
      q: Type.Optional(Type.String({ maxLength: 40 })),
    }),
    response: Closed({ items: Type.Array(Account), nextCursor: Type.Union([Type.String(), Type.Null()]) }),
  }),
  createAccount: defineEndpoint({
    method: 'POST',
    path: '/api/accounts',
    summary: 'Add a person; the answer holds the initial password, once.',
    access: 'signed-in',
    body: NewAccount,
    response: InitialPassword,
    status: 201,
  }),
  changeAccount: defineEndpoint({
    method: 'PATCH',
    path: '/api/accounts/:id',
    summary: 'Change name, telephone, roles, or disable; disabling ends the sessions.',
    access: 'signed-in',
    params: IdParams,
    body: AccountChange,
    response: Account,
  }),
  resetPassword: defineEndpoint({
    method: 'POST',
    path: '/api/accounts/:id/password-reset',
    summary: 'Give a new initial password and end the sessions.',
    access: 'signed-in',
    params: IdParams,
    response: InitialPassword,
    status: 201,
  }),
  unlockAccount: defineEndpoint({
    method: 'POST',
    path: '/api/accounts/:id/unlock',
    summary: 'Lift a lock-out after failed sign-ins.',
    access: 'signed-in',
    params: IdParams,
    response: Account,
  }),
  ...reorganizationEndpoints,
  ...signingEndpoints,
} as const;
