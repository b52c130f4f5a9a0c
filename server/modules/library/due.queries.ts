import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/**
 * The one due query for releases: asked again and again, it returns what is signed and whose hour has come.
 * It reads state, so a restart, a clock jump or a missed tick loses nothing.
 */
export async function resourcesDueForRelease(db: Db, now: Date, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.resource')
    .select('id')
    .where('signed_revision_id', 'is not', null)
    .where('stage', '=', 'scheduled')
    .where(sql<boolean>`coalesce(release_at, '-infinity') <= ${now}`)
    .orderBy('release_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

export async function resourcesDueForExpiry(db: Db, now: Date, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.resource')
    .select('id')
    .where('live_revision_id', 'is not', null)
    .where('expire_at', '<=', now)
    .orderBy('expire_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Releases that should have happened more than a minute ago: not zero means that no worker runs. */
export async function overdueReleases(db: Db, now: Date): Promise<number> {
  const row = await db
    .selectFrom('library.resource')
    .select((is) => is.fn.countAll<string>().as('number'))
    .where('signed_revision_id', 'is not', null)
    .where('stage', '=', 'scheduled')
    .where(sql<boolean>`coalesce(release_at, updated_at) < ${new Date(now.getTime() - 60_000)}`)
    .executeTakeFirstOrThrow();
  return Number(row.number);
}
