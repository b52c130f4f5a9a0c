import type { Db } from '../../platform/db.ts';

/** The digest of the picture that the account signs with now. */
export async function imageInUse(db: Db, accountId: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('identity.signature_image')
    .select('digest')
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row?.digest;
}

/** The bytes of a picture that the account signs or signed with. */
export async function signatureImageOf(
  db: Db,
  accountId: string,
  digest: Buffer,
): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('identity.signature_image')
    .select('content')
    .where('account_id', '=', accountId)
    .where('digest', '=', digest)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.content;
}

/** Ends the one in use; false when there was none. */
export async function endImage(db: Db, accountId: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('identity.signature_image')
    .set({ ended_at: now })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function insertImage(
  db: Db,
  image: {
    readonly accountId: string;
    readonly digest: Buffer;
    readonly content: Buffer;
    readonly now: Date;
  },
): Promise<void> {
  await db
    .insertInto('identity.signature_image')
    .values({
      account_id: image.accountId,
      digest: image.digest,
      content: image.content,
      begun_at: image.now,
    })
    .execute();
}
