import type { Task } from '../../../contracts/review.ts';
import type { Topic, TopicCare, TopicState } from '../../../contracts/sites.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { accountsById, peopleIn, unitNames } from '../identity/index.ts';
import { liveHeadings } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import { addressesOf } from './listing.queries.ts';
import { openPlaces } from './open-places.ts';
import { readUpdateWarning } from './responsibility.queries.ts';
import { allSites } from './site.queries.ts';
import { canFill } from './sites.policy.ts';
import { topicById, type TopicRow, topicsBefore, topicsEndingSoon, topicStateOf } from './topic.queries.ts';

const shownTasks = 50;

export async function presentTopics(
  { db, actor, now }: Reader,
  base: PublicBase,
  rows: readonly TopicRow[],
): Promise<Topic[]> {
  const ids = rows.map((row) => row.resourceId);
  const headings = await liveHeadings(db, ids);
  const places = await openPlaces(db, base, ids, []);
  const addresses = await addressesOf(db, ids);
  const siteName = new Map((await allSites(db)).map((site) => [site.id, site.shortName]));
  const units = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  const keepers = await accountsById(db, [...new Set(rows.flatMap((row) => row.keeperId ?? []))]);
  const { topicDays } = await readUpdateWarning(db);
  return rows.map(({ ended, ...row }) => ({
    ...row,
    title: headings.get(row.resourceId)?.title ?? '',
    unitName: units.get(row.unitId) ?? '',
    siteName: siteName.get(addresses.get(row.resourceId)?.siteId ?? '') ?? '',
    url: places.get(row.resourceId)?.url ?? null,
    keeperName: keepers.get(row.keeperId ?? '')?.realName ?? null,
    state: topicStateOf({ ended, endsOn: row.endsOn }, { now, topicDays }),
    changeable: canFill(actor, row.unitId),
  }));
}

export interface TopicQuery {
  readonly state?: TopicState;
  readonly cursor?: string;
  readonly limit?: number;
}

export async function listTopics(
  reader: Reader,
  base: PublicBase,
  { state, cursor, limit = 20 }: TopicQuery,
) {
  if (cursor !== undefined && !/^[1-9]\d{0,17}$/.test(cursor)) {
    throw new AppError('invalid', 'sites.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
  }
  const { topicDays } = await readUpdateWarning(reader.db);
  const page = { state, before: cursor, limit: limit + 1, now: reader.now, topicDays };
  const rows = await topicsBefore(reader.db, reader.actor.scope, page);
  const shown = rows.slice(0, limit);
  return {
    items: await presentTopics(reader, base, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.resourceId ?? null) : null,
  };
}

export const noTopic = () =>
  new AppError('not-found', 'sites.topic-not-found', '没有这个公开的专题，或者您无权查看。');

/** With the people to whom it may be given: told to those alone who may give it. */
export async function readTopic(reader: Reader, base: PublicBase, resourceId: string): Promise<TopicCare> {
  const row = await topicById(reader.db, reader.actor.scope, resourceId);
  const [topic] = row ? await presentTopics(reader, base, [row]) : [];
  if (!topic) throw noTopic();
  const people = topic.changeable ? await peopleIn(reader.db, [topic.unitId]) : [];
  return { topic, people: people.map(({ id, realName }) => ({ id, name: realName })) };
}

/** Topics that end soon, for those who fill the unit's columns: whoever looks after one may be away. */
export async function topicTasks({ db, actor, now }: Reader): Promise<Task[]> {
  if (actor.scope.kind === 'all' || !actor.scope.unitIds.some((unitId) => canFill(actor, unitId))) return [];
  const { topicDays } = await readUpdateWarning(db);
  const rows = await topicsEndingSoon(db, actor.scope, { now, topicDays, limit: shownTasks });
  const headings = await liveHeadings(
    db,
    rows.map((row) => row.resourceId),
  );
  const keepers = await accountsById(db, [...new Set(rows.flatMap((row) => row.keeperId ?? []))]);
  return rows.map(({ resourceId, keeperId, endsOn }) => ({
    kind: 'topic-ending',
    title: headings.get(resourceId)?.title ?? '',
    detail: `${endsOn ?? ''}结束归档；要继续请延期 · 负责人：${keepers.get(keeperId ?? '')?.realName ?? '未指定'}`,
    since: new Date(Date.parse(`${endsOn ?? ''}T00:00:00+08:00`) - topicDays * 86_400_000).toISOString(),
    resourceId,
    reviewId: null,
    columnId: null,
    correctionId: null,
  }));
}
