import { followingApi } from '../../../contracts/following.ts';
import type { Db } from '../../platform/db.ts';
import type { Routes } from '../../platform/http.ts';
import { instanceOf } from '../../platform/instance.ts';
import type { Seal } from '../../platform/sealed-secret.ts';
import { readTimeCursor, writeTimeCursor } from '../../platform/time-cursor.ts';
import { requireFollower, requireFollowReader } from './following.policy.ts';
import { itemsInState } from './item.queries.ts';
import {
  actOnSubscription,
  type AskedPlatform,
  changeSubscription,
  createSubscription,
  subscriptionNotFound,
} from './keep-subscriptions.ts';
import { openKey, otherPlatform, requirePlatform } from './open-platform.ts';
import type { AboutAnswer } from './platform-answer.ts';
import { createPlatformClient, exchangeAddress, keyContext } from './platform-client.ts';
import { retryItems } from './retry-items.ts';
import { presentItem, presentOffer, presentSubscriptions } from './subscription.presenter.ts';
import { newestSubscriptions, subscriptionById, type SubscriptionRow } from './subscription.queries.ts';

export interface FollowingRouteParts {
  readonly db: Db;
  readonly seal: () => Promise<Seal>;
  readonly allowPrivate: boolean;
}

const mostSubscriptions = 200;
const defaultLimit = 20;
/** Whoever waits in front of a screen waits no longer. */
const screenPatience = 20_000;

/** Operators choose whom to follow; whoever they name is asked before anything is kept. */
export const followingRoutes =
  ({ db, seal, allowPrivate }: FollowingRouteParts): Routes =>
  (mount, { perform, consult }) => {
    const ask = async (address: string, key: string): Promise<AboutAnswer> => {
      const client = createPlatformClient({
        address: exchangeAddress(address),
        key: key.trim(),
        allowPrivate,
        patience: screenPatience,
      });
      return requirePlatform(client, await instanceOf(db), AbortSignal.timeout(screenPatience));
    };
    const askAndSeal = async (address: string, key: string): Promise<AskedPlatform> => ({
      about: await ask(address, key),
      sealedKey: (await seal()).seal(keyContext(exchangeAddress(address)), key.trim()),
    });

    mount(followingApi.listSubscriptions, ({ caller }) =>
      consult(caller, 'following.list-subscriptions', async ({ db, actor }) => {
        requireFollowReader(actor);
        return presentSubscriptions(db, await newestSubscriptions(db, mostSubscriptions));
      }),
    );
    mount(followingApi.checkPlatform, ({ caller, body }) =>
      consult(caller, 'following.check-platform', async ({ db, actor }) => {
        requireFollower(actor);
        return presentOffer(db, await ask(body.address, body.key));
      }),
    );
    mount(followingApi.readOffer, ({ caller, params }) =>
      consult(caller, 'following.read-offer', async ({ db, actor }) => {
        requireFollower(actor);
        const row = await requireSubscription(db, params.id);
        const about = await ask(row.address, openKey(await seal(), row));
        if (about.instance !== row.instance) throw otherPlatform();
        return presentOffer(db, about);
      }),
    );
    mount(followingApi.createSubscription, async ({ caller, body }) => {
      const { key, address, ...terms } = body;
      const asked = await consult(caller, createSubscription.name, async ({ actor }) => {
        requireFollower(actor);
        return askAndSeal(address, key);
      });
      return perform(caller, createSubscription, { ...terms, ...asked, address: exchangeAddress(address) });
    });
    mount(followingApi.changeSubscription, async ({ caller, params, body }) => {
      const { key, ...terms } = body;
      const renewed = await consult(caller, changeSubscription.name, async ({ db, actor }) => {
        requireFollower(actor);
        const { address } = await requireSubscription(db, params.id);
        return key === undefined ? undefined : askAndSeal(address, key);
      });
      return perform(caller, changeSubscription, { ...terms, subscriptionId: params.id, renewed });
    });
    mount(followingApi.actOnSubscription, ({ caller, params, body }) =>
      perform(caller, actOnSubscription, { ...body, subscriptionId: params.id }),
    );
    mount(followingApi.retryItems, ({ caller, params, body }) =>
      perform(caller, retryItems, { ...body, subscriptionId: params.id }),
    );
    mount(followingApi.listItems, ({ caller, params, query }) =>
      consult(caller, 'following.list-items', async ({ db, actor }) => {
        requireFollowReader(actor);
        await requireSubscription(db, params.id);
        const limit = query.limit ?? defaultLimit;
        const after =
          query.cursor === undefined ? undefined : readTimeCursor(query.cursor, 'following.cursor-wrong');
        const rows = await itemsInState(db, params.id, { state: query.state, after, limit: limit + 1 });
        const last = rows.length > limit ? rows[limit - 1] : undefined;
        return {
          items: rows.slice(0, limit).map(presentItem),
          nextCursor: last ? writeTimeCursor({ at: last.updatedAt, id: last.sourceId }) : null,
        };
      }),
    );
  };

async function requireSubscription(db: Db, id: string): Promise<SubscriptionRow> {
  const row = await subscriptionById(db, id);
  if (!row) throw subscriptionNotFound();
  return row;
}
