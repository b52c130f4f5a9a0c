import type { Topic, TopicChange, TopicEnd } from '../../../contracts/sites.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { peopleIn } from '../identity/index.ts';
import { resourceTag } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import { sitesEvents } from './events.ts';
import { canFill } from './sites.policy.ts';
import { noTopic, presentTopics } from './topic.presenter.ts';
import { topicForUpdate, type TopicRow, updateTopic } from './topic.queries.ts';

type OnTopic<T> = T & { readonly resourceId: string };

/**
 * Who looks after a topic and until when it goes on is the unit's to say, without a review: its text stays as it was
 * signed. A later release whose text names another last day is obeyed again (`putTopic`).
 */
export function changeTopic(base: PublicBase) {
  return defineCommand(
    'sites.change-topic',
    ({ resourceId, ...details }: OnTopic<TopicChange>) => ({ kind: 'resource', id: resourceId, details }),
    async (ctx, { resourceId, expectedVersion, keeperId, endsOn }): Promise<Topic> => {
      const row = await requireTopic(ctx, resourceId, expectedVersion);
      if (endsOn !== null && endsOn !== row.endsOn && endsOn < dayInChina(ctx.now)) {
        throw new AppError(
          'invalid',
          'sites.topic-day-wrong',
          '结束日期不能早于今天；要马上结束请用“结束”。',
        );
      }
      if (keeperId !== null && keeperId !== row.keeperId) await requireKeeper(ctx, row, keeperId);
      // One that had ended goes on only when it is given another day.
      const ended = row.ended && endsOn === row.endsOn;
      return keep(ctx, base, { ...row, keeperId, endsOn, ended }, row);
    },
  );
}

/** From today on it is archived. */
export function endTopic(base: PublicBase) {
  return defineCommand(
    'sites.end-topic',
    ({ resourceId, ...details }: OnTopic<TopicEnd>) => ({ kind: 'resource', id: resourceId, details }),
    async (ctx, { resourceId, expectedVersion }): Promise<Topic> => {
      const row = await requireTopic(ctx, resourceId, expectedVersion);
      if (row.ended) throw new AppError('conflict', 'sites.topic-over', '这个专题已经结束。');
      return keep(ctx, base, { ...row, endsOn: dayInChina(ctx.now), ended: true }, row);
    },
  );
}

async function requireTopic(ctx: Ctx, resourceId: string, expectedVersion: number): Promise<TopicRow> {
  const row = await topicForUpdate(ctx.db, ctx.actor.scope, resourceId);
  if (!row) throw noTopic();
  if (!canFill(ctx.actor, row.unitId)) {
    const message = '只有责任单位的信息员、审核员、签发人可以结束、延期专题或指定负责人。';
    throw new AppError('forbidden', 'sites.topic-forbidden', message);
  }
  if (row.version !== expectedVersion) {
    throw new AppError('conflict', 'sites.topic-changed', '专题刚被别人修改过，请刷新后重试。', {
      details: { currentVersion: row.version },
    });
  }
  return row;
}

async function requireKeeper({ db }: Ctx, { unitId }: TopicRow, keeperId: string): Promise<void> {
  if ((await peopleIn(db, [unitId])).some((person) => person.id === keeperId)) return;
  throw new AppError('invalid', 'sites.topic-keeper-wrong', '负责人要选责任单位在用账号的人员。');
}

async function keep(ctx: Ctx, base: PublicBase, changed: TopicRow, before: TopicRow): Promise<Topic> {
  await updateTopic(ctx.db, changed);
  if (changed.ended !== before.ended || changed.endsOn !== before.endsOn) {
    const tags = [resourceTag(changed.resourceId)];
    await ctx.announce({ name: sitesEvents.topicEnded, tags, payload: {}, priority: 1 });
  }
  const [topic] = await presentTopics(ctx, base, [{ ...changed, version: changed.version + 1 }]);
  if (!topic) throw new Error(`topic ${changed.resourceId} could not be presented`);
  return topic;
}
