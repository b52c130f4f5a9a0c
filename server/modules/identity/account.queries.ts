import { sql } from 'kysely';

import { type Role, roles as allRoles, type Scope } from '../../../contracts/actor.ts';
import type { Account } from '../../../contracts/identity.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from './scope.ts';

/** Accounts as the contract shows them; whether a password is too old depends on the clock and the settings. */
function selectAccounts(db: Db, now: Date) {
  return db
    .selectFrom('identity.account')
    .innerJoin('identity.unit', 'identity.unit.id', 'identity.account.unit_id')
    .leftJoin('identity.failed_sign_in', (join) =>
      join
        .onRef('identity.failed_sign_in.login', '=', 'identity.account.login')
        .on('identity.failed_sign_in.locked_until', '>', now),
    )
    .select([
      'identity.account.id',
      'identity.account.unit_id',
      'identity.unit.name as unit_name',
      'identity.account.login',
      'identity.account.real_name',
      'identity.account.phone',
      'identity.account.disabled_at',
      'identity.account.must_change_password',
      'identity.account.last_seen_at',
      'identity.account.version',
      'identity.failed_sign_in.locked_until',
    ])
    .select(
      sql<
        string[]
      >`array(select role from identity.account_role r where r.account_id = identity.account.id)`.as('roles'),
    );
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof selectAccounts>['execute']>>[number];

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    unitId: row.unit_id,
    unitName: row.unit_name,
    login: row.login,
    realName: row.real_name,
    phone: row.phone,
    roles: allRoles.filter((role) => row.roles.includes(role)),
    disabled: row.disabled_at !== null,
    lockedUntil: row.locked_until?.toISOString() ?? null,
    mustChangePassword: row.must_change_password,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    version: row.version,
  };
}

export interface AccountFilter {
  readonly unitId?: string | undefined;
  /** Held by an account that is in use. */
  readonly role?: Role | undefined;
  /** Part of the login or of the real name. */
  readonly text?: string | undefined;
  readonly afterLogin?: string | undefined;
  readonly limit: number;
  readonly now: Date;
}

export async function accountsInScope(
  db: Db,
  scope: Scope,
  filter: AccountFilter,
): Promise<readonly Account[]> {
  let query = selectAccounts(db, filter.now)
    .where(inScope(scope, 'identity.account.unit_id'))
    .orderBy('identity.account.login')
    .limit(filter.limit);
  if (filter.unitId !== undefined) query = query.where('identity.account.unit_id', '=', filter.unitId);
  if (filter.role !== undefined) {
    query = query.where('identity.account.disabled_at', 'is', null).where(
      sql<boolean>`exists (select from identity.account_role r
          where r.account_id = identity.account.id and r.role = ${filter.role})`,
    );
  }
  if (filter.afterLogin !== undefined) query = query.where('identity.account.login', '>', filter.afterLogin);
  if (filter.text !== undefined && filter.text !== '') {
    const pattern = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([
        eb('identity.account.login', 'ilike', pattern),
        eb('identity.account.real_name', 'ilike', pattern),
      ]),
    );
  }
  const rows = await query.execute();
  return rows.map(accountOf);
}

export async function findAccount(db: Db, id: string, now: Date): Promise<Account | undefined> {
  const row = await selectAccounts(db, now).where('identity.account.id', '=', id).executeTakeFirst();
  return row && accountOf(row);
}

/** What other modules show of a person. */
export interface AccountSummary {
  readonly id: string;
  readonly login: string;
  readonly realName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly disabled: boolean;
}

function summaries(db: Db) {
  return db
    .selectFrom('identity.account as a')
    .innerJoin('identity.unit as u', 'u.id', 'a.unit_id')
    .select([
      'a.id',
      'a.login',
      'a.real_name as realName',
      'a.unit_id as unitId',
      'u.name as unitName',
      sql<boolean>`a.disabled_at is not null`.as('disabled'),
    ]);
}

export async function accountsById(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, AccountSummary>> {
  if (ids.length === 0) return new Map();
  const rows = await summaries(db)
    .where('a.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Who works in these units: everybody whose account is in use. */
export async function peopleIn(db: Db, unitIds: readonly string[]): Promise<readonly AccountSummary[]> {
  if (unitIds.length === 0) return [];
  return summaries(db)
    .where('a.unit_id', 'in', [...unitIds])
    .where('a.disabled_at', 'is', null)
    .orderBy('a.login')
    .execute();
}

/** What the commands need to know, with the row locked against another change. */
export interface LockedAccount {
  readonly id: string;
  readonly unitId: string;
  readonly login: string;
  readonly realName: string;
  readonly phone: string | null;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
  readonly version: number;
}

export async function findAccountForUpdate(db: Db, id: string): Promise<LockedAccount | undefined> {
  const row = await db
    .selectFrom('identity.account')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  const stored = await db
    .selectFrom('identity.account_role')
    .select('role')
    .where('account_id', '=', id)
    .execute();
  return {
    id: row.id,
    unitId: row.unit_id,
    login: row.login,
    realName: row.real_name,
    phone: row.phone,
    passwordHash: row.password_hash,
    roles: allRoles.filter((role) => stored.some((one) => one.role === role)),
    disabled: row.disabled_at !== null,
    version: row.version,
  };
}

export interface Credentials {
  readonly accountId: string;
  readonly passwordHash: string;
  readonly disabled: boolean;
}

export async function findCredentials(db: Db, login: string): Promise<Credentials | undefined> {
  const row = await db
    .selectFrom('identity.account')
    .select(['id', 'password_hash', 'disabled_at'])
    .where('login', '=', login)
    .executeTakeFirst();
  return row && { accountId: row.id, passwordHash: row.password_hash, disabled: row.disabled_at !== null };
}

export interface AccountValues {
  readonly unitId: string;
  readonly login: string;
  readonly realName: string;
  readonly phone: string | null;
  readonly passwordHash: string;
  readonly now: Date;
}

/** Undefined when the login is taken. */
export async function insertAccount(db: Db, values: AccountValues): Promise<string | undefined> {
  const row = await db
    .insertInto('identity.account')
    .values({
      unit_id: values.unitId,
      login: values.login,
      real_name: values.realName,
      phone: values.phone,
      password_hash: values.passwordHash,
      password_changed_at: values.now,
      created_at: values.now,
    })
    .onConflict((conflict) => conflict.column('login').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function replaceRoles(db: Db, accountId: string, roles: readonly Role[]): Promise<void> {
  await db.deleteFrom('identity.account_role').where('account_id', '=', accountId).execute();
  await db
    .insertInto('identity.account_role')
    .values(roles.map((role) => ({ account_id: accountId, role })))
    .execute();
}

export interface AccountEdit {
  readonly realName: string;
  readonly phone: string | null;
  readonly disabledAt: Date | null;
}

/** `disabledAt` of a disabled account stays the instant of its disabling. */
export async function updateAccount(db: Db, id: string, edit: AccountEdit): Promise<void> {
  await db
    .updateTable('identity.account')
    .set((eb) => ({
      real_name: edit.realName,
      phone: edit.phone,
      disabled_at:
        edit.disabledAt === null ? null : eb.fn.coalesce('disabled_at', sql<Date>`${edit.disabledAt}`),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

export interface PasswordReplacement {
  readonly accountId: string;
  readonly formerHash: string;
  readonly newHash: string;
  readonly mustChange: boolean;
  readonly now: Date;
}

/** Keeps the former hash, and of the former ones the last `remembered`. */
export async function replacePassword(
  db: Db,
  change: PasswordReplacement,
  remembered: number,
): Promise<void> {
  await db
    .insertInto('identity.former_password')
    .values({ account_id: change.accountId, password_hash: change.formerHash, replaced_at: change.now })
    .execute();
  await db
    .updateTable('identity.account')
    .set({
      password_hash: change.newHash,
      password_changed_at: change.now,
      must_change_password: change.mustChange,
    })
    .where('id', '=', change.accountId)
    .execute();
  const kept = await formerPasswords(db, change.accountId, remembered);
  await db
    .deleteFrom('identity.former_password')
    .where('account_id', '=', change.accountId)
    .where(
      'id',
      'not in',
      kept.map((one) => one.id),
    )
    .execute();
}

export async function formerPasswords(
  db: Db,
  accountId: string,
  limit: number,
): Promise<readonly { readonly id: string; readonly password_hash: string }[]> {
  return db
    .selectFrom('identity.former_password')
    .select(['id', 'password_hash'])
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Whether there is anybody who could sign in. */
export async function hasAccounts(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('identity.account')
    .select('id')
    .where('disabled_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The first of `name`, `name-2`, `name-3` … by which nobody is known. */
export async function freeLogin(db: Db, name: string): Promise<string> {
  const taken = await db
    .selectFrom('identity.account')
    .select('login')
    .where((is) => is.or([is('login', '=', name), is('login', 'like', `${name}-%`)]))
    .execute();
  const logins = new Set(taken.map(({ login }) => login));
  for (let number = 1; ; number += 1) {
    const login = number === 1 ? name : `${name}-${String(number)}`;
    if (!logins.has(login)) return login;
  }
}

export async function loginOf(db: Db, accountId: string): Promise<string> {
  const { login } = await db
    .selectFrom('identity.account')
    .select('login')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return login;
}
