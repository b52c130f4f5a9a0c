import { join } from 'node:path';

import { relocationApi } from '../../../contracts/relocation.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { changeProject } from './change-project.ts';
import { createProject } from './create-project.ts';
import { pagesAfter, pagesByIds } from './page.queries.ts';
import { presentPage, presentProject, presentProjects } from './project.presenter.ts';
import { allProjects, setStanding } from './project.queries.ts';
import {
  type CopyPlace,
  copyPlaceOf,
  type CopyReport,
  foldersIn,
  takeArchive,
  takeFolder,
} from './receive-copy.ts';
import { requireOperator } from './relocation.policy.ts';
import { requireIdle, requireProject, requireProjectForUpdate } from './require-project.ts';
import { requireRules } from './require-rules.ts';
import { setPaused, startRun } from './start-run.ts';
import { type Samples, suggestFor, tryRules } from './try-rules.ts';

export interface RelocationRouteParts {
  /** Works without the limits of a request: a large copy takes its time. */
  readonly db: Db;
  readonly store: AssetStore;
  /** Where operators may put folders with saved copies. */
  readonly copiesDirectory: string;
  readonly uploadBytes: number;
}

/** Says that a copy has come; the files themselves are in by then. */
const noteCopy = defineCommand(
  'relocation.take-copy',
  (input: { readonly id: string } & CopyReport) => ({
    kind: 'relocation',
    id: input.id,
    details: { files: input.files, skipped: input.skipped },
  }),
  async (ctx, { id, files, skipped }): Promise<CopyReport> => {
    requireOperator(ctx.actor);
    requireIdle(await requireProjectForUpdate(ctx.db, id));
    // Other pages are there now: all is read again.
    await setStanding(ctx.db, id, { checked: false }, ctx.now);
    return { files, skipped };
  },
);

function openForCopy({ db, actor }: Reader, id: string, parts: RelocationRouteParts): Promise<CopyPlace> {
  requireOperator(actor);
  return copyPlaceOf({ ...parts, db }, id).then((place) => ({ ...place, db: parts.db }));
}

async function samplesOf(
  reader: Reader,
  id: string,
  pageIds: readonly string[],
  store: AssetStore,
): Promise<Samples> {
  requireOperator(reader.actor);
  const { hosts } = await requireProject(reader.db, id);
  const pages = await pagesByIds(reader.db, id, pageIds);
  if (pages.length < new Set(pageIds).size) {
    throw new AppError('not-found', 'relocation.page-not-found', '旧站没有这些页面。');
  }
  // What has not come yet is no sample.
  return { store, hosts, pages: pages.filter((page) => page.digest !== null && page.kind !== 'file') };
}

export function relocationRoutes(parts: RelocationRouteParts): Routes {
  return (mount, { perform, consult }) => {
    mount(relocationApi.listProjects, ({ caller }) =>
      consult(caller, 'relocation.list-projects', async ({ db, actor }) => {
        requireOperator(actor);
        return presentProjects(db, await allProjects(db));
      }),
    );
    mount(relocationApi.getProject, ({ caller, params }) =>
      consult(caller, 'relocation.get-project', async ({ db, actor }) => {
        requireOperator(actor);
        return presentProject(db, await requireProject(db, params.id));
      }),
    );
    mount(relocationApi.createProject, async ({ caller, body, reply }) => {
      const project = await perform(caller, createProject, body);
      void reply.code(201);
      return presentProject(parts.db, project);
    });
    mount(relocationApi.changeProject, async ({ caller, params, body }) =>
      presentProject(parts.db, await perform(caller, changeProject, { ...body, id: params.id })),
    );
    mount(relocationApi.startRun, async ({ caller, params, body, reply }) => {
      const project = await perform(caller, startRun, { ...body, id: params.id });
      void reply.code(202);
      return presentProject(parts.db, project);
    });
    mount(relocationApi.setPaused, async ({ caller, params, body }) =>
      presentProject(parts.db, await perform(caller, setPaused, { ...body, id: params.id })),
    );
    mount(relocationApi.listPages, ({ caller, params, query }) =>
      consult(caller, 'relocation.list-pages', async ({ db, actor }) => {
        requireOperator(actor);
        await requireProject(db, params.id);
        const limit = query.limit ?? 20;
        const after = /^[1-9][0-9]{0,17}$/.test(query.cursor ?? '') ? (query.cursor ?? '0') : '0';
        const wish = { kind: query.kind, problem: query.problem, after, limit: limit + 1 };
        const rows = await pagesAfter(db, params.id, wish);
        const shown = rows.slice(0, limit);
        return {
          items: shown.map(presentPage),
          nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
        };
      }),
    );
    mount(relocationApi.suggestRules, ({ caller, params, body }) =>
      consult(caller, 'relocation.suggest-rules', async (reader) => ({
        rules: await suggestFor(await samplesOf(reader, params.id, body.pageIds, parts.store)),
      })),
    );
    mount(relocationApi.tryRules, ({ caller, params, body }) =>
      consult(caller, 'relocation.try-rules', async (reader) => {
        const samples = await samplesOf(reader, params.id, body.pageIds, parts.store);
        requireRules(body.rules);
        return tryRules(samples, body.rules);
      }),
    );
    mount(relocationApi.listFolders, ({ caller }) =>
      consult(caller, 'relocation.list-folders', async ({ actor }) => {
        requireOperator(actor);
        return [...(await foldersIn(parts.copiesDirectory))];
      }),
    );
    mount(relocationApi.takeFolder, async ({ caller, params, body }) => {
      const place = await consult(caller, noteCopy.name, (reader) => openForCopy(reader, params.id, parts));
      const report = await takeFolder(place, parts.copiesDirectory, body.folder);
      return perform(caller, noteCopy, { id: params.id, ...report });
    });
    mount(relocationApi.uploadCopy, async ({ caller, params, request }) => {
      const file = request.isMultipart() ? await request.file() : undefined;
      if (!file) throw new AppError('invalid', 'relocation.copy-missing', '请用表单上传一个压缩包。');
      try {
        // Who may not do it is told before the bytes come, not after.
        const place = await consult(caller, noteCopy.name, (reader) => openForCopy(reader, params.id, parts));
        const packed = await parts.store.receive(file.file, parts.uploadBytes);
        try {
          const report = await takeArchive(place, packed.path);
          return await perform(caller, noteCopy, { id: params.id, ...report });
        } finally {
          await packed.drop();
        }
      } finally {
        // What nobody reads would keep the connection waiting.
        file.file.resume();
      }
    });
  };
}

export const copiesIn = (directory: string): string => join(directory, 'inbox');
