import { type RawBuilder, sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Whoever delegates takes turns, so that no two delegations meet that would not stand together. */
const delegationLock = 7246113;

export async function lockDelegations(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${delegationLock})`.execute(db);
}

export interface DelegationRow {
  readonly id: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly delegateId: string;
  readonly delegateName: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

function delegations(db: Db) {
  return db
    .selectFrom('review.delegation')
    .select([
      'id',
      'account_id as accountId',
      'account_name as accountName',
      'delegate_id as delegateId',
      'delegate_name as delegateName',
      sql<string>`starts_on::text`.as('startsOn'),
      sql<string>`ends_on::text`.as('endsOn'),
      'reason',
      'created_at as createdAt',
      'revoked_at as revokedAt',
    ]);
}

type Side = 'account_id' | 'delegate_id';

/** What somebody delegated, or what was delegated to them, the newest first. */
export function delegationsOf(
  db: Db,
  side: Side,
  accountId: string,
  limit: number,
): Promise<readonly DelegationRow[]> {
  return delegations(db).where(side, '=', accountId).orderBy('id', 'desc').limit(limit).execute();
}

const touches = (from: string, to: string): RawBuilder<boolean> =>
  sql`revoked_at is null and starts_on <= ${to} and ends_on >= ${from}`;

/** Delegations of these days in which somebody has the one part or the other, the earliest first. */
export function delegationsBetween(
  db: Db,
  people: readonly string[],
  from: string,
  to: string,
): Promise<readonly DelegationRow[]> {
  const ids = sql`${[...people]}::bigint[]`;
  return delegations(db)
    .where(sql<boolean>`(account_id = any(${ids}) or delegate_id = any(${ids}))`)
    .where(touches(from, to))
    .orderBy('starts_on')
    .orderBy('id')
    .limit(50)
    .execute();
}

/** Who delegated to somebody on this day. */
export async function delegatorsOf(db: Db, delegateId: string, day: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('review.delegation')
    .select('account_id')
    .distinct()
    .where('delegate_id', '=', delegateId)
    .where(touches(day, day))
    .execute();
  return rows.map((row) => row.account_id);
}

/** The own delegation, locked. */
export function delegationForUpdate(
  db: Db,
  accountId: string,
  id: string,
): Promise<DelegationRow | undefined> {
  return delegations(db)
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertDelegation(
  db: Db,
  delegation: Omit<DelegationRow, 'id' | 'createdAt' | 'revokedAt'>,
  at: Date,
): Promise<string> {
  const { id } = await db
    .insertInto('review.delegation')
    .values({
      account_id: delegation.accountId,
      account_name: delegation.accountName,
      delegate_id: delegation.delegateId,
      delegate_name: delegation.delegateName,
      starts_on: delegation.startsOn,
      ends_on: delegation.endsOn,
      reason: delegation.reason,
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function markRevoked(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('review.delegation').set({ revoked_at: at }).where('id', '=', id).execute();
}
