import type { Actor } from '../../contracts/actor.ts';
import type { Db } from './db.ts';
import type { Announce } from './events.ts';

/** Everything a command may touch. `db` is the open transaction, never the pool. */
export interface Ctx {
  readonly db: Db;
  readonly actor: Actor;
  /** The instant of this act; the same for the whole command. */
  readonly now: Date;
  readonly requestId: string;
  /** Where the request came from, for the audit record; null for the system itself. */
  readonly address: string | null;
  /** Writes an event row and its jobs in this transaction. */
  readonly announce: Announce;
}

/** What a command acted on, for the audit record. */
export interface ActedOn {
  readonly kind: string;
  readonly id: string | null;
  readonly unitId?: string | null;
  /** Small facts worth keeping beside the act. Never bodies, passwords or citizens' texts. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * One verb of the system. `name` (`library.save-draft`) is what the audit record calls it;
 * `actedOn` says on what, from the input alone when the command was refused; on several things when each is to be
 * found in the record by itself.
 */
export interface Command<I, O> {
  readonly name: string;
  readonly run: (ctx: Ctx, input: I) => Promise<O>;
  readonly actedOn: (input: I, result: O | undefined) => ActedOn | readonly ActedOn[];
}

export function defineCommand<I, O>(
  name: string,
  actedOn: Command<I, O>['actedOn'],
  run: (ctx: Ctx, input: I) => Promise<O>,
): Command<I, O> {
  return { name, actedOn, run };
}

/** The clock and the actor of work that nobody asked for: due clocks, imports, the demonstration. */
export function systemActor(name: string): Actor {
  return { kind: 'system', id: name, name: '系统', unitId: null, roles: [], scope: { kind: 'all' } };
}

export const anonymous: Actor = {
  kind: 'anonymous',
  id: 'anonymous',
  name: '未登录',
  unitId: null,
  roles: [],
  scope: { kind: 'units', unitIds: [] },
};
