import { sitesApi } from '../../../contracts/sites.ts';
import type { Routes } from '../../platform/http.ts';
import { getJointRelease, listJointReleases } from './joint-release.presenter.ts';
import {
  addReleaseMember,
  cancelJointRelease,
  changeJointRelease,
  planJointRelease,
  removeReleaseMember,
} from './plan-joint-release.ts';

/** What is planned to go out together. */
export const jointReleaseRoutes: Routes = (mount, { perform, consult }) => {
  mount(sitesApi.listJointReleases, ({ caller, query }) =>
    consult(caller, 'sites.list-joint-releases', (reader) => listJointReleases(reader, query)),
  );
  mount(sitesApi.getJointRelease, ({ caller, params }) =>
    consult(caller, 'sites.get-joint-release', (reader) => getJointRelease(reader, params.id)),
  );
  mount(sitesApi.planJointRelease, ({ caller, body }) => perform(caller, planJointRelease, body));
  mount(sitesApi.changeJointRelease, ({ caller, params, body }) =>
    perform(caller, changeJointRelease, { ...body, releaseId: params.id }),
  );
  mount(sitesApi.addReleaseMember, ({ caller, params, body }) =>
    perform(caller, addReleaseMember, { ...body, releaseId: params.id }),
  );
  mount(sitesApi.removeReleaseMember, ({ caller, params, body }) =>
    perform(caller, removeReleaseMember, { ...body, releaseId: params.id }),
  );
  mount(sitesApi.cancelJointRelease, ({ caller, params, body }) =>
    perform(caller, cancelJointRelease, { ...body, releaseId: params.id }),
  );
};
