import type { MultipartFile } from '@fastify/multipart';

import { sitesApi } from '../../../contracts/sites.ts';
import { dispositionOf, type SheetFile } from '../../platform/documents/sheet-file.ts';
import { AppError } from '../../platform/errors.ts';
import type { Call, Reader, Routes } from '../../platform/http.ts';
import type { Endpoint } from '../../../contracts/endpoint.ts';
import { listChoices } from './catalogue-choices.ts';
import { changeCatalogue, requireCompiler } from './change-catalogue.ts';
import { changeUpdateWarning } from './change-update-warning.ts';
import { importCatalogue, mostFileBytes, previewCatalogue, readTable } from './import-catalogue.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readUpdateWarning } from './responsibility.queries.ts';
import { readUpdates, writeUpdates } from './update-year.ts';
import { writeCatalogue } from './write-catalogue.ts';

const missing = (message: string): AppError =>
  new AppError('invalid', 'sites.catalogue-file-missing', message);

/** `dryRun` stands before the file; whoever leaves it out only looks. */
function isDryRun({ fields }: MultipartFile): boolean {
  const field = fields['dryRun'];
  const value = field && !Array.isArray(field) && field.type === 'field' ? field.value : undefined;
  return value !== 'false';
}

async function bytesOf(file: MultipartFile): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of file.file as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > mostFileBytes) throw missing('文件超过2MB的上限。');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** 栏目保障责任目录 and 更新日历. */
export const catalogueRoutes: Routes = (mount, { perform, consult }) => {
  const read = (caller: Call<Endpoint>['caller'], siteId: string, day?: string) =>
    consult(caller, 'sites.get-catalogue', (reader) => readCatalogue(reader, siteId, day));
  const download = async (
    { caller, reply }: Pick<Call<Endpoint>, 'caller' | 'reply'>,
    name: string,
    write: (reader: Reader) => Promise<SheetFile>,
  ) => {
    const file = await consult(caller, name, write);
    return reply.type(file.mediaType).header('content-disposition', dispositionOf(file)).send(file.content);
  };
  mount(sitesApi.getCatalogue, ({ caller, params, query }) => read(caller, params.id, query.day));
  mount(sitesApi.changeCatalogue, async ({ caller, params, body }) => {
    await perform(caller, changeCatalogue, { ...body, siteId: params.id });
    return read(caller, params.id);
  });
  mount(sitesApi.getCatalogueChoices, ({ caller, params }) =>
    consult(caller, 'sites.get-catalogue-choices', (reader) => listChoices(reader, params.id)),
  );
  mount(sitesApi.downloadCatalogue, ({ caller, params, query, reply }) =>
    download({ caller, reply }, 'sites.download-catalogue', (reader) =>
      writeCatalogue(reader, params.id, query.day),
    ),
  );
  mount(sitesApi.importCatalogue, async ({ caller, params, request }) => {
    // Who may not import is told before the bytes are read.
    await consult(caller, importCatalogue.name, (reader) => requireCompiler(reader, params.id));
    const file = request.isMultipart() ? await request.file() : undefined;
    if (!file) throw missing('请用表单上传一个 xlsx 文件。');
    try {
      const isTrial = isDryRun(file);
      const rows = await readTable(await bytesOf(file));
      return isTrial
        ? await consult(caller, importCatalogue.name, (reader) => previewCatalogue(reader, params.id, rows))
        : await perform(caller, importCatalogue, { siteId: params.id, rows });
    } finally {
      // What nobody reads would keep the connection waiting.
      file.file.resume();
    }
  });
  mount(sitesApi.getUpdates, ({ caller, params, query }) =>
    consult(caller, 'sites.get-updates', (reader) => readUpdates(reader, params.id, query.year)),
  );
  mount(sitesApi.downloadUpdates, ({ caller, params, query, reply }) =>
    download({ caller, reply }, 'sites.download-updates', (reader) =>
      writeUpdates(reader, params.id, query.year),
    ),
  );
  mount(sitesApi.getUpdateWarning, ({ caller }) =>
    consult(caller, 'sites.get-update-warning', (reader) => readUpdateWarning(reader.db)),
  );
  mount(sitesApi.changeUpdateWarning, async ({ caller, body }) => {
    await perform(caller, changeUpdateWarning, body);
    return body;
  });
};
