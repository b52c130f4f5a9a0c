import { defineCommand } from '../../platform/context.ts';
import { deleteSession, deleteSessionsOf } from './session.queries.ts';

export interface SignOut {
  /** The session to end; null for all sessions of the account. */
  readonly sessionDigest: Buffer | null;
}

export const signOut = defineCommand<SignOut, { accountId: string }>(
  'identity.sign-out',
  (input, result) => ({
    kind: 'account',
    id: result?.accountId ?? null,
    details: { everywhere: input.sessionDigest === null },
  }),
  async (ctx, input) => {
    if (input.sessionDigest) await deleteSession(ctx.db, input.sessionDigest);
    else await deleteSessionsOf(ctx.db, ctx.actor.id);
    return { accountId: ctx.actor.id };
  },
);
