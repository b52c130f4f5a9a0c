import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';

import { packagingApi } from '../../../contracts/packaging.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { dispositionOf } from '../../platform/documents/sheet-file.ts';
import { AppError } from '../../platform/errors.ts';
import type { Routes } from '../../platform/http.ts';
import { listExports, requestExport, takeExport } from './request-export.ts';
import { archiveOf } from './run-exports.ts';

/** Asking for packages and fetching them; `directory` is where the worker puts them. */
export function packagingRoutes({ directory }: { readonly directory: string }): Routes {
  return (mount, { perform, consult }) => {
    mount(packagingApi.listExports, ({ caller, query }) =>
      consult(caller, 'packaging.list-exports', (reader) => listExports(reader, query)),
    );
    mount(packagingApi.createExport, ({ caller, body }) => perform(caller, requestExport, body));
    mount(packagingApi.downloadExport, async ({ caller, params, reply }) => {
      const { id, size, requestedAt } = await perform(caller, takeExport, params);
      const path = archiveOf(directory, id);
      // A database that was restored without its folder tells of packages that are no more.
      await access(path).catch((cause: unknown) => {
        throw new AppError('conflict', 'packaging.export-expired', '这个数据包已不在，请重新导出。', {
          cause,
        });
      });
      return reply
        .type('application/zip')
        .header('content-length', size ?? '0')
        .header(
          'content-disposition',
          dispositionOf({ fileName: `数据包${dayInChina(requestedAt)}-${id}.zip` }),
        )
        .send(createReadStream(path));
    });
  };
}
