import type { NewSavedView, SavedView } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { deleteView, putView, viewsOf } from './saved-view.queries.ts';

const mostViews = 30;

/** Keeps the filters of a list under a name, for the one who asks and nobody else. Answers all of theirs. */
export const keepView = defineCommand(
  'library.keep-view',
  () => ({ kind: 'view', id: null }),
  async (ctx: Ctx, input: NewSavedView): Promise<SavedView[]> => {
    const name = input.name.trim();
    if (name === '') throw new AppError('invalid', 'library.view-nameless', '请给这个视图起个名字。');
    const known = await viewsOf(ctx.db, ctx.actor.id);
    if (known.length >= mostViews && !known.some((one) => one.name === name)) {
      throw new AppError('conflict', 'library.too-many-views', '最多保存 30 个视图，请先删除不用的。');
    }
    await putView(ctx.db, ctx.actor.id, { name, search: input.search }, ctx.now);
    return [...(await viewsOf(ctx.db, ctx.actor.id))];
  },
);

/** Somebody else's view is not found. */
export const forgetView = defineCommand(
  'library.forget-view',
  (input: { readonly id: string }) => ({ kind: 'view', id: input.id }),
  async (ctx, { id }): Promise<SavedView[]> => {
    if (!(await deleteView(ctx.db, ctx.actor.id, id))) {
      throw new AppError('not-found', 'library.view-not-found', '没有这个视图。');
    }
    return [...(await viewsOf(ctx.db, ctx.actor.id))];
  },
);
