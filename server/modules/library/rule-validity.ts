import type { NewRuling, ValidityRuling } from '../../../contracts/validity.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { updateResource } from './change-resource.queries.ts';
import { libraryEvents, namedTag, resourceTag } from './events.ts';
import { lockResource, requireVersion } from './find-resource.ts';
import { lockType } from './find-type.ts';
import { namableResources } from './published.queries.ts';
import { recordRelations, requireNoLoop } from './record-relations.ts';
import { canWithdraw } from './resource.policy.ts';
import { type ResourceRow, revisionById } from './resource.queries.ts';
import {
  insertRuling,
  ruledContent,
  type RulingRow,
  rulingsOf,
  settleRuling,
  waitingRuling,
} from './ruling.queries.ts';

interface OnResource {
  readonly resourceId: string;
}

const onResource = ({ resourceId }: OnResource) => ({ kind: 'resource', id: resourceId });

export function presentRuling(row: RulingRow): ValidityRuling {
  return {
    id: row.id,
    validity: row.validity,
    validityBefore: row.validityBefore,
    effectiveOn: row.effectiveOn,
    basis: row.basis,
    basisResourceId: row.basisResourceId,
    replacedById: row.replacedById,
    state: row.state,
    orderedByName: row.orderedByName,
    orderedAt: row.orderedAt.toISOString(),
  };
}

function refuse(code: string, field: string, message: string): never {
  throw new AppError('invalid', code, message, { details: { problems: [{ field, message }] } });
}

/** Locked, and in the hands of whoever answers for what the unit has published. */
async function requireRuled(ctx: Ctx, resourceId: string, expectedVersion: number): Promise<ResourceRow> {
  const row = await lockResource(ctx, resourceId);
  if (!canWithdraw(ctx.actor, row.unitId)) {
    throw new AppError('forbidden', 'library.ruler-required', '只有本单位的审核人员和签发人可以认定有效性。');
  }
  await requireVersion(ctx, row, expectedVersion);
  return row;
}

/** A document that citizens read; of what has no validity there is nothing to rule. */
async function requireDocument(ctx: Ctx, row: ResourceRow): Promise<void> {
  const { fields } = await lockType(ctx.db, row.type);
  if (row.liveRevisionId !== null && fields.some(({ key }) => key === 'validity')) return;
  throw new AppError('conflict', 'library.not-a-live-document', '只有已发布的政策文件可以认定有效性。');
}

async function requireSound(ctx: Ctx, input: NewRuling & OnResource): Promise<void> {
  const { resourceId, validity, basis, basisResourceId, replacedById } = input;
  if (validity !== '有效' && basis.trim() === '' && basisResourceId === null) {
    refuse('library.basis-missing', 'basis', '请写明依据，或者选择作为依据的信息。');
  }
  const named = [basisResourceId, replacedById].flatMap((id) => id ?? []);
  const known = await namableResources(ctx.db, named);
  const isWrong = (id: string | null): boolean =>
    id !== null && (id === resourceId || known.get(id)?.wasPublic !== true);
  if (isWrong(basisResourceId)) {
    refuse('library.relation-invalid', 'basisResourceId', '作为依据的信息不存在或还没有发布。');
  }
  if (isWrong(replacedById) || (replacedById !== null && known.get(replacedById)?.type !== 'policy')) {
    refuse('library.relation-invalid', 'replacedById', '替代文件不存在、还没有发布，或者不是政策文件。');
  }
  // Now, while there is somebody to tell: on the day there is only the clock.
  if (replacedById !== null)
    await requireNoLoop(ctx, resourceId, [{ kind: 'replacedBy', targetId: replacedById }]);
}

/** Rules whether a document holds: at once, or when its day comes. The text that was signed stays as it is. */
export const ruleValidity = defineCommand(
  'library.rule-validity',
  (input: NewRuling & OnResource) => ({
    ...onResource(input),
    details: { validity: input.validity, effectiveOn: input.effectiveOn },
  }),
  async (ctx, input): Promise<ValidityRuling> => {
    const { resourceId } = input;
    const row = await requireRuled(ctx, resourceId, input.expectedVersion);
    await requireDocument(ctx, row);
    await requireSound(ctx, input);
    if (await waitingRuling(ctx.db, resourceId)) {
      throw new AppError(
        'conflict',
        'library.ruling-waiting',
        '已经有一项认定在等待生效，请先取消它，再作新的认定。',
      );
    }
    await insertRuling(ctx.db, {
      resourceId,
      validity: input.validity,
      effectiveOn: input.effectiveOn,
      basis: input.basis.trim(),
      basisResourceId: input.basisResourceId,
      replacedById: input.replacedById,
      by: ctx.actor.kind === 'account' ? ctx.actor.id : null,
      byName: ctx.actor.name,
      at: ctx.now,
    });
    const isDue = input.effectiveOn <= dayInChina(ctx.now);
    if (isDue) await apply(ctx, row);
    else await updateResource(ctx.db, row, ctx.now, {});
    return newest(ctx, resourceId);
  },
);

export const cancelRuling = defineCommand(
  'library.cancel-ruling',
  (input: OnResource & { readonly expectedVersion: number }) => onResource(input),
  async (ctx, { resourceId, expectedVersion }): Promise<ValidityRuling> => {
    const row = await requireRuled(ctx, resourceId, expectedVersion);
    const waiting = await waitingRuling(ctx.db, resourceId);
    if (!waiting) throw new AppError('conflict', 'library.ruling-not-found', '没有等待生效的认定。');
    await settleRuling(ctx.db, waiting.id, {
      state: 'cancelled',
      validityBefore: null,
      byName: ctx.actor.name,
      at: ctx.now,
    });
    await updateResource(ctx.db, row, ctx.now, {});
    return newest(ctx, resourceId);
  },
);

async function newest(ctx: Ctx, resourceId: string): Promise<ValidityRuling> {
  const [row] = await rulingsOf(ctx.db, resourceId, 1);
  if (!row) throw new Error(`resource ${resourceId} has no ruling`);
  return presentRuling(row);
}

/** The day of a ruling has come; false when it was cancelled or the document taken down meanwhile. */
export const applyDueRuling = defineCommand(
  'library.apply-due-ruling',
  onResource,
  async (ctx, { resourceId }: OnResource): Promise<boolean> => {
    const row = await lockResource(ctx, resourceId);
    const waiting = await waitingRuling(ctx.db, resourceId);
    if (!waiting || row.liveRevisionId === null || waiting.effectiveOn > dayInChina(ctx.now)) return false;
    await apply(ctx, row);
    return true;
  },
);

/** What waits comes into force: every place that shows the document, and whoever follows the feed, is told. */
async function apply(ctx: Ctx, row: ResourceRow): Promise<void> {
  const ruling = await waitingRuling(ctx.db, row.id);
  const live = row.liveRevisionId === null ? undefined : await revisionById(ctx.db, row.liveRevisionId);
  if (!ruling || !live) throw new Error(`resource ${row.id} has nothing to come into force`);
  await settleRuling(ctx.db, ruling.id, {
    state: 'applied',
    validityBefore: row.ruledValidity ?? live.content.validity ?? null,
    byName: ctx.actor.name,
    at: ctx.now,
  });
  await updateResource(ctx.db, row, ctx.now, {
    ruling_id: ruling.id,
    ruled_validity: ruling.validity,
    validity: ruling.validity,
    last_published_at: ctx.now,
  });
  const named = await recordRelations(ctx, row.id, await ruledContent(ctx.db, live.content, ruling.id));
  await ctx.announce({
    name: libraryEvents.ruled,
    tags: [resourceTag(row.id), ...named.map(namedTag)],
    payload: { resourceId: row.id },
  });
}
