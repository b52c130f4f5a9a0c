import type { NewUrgentNotice, UrgentEnd } from '../../../contracts/urgent.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { liveHeadings } from '../library/index.ts';
import { sitesEvents, urgentTag } from './events.ts';
import { addressesOf } from './listing.queries.ts';
import { allSites } from './site.queries.ts';
import { isListed } from './site.rules.ts';
import { requireUrgentRight } from './sites.policy.ts';
import { endUrgent, insertUrgent, urgentForUpdate, type UrgentRow } from './urgent.queries.ts';

const onNotice = { kind: 'urgent-notice', id: null };

/** 突发事件公告: shown on every site at once. What it says more of must be public: 先入库、后使用. */
export const raiseUrgent = defineCommand(
  'sites.raise-urgent-notice',
  (input: NewUrgentNotice) => ({
    ...onNotice,
    details: {
      resourceId: input.resourceId,
      level: input.level,
      until: input.until ?? null,
      reason: input.reason ?? null,
      replaces: input.replaces ?? null,
    },
  }),
  async (ctx, input): Promise<void> => {
    const sites = await allSites(ctx.db);
    requireUrgentRight(ctx.actor, portalUnitOf(sites), input.reason);
    const until = input.until == null ? null : new Date(input.until);
    if (until !== null && until <= ctx.now) {
      throw new AppError('invalid', 'sites.urgent-hour-passed', '自动结束的时间必须晚于现在。');
    }
    const current = await urgentForUpdate(ctx.db);
    requireCurrent(current, input.replaces);
    await requirePublic(ctx, input.resourceId, new Set(sites.filter(isListed).map((site) => site.id)));
    if (current) {
      await endUrgent(ctx.db, current.id, { at: ctx.now, byName: ctx.actor.name, reason: '由新的公告接替' });
    }
    await insertUrgent(
      ctx.db,
      {
        resourceId: input.resourceId,
        level: input.level,
        text: input.text,
        reason: input.reason ?? null,
        until,
        raisedBy: ctx.actor.id,
        raisedByName: ctx.actor.name,
      },
      ctx.now,
    );
    await tell(ctx);
  },
);

/** Takes the announcement from every site. */
export const endUrgentNotice = defineCommand(
  'sites.end-urgent-notice',
  (input: UrgentEnd) => ({ ...onNotice, id: input.id, details: { reason: input.reason } }),
  async (ctx, input): Promise<void> => {
    requireUrgentRight(ctx.actor, portalUnitOf(await allSites(ctx.db)), input.reason);
    const current = await urgentForUpdate(ctx.db);
    if (!current) throw new AppError('conflict', 'sites.urgent-missing', '现在没有正在显示的公告。');
    requireCurrent(current, input.id);
    await endUrgent(ctx.db, current.id, { at: ctx.now, byName: ctx.actor.name, reason: input.reason });
    await tell(ctx);
  },
);

/** The hour has come that was set when it was raised; 0 when somebody was faster. */
export const endDueUrgent = defineCommand(
  'sites.end-due-urgent-notice',
  () => onNotice,
  async (ctx): Promise<number> => {
    const current = await urgentForUpdate(ctx.db);
    if (!current?.until || current.until > ctx.now) return 0;
    await endUrgent(ctx.db, current.id, { at: ctx.now, byName: ctx.actor.name, reason: '到达设定的时间' });
    await tell(ctx);
    return 1;
  },
);

function portalUnitOf(
  sites: readonly { readonly isPortal: boolean; readonly unitId: string }[],
): string | undefined {
  return sites.find((site) => site.isPortal)?.unitId;
}

/** Nobody replaces or ends an announcement that they have not seen. */
function requireCurrent(current: UrgentRow | undefined, meant: string | undefined): void {
  if (current?.id === meant) return;
  throw new AppError('conflict', 'sites.urgent-changed', '公告刚被别人更改过，请核对最新内容后再操作。');
}

async function requirePublic(ctx: Ctx, resourceId: string, listed: ReadonlySet<string>): Promise<void> {
  const address = (await addressesOf(ctx.db, [resourceId])).get(resourceId);
  const isLive = (await liveHeadings(ctx.db, [resourceId])).has(resourceId);
  if (isLive && address && listed.has(address.siteId)) return;
  throw new AppError(
    'conflict',
    'sites.urgent-not-live',
    '公告要链接到一条已经发布的信息：请先审核签发，再发布公告。',
  );
}

/** Two pages of each site, before everything else that waits. */
async function tell(ctx: Ctx): Promise<void> {
  const tags = (await allSites(ctx.db)).map((site) => urgentTag(site.id));
  await ctx.announce({ name: sitesEvents.urgentChanged, tags, payload: {}, priority: 0 });
}
