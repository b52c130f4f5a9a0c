import type { Webhook, WebhookTerms, WebhookWithSecret } from '../../../contracts/webhook.ts';
import { type Command, type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { namesPrivateAddress } from '../../platform/guarded-request.ts';
import type { Seal } from '../../platform/sealed-secret.ts';
import { unitsById } from '../identity/index.ts';
import { feedHead } from '../library/index.ts';
import { columnsById } from '../sites/index.ts';
import { presentWebhook } from './endpoint.presenter.ts';
import { changeEndpoint, countEndpoints, type EndpointTerms, insertEndpoint } from './endpoint.queries.ts';
import { makeDue } from './message.queries.ts';
import { lockEndpoint } from './require-endpoint.ts';
import { makeSealedSecret } from './seal-secret.ts';
import { endSecrets, insertSecret } from './secret.queries.ts';
import { requireUrl, type WebhookRules } from './webhook-url.rules.ts';
import { requireWebhookKeeper } from './webhook.policy.ts';

/** What acts on endpoints need to know of this installation. */
export interface WebhookSettings extends WebhookRules {
  /** What secrets are encrypted with. */
  readonly seal: () => Promise<Seal>;
}

const mostEndpoints = 200;
const hourMilliseconds = 3_600_000;

/** For the audit record. Of an address only the host: what follows may be a secret of the receiver. */
const reachOf = (terms: WebhookTerms) => ({
  name: terms.name,
  host: URL.canParse(terms.url) ? new URL(terms.url).host : null,
  units: terms.unitIds?.length ?? 'all',
  columns: terms.columnIds?.length ?? 'all',
  types: terms.types?.join(' ') ?? 'all',
});

async function requireTerms(
  ctx: Ctx,
  terms: WebhookTerms,
  { allowHttp, allowPrivate }: WebhookSettings,
): Promise<EndpointTerms> {
  const url = requireUrl(terms.url, { allowHttp });
  if (!allowPrivate && namesPrivateAddress(url)) {
    throw new AppError('invalid', 'webhook.url-private', '推送地址不能是内网地址。');
  }
  const { unitIds, columnIds } = terms;
  const units = await unitsById(ctx.db, unitIds ?? []);
  const columns = await columnsById(ctx.db, columnIds ?? []);
  if (units.size !== (unitIds?.length ?? 0) || columns.length !== (columnIds?.length ?? 0)) {
    throw new AppError('invalid', 'webhook.scope-unknown', '所选的单位或栏目已不存在，请重新选择。');
  }
  return { ...terms, name: terms.name.trim(), holder: terms.holder.trim(), url: url.href };
}

/** Adds an endpoint that is told of what happens from now on. Its secret is in the answer, and is kept encrypted. */
export const createWebhook = (settings: WebhookSettings): Command<WebhookTerms, WebhookWithSecret> =>
  defineCommand(
    'webhook.create-webhook',
    (input, made) => ({ kind: 'webhook', id: made?.webhook.id ?? null, details: reachOf(input) }),
    async (ctx, input) => {
      requireWebhookKeeper(ctx.actor);
      const terms = await requireTerms(ctx, input, settings);
      if ((await countEndpoints(ctx.db)) >= mostEndpoints) {
        const message = `推送地址最多 ${String(mostEndpoints)} 个，请先停用并改用已有的地址。`;
        throw new AppError('conflict', 'webhook.too-many', message);
      }
      const endpoint = await insertEndpoint(ctx.db, {
        ...terms,
        position: await feedHead(ctx.db),
        createdAt: ctx.now,
        createdBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
        createdByName: ctx.actor.name,
      });
      const { text, sealed } = makeSealedSecret(await settings.seal(), endpoint.id);
      await insertSecret(ctx.db, { endpointId: endpoint.id, sealed, createdAt: ctx.now });
      return { webhook: await presentWebhook(ctx.db, endpoint, ctx.now), secret: text };
    },
  );

export interface WebhookChange extends WebhookTerms {
  readonly webhookId: string;
  readonly expectedVersion: number;
}

/** Changes where it is sent and how far it reaches; what waits is judged by it, too. */
export const changeWebhook = (settings: WebhookSettings): Command<WebhookChange, Webhook> =>
  defineCommand(
    'webhook.change-webhook',
    (input) => ({ kind: 'webhook', id: input.webhookId, details: reachOf(input) }),
    async (ctx, { webhookId, expectedVersion, ...wanted }) => {
      requireWebhookKeeper(ctx.actor);
      const endpoint = await lockEndpoint(ctx, webhookId, expectedVersion);
      const terms = await requireTerms(ctx, wanted, settings);
      const isElsewhere = terms.url !== endpoint.url;
      const changed = await changeEndpoint(ctx.db, endpoint, {
        terms,
        ...(isElsewhere ? { isFresh: true as const } : {}),
      });
      if (isElsewhere) await makeDue(ctx.db, endpoint.id, ctx.now);
      return presentWebhook(ctx.db, changed, ctx.now);
    },
  );

export interface SecretRotation {
  readonly webhookId: string;
  readonly expectedVersion: number;
  readonly overlapHours: number;
}

/** A new secret; the one before signs beside it for a while. */
export const rotateWebhookSecret = (settings: WebhookSettings): Command<SecretRotation, WebhookWithSecret> =>
  defineCommand(
    'webhook.rotate-secret',
    ({ webhookId, overlapHours }) => ({ kind: 'webhook', id: webhookId, details: { overlapHours } }),
    async (ctx, { webhookId, expectedVersion, overlapHours }) => {
      requireWebhookKeeper(ctx.actor);
      const endpoint = await lockEndpoint(ctx, webhookId, expectedVersion);
      const until = new Date(ctx.now.getTime() + overlapHours * hourMilliseconds);
      await endSecrets(ctx.db, endpoint.id, ctx.now, until);
      const { text, sealed } = makeSealedSecret(await settings.seal(), endpoint.id);
      await insertSecret(ctx.db, { endpointId: endpoint.id, sealed, createdAt: ctx.now });
      const changed = await changeEndpoint(ctx.db, endpoint, {});
      return { webhook: await presentWebhook(ctx.db, changed, ctx.now), secret: text };
    },
  );

export interface WebhookPause {
  readonly webhookId: string;
  readonly expectedVersion: number;
  readonly reason: string;
}

/** Nothing is sent until it is resumed, and nothing is lost: its place in the feed stays. */
export const pauseWebhook = defineCommand(
  'webhook.pause-webhook',
  (input: WebhookPause) => ({ kind: 'webhook', id: input.webhookId, details: { reason: input.reason } }),
  async (ctx, input): Promise<Webhook> => {
    requireWebhookKeeper(ctx.actor);
    const endpoint = await lockEndpoint(ctx, input.webhookId, input.expectedVersion);
    const reason = input.reason.trim();
    if (reason === '') throw new AppError('invalid', 'webhook.reason-missing', '请写明暂停原因。');
    if (endpoint.pausedAt !== null) {
      throw new AppError('conflict', 'webhook.already-paused', '这个推送地址已经暂停。');
    }
    const pause = { at: ctx.now, cause: 'person', reason } as const;
    return presentWebhook(ctx.db, await changeEndpoint(ctx.db, endpoint, { pause }), ctx.now);
  },
);

export interface WebhookResumption {
  readonly webhookId: string;
  readonly expectedVersion: number;
}

/** Goes on where it stopped: what waits is sent at once, oldest first. */
export const resumeWebhook = defineCommand(
  'webhook.resume-webhook',
  (input: WebhookResumption) => ({ kind: 'webhook', id: input.webhookId }),
  async (ctx, input): Promise<Webhook> => {
    requireWebhookKeeper(ctx.actor);
    const endpoint = await lockEndpoint(ctx, input.webhookId, input.expectedVersion);
    if (endpoint.pausedAt === null) {
      throw new AppError('conflict', 'webhook.not-paused', '这个推送地址没有暂停。');
    }
    const resumed = await changeEndpoint(ctx.db, endpoint, { pause: null, isFresh: true });
    await makeDue(ctx.db, endpoint.id, ctx.now);
    return presentWebhook(ctx.db, resumed, ctx.now);
  },
);
