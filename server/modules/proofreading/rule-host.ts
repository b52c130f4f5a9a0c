import type { HostRuling, HostRulingTerms } from '../../../contracts/link-check.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  endHostRulingRow,
  hostRulingForUpdate,
  type HostRulingRow,
  insertHostRuling,
} from './host-ruling.queries.ts';
import { hostOfLink, isGovernmentHost } from './link-host.rules.ts';
import { requireHostKeeper } from './outside-host.policy.ts';
import { presentHostRuling } from './host-ruling.presenter.ts';

/** `https://www.Example.com/x` and `www.example.com` name the same host. */
function requireHost(text: string): string {
  const typed = text.trim();
  const host = hostOfLink(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (host === undefined || !/^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+$/.test(host)) {
    throw new AppError('invalid', 'proofreading.host-wrong', '请填写网站的域名，例如 www.example.com。');
  }
  return host;
}

/** Puts an approval or a block on record; it holds for every text from now on. */
export const ruleHost = defineCommand(
  'proofreading.rule-host',
  (input: HostRulingTerms, made: HostRuling | undefined) => ({
    kind: 'host-ruling',
    id: made?.id ?? null,
    details: { host: input.host, standing: input.standing, agreedBy: input.agreedBy },
  }),
  async (ctx, input): Promise<HostRuling> => {
    requireHostKeeper(ctx.actor);
    const host = requireHost(input.host);
    if (input.standing === 'approved' && isGovernmentHost(host)) {
      throw new AppError('invalid', 'proofreading.host-of-government', '政府网站不需要审批。');
    }
    if (input.agreedOn > dayInChina(ctx.now)) {
      throw new AppError('invalid', 'proofreading.agreed-later', '同意的日期不能晚于今天。');
    }
    const made = { at: ctx.now, byName: ctx.actor.name };
    const id = await insertHostRuling(ctx.db, { ...input, host }, made);
    if (id === undefined) {
      throw new AppError(
        'conflict',
        'proofreading.host-ruled',
        '这个网站已经有审批记录，请先终止原有的记录。',
      );
    }
    return presentHostRuling(await requireRuling(ctx, id));
  },
);

export interface EndOfRuling {
  readonly id: string;
  readonly reason: string;
}

/** From now on nothing is on record for the host. */
export const endHostRuling = defineCommand(
  'proofreading.end-host-ruling',
  ({ id, reason }: EndOfRuling) => ({ kind: 'host-ruling', id, details: { reason } }),
  async (ctx, { id, reason }): Promise<HostRuling> => {
    requireHostKeeper(ctx.actor);
    const ruling = await requireRuling(ctx, id);
    if (ruling.endedAt !== null) {
      throw new AppError('conflict', 'proofreading.host-ruling-ended', '这条记录已经终止。');
    }
    await endHostRulingRow(ctx.db, id, { at: ctx.now, byName: ctx.actor.name, reason: reason.trim() });
    return presentHostRuling(await requireRuling(ctx, id));
  },
);

async function requireRuling({ db }: Ctx, id: string): Promise<HostRulingRow> {
  const ruling = await hostRulingForUpdate(db, id);
  if (ruling) return ruling;
  throw new AppError('not-found', 'proofreading.host-ruling-not-found', '没有这条审批记录。');
}
