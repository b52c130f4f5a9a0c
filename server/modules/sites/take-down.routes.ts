import { sitesApi } from '../../../contracts/sites.ts';
import type { Routes } from '../../platform/http.ts';
import { listTakeDowns, replyToTakeDown } from './answer-take-down.ts';
import { takeDownResource } from './publish-resource.ts';

export const takeDownRoutes: Routes = (mount, { perform, consult }) => {
  mount(sitesApi.takeDownResource, ({ caller, params, body }) =>
    perform(caller, takeDownResource, { ...body, resourceId: params.id }),
  );
  mount(sitesApi.listTakeDowns, ({ caller, query }) =>
    consult(caller, 'sites.list-take-downs', (reader) => listTakeDowns(reader, query)),
  );
  mount(sitesApi.replyToTakeDown, ({ caller, params, body }) =>
    perform(caller, replyToTakeDown, { ...body, takeDownId: params.id }),
  );
};
