import multipart from '@fastify/multipart';

import { libraryApi, type ResourceQuery } from '../../../contracts/library.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { AppError } from '../../platform/errors.ts';
import type { Http, Reader, Routes } from '../../platform/http.ts';
import { convertHtml } from '../../platform/rich-text/index.ts';
import { requireUnitInScope, unitNames } from '../identity/index.ts';
import { assetInScope } from './asset.queries.ts';
import { createResource } from './create-resource.ts';
import { discardResource, restoreResource } from './discard-resource.ts';
import { getResource, requireEditor } from './find-resource.ts';
import { readCursor, writeCursor } from './list-cursor.rules.ts';
import { resourceTypeList } from './resource-types.ts';
import { cappedCount, resourcePage, revisionByNumber, revisionSummaries } from './resource.queries.ts';
import { presentResource, presentRevision, presentRevisionSummary, presentSummary } from './resource.presenter.ts';
import { saveDraft } from './save-draft.ts';
import { scheduleResource } from './schedule-resource.ts';
import { presentAsset, receiveUpload, registerAsset } from './upload-asset.ts';

export interface LibraryRouteParts {
  readonly assets: AssetStore;
  readonly uploadBytes: number;
}

/** Nobody reads past a thousand; the count stops there and says so. */
const countCap = 1000;

/** Uploads need the multipart parser; it is registered once, before the routes. */
export async function registerUploads(app: Http): Promise<void> {
  await app.register(multipart, { limits: { files: 1, fields: 4, fieldSize: 200, parts: 6 }, throwFileSizeLimit: false });
}

async function listResources(reader: Reader, query: ResourceQuery) {
  const filter = {
    stage: query.stage,
    type: query.type,
    unitIds: query.unitId === undefined ? undefined : [query.unitId],
    text: query.q?.trim() === '' ? undefined : query.q?.trim(),
    updatedFrom: query.updatedFrom === undefined ? undefined : new Date(query.updatedFrom),
    updatedTo: query.updatedTo === undefined ? undefined : new Date(query.updatedTo),
    sort: query.sort ?? 'updated',
    order: query.order ?? 'desc',
    after: query.cursor === undefined ? undefined : readCursor(query.cursor),
  } as const;
  const limit = query.limit ?? 20;
  const { scope } = reader.actor;
  const rows = await resourcePage(reader.db, scope, filter, limit + 1);
  const shown = rows.slice(0, limit);
  const names = await unitNames(reader.db, [...new Set(shown.map((row) => row.unitId))]);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const at = filter.sort === 'published' ? last?.firstPublishedAt : last?.updatedAt;
  return {
    items: shown.map((row) => presentSummary(row, names.get(row.unitId) ?? '')),
    nextCursor: last && at ? writeCursor({ at, id: last.id }) : null,
    count: await cappedCount(reader.db, scope, filter, countCap),
  };
}

export function libraryRoutes(parts: LibraryRouteParts): Routes {
  return (mount, { perform, consult }) => {
    mount(libraryApi.listResourceTypes, async () => [...resourceTypeList]);
    mount(libraryApi.listResources, ({ caller, query }) =>
      consult(caller, 'library.list-resources', (reader) => listResources(reader, query)),
    );
    mount(libraryApi.createResource, ({ caller, body }) => perform(caller, createResource, body));
    mount(libraryApi.getResource, ({ caller, params }) =>
      consult(caller, 'library.get-resource', async (reader) =>
        presentResource(reader.db, reader.actor, await getResource(reader, params.id)),
      ),
    );
    mount(libraryApi.saveDraft, ({ caller, params, body }) =>
      perform(caller, saveDraft, { ...body, resourceId: params.id }),
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
      perform(caller, scheduleResource, { ...body, resourceId: params.id }),
    );
    mount(libraryApi.convertHtml, async ({ body }) => {
      const { document, warnings } = convertHtml(body.html);
      return { document, warnings: [...warnings] };
    });
    assetRoutes(parts)(mount, { perform, consult });
  };
}

function assetRoutes(parts: LibraryRouteParts): Routes {
  return (mount, { perform, consult }) => {
    mount(libraryApi.uploadAsset, async ({ caller, request }) => {
      if (!request.isMultipart()) {
        throw new AppError('invalid', 'library.asset-missing', '请用表单上传一个文件。');
      }
      const file = await request.file();
      if (!file) throw new AppError('invalid', 'library.asset-missing', '没有收到文件。');
      const field = file.fields['unitId'];
      const unitId = field && !Array.isArray(field) && field.type === 'field' ? String(field.value) : '';
      if (!/^[1-9][0-9]{0,17}$/.test(unitId)) {
        file.file.resume();
        throw new AppError('invalid', 'library.asset-missing', '上传时要说明所属单位(字段 unitId 在文件之前)。');
      }
      // Who may not upload is told before the bytes come, not after.
      await consult(caller, registerAsset.name, async ({ actor }) => {
        requireUnitInScope(actor, unitId);
        requireEditor({ actor }, unitId);
      });
      const upload = await receiveUpload(parts.assets, file.file, {
        fileName: file.filename,
        limitBytes: parts.uploadBytes,
      });
      return perform(caller, registerAsset, { ...upload, unitId });
    });
    const findAsset = async (reader: Reader, id: string) => {
      const row = await assetInScope(reader.db, reader.actor.scope, id);
      if (!row) throw new AppError('not-found', 'library.asset-not-found', '没有这个文件,或者您无权查看。');
      return row;
    };
    mount(libraryApi.getAsset, ({ caller, params }) =>
      consult(caller, 'library.get-asset', async (reader) => presentAsset(await findAsset(reader, params.id))),
    );
    mount(libraryApi.getAssetContent, async ({ caller, params, reply }) => {
      const row = await consult(caller, 'library.get-asset-content', (reader) => findAsset(reader, params.id));
      const shown = row.mediaType.startsWith('image/') ? 'inline' : 'attachment';
      return reply
        .type(row.mediaType)
        .header('content-length', row.size)
        .header('content-disposition', `${shown}; filename*=UTF-8''${encodeURIComponent(row.fileName)}`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, max-age=3600')
        .send(parts.assets.open(row.digest));
    });
  };
}
