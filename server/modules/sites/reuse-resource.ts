import type { Address } from '../../../contracts/sites.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { lockResource } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import { isOwn, placementsOf } from './placement.queries.ts';
import { setPlacements } from './set-placements.ts';

export interface ReuseInput {
  readonly resourceId: string;
  readonly columnId: string;
}

const mostColumns = 20;

/**
 * One more column for a resource, by reference: nothing is copied, and an edit or a withdrawal reaches it there too.
 * The rights and rules are those of choosing columns; what others chose meanwhile stays.
 */
export function reuseResource(base: PublicBase) {
  const placing = setPlacements(base);
  return defineCommand(
    'sites.reuse-resource',
    (input: ReuseInput) => ({
      kind: 'resource',
      id: input.resourceId,
      details: { columnId: input.columnId },
    }),
    async (ctx, { resourceId, columnId }): Promise<Address> => {
      // Locked before its columns are read, so that two who add one each both keep theirs.
      await lockResource(ctx, resourceId);
      const all = await placementsOf(ctx.db, resourceId);
      const placed = all.filter(isOwn).map((one) => one.columnId);
      if (all.some((one) => one.mappingRuleId === null && one.columnId === columnId)) {
        throw new AppError('conflict', 'sites.placement-exists', '这条信息已经在这个栏目里。');
      }
      if (placed.length >= mostColumns) {
        throw new AppError('conflict', 'sites.too-many-columns', '一条信息最多放在 20 个栏目。');
      }
      return placing.run(ctx, { resourceId, columnIds: [...placed, columnId] });
    },
  );
}
