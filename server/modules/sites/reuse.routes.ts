import { sitesApi } from '../../../contracts/sites.ts';
import type { Routes } from '../../platform/http.ts';
import type { PublicBase } from './address.rules.ts';
import { endReuse } from './end-reuse.ts';
import { listReusable } from './find-reusable.ts';
import { makeReuse } from './make-reuse.ts';
import { listReuses } from './reuse.presenter.ts';

/** What other units published, in columns of the own, by reference. */
export function reuseRoutes(base: PublicBase): Routes {
  const making = makeReuse(base);
  const ending = endReuse(base);
  return (mount, { perform, consult }) => {
    mount(sitesApi.listReusable, ({ caller, query }) =>
      consult(caller, 'sites.list-reusable', (reader) => listReusable(reader, base, query)),
    );
    mount(sitesApi.listReuses, ({ caller, query }) =>
      consult(caller, 'sites.list-reuses', (reader) => listReuses(reader, base, query)),
    );
    mount(sitesApi.makeReuse, ({ caller, body }) => perform(caller, making, body));
    mount(sitesApi.endReuse, ({ caller, params, body }) =>
      perform(caller, ending, { ...body, reuseId: params.id }),
    );
  };
}
