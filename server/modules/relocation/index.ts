export { copiesIn, relocationRoutes } from './relocation.routes.ts';
export type { RelocationEngine } from './relocation-engine.ts';
export { createProject } from './create-project.ts';
export { changeProject } from './change-project.ts';
export { copyPlaceOf, takeArchive } from './receive-copy.ts';
export { createRelocationRunner, type RelocationRunner } from './run-relocations.ts';
export { setPaused, startRun } from './start-run.ts';
export { pagesByIds } from './page.queries.ts';
export { suggestFor } from './try-rules.ts';
