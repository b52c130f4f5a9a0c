import type { Actor } from '../../../contracts/actor.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import type { VirusScanner } from '../../platform/clamd.ts';
import { type Command, systemActor } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { PublicBase } from '../sites/index.ts';

/** What a worker needs to bring old sites in. */
export interface RelocationEngine {
  readonly db: Db;
  readonly clock: () => Date;
  readonly log: Log;
  /** The bytes of old pages and files as they came. */
  readonly store: AssetStore;
  /** The files of the new sites. */
  readonly assets: AssetStore;
  readonly uploadBytes: number;
  readonly scanner?: VirusScanner | undefined;
  readonly base: PublicBase;
  /** Whether old sites may stand in an inner network. */
  readonly allowPrivate: boolean;
  readonly performAsSystem: <I, O>(
    command: Command<I, O>,
    input: I,
    as: { readonly actor: Actor },
  ) => Promise<O>;
  /** When each host was asked last. */
  readonly askedAt: Map<string, number>;
}

/** Acts for the operator who started the run; that is on record by itself. */
export const relocationActor: Actor = {
  ...systemActor('relocation.run'),
  name: '旧站迁移',
  roles: ['operator'],
};
