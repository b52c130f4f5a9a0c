import { reviewApi } from '../../../contracts/review.ts';
import { dispositionOf } from '../../platform/documents/sheet-file.ts';
import type { Routes } from '../../platform/http.ts';
import { presentSheet, sheetSignatureImage } from './approval-sheet.presenter.ts';
import { writeResponsibility } from './write-responsibility.ts';

export const sheetRoutes: Routes = (mount, { consult }) => {
  mount(reviewApi.getApprovalSheet, ({ caller, params }) =>
    consult(caller, 'review.get-approval-sheet', (reader) => presentSheet(reader, params.id)),
  );
  mount(reviewApi.getSheetSignature, async ({ caller, params, reply }) => {
    const image = await consult(caller, 'review.get-sheet-signature', (reader) =>
      sheetSignatureImage(reader, params.id, params.signatureId),
    );
    return reply.type('image/png').send(image);
  });
  mount(reviewApi.exportResponsibility, async ({ caller, query, reply }) => {
    const file = await consult(caller, 'review.export-responsibility', (reader) =>
      writeResponsibility(reader, query),
    );
    return reply.type(file.mediaType).header('content-disposition', dispositionOf(file)).send(file.content);
  });
};
