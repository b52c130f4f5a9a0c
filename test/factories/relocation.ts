import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NewRelocation, RelocationGoal, SiteRules } from '../../contracts/relocation.ts';
import type { Actor } from '../../contracts/actor.ts';
import {
  changeProject,
  copyPlaceOf,
  createProject,
  createRelocationRunner,
  type RelocationEngine,
  startRun,
  takeArchive,
} from '../../server/modules/relocation/index.ts';
import { recordEntry } from '../../server/modules/audit/index.ts';
import { createFileAssetStore } from '../../server/platform/asset-store.ts';
import { systemActor } from '../../server/platform/context.ts';
import { createEventBus } from '../../server/platform/events.ts';
import { createRouteTools } from '../../server/platform/http.ts';
import { createLog } from '../../server/platform/log.ts';
import { type CopiedFile, tarOf } from '../old-copy.ts';
import type { Stage } from './sites.ts';

const operator: Actor = { ...systemActor('test'), roles: ['operator'] };

/** Everything a worker has to bring old sites in, over a test database and a folder of its own. */
export interface RelocationPlace {
  readonly engine: RelocationEngine;
  create(made: NewRelocation): Promise<string>;
  /** As uploading an archive does. */
  copy(id: string, files: readonly CopiedFile[]): Promise<{ files: number; skipped: number }>;
  change(
    id: string,
    change: {
      rules?: SiteRules;
      mappings?: { key: string; columnId: string | null }[];
      defaultColumnId?: string | null;
    },
  ): Promise<void>;
  start(id: string, goal: RelocationGoal): Promise<void>;
  /** Works until there is nothing left to do now. */
  work(engine?: RelocationEngine): Promise<void>;
  remove(): Promise<void>;
}

export async function aRelocationPlace(
  stage: Stage,
  wishes: Partial<RelocationEngine> = {},
): Promise<RelocationPlace> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-relocation-'));
  // Events are written and never heard: the pages of what came in are still to be built.
  const bus = createEventBus(
    { send: () => Promise.resolve(null) },
    new Proxy({}, { get: () => ['test.nobody'] }),
  );
  const tools = createRouteTools({
    db: stage.db,
    clock: stage.clock,
    announceIn: (on, now) => bus.announceIn(on, now),
    record: recordEntry,
  });
  const engine: RelocationEngine = {
    db: stage.db,
    clock: stage.clock,
    log: createLog({ level: 'silent', pretty: false }),
    store: createFileAssetStore(join(directory, 'oldsites')),
    assets: createFileAssetStore(join(directory, 'assets')),
    uploadBytes: 8 * 1024 * 1024,
    base: { scheme: 'http', port: null },
    allowPrivate: true,
    performAsSystem: (command, input, { actor }) =>
      tools.perform({ actor, requestId: 'test', address: null, sessionId: null }, command, input),
    askedAt: new Map(),
    ...wishes,
  };
  return {
    engine,
    create: async (made) => (await stage.perform(operator, createProject, made)).id,
    copy: async (id, files) => {
      const file = join(directory, 'copy.tar');
      await writeFile(file, tarOf(files));
      return takeArchive(await copyPlaceOf(engine, id), file);
    },
    change: async (id, change) => {
      const { version } = await stage.db
        .selectFrom('relocation.project')
        .select('version')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      await stage.perform(operator, changeProject, { id, expectedVersion: version, ...change });
    },
    start: async (id, goal) => {
      await stage.perform(operator, startRun, { id, goal });
    },
    work: async (over = engine) => {
      const runner = createRelocationRunner(over);
      const { signal } = new AbortController();
      while ((await runner.step(signal)) > 0);
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
