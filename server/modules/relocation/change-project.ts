import type { RelocationChange } from '../../../contracts/relocation.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { columnsOfSites } from '../sites/index.ts';
import { forgetUnmapped } from './import.queries.ts';
import { type ProjectRow, replaceMappings, updateProject } from './project.queries.ts';
import { requireOperator } from './relocation.policy.ts';
import { requireProject, requireProjectForUpdate } from './require-project.ts';
import { requireRules } from './require-rules.ts';

export interface ProjectChangeInput extends RelocationChange {
  readonly id: string;
}

/** Changes how an old site is read and where its articles go. A paused run may be put right so, a running one not. */
export const changeProject = defineCommand(
  'relocation.change-project',
  (input: ProjectChangeInput) => ({
    kind: 'relocation',
    id: input.id,
    details: { changed: Object.keys(input).filter((key) => key !== 'id' && key !== 'expectedVersion') },
  }),
  async (ctx: Ctx, input): Promise<ProjectRow> => {
    requireOperator(ctx.actor);
    const project = await requireProjectForUpdate(ctx.db, input.id);
    if (project.state === 'running') {
      throw new AppError('conflict', 'relocation.project-running', '迁移正在运行，请先暂停或等它结束。');
    }
    if (project.version !== input.expectedVersion) {
      throw new AppError('conflict', 'relocation.project-changed', '别人刚刚修改过，请刷新后再试。');
    }
    if (input.rules) requireRules(input.rules);
    const columnIds = [input.defaultColumnId, ...(input.mappings ?? []).map((one) => one.columnId)];
    await requireColumns(
      ctx,
      project,
      columnIds.filter((id) => typeof id === 'string'),
    );
    await updateProject(ctx.db, project.id, input, ctx.now);
    if (input.mappings) await replaceMappings(ctx.db, project.id, input.mappings);
    await forgetUnmapped(ctx.db, project.id);
    return requireProject(ctx.db, project.id);
  },
);

async function requireColumns(ctx: Ctx, project: ProjectRow, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = new Set((await columnsOfSites(ctx.db, [project.siteId])).map((column) => column.id));
  if (ids.every((id) => known.has(id))) return;
  throw new AppError('invalid', 'relocation.column-foreign', '只能选目标站点的栏目。');
}
