import { sitesApi } from '../../../contracts/sites.ts';
import type { Routes } from '../../platform/http.ts';
import { getBulkReport, presentBulks } from './bulk.presenter.ts';
import { startBulk } from './start-bulk.ts';

/** Orders for many resources at once, and what became of them. */
export const bulkRoutes: Routes = (mount, { perform, consult }) => {
  mount(sitesApi.startBulk, ({ caller, body }) => perform(caller, startBulk, body));
  mount(sitesApi.listBulks, ({ caller }) => consult(caller, 'sites.list-bulks', presentBulks));
  mount(sitesApi.getBulk, ({ caller, params }) =>
    consult(caller, 'sites.get-bulk', (reader) => getBulkReport(reader, params.id)),
  );
};
