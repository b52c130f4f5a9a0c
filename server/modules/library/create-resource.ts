import type { NewResource, Resource } from '../../../contracts/library.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireUnitInBeing, requireUnitInScope } from '../identity/index.ts';
import { updateResource } from './change-resource.queries.ts';
import { getResource, lockResource, requireEditor } from './find-resource.ts';
import { lockType } from './find-type.ts';
import { headFacts } from './head-facts.rules.ts';
import { presentResource } from './resource.presenter.ts';
import { checkedContent, writeRevision } from './write-revision.ts';

/** Begins a draft with its first revision. */
export const createResource = defineCommand(
  'library.create-resource',
  (input: NewResource, result: Resource | undefined) => ({
    kind: 'resource',
    id: result?.id ?? null,
    unitId: input.unitId,
    details: { type: input.type },
  }),
  async (ctx, input): Promise<Resource> => {
    requireUnitInScope(ctx.actor, input.unitId);
    requireEditor(ctx, input.unitId);
    await requireUnitInBeing(ctx.db, input.unitId);
    const type = await lockType(ctx.db, input.type);
    if (type.retired) {
      throw new AppError('conflict', 'library.type-retired', `“${type.name}”已经停用，不能再新建。`);
    }
    const content = checkedContent(type, input.content);
    const { terms, ...facts } = headFacts(content);
    const created = await ctx.db
      .insertInto('library.resource')
      .values({
        unit_id: input.unitId,
        type: input.type,
        stage: 'draft',
        ...facts,
        terms: terms && [...terms],
        created_by: ctx.actor.kind === 'account' ? ctx.actor.id : null,
        created_at: ctx.now,
        updated_at: ctx.now,
        version: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const row = await lockResource(ctx, created.id);
    const revision = await writeRevision(ctx, {
      resourceId: row.id,
      unitId: input.unitId,
      type,
      number: 1,
      content,
      origin: 'saved',
    });
    await updateResource(ctx.db, row, ctx.now, { head_revision_id: revision.id });
    return presentResource(ctx, await getResource(ctx, row.id));
  },
);
