import {
  type AssetQuery,
  libraryApi,
  type ListedAsset,
  type QuarantineEntry,
} from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { accountsById, unitNames } from '../identity/index.ts';
import { assetLine, assetPage, type ListedAssetRow, usesOfAsset } from './asset-list.queries.ts';
import { findAsset, type LibraryRouteParts } from './asset.routes.ts';
import { describeAsset } from './describe-asset.ts';
import { wordsOf } from './file-text.queries.ts';
import { quarantineInScope } from './quarantine.queries.ts';
import { adoptReplacement } from './replace-asset.ts';
import { storageInScope } from './storage.queries.ts';
import { presentAsset } from './upload-asset.ts';

const mostUses = 200;
const mostFinds = 100;

async function presentListed(reader: Reader, rows: readonly ListedAssetRow[]): Promise<ListedAsset[]> {
  const units = await unitNames(reader.db, [...new Set(rows.map((row) => row.unitId))]);
  const uploaders = await accountsById(reader.db, [...new Set(rows.flatMap((row) => row.uploadedBy ?? []))]);
  return rows.map((row) => ({
    ...presentAsset(row),
    unitName: units.get(row.unitId) ?? '',
    uploadedAt: row.uploadedAt.toISOString(),
    uploadedByName: (row.uploadedBy === null ? undefined : uploaders.get(row.uploadedBy)?.realName) ?? '系统',
    uses: row.uses,
  }));
}

function beforeOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined || /^[1-9][0-9]{0,17}$/.test(cursor)) return cursor;
  throw new AppError('invalid', 'library.cursor-wrong', '翻页位置无效，请从第一页重新开始。');
}

async function listAssets(reader: Reader, query: AssetQuery) {
  const text = query.q?.trim() ?? '';
  const limit = query.limit ?? 20;
  const rows = await assetPage(
    reader.db,
    reader.actor.scope,
    {
      unitId: query.unitId,
      kind: query.kind,
      show: query.show,
      text: text === '' ? undefined : text,
      before: beforeOf(query.cursor),
    },
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  return {
    items: await presentListed(reader, shown),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

async function listQuarantine(reader: Reader): Promise<QuarantineEntry[]> {
  const rows = await quarantineInScope(reader.db, reader.actor.scope, mostFinds);
  const units = await unitNames(reader.db, [...new Set(rows.map((row) => row.unitId))]);
  return rows.map(({ unitId, foundAt, foundBy, clearedAt, ...row }) => ({
    ...row,
    unitName: units.get(unitId) ?? '',
    foundAt: foundAt.toISOString(),
    foundBy: foundBy === 'upload' ? 'upload' : 'scan',
    clearedAt: clearedAt?.toISOString() ?? null,
  }));
}

/** 素材库: finding, describing and following files. */
export function assetLibraryRoutes(parts: LibraryRouteParts): Routes {
  return (mount, { perform, consult }) => {
    mount(libraryApi.listAssets, ({ caller, query }) =>
      consult(caller, 'library.list-assets', (reader) => listAssets(reader, query)),
    );
    mount(libraryApi.describeAsset, ({ caller, params, body }) =>
      perform(caller, describeAsset, { ...body, assetId: params.id }),
    );
    mount(libraryApi.getAssetUses, ({ caller, params }) =>
      consult(caller, 'library.get-asset-uses', async (reader) => {
        const { id } = await findAsset(reader, params.id);
        const resources = await usesOfAsset(reader.db, reader.actor.scope, id, mostUses);
        const sites = (await parts.sitesShowing?.(reader.db, id)) ?? [];
        return { resources: [...resources], sites: [...sites] };
      }),
    );
    mount(libraryApi.getAssetWords, ({ caller, params }) =>
      consult(caller, 'library.get-asset-words', async (reader) => {
        const { digest } = await findAsset(reader, params.id);
        const words = await wordsOf(reader.db, digest);
        return { ...words, findings: [...words.findings] };
      }),
    );
    mount(libraryApi.getAssetHistory, ({ caller, params }) =>
      consult(caller, 'library.get-asset-history', async (reader) => {
        const { id } = await findAsset(reader, params.id);
        return presentListed(reader, await assetLine(reader.db, reader.actor.scope, id));
      }),
    );
    mount(libraryApi.adoptReplacement, ({ caller, params, body }) =>
      perform(caller, adoptReplacement, { ...body, assetId: params.id }),
    );
    mount(libraryApi.getAssetStorage, ({ caller }) =>
      consult(caller, 'library.get-asset-storage', ({ db, actor }) => storageInScope(db, actor.scope)),
    );
    mount(libraryApi.listQuarantine, ({ caller }) =>
      consult(caller, 'library.list-quarantine', listQuarantine),
    );
  };
}
