import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  requireReformConfirmer,
  requireReformPlanner,
  requireSecondPerson,
} from './reorganization.policy.ts';
import {
  findReorganizationForUpdate,
  type ReorganizationRow,
  updateReorganization,
} from './reorganization.queries.ts';
import { requireFeasible } from './require-feasible.ts';

export interface ReorganizationDecision {
  readonly id: string;
  readonly expectedVersion: number;
}

const actedOn = ({ id }: ReorganizationDecision) => ({ kind: 'reorganization', id });

async function requireWaiting(
  ctx: Ctx,
  { id, expectedVersion }: ReorganizationDecision,
  states: readonly ReorganizationRow['state'][],
): Promise<ReorganizationRow> {
  const row = await findReorganizationForUpdate(ctx.db, id);
  if (!row) throw new AppError('not-found', 'identity.reorganization-not-found', '没有这项机构改革。');
  if (row.version === expectedVersion && states.includes(row.state)) return row;
  throw new AppError(
    'conflict',
    'identity.reorganization-changed',
    '这项机构改革的状态已变化，请刷新后再看。',
  );
}

export const confirmReorganization = defineCommand<ReorganizationDecision, string>(
  'identity.confirm-reorganization',
  actedOn,
  async (ctx, input) => {
    requireReformConfirmer(ctx.actor);
    const row = await requireWaiting(ctx, input, ['planned']);
    requireSecondPerson(ctx.actor, row);
    await requireFeasible(ctx.db, row);
    await updateReorganization(ctx.db, input.id, {
      state: 'confirmed',
      confirmed_by: ctx.actor.id,
      confirmed_by_name: ctx.actor.name,
      confirmed_at: ctx.now,
    });
    return input.id;
  },
);

/** Only before it begins: what has moved does not move back. */
export const cancelReorganization = defineCommand<ReorganizationDecision, string>(
  'identity.cancel-reorganization',
  actedOn,
  async (ctx, input) => {
    requireReformPlanner(ctx.actor);
    await requireWaiting(ctx, input, ['planned', 'confirmed']);
    await updateReorganization(ctx.db, input.id, { state: 'cancelled', ended_at: ctx.now });
    return input.id;
  },
);
