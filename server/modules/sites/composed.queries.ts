import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Resource → the site whose home page it is now. */
export async function homeSitesOf(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.site')
    .select(['id', sql<string>`home_resource_id`.as('resourceId')])
    .where('home_resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.resourceId, row.id]));
}

export interface HomeSite {
  readonly id: string;
  readonly unitId: string;
  readonly homeResourceId: string | null;
}

/** Locks the site that is named and the one whose home page the resource is now, in the order of their ids. */
export function homeSitesForUpdate(db: Db, siteId: string, resourceId: string): Promise<readonly HomeSite[]> {
  return db
    .selectFrom('sites.site')
    .select(['id', 'unit_id as unitId', 'home_resource_id as homeResourceId'])
    .where((is) => is.or([is('id', '=', siteId), is('home_resource_id', '=', resourceId)]))
    .orderBy('id')
    .forUpdate()
    .execute();
}

export async function setHome(db: Db, siteId: string, resourceId: string | null): Promise<void> {
  await db.updateTable('sites.site').set({ home_resource_id: resourceId }).where('id', '=', siteId).execute();
}

export interface TopicMark {
  readonly resourceId: string;
  readonly endsOn: string | null;
  readonly ended: boolean;
}

/** The live topics among the resources. */
export async function topicsOf(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, TopicMark>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.topic')
    .select(['resource_id as resourceId', sql<string | null>`ends_on::text`.as('endsOn'), 'ended'])
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.resourceId, row]));
}

/**
 * A topic is released: its text decides when it ends if it says another last day than before. Otherwise what people decided
 * since stays, and so does who looks after it.
 */
export async function putTopic(
  db: Db,
  { resourceId, unitId, endsOn, ended }: TopicMark & { readonly unitId: string },
): Promise<void> {
  const last = sql<Date>`${endsOn}::date`;
  const isNews = sql`topic.written_ends_on is distinct from excluded.written_ends_on`;
  await db
    .insertInto('sites.topic')
    .values({ resource_id: resourceId, unit_id: unitId, ends_on: last, written_ends_on: last, ended })
    .onConflict((conflict) =>
      conflict.column('resource_id').doUpdateSet({
        unit_id: unitId,
        // Whoever has the older day before them does not put it back unknowingly.
        version: sql<number>`topic.version + 1`,
        written_ends_on: last,
        ends_on: sql<Date>`case when ${isNews} then excluded.ends_on else topic.ends_on end`,
        ended: sql<boolean>`case when ${isNews} then excluded.ended else topic.ended end`,
      }),
    )
    .execute();
}

export async function removeTopic(db: Db, resourceId: string): Promise<void> {
  await db.deleteFrom('sites.topic').where('resource_id', '=', resourceId).execute();
}

/** Whether the last day of any live topic lies before this one. */
export async function hasDueTopics(db: Db, today: string): Promise<boolean> {
  const row = await db
    .selectFrom('sites.topic')
    .select('resource_id')
    .where('ended', '=', false)
    .where('ends_on', '<', sql<Date>`${today}::date`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks the topics whose last day has passed; each is answered once. */
export async function endTopicsBefore(db: Db, today: string): Promise<readonly string[]> {
  const rows = await db
    .updateTable('sites.topic')
    .set({ ended: true })
    .where('ended', '=', false)
    .where('ends_on', '<', sql<Date>`${today}::date`)
    .returning('resource_id')
    .execute();
  return rows.map((row) => row.resource_id);
}
