import { type Command, defineCommand } from '../../platform/context.ts';
import { responsibleUnitAt } from '../sites/index.ts';
import type { RatingForm } from '../../../contracts/interaction.ts';
import { countAct, dailyLimits } from './count-act.ts';
import type { KeyedDigest } from './keyed-digest.ts';
import { storeRating } from './rating.queries.ts';
import { pageUnknown } from './report-correction.ts';

export interface RatingInput {
  readonly siteId: string;
  readonly path: string;
  readonly form: RatingForm;
  /** Whose acts are counted together; stored nowhere. */
  readonly sender: string;
}

/** A citizen says whether a page helped. */
export function ratePage(digest: KeyedDigest): Command<RatingInput, { readonly unitId: string }> {
  return defineCommand(
    'interaction.rate-page',
    ({ siteId, path, form }, result) => ({
      kind: 'page',
      id: null,
      unitId: result?.unitId ?? null,
      details: { siteId, path, useful: form.useful },
    }),
    async (ctx, { siteId, path, form, sender }) => {
      const keeper = await responsibleUnitAt(ctx.db, siteId, path);
      if (!keeper) throw pageUnknown();
      await countAct(ctx, digest, { sender, what: 'rating', limit: dailyLimits.ratings });
      await countAct(ctx, digest, {
        sender,
        what: `rating ${siteId} ${path}`,
        limit: dailyLimits.ratingsOfPage,
      });
      await storeRating(ctx.db, {
        ...form,
        siteId,
        path,
        pageName: keeper.name,
        resourceId: keeper.resourceId,
        columnId: keeper.columnId,
        unitId: keeper.unitId,
        ratedAt: ctx.now,
      });
      return { unitId: keeper.unitId };
    },
  );
}
