import type { Subscription, SubscriptionAct, SubscriptionTerms } from '../../../contracts/following.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { columnsById, takesEntries } from '../sites/index.ts';
import { actsIn, requireFollower } from './following.policy.ts';
import { subscriptionOver } from './open-platform.ts';
import { presentSubscription } from './subscription.presenter.ts';
import type { AboutAnswer } from './platform-answer.ts';
import {
  followedAddresses,
  insertSubscription,
  lockAddresses,
  subscriptionForUpdate,
  type SubscriptionRow,
  updateState,
  updateTerms,
} from './subscription.queries.ts';

/** What a platform said when it was asked with a key, and that key sealed. */
export interface AskedPlatform {
  readonly about: Pick<AboutAnswer, 'instance' | 'name' | 'reach'>;
  readonly sealedKey: Buffer;
}

/** For the audit record: what is followed, in a few words and without any part of the key. */
const termsOf = (terms: SubscriptionTerms) => ({
  name: terms.name,
  types: terms.sourceTypes?.join(' ') ?? 'all',
  units: terms.sourceUnitIds?.length ?? 'all',
  columns: terms.sourceColumnIds?.length ?? 'all',
  columnId: terms.columnId,
  rules: terms.rules.length,
  mode: terms.mode,
});

async function requireTerms(ctx: Ctx, terms: SubscriptionTerms): Promise<SubscriptionTerms> {
  const unit = (await unitsById(ctx.db, [terms.unitId])).get(terms.unitId);
  const ids = [...new Set([terms.columnId, ...terms.rules.map((rule) => rule.columnId)])];
  const columns = await columnsById(ctx.db, ids);
  const fit = columns.filter((column) => takesEntries(column.kind) && column.closedAt === null);
  if (!unit || unit.closed || fit.length !== ids.length) {
    throw new AppError(
      'invalid',
      'following.target-unknown',
      '接收单位或栏目已不存在、已关闭或不能放置内容，请重新选择。',
    );
  }
  return { ...terms, name: terms.name.trim() };
}

export interface NewSubscription extends SubscriptionTerms, AskedPlatform {
  readonly address: string;
}

export const createSubscription = defineCommand(
  'following.create-subscription',
  (input: NewSubscription, made: Subscription | undefined) => ({
    kind: 'subscription',
    id: made?.id ?? null,
    unitId: input.unitId,
    details: { ...termsOf(input), address: input.address, platform: input.about.instance },
  }),
  async (ctx, { about, sealedKey, address, ...wanted }): Promise<Subscription> => {
    requireFollower(ctx.actor);
    await requireOneAddress(ctx, about.instance, address);
    const row = await insertSubscription(ctx.db, {
      ...(await requireTerms(ctx, wanted)),
      address,
      instance: about.instance,
      platform: about.name,
      reach: about.reach,
      sealedKey,
      createdAt: ctx.now,
      createdBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
      createdByName: ctx.actor.name,
    });
    return presentSubscription(ctx.db, row);
  },
);

/**
 * What a platform was the first to publish is its own here: two that go by one name cannot both be it. Whoever adds one
 * waits for whoever is adding one.
 */
async function requireOneAddress(ctx: Ctx, instance: string, address: string): Promise<void> {
  await lockAddresses(ctx.db);
  const others = await followedAddresses(ctx.db, instance);
  const host = new URL(address).host;
  if (others.every((one) => new URL(one).host === host)) return;
  throw new AppError(
    'conflict',
    'following.platform-claimed',
    '对方的平台编号与正在同步的另一个地址相同。对方换了地址的，请先结束原来的订阅。',
  );
}

/** A subscription that has not ended, in the state in which the operator saw it. */
async function lockSubscription(ctx: Ctx, id: string, expectedVersion: number): Promise<SubscriptionRow> {
  const row = await subscriptionForUpdate(ctx.db, id);
  if (!row) throw subscriptionNotFound();
  if (row.version !== expectedVersion) {
    throw new AppError('conflict', 'following.subscription-changed', '订阅刚被别人修改过，请核对最新内容。');
  }
  if (row.state === 'ended') {
    throw subscriptionOver();
  }
  return row;
}

export const subscriptionNotFound = (): AppError =>
  new AppError('not-found', 'following.subscription-not-found', '没有这个订阅。');

export interface SubscriptionChange extends SubscriptionTerms {
  readonly subscriptionId: string;
  readonly expectedVersion: number;
  /** With a new key. */
  readonly renewed?: AskedPlatform | undefined;
}

export const changeSubscription = defineCommand(
  'following.change-subscription',
  (input: SubscriptionChange) => ({
    kind: 'subscription',
    id: input.subscriptionId,
    unitId: input.unitId,
    details: { ...termsOf(input), newKey: input.renewed !== undefined },
  }),
  async (ctx, { subscriptionId, expectedVersion, renewed, ...wanted }): Promise<Subscription> => {
    requireFollower(ctx.actor);
    const row = await lockSubscription(ctx, subscriptionId, expectedVersion);
    if (wanted.unitId !== row.unitId) {
      throw new AppError(
        'conflict',
        'following.state-forbids',
        '接收单位不能更改：已收到的信息属于它。请结束后新建订阅。',
      );
    }
    if (renewed && renewed.about.instance !== row.instance) {
      throw new AppError('conflict', 'following.platform-other', '这个密钥属于另一个平台。');
    }
    const change = {
      terms: await requireTerms(ctx, wanted),
      ...(renewed
        ? {
            renewed: {
              sealedKey: renewed.sealedKey,
              platform: renewed.about.name,
              reach: renewed.about.reach,
            },
          }
        : {}),
    };
    return presentSubscription(ctx.db, await updateTerms(ctx.db, row, change, ctx.now));
  },
);

export interface SubscriptionActInput {
  readonly subscriptionId: string;
  readonly expectedVersion: number;
  readonly act: SubscriptionAct;
}

export const actOnSubscription = defineCommand(
  'following.act-on-subscription',
  (input: SubscriptionActInput) => ({
    kind: 'subscription',
    id: input.subscriptionId,
    details: { act: input.act },
  }),
  async (ctx, { subscriptionId, expectedVersion, act }): Promise<Subscription> => {
    requireFollower(ctx.actor);
    const row = await lockSubscription(ctx, subscriptionId, expectedVersion);
    if (!actsIn[row.state].includes(act)) {
      throw new AppError(
        'conflict',
        'following.state-forbids',
        '订阅现在的状态不能这样做。密钥失效的，请先填写新密钥。',
      );
    }
    return presentSubscription(ctx.db, await updateState(ctx.db, row, act, ctx.now));
  },
);
