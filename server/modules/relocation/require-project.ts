import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { projectById, projectForUpdate, type ProjectRow } from './project.queries.ts';

const notThere = (): AppError =>
  new AppError('not-found', 'relocation.project-not-found', '没有这个旧站迁移。');

export async function requireProject(db: Db, id: string): Promise<ProjectRow> {
  const project = await projectById(db, id);
  if (!project) throw notThere();
  return project;
}

/** Locked until the end of the transaction. */
export async function requireProjectForUpdate(db: Db, id: string): Promise<ProjectRow> {
  const project = await projectForUpdate(db, id);
  if (!project) throw notThere();
  return project;
}

/** Rules, places and copies stay as they are while a run reads by them. */
export function requireIdle(project: ProjectRow): void {
  if (project.state === 'idle') return;
  const message = '迁移正在运行或已暂停，等它结束后再修改。';
  throw new AppError('conflict', 'relocation.project-running', message);
}
