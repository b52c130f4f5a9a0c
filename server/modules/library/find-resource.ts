import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { canEdit } from './resource.policy.ts';
import {
  resourceForUpdate,
  resourceInScope,
  type ResourceRow,
  resourcesForUpdate,
  revisionById,
  type RevisionRow,
} from './resource.queries.ts';
import { presentRevision } from './resource.presenter.ts';

const notFound = () =>
  new AppError('not-found', 'library.resource-not-found', '没有这条信息，或者您无权查看。');

/** The resource, or `library.resource-not-found` also when it is another unit's: existence is not told. */
export async function getResource(reader: Pick<Reader, 'db' | 'actor'>, id: string): Promise<ResourceRow> {
  const row = await resourceInScope(reader.db, reader.actor.scope, id);
  if (!row) throw notFound();
  return row;
}

/** The same, locked until the command ends. */
export async function lockResource(ctx: Ctx, id: string): Promise<ResourceRow> {
  const row = await resourceForUpdate(ctx.db, ctx.actor.scope, id);
  if (!row) throw notFound();
  return row;
}

/** Several, locked in the order in which everybody does; each must be there. */
export async function lockResources(ctx: Ctx, ids: readonly string[]): Promise<readonly ResourceRow[]> {
  const rows = await resourcesForUpdate(ctx.db, ctx.actor.scope, ids);
  if (rows.length < new Set(ids).size) throw notFound();
  return rows;
}

export function requireEditor(ctx: Pick<Ctx, 'actor'>, unitId: string): void {
  if (canEdit(ctx.actor, unitId)) return;
  throw new AppError('forbidden', 'library.unit-not-writable', '只有本单位的信息员可以编辑这条信息。');
}

export async function getHead(ctx: Pick<Ctx, 'db'>, row: ResourceRow): Promise<RevisionRow> {
  const head = row.headRevisionId === null ? undefined : await revisionById(ctx.db, row.headRevisionId);
  if (!head) throw new Error(`resource ${row.id} has no revision`);
  return head;
}

/** Refuses a change that was made on an older version, and hands back the current one for comparison. */
export async function requireVersion(ctx: Ctx, row: ResourceRow, expectedVersion: number): Promise<void> {
  if (row.version === expectedVersion) return;
  throw new AppError('conflict', 'library.resource-changed', '这条信息刚被别人修改过，请对照后再保存。', {
    details: { currentVersion: row.version, current: presentRevision(await getHead(ctx, row)) },
  });
}
