import { publishingApi } from '../contracts/publishing.ts';
import { overdueReleases } from './modules/library/index.ts';
import { countAlarms, markAll, type PublishingEngine, publishingStatus } from './modules/publishing/index.ts';
import { defineCommand } from './platform/context.ts';
import { AppError } from './platform/errors.ts';
import type { Routes } from './platform/http.ts';

/**
 * What operators see of the page engine. It stands here because it joins the engine, which knows no
 * domain, with the library's overdue releases.
 */
export function publishingRoutes(engine: PublishingEngine): Routes {
  const rebuildAll = defineCommand<undefined, { marked: number }>(
    'publishing.rebuild-all',
    () => ({ kind: 'pages', id: null }),
    async (ctx) => {
      if (!ctx.actor.roles.includes('operator')) throw operatorRequired();
      await markAll({ ...engine, db: ctx.db });
      const { dirty } = await publishingStatus(ctx.db);
      return { marked: dirty[0] + dirty[1] };
    },
  );
  return (mount, { perform, consult }) => {
    mount(publishingApi.getStatus, ({ caller }) =>
      consult(caller, 'publishing.get-status', async ({ db, actor, now }) => {
        if (!actor.roles.includes('operator') && !actor.roles.includes('supervisor'))
          throw operatorRequired();
        const status = await publishingStatus(db);
        const pages = Object.values(status.pagesBySite);
        return {
          waiting: status.dirty[0],
          waitingBackground: status.dirty[1],
          oldestWaitingSince: status.oldestDirtySince?.toISOString() ?? null,
          failing: status.failing.length,
          pages: {
            value: pages.reduce((sum, one) => sum + one, 0),
            capped: pages.some((one) => one >= status.countsCappedAt),
          },
          alarms: await countAlarms(db),
          overdueReleases: await overdueReleases(db, now),
        };
      }),
    );
    mount(publishingApi.rebuildAll, ({ caller }) => perform(caller, rebuildAll, undefined));
  };
}

function operatorRequired(): AppError {
  return new AppError('forbidden', 'publishing.operator-required', '只有运维和主管可以查看发布状态。');
}
