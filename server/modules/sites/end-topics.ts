import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { type LiveResource, resourceTag } from '../library/index.ts';
import { endTopicsBefore, putTopic } from './composed.queries.ts';
import { sitesEvents } from './events.ts';

/** Keeps what pages cannot know by themselves: whether the last day of a topic has passed in China. */
export async function noteTopic(
  ctx: Ctx,
  { id, unitId, content }: Pick<LiveResource, 'id' | 'unitId' | 'content'>,
): Promise<void> {
  const endsOn = content.endsOn || null;
  const ended = endsOn !== null && endsOn < dayInChina(ctx.now);
  await putTopic(ctx.db, { resourceId: id, unitId, endsOn, ended });
}

/** Topics whose last day has passed say so from now on; asked again, it finds none. */
export const endDueTopics = defineCommand(
  'sites.end-due-topics',
  () => ({ kind: 'resource', id: null }),
  async (ctx): Promise<number> => {
    const ended = await endTopicsBefore(ctx.db, dayInChina(ctx.now));
    if (ended.length > 0) {
      await ctx.announce({ name: sitesEvents.topicEnded, tags: ended.map(resourceTag), payload: {} });
    }
    return ended.length;
  },
);
