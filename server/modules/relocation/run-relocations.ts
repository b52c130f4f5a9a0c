import { AppError } from '../../platform/errors.ts';
import { importPages } from './import-pages.ts';
import { isAnyRunning, type ProjectRow, runningProjects, setStanding } from './project.queries.ts';
import { redirectPages } from './redirect-pages.ts';
import type { RelocationEngine } from './relocation-engine.ts';
import type { OldSource } from './source.types.ts';
import { openSource, walkPages } from './walk-pages.ts';

/** Does the next piece of every run; zero when nothing could be done now. */
export interface RelocationRunner {
  /** Whether there is any run. */
  isWanted(): Promise<boolean>;
  step(signal: AbortSignal): Promise<number>;
}

/** One worker at a time does this: the caller holds the lock. Where each run stands is in the database. */
export function createRelocationRunner(engine: RelocationEngine): RelocationRunner {
  const sources = new Map<string, { readonly stamp: string; readonly source: OldSource }>();
  /** Kept over the steps of a run: it knows what robots.txt said. */
  const sourceOf = (project: ProjectRow): OldSource => {
    const stamp = `${String(project.run)}/${String(project.version)}`;
    const known = sources.get(project.id);
    if (known?.stamp === stamp) return known.source;
    const source = openSource(engine, project);
    sources.set(project.id, { stamp, source });
    return source;
  };
  return {
    isWanted: () => isAnyRunning(engine.db),
    step: async (signal) => {
      let acts = 0;
      for (const project of await runningProjects(engine.db)) {
        if (signal.aborted) break;
        acts += await stepOf(engine, project, sourceOf, signal);
      }
      return acts;
    },
  };
}

async function stepOf(
  engine: RelocationEngine,
  project: ProjectRow,
  sourceOf: (project: ProjectRow) => OldSource,
  signal: AbortSignal,
): Promise<number> {
  try {
    return await actOf(engine, project, sourceOf, signal);
  } catch (error) {
    if (signal.aborted) return 0;
    // What an operator can put right stops the run and is said; all else is tried again by the clock.
    if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
    engine.log.warn(
      { err: error, relocation: project.id },
      'an old site cannot be brought in, its run waits',
    );
    await setStanding(engine.db, project.id, { state: 'paused', problem: error.message }, engine.clock());
    return 0;
  }
}

async function actOf(
  engine: RelocationEngine,
  project: ProjectRow,
  sourceOf: (project: ProjectRow) => OldSource,
  signal: AbortSignal,
): Promise<number> {
  switch (project.phase) {
    case 'walking': {
      const { isDone, read } = await walkPages(engine, project, sourceOf(project), signal);
      if (!isDone) return read;
      await endWalk(engine, project);
      return 1;
    }
    case 'importing': {
      const looked = await importPages(engine, project);
      if (looked > 0) return looked;
      await setStanding(engine.db, project.id, { phase: 'redirecting' }, engine.clock());
      return 1;
    }
    case 'redirecting': {
      const { isDone, redirected } = await redirectPages(engine, project);
      if (!isDone) return redirected;
      await end(engine, project, false);
      return 1;
    }
    case 'new':
    case 'done':
      await end(engine, project, project.checked);
      return 1;
  }
}

async function endWalk(engine: RelocationEngine, project: ProjectRow): Promise<void> {
  if (project.goal === 'import') {
    await setStanding(engine.db, project.id, { phase: 'importing' }, engine.clock());
    return;
  }
  await end(engine, project, project.goal === 'check');
}

async function end(engine: RelocationEngine, project: ProjectRow, checked: boolean): Promise<void> {
  const now = engine.clock();
  await setStanding(engine.db, project.id, { phase: 'done', state: 'idle', checked, endedAt: now }, now);
  engine.log.info(
    { relocation: project.id, run: project.run, goal: project.goal },
    'a run over an old site has ended',
  );
}
