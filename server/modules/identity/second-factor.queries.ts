import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface OneTimeSecret {
  readonly sealedSecret: Buffer;
  readonly begunAt: Date;
  readonly confirmedAt: Date | null;
  readonly lastStep: number | null;
}

export async function oneTimeSecretOf(db: Db, accountId: string): Promise<OneTimeSecret | undefined> {
  const row = await db
    .selectFrom('identity.one_time_secret')
    .select(['sealed_secret', 'begun_at', 'confirmed_at', 'last_step'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return (
    row && {
      sealedSecret: row.sealed_secret,
      begunAt: row.begun_at,
      confirmedAt: row.confirmed_at,
      lastStep: row.last_step === null ? null : Number(row.last_step),
    }
  );
}

/** A secret that nobody confirmed gives way to a new one; one that is in use stays. */
export async function beginOneTimeSecret(
  db: Db,
  secret: { readonly accountId: string; readonly sealed: Buffer; readonly now: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('identity.one_time_secret')
    .values({ account_id: secret.accountId, sealed_secret: secret.sealed, begun_at: secret.now })
    .onConflict((conflict) =>
      conflict
        .column('account_id')
        .doUpdateSet({ sealed_secret: secret.sealed, begun_at: secret.now, last_step: null })
        .where('identity.one_time_secret.confirmed_at', 'is', null),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Takes a code once: false when it, or a newer one, was taken meanwhile. */
export async function takeStep(db: Db, accountId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity.one_time_secret')
    .set({ last_step: String(step) })
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', String(step))]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function confirmOneTimeSecret(
  db: Db,
  confirmed: { readonly accountId: string; readonly digests: readonly Buffer[]; readonly now: Date },
): Promise<void> {
  await db
    .updateTable('identity.one_time_secret')
    .set({ confirmed_at: confirmed.now })
    .where('account_id', '=', confirmed.accountId)
    .execute();
  await db
    .insertInto('identity.recovery_code')
    .values(confirmed.digests.map((digest) => ({ account_id: confirmed.accountId, digest })))
    .execute();
}

/** Whether there is such a code that was not used. */
export async function hasRecoveryCode(db: Db, accountId: string, digest: Buffer): Promise<boolean> {
  const found = await db
    .selectFrom('identity.recovery_code')
    .select('account_id')
    .where('account_id', '=', accountId)
    .where('digest', '=', digest)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** False when there is no such code, or it was used. */
export async function takeRecoveryCode(
  db: Db,
  accountId: string,
  code: { readonly digest: Buffer; readonly now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity.recovery_code')
    .set({ used_at: code.now })
    .where('account_id', '=', accountId)
    .where('digest', '=', code.digest)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function countRecoveryCodes(db: Db, accountId: string): Promise<number> {
  const { left } = await db
    .selectFrom('identity.recovery_code')
    .select(sql<string>`count(*)`.as('left'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(left);
}

/** Ends the use of one-time codes; false when there was none. */
export async function deleteOneTimeSecret(db: Db, accountId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('identity.one_time_secret')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
