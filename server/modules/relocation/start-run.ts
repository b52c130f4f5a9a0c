import type { RelocationGoal } from '../../../contracts/relocation.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { countCopyFiles } from './copy.queries.ts';
import { forgetRedirectProblems } from './import.queries.ts';
import { nameOf, resolveLink } from './old-address.rules.ts';
import { adoptWaiting, queueAddresses, seedFromCopy } from './page.queries.ts';
import { type ProjectRow, setStanding } from './project.queries.ts';
import { requireOperator } from './relocation.policy.ts';
import { requireIdle, requireProject, requireProjectForUpdate } from './require-project.ts';
import { sampleSize } from './walk-pages.ts';

export interface RunInput {
  readonly id: string;
  readonly goal: RelocationGoal;
}

/**
 * Begins a run: the addresses to begin with wait, and a worker goes on from them. An import that follows a check by the
 * same rules reads nothing again.
 */
export const startRun = defineCommand(
  'relocation.start-run',
  (input: RunInput) => ({ kind: 'relocation', id: input.id, details: { goal: input.goal } }),
  async (ctx: Ctx, { id, goal }): Promise<ProjectRow> => {
    requireOperator(ctx.actor);
    const before = await requireProjectForUpdate(ctx.db, id);
    requireIdle(before);
    if (before.source === 'copy' && (await countCopyFiles(ctx.db, id)) === 0) {
      throw new AppError('conflict', 'relocation.project-incomplete', '请先上传旧站的副本。');
    }
    await forgetRedirectProblems(ctx.db, id);
    const standing = { goal, state: 'running', problem: null, startedAt: ctx.now, endedAt: null } as const;
    if (goal === 'import' && before.checked) {
      await setStanding(ctx.db, id, { ...standing, phase: 'importing', checked: false }, ctx.now);
      return requireProject(ctx.db, id);
    }
    const project = { ...before, goal, run: before.run + 1 };
    await setStanding(
      ctx.db,
      id,
      { ...standing, phase: 'walking', run: project.run, checked: false },
      ctx.now,
    );
    await adoptWaiting(ctx.db, project);
    await seed(ctx, project);
    return requireProject(ctx.db, id);
  },
);

async function seed(ctx: Ctx, project: ProjectRow): Promise<void> {
  if (project.source === 'copy') {
    await seedFromCopy(ctx.db, project, project.goal === 'sample' ? sampleSize : null);
    return;
  }
  const [main = ''] = project.hosts;
  const starts = project.startAddresses.flatMap((address) => {
    const found = resolveLink(address, { host: main, path: '/' });
    return found ? [{ address: nameOf(found), kind: null }] : [];
  });
  await queueAddresses(ctx.db, project, starts, 0);
}

export interface PauseInput {
  readonly id: string;
  readonly paused: boolean;
}

/** Makes a run wait after the page it is at, or lets it go on. */
export const setPaused = defineCommand(
  'relocation.set-paused',
  (input: PauseInput) => ({ kind: 'relocation', id: input.id, details: { paused: input.paused } }),
  async (ctx: Ctx, { id, paused }): Promise<ProjectRow> => {
    requireOperator(ctx.actor);
    const project = await requireProjectForUpdate(ctx.db, id);
    if (project.state === 'idle') return project;
    const state = paused ? 'paused' : 'running';
    await setStanding(ctx.db, id, { state, ...(paused ? {} : { problem: null }) }, ctx.now);
    return requireProject(ctx.db, id);
  },
);
