import { libraryApi, type PublishedQuery, type ResourceQuery } from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { convertHtml } from '../../platform/rich-text/index.ts';
import { unitNames } from '../identity/index.ts';
import { assetLibraryRoutes } from './asset-library.routes.ts';
import { assetRoutes, type LibraryRouteParts, type WritingCommands } from './asset.routes.ts';
import { createResource } from './create-resource.ts';
import { discardResource, restoreResource } from './discard-resource.ts';
import { getResource } from './find-resource.ts';
import { currentTypes } from './find-type.ts';
import { listedValues } from './list-values.ts';
import { readCursor, writeCursor } from './list-cursor.rules.ts';
import { publishedResources } from './published.queries.ts';
import {
  cappedCount,
  type ResourceFilter,
  resourcePage,
  type ResourceRow,
  revisionByNumber,
  revisionSummaries,
} from './resource.queries.ts';
import {
  presentResource,
  presentRevision,
  presentRevisionSummary,
  presentSummary,
} from './resource.presenter.ts';
import { saveDraft } from './save-draft.ts';
import { scheduleResource } from './schedule-resource.ts';
import { typeRoutes } from './type.routes.ts';
import { typedNumber } from './typed-number.rules.ts';

/** Nobody reads past a thousand; the count stops there and says so. */
const countCap = 1000;

const dateOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text);

function filterOf(query: ResourceQuery): ResourceFilter {
  const text = query.q?.trim() ?? '';
  return {
    stage: query.stage,
    type: query.type,
    unitIds: query.unitId === undefined ? undefined : [query.unitId],
    text: text === '' ? undefined : { text, ...typedNumber(text) },
    updatedFrom: dateOf(query.updatedFrom),
    updatedTo: dateOf(query.updatedTo),
    sort: query.sort ?? 'updated',
    order: query.order ?? 'desc',
    after: query.cursor === undefined ? undefined : readCursor(query.cursor),
  };
}

/** Where the next page begins; null when there is none. */
function cursorAfter(last: ResourceRow | undefined, sort: ResourceFilter['sort']): string | null {
  const at = sort === 'published' ? last?.firstPublishedAt : last?.updatedAt;
  return last && at ? writeCursor({ at, id: last.id }) : null;
}

async function listResources(reader: Reader, query: ResourceQuery) {
  const filter = filterOf(query);
  const limit = query.limit ?? 20;
  const { scope } = reader.actor;
  const rows = await resourcePage(reader.db, scope, filter, limit + 1);
  const shown = rows.slice(0, limit);
  const names = await unitNames(reader.db, [...new Set(shown.map((row) => row.unitId))]);
  const listed = query.type === undefined ? undefined : await listedValues(reader.db, query.type, shown);
  return {
    items: shown.map((row) => ({
      ...presentSummary(row, names.get(row.unitId) ?? ''),
      ...(listed === undefined ? {} : { listed: listed.get(row.id) ?? [] }),
    })),
    nextCursor: rows.length > limit ? cursorAfter(shown.at(-1), filter.sort) : null,
    count: await cappedCount(reader.db, scope, filter, countCap),
  };
}

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
};

export function libraryRoutes(parts: LibraryRouteParts): Routes {
  const writing = parts.writing ?? plainWriting;
  return (mount, { perform, consult }) => {
    mount(libraryApi.listResourceTypes, ({ caller }) =>
      consult(caller, 'library.list-resource-types', async (reader) => [...(await currentTypes(reader.db))]),
    );
    mount(libraryApi.listResources, ({ caller, query }) =>
      consult(caller, 'library.list-resources', (reader) => listResources(reader, query)),
    );
    mount(libraryApi.listPublished, ({ caller, query }) =>
      consult(caller, 'library.list-published', (reader) => listPublished(reader, query)),
    );
    mount(libraryApi.createResource, ({ caller, body }) => perform(caller, writing.create, body));
    mount(libraryApi.getResource, ({ caller, params }) =>
      consult(caller, 'library.get-resource', async (reader) =>
        presentResource(reader.db, reader.actor, await getResource(reader, params.id)),
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
      perform(caller, discardResource, { ...body, resourceId: params.id }),
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
  };
}
