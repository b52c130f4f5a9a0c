import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** One more; answers how many there are now. */
export async function countAddressAct(db: Db, day: string, digest: Buffer): Promise<number> {
  const { rows } = await sql<{ acts: number }>`
    insert into interaction.address_day as known (day, digest) values (${day}::date, ${digest})
    on conflict (day, digest) do update set acts = known.acts + 1 returning acts`.execute(db);
  return rows[0]?.acts ?? 0;
}

/** Rows of days before; those that somebody else is deleting at the moment are left to them. */
export async function forgetAddresses(db: Db, day: string): Promise<void> {
  await sql`
    delete from interaction.address_day where (day, digest) in (
      select day, digest from interaction.address_day where day < ${day}::date limit 1000 for update skip locked
    )`.execute(db);
}
