import { sql } from 'kysely';

import type { UrgentLevel } from '../../../contracts/urgent.ts';
import type { Db } from '../../platform/db.ts';

export interface UrgentRow {
  readonly id: string;
  readonly resourceId: string;
  readonly level: UrgentLevel;
  readonly text: string;
  readonly raisedAt: Date;
  readonly raisedByName: string;
  readonly until: Date | null;
}

function notices(db: Db) {
  return db
    .selectFrom('sites.urgent_notice')
    .select([
      'id',
      'resource_id as resourceId',
      sql<UrgentLevel>`level`.as('level'),
      'text',
      'raised_at as raisedAt',
      'raised_by_name as raisedByName',
      'until',
    ])
    .where('ended_at', 'is', null);
}

/** The announcement that every site shows now. */
export function currentUrgent(db: Db): Promise<UrgentRow | undefined> {
  return notices(db).executeTakeFirst();
}

/** The same; who raises, changes or ends one waits for who does so at this moment. */
export async function urgentForUpdate(db: Db): Promise<UrgentRow | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended('sites.urgent-notice', 0))`.execute(db);
  return currentUrgent(db);
}

export async function hasDueUrgent(db: Db, now: Date): Promise<boolean> {
  return (await notices(db).where('until', '<=', now).executeTakeFirst()) !== undefined;
}

export interface NewUrgentRow {
  readonly resourceId: string;
  readonly level: UrgentLevel;
  readonly text: string;
  readonly reason: string | null;
  readonly until: Date | null;
  readonly raisedBy: string;
  readonly raisedByName: string;
}

export async function insertUrgent(db: Db, row: NewUrgentRow, at: Date): Promise<void> {
  await db
    .insertInto('sites.urgent_notice')
    .values({
      resource_id: row.resourceId,
      level: row.level,
      text: row.text,
      reason: row.reason,
      until: row.until,
      raised_by: row.raisedBy,
      raised_by_name: row.raisedByName,
      raised_at: at,
    })
    .execute();
}

export async function endUrgent(
  db: Db,
  id: string,
  end: { readonly at: Date; readonly byName: string; readonly reason: string },
): Promise<void> {
  await db
    .updateTable('sites.urgent_notice')
    .set({ ended_at: end.at, ended_by_name: end.byName, end_reason: end.reason })
    .where('id', '=', id)
    .execute();
}
