import { sql } from 'kysely';

import type { HostRulingTerms, HostStanding } from '../../../contracts/link-check.ts';
import type { Db } from '../../platform/db.ts';

/** Newest first, before an id. */
export interface PageWish {
  readonly before: string | undefined;
  readonly limit: number;
}

export interface Ending {
  readonly at: Date;
  readonly byName: string;
  readonly reason: string;
}

export interface HostRulingRow extends HostRulingTerms {
  readonly id: string;
  readonly madeAt: Date;
  readonly madeByName: string;
  readonly endedAt: Date | null;
  readonly endedByName: string | null;
  readonly endReason: string | null;
}

const rulings = (db: Db) =>
  db
    .selectFrom('proofreading.host_ruling')
    .select([
      'id',
      'host',
      sql<HostStanding>`standing`.as('standing'),
      'reason',
      'agreed_by as agreedBy',
      sql<string>`to_char(agreed_on, 'YYYY-MM-DD')`.as('agreedOn'),
      'made_at as madeAt',
      'made_by_name as madeByName',
      'ended_at as endedAt',
      'ended_by_name as endedByName',
      'end_reason as endReason',
    ]);

export function hostRulings(db: Db, { before, limit }: PageWish): Promise<readonly HostRulingRow[]> {
  const page = rulings(db).orderBy('id', 'desc').limit(limit);
  return (before === undefined ? page : page.where('id', '<', before)).execute();
}

export function hostRulingForUpdate(db: Db, id: string): Promise<HostRulingRow | undefined> {
  return rulings(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Hosts with a ruling that stands; a district has some hundreds. */
export async function standingHosts(db: Db): Promise<readonly Pick<HostRulingRow, 'host' | 'standing'>[]> {
  return db
    .selectFrom('proofreading.host_ruling')
    .select(['host', sql<HostStanding>`standing`.as('standing')])
    .where('ended_at', 'is', null)
    .execute();
}

/** What stands for a host or one that it belongs to: forbidden, even if another is approved; undefined for neither. */
export async function standingOfHost(db: Db, host: string): Promise<HostStanding | undefined> {
  const steps = host.toLowerCase().replace(/\.$/, '').split('.');
  const named = steps.map((_step, at) => steps.slice(at).join('.'));
  const row = await db
    .selectFrom('proofreading.host_ruling')
    .select(sql<HostStanding>`standing`.as('standing'))
    .where('host', 'in', named)
    .where('ended_at', 'is', null)
    .orderBy(sql`standing = 'blocked'`, 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.standing;
}

export interface Made {
  readonly at: Date;
  readonly byName: string;
}

/** Undefined when a ruling on the host stands already. */
export async function insertHostRuling(
  db: Db,
  terms: HostRulingTerms,
  made: Made,
): Promise<string | undefined> {
  const row = await db
    .insertInto('proofreading.host_ruling')
    .values({
      host: terms.host,
      standing: terms.standing,
      reason: terms.reason,
      agreed_by: terms.agreedBy,
      agreed_on: terms.agreedOn,
      made_at: made.at,
      made_by_name: made.byName,
    })
    .onConflict((conflict) => conflict.column('host').where('ended_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function endHostRulingRow(db: Db, id: string, { at, byName, reason }: Ending): Promise<void> {
  await db
    .updateTable('proofreading.host_ruling')
    .set({ ended_at: at, ended_by_name: byName, end_reason: reason })
    .where('id', '=', id)
    .execute();
}
