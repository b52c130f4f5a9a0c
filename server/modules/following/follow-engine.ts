import type { Actor } from '../../../contracts/actor.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import type { VirusScanner } from '../../platform/clamd.ts';
import { type Command, systemActor } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Seal } from '../../platform/sealed-secret.ts';
import type { FollowLimits } from './follow-pace.rules.ts';

/** What a worker needs to follow other platforms. */
export interface FollowEngine {
  readonly db: Db;
  readonly clock: () => Date;
  readonly log: Log;
  readonly assets: AssetStore;
  readonly uploadBytes: number;
  readonly scanner?: VirusScanner | undefined;
  /** Opens the keys of other platforms; made when it is first needed. */
  readonly seal: () => Promise<Seal>;
  /** Whether the other platforms may stand in an inner network. */
  readonly allowPrivate: boolean;
  readonly limits: FollowLimits;
  readonly performAsSystem: <I, O>(
    command: Command<I, O>,
    input: I,
    as: { readonly actor: Actor },
  ) => Promise<O>;
}

/** Acts by the terms that an operator set; that is on record by itself. */
export const followActor: Actor = {
  ...systemActor('following.follow'),
  name: '订阅同步',
  roles: ['operator'],
};
