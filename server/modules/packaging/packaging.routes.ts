import { type FileHandle, open } from 'node:fs/promises';

import { packagingApi } from '../../../contracts/packaging.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { dispositionOf } from '../../platform/documents/sheet-file.ts';
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
    mount(packagingApi.downloadExport, async ({ caller, params: { id }, reply }) => {
      // Opened before anything is answered: what is deleted from here on is still read to its end.
      const file = await openArchive(directory, id);
      const taking = perform(caller, takeExport, { id, isThere: file !== undefined });
      const { size, requestedAt } = await taking.catch(async (error: unknown) => {
        await file?.close();
        throw error;
      });
      return reply
        .type('application/zip')
        .header('content-length', size ?? '0')
        .header(
          'content-disposition',
          dispositionOf({ fileName: `数据包${dayInChina(requestedAt)}-${id}.zip` }),
        )
        .send(file?.createReadStream());
    });
  };
}

async function openArchive(directory: string, id: string): Promise<FileHandle | undefined> {
  try {
    return await open(archiveOf(directory, id));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
