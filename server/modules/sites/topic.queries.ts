import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { TopicState } from '../../../contracts/sites.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface TopicRow {
  readonly resourceId: string;
  readonly unitId: string;
  readonly keeperId: string | null;
  readonly endsOn: string | null;
  readonly ended: boolean;
  readonly version: number;
}

/** What is near depends on the day and on how long before an end people are told. */
export interface TopicTime {
  readonly now: Date;
  readonly topicDays: number;
}

const dayMilliseconds = 86_400_000;

/** The last day that counts as near. */
const horizon = ({ now, topicDays }: TopicTime): string =>
  dayInChina(new Date(now.getTime() + topicDays * dayMilliseconds));

export function topicStateOf(
  { ended, endsOn }: Pick<TopicRow, 'ended' | 'endsOn'>,
  time: TopicTime,
): TopicState {
  if (ended) return 'ended';
  return endsOn !== null && endsOn <= horizon(time) ? 'ending' : 'running';
}

const topics = (db: Db, scope: Scope) =>
  db
    .selectFrom('sites.topic')
    .select([
      'resource_id as resourceId',
      'unit_id as unitId',
      'keeper_id as keeperId',
      sql<string | null>`ends_on::text`.as('endsOn'),
      'ended',
      'version',
    ])
    .where(inScope(scope, 'sites.topic.unit_id'));

export interface TopicPage extends TopicTime {
  readonly state: TopicState | undefined;
  readonly before: string | undefined;
  readonly limit: number;
}

/** The newest first, before an id. */
export function topicsBefore(
  db: Db,
  scope: Scope,
  { state, before, limit, ...time }: TopicPage,
): Promise<readonly TopicRow[]> {
  const near = sql<Date>`${horizon(time)}::date`;
  let query = topics(db, scope).orderBy('resource_id', 'desc').limit(limit);
  if (before !== undefined) query = query.where('resource_id', '<', before);
  if (state !== undefined) query = query.where('ended', '=', state === 'ended');
  if (state === 'ending') query = query.where('ends_on', '<=', near);
  if (state === 'running') {
    query = query.where((is) => is.or([is('ends_on', 'is', null), is('ends_on', '>', near)]));
  }
  return query.execute();
}

/** Those that end soon, the nearest first. */
export function topicsEndingSoon(
  db: Db,
  scope: Scope,
  { limit, ...time }: TopicTime & { readonly limit: number },
): Promise<readonly TopicRow[]> {
  return topics(db, scope)
    .where('ended', '=', sql.lit(false))
    .where('ends_on', '<=', sql<Date>`${horizon(time)}::date`)
    .orderBy('ends_on')
    .orderBy('resource_id')
    .limit(limit)
    .execute();
}

export function topicById(db: Db, scope: Scope, resourceId: string): Promise<TopicRow | undefined> {
  return topics(db, scope).where('resource_id', '=', resourceId).executeTakeFirst();
}

export function topicForUpdate(db: Db, scope: Scope, resourceId: string): Promise<TopicRow | undefined> {
  return topics(db, scope).where('resource_id', '=', resourceId).forUpdate().executeTakeFirst();
}

export async function updateTopic(
  db: Db,
  { resourceId, keeperId, endsOn, ended, version }: Omit<TopicRow, 'unitId'>,
): Promise<void> {
  await db
    .updateTable('sites.topic')
    .set({
      keeper_id: keeperId,
      ends_on: sql<Date>`${endsOn}::date`,
      ended,
      version: version + 1,
    })
    .where('resource_id', '=', resourceId)
    .execute();
}
