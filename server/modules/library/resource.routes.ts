import { libraryApi, type PublishedQuery } from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { convertHtml } from '../../platform/rich-text/index.ts';
import { unitNames } from '../identity/index.ts';
import { assetLibraryRoutes } from './asset-library.routes.ts';
import { assetPreviewRoutes } from './asset-preview.routes.ts';
import { assetRoutes, type LibraryRouteParts, type WritingCommands } from './asset.routes.ts';
import { createResource } from './create-resource.ts';
import { discardResource, restoreResource } from './discard-resource.ts';
import { getResource } from './find-resource.ts';
import { currentTypes } from './find-type.ts';
import { listRoutes } from './list.routes.ts';
import { publishedResources } from './published.queries.ts';
import { relationRoutes } from './relation.routes.ts';
import { revisionByNumber, revisionSummaries } from './resource.queries.ts';
import { presentResource, presentRevision, presentRevisionSummary } from './resource.presenter.ts';
import { saveDraft } from './save-draft.ts';
import { scheduleResource } from './schedule-resource.ts';
import { typeRoutes } from './type.routes.ts';
import { typedNumber } from './typed-number.rules.ts';
import { validityRoutes } from './validity.routes.ts';
import { readUnitFigures } from './unit-figures.ts';

const publishedAtOnce = 20;

async function listPublished(reader: Reader, query: PublishedQuery) {
  const text = query.q?.trim() ?? '';
  const rows = await publishedResources(
    reader.db,
    {
      type: query.type,
      text: text === '' ? undefined : { text, ...typedNumber(text) },
      ids: query.ids?.split(','),
    },
    publishedAtOnce,
  );
  const names = await unitNames(reader.db, [...new Set(rows.map((row) => row.unitId))]);
  return rows.map(({ unitId, ...row }) => ({
    ...row,
    unitName: names.get(unitId) ?? '',
    firstPublishedAt: row.firstPublishedAt.toISOString(),
  }));
}

const plainWriting: WritingCommands = {
  create: createResource,
  save: saveDraft,
  schedule: scheduleResource,
  discard: discardResource,
};

export function libraryRoutes(parts: LibraryRouteParts): Routes {
  const writing = parts.writing ?? plainWriting;
  return (mount, { perform, consult }) => {
    mount(libraryApi.listResourceTypes, ({ caller }) =>
      consult(caller, 'library.list-resource-types', async (reader) => [...(await currentTypes(reader.db))]),
    );
    mount(libraryApi.listPublished, ({ caller, query }) =>
      consult(caller, 'library.list-published', (reader) => listPublished(reader, query)),
    );
    mount(libraryApi.readUnitFigures, ({ caller, query }) =>
      consult(caller, 'library.read-unit-figures', (reader) => readUnitFigures(reader, query)),
    );
    mount(libraryApi.createResource, ({ caller, body }) => perform(caller, writing.create, body));
    mount(libraryApi.getResource, ({ caller, params }) =>
      consult(caller, 'library.get-resource', async (reader) =>
        presentResource(reader, await getResource(reader, params.id)),
      ),
    );
    mount(libraryApi.saveDraft, ({ caller, params, body }) =>
      perform(caller, writing.save, { ...body, resourceId: params.id }),
    );
    mount(libraryApi.listRevisions, ({ caller, params }) =>
      consult(caller, 'library.list-revisions', async (reader) => {
        const row = await getResource(reader, params.id);
        return (await revisionSummaries(reader.db, row.id)).map(presentRevisionSummary);
      }),
    );
    mount(libraryApi.getRevision, ({ caller, params }) =>
      consult(caller, 'library.get-revision', async (reader) => {
        const row = await getResource(reader, params.id);
        const revision = await revisionByNumber(reader.db, row.id, params.number);
        if (!revision) throw new AppError('not-found', 'library.revision-not-found', '没有这个版本。');
        return presentRevision(revision);
      }),
    );
    mount(libraryApi.discardResource, ({ caller, params, body }) =>
      perform(caller, writing.discard, { ...body, resourceId: params.id }),
    );
    mount(libraryApi.restoreResource, ({ caller, params, body }) =>
      perform(caller, restoreResource, { ...body, resourceId: params.id }),
    );
    mount(libraryApi.scheduleResource, ({ caller, params, body }) =>
      perform(caller, writing.schedule, { ...body, resourceId: params.id }),
    );
    mount(libraryApi.convertHtml, async ({ body }) => {
      const { document, warnings } = convertHtml(body.html);
      return { document, warnings: [...warnings] };
    });
    typeRoutes(mount, { perform, consult });
    assetRoutes(parts)(mount, { perform, consult });
    assetLibraryRoutes(parts)(mount, { perform, consult });
    assetPreviewRoutes(parts)(mount, { perform, consult });
    listRoutes(parts.placed)(mount, { perform, consult });
    relationRoutes(mount, { perform, consult });
    validityRoutes(mount, { perform, consult });
  };
}
