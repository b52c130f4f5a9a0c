import {
  type BackgroundWork,
  publishingApi,
  type PublishingStatus,
  type ResourceReceipt,
} from '../contracts/publishing.ts';
import {
  getResource,
  libraryEvents,
  overdueReleases,
  resourceTag,
  scheduledFigures,
} from './modules/library/index.ts';
import {
  backgroundProgress,
  countAlarms,
  markAll,
  pauseBackground,
  type PublishingEngine,
  publishingStatus,
  type Receipt,
  receiptsOf,
  retryFailing,
} from './modules/publishing/index.ts';
import { waitingAmong } from './modules/sites/index.ts';
import { type Ctx, defineCommand } from './platform/context.ts';
import type { Db } from './platform/db.ts';
import { AppError } from './platform/errors.ts';
import type { Routes } from './platform/http.ts';

/**
 * What operators see of the page engine, and what everybody is told of their own publications. It stands here because
 * it joins the engine, which knows no domain, with the library.
 */
export function publishingRoutes(engine: PublishingEngine): Routes {
  const rebuildAll = defineCommand<undefined, { marked: number }>(
    'publishing.rebuild-all',
    () => ({ kind: 'pages', id: null }),
    async (ctx) => {
      requireOperator(ctx);
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
        return presentStatus(db, now);
      }),
    );
    mount(publishingApi.rebuildAll, ({ caller }) => perform(caller, rebuildAll, undefined));
    mount(publishingApi.setBackground, ({ caller, body }) => perform(caller, setBackground, body));
    mount(publishingApi.retryFailing, ({ caller }) => perform(caller, retryFailingPages, undefined));
    mount(publishingApi.listReceipts, ({ caller, params }) =>
      consult(caller, 'publishing.list-receipts', async (reader) => {
        const { id } = await getResource(reader, params.id);
        return (await receiptsOf(reader.db, resourceTag(id), mostReceipts)).map(presentReceipt);
      }),
    );
  };
}

const mostReceipts = 20;

const setBackground = defineCommand<{ paused: boolean }, BackgroundWork>(
  'publishing.set-background',
  ({ paused }) => ({ kind: 'pages', id: null, details: { paused } }),
  async (ctx, { paused }) => {
    requireOperator(ctx);
    await pauseBackground(ctx.db, paused);
    return presentBackground(ctx.db, ctx.now);
  },
);

const retryFailingPages = defineCommand<undefined, { pages: number }>(
  'publishing.retry-failing',
  () => ({ kind: 'pages', id: null }),
  async (ctx) => {
    requireOperator(ctx);
    return { pages: await retryFailing(ctx.db) };
  },
);

async function presentStatus(db: Db, now: Date) {
  const status = await publishingStatus(db);
  const pages = Object.values(status.pagesBySite);
  return {
    waiting: status.dirty[0],
    waitingBackground: status.dirty[1],
    oldestWaitingSince: status.oldestDirtySince?.toISOString() ?? null,
    failing: status.failingCount,
    failingPages: status.failing.map(({ key, site, path, problem, failures, since }) => ({
      ...{ key, site, path, problem, failures },
      since: since.toISOString(),
    })),
    background: await presentBackground(db, now),
    pages: {
      value: pages.reduce((sum, one) => sum + one, 0),
      capped: pages.some((one) => one >= status.countsCappedAt),
    },
    alarms: await countAlarms(db),
    overdueReleases: await overdueReleases(db, now),
    ...(await presentScheduled(db)),
  };
}

/** What is signed and waits, and how much of it something will release: by its hour, or with others that are planned. */
async function presentScheduled(db: Db): Promise<Pick<PublishingStatus, 'scheduled' | 'runnable'>> {
  const { scheduled, heldIds } = await scheduledFigures(db);
  const planned = await waitingAmong(db, heldIds);
  return { scheduled, runnable: scheduled - heldIds.length + planned.length };
}

const minute = 60_000;

async function presentBackground(db: Db, now: Date): Promise<BackgroundWork> {
  const { waiting, total, startedAt, pausedAt, perMinute } = await backgroundProgress(db);
  const goesOn = waiting > 0 && pausedAt === null && perMinute !== null && perMinute > 0;
  return {
    waiting,
    total,
    startedAt: startedAt?.toISOString() ?? null,
    pausedAt: pausedAt?.toISOString() ?? null,
    pagesPerMinute: perMinute === null ? null : Math.round(perMinute),
    endsAt: goesOn ? new Date(now.getTime() + (waiting / perMinute) * minute).toISOString() : null,
  };
}

function presentReceipt(receipt: Receipt): ResourceReceipt {
  const { requestedAt, liveAt, verifiedAt, pages, sites, waiting, failing } = receipt;
  return {
    act: actOf(receipt.event),
    requestedAt: requestedAt.toISOString(),
    liveAt: liveAt?.toISOString() ?? null,
    verifiedAt: verifiedAt?.toISOString() ?? null,
    ...{ pages, sites, waiting, failing },
  };
}

function actOf(event: string): ResourceReceipt['act'] {
  if (event === libraryEvents.released) return 'released';
  return event === libraryEvents.removed ? 'removed' : 'listed';
}

function requireOperator({ actor }: Pick<Ctx, 'actor'>): void {
  if (!actor.roles.includes('operator')) throw operatorRequired();
}

function operatorRequired(): AppError {
  return new AppError('forbidden', 'publishing.operator-required', '只有运维和主管可以查看发布状态。');
}
