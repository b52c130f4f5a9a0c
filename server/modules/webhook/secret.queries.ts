import type { Db } from '../../platform/db.ts';

export interface SealedSecret {
  readonly sealed: Buffer;
  readonly endsAt: Date | null;
}

/** What signs at an instant: the newest first. */
export async function secretsOf(db: Db, endpointId: string, now: Date): Promise<readonly SealedSecret[]> {
  return db
    .selectFrom('webhook.secret')
    .select(['sealed', 'ends_at as endsAt'])
    .where('endpoint_id', '=', endpointId)
    .where((is) => is.or([is('ends_at', 'is', null), is('ends_at', '>', now)]))
    .orderBy('id', 'desc')
    .execute();
}

/** When the last secret before the one that holds ends, for those where one still signs. */
export async function previousSecretEnds(
  db: Db,
  endpointIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Date>> {
  if (endpointIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('webhook.secret')
    .select(({ fn }) => ['endpoint_id', fn.max<Date>('ends_at').as('endsAt')])
    .where('endpoint_id', 'in', [...endpointIds])
    .where('ends_at', '>', now)
    .groupBy('endpoint_id')
    .execute();
  return new Map(rows.map((row) => [row.endpoint_id, row.endsAt]));
}

export async function insertSecret(
  db: Db,
  secret: { readonly endpointId: string; readonly sealed: Buffer; readonly createdAt: Date },
): Promise<void> {
  await db
    .insertInto('webhook.secret')
    .values({ endpoint_id: secret.endpointId, sealed: secret.sealed, created_at: secret.createdAt })
    .execute();
}

/** The secret that holds signs until then; those before it are forgotten. */
export async function endSecrets(db: Db, endpointId: string, now: Date, until: Date): Promise<void> {
  const others = db.deleteFrom('webhook.secret').where('endpoint_id', '=', endpointId);
  if (until <= now) {
    await others.execute();
    return;
  }
  await others.where('ends_at', 'is not', null).execute();
  await db
    .updateTable('webhook.secret')
    .set({ ends_at: until })
    .where('endpoint_id', '=', endpointId)
    .execute();
}
