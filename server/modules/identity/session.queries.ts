import { type RawBuilder, sql, type SqlBool } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface SessionValues {
  readonly tokenDigest: Buffer;
  readonly accountId: string;
  readonly csrfToken: string;
  readonly now: Date;
  readonly expiresAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
}

export async function insertSession(db: Db, values: SessionValues): Promise<void> {
  await db
    .insertInto('identity.session')
    .values({
      token_digest: values.tokenDigest,
      account_id: values.accountId,
      csrf_token: values.csrfToken,
      created_at: values.now,
      last_seen_at: values.now,
      expires_at: values.expiresAt,
      address: values.address,
      user_agent: values.userAgent,
    })
    .execute();
  await noteSeen(db, values.accountId, values.now);
}

async function noteSeen(db: Db, accountId: string, now: Date): Promise<void> {
  await db.updateTable('identity.account').set({ last_seen_at: now }).where('id', '=', accountId).execute();
}

export interface OpenSession {
  readonly accountId: string;
  readonly login: string;
  readonly realName: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly roles: readonly string[];
  readonly ownUnits: readonly string[];
  readonly csrfToken: string;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly disabled: boolean;
  readonly mustChangePassword: boolean;
  readonly passwordChangedAt: Date;
}

/** The session with everything one request needs to know about its person, in one statement. */
export async function findSession(db: Db, tokenDigest: Buffer): Promise<OpenSession | undefined> {
  const result = await sql<OpenSession>`
    select a.id as "accountId", a.login, a.real_name as "realName", a.unit_id as "unitId", u.name as "unitName",
      array(select role from identity.account_role r where r.account_id = a.id) as roles,
      array(select d.unit_id::text from identity.unit_ancestor d where d.ancestor_id = a.unit_id) as "ownUnits",
      s.csrf_token as "csrfToken", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
      a.disabled_at is not null as disabled, a.must_change_password as "mustChangePassword",
      a.password_changed_at as "passwordChangedAt"
    from identity.session s
    join identity.account a on a.id = s.account_id
    join identity.unit u on u.id = a.unit_id
    where s.token_digest = ${tokenDigest}`.execute(db);
  return result.rows[0];
}

export type PersonRow = Pick<OpenSession, 'accountId' | 'realName' | 'unitId' | 'roles' | 'ownUnits'>;

async function peopleWhere(db: Db, which: RawBuilder<SqlBool>): Promise<readonly PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select a.id as "accountId", a.real_name as "realName", a.unit_id as "unitId",
      array(select role from identity.account_role r where r.account_id = a.id) as roles,
      array(select d.unit_id::text from identity.unit_ancestor d where d.ancestor_id = a.unit_id) as "ownUnits"
    from identity.account a where ${which} order by a.id`.execute(db);
  return rows;
}

/** What an actor is made of, without a session. */
export async function findPerson(db: Db, accountId: string): Promise<PersonRow | undefined> {
  const [person] = await peopleWhere(db, sql<SqlBool>`a.id = ${accountId}`);
  return person;
}

/** The same for several who can still sign in; the others are left out. */
export function findPeople(db: Db, accountIds: readonly string[]): Promise<readonly PersonRow[]> {
  if (accountIds.length === 0) return Promise.resolve([]);
  return peopleWhere(db, sql<SqlBool>`a.id = any(${[...accountIds]}::bigint[]) and a.disabled_at is null`);
}

export async function touchSession(db: Db, tokenDigest: Buffer, accountId: string, now: Date): Promise<void> {
  await db
    .updateTable('identity.session')
    .set({ last_seen_at: now })
    .where('token_digest', '=', tokenDigest)
    .execute();
  await noteSeen(db, accountId, now);
}

export async function deleteSession(db: Db, tokenDigest: Buffer): Promise<void> {
  await db.deleteFrom('identity.session').where('token_digest', '=', tokenDigest).execute();
}

/** Ends the sessions of an account, all of them or all but one. */
export async function deleteSessionsOf(db: Db, accountId: string, except?: Buffer): Promise<void> {
  let query = db.deleteFrom('identity.session').where('account_id', '=', accountId);
  if (except) query = query.where('token_digest', '!=', except);
  await query.execute();
}

export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('identity.session').where('expires_at', '<', now).execute();
}

export interface Attempt {
  readonly attempts: number;
  readonly lockedUntil: Date | null;
  /** False when the login was locked already and this attempt does not count. */
  readonly admitted: boolean;
}

/**
 * Counts an attempt before the password is looked at, so that a hundred guesses sent at once are still
 * only as many as the limit. The attempt that reaches the limit sets the lock; success removes the row.
 */
export async function countAttempt(
  db: Db,
  login: string,
  limits: { readonly attempts: number; readonly minutes: number; readonly now: Date },
): Promise<Attempt> {
  const until = new Date(limits.now.getTime() + limits.minutes * 60_000);
  const forgotten = new Date(limits.now.getTime() - limits.minutes * 60_000);
  const result = await sql<{ attempts: number; locked_until: Date | null }>`
    insert into identity.failed_sign_in as f (login, attempts, last_at, locked_until)
    values (${login}, 1, ${limits.now}, case when ${limits.attempts}::int <= 1 then ${until}::timestamptz end)
    on conflict (login) do update set
      attempts = case when f.last_at <= ${forgotten} then 1 else f.attempts + 1 end,
      last_at = ${limits.now},
      locked_until = case
        when (case when f.last_at <= ${forgotten} then 1 else f.attempts + 1 end) >= ${limits.attempts}::int
        then ${until}::timestamptz end
    where f.locked_until is null or f.locked_until <= ${limits.now}
    returning attempts, locked_until`.execute(db);
  const counted = result.rows[0];
  if (counted) return { attempts: counted.attempts, lockedUntil: counted.locked_until, admitted: true };
  const row = await db
    .selectFrom('identity.failed_sign_in')
    .select(['attempts', 'locked_until'])
    .where('login', '=', login)
    .executeTakeFirst();
  return { attempts: row?.attempts ?? 0, lockedUntil: row?.locked_until ?? null, admitted: false };
}

export async function forgetAttempts(db: Db, login: string): Promise<void> {
  await db.deleteFrom('identity.failed_sign_in').where('login', '=', login).execute();
}

export async function deleteStaleAttempts(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('identity.failed_sign_in').where('last_at', '<', before).execute();
}
