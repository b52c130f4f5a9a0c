import type { UpdateWarning } from '../../../contracts/sites.ts';
import { defineCommand } from '../../platform/context.ts';
import { writeUpdateWarning } from './responsibility.queries.ts';
import { requireOperator } from './sites.policy.ts';

/** Says when columns count as soon overdue, and when principals are told of those that are. */
export const changeUpdateWarning = defineCommand(
  'sites.change-update-warning',
  (input: UpdateWarning) => ({ kind: 'update-warning', id: null, details: input }),
  async (ctx, input): Promise<void> => {
    requireOperator(ctx.actor);
    await writeUpdateWarning(ctx.db, input);
  },
);
