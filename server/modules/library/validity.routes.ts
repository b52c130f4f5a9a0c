import { libraryApi } from '../../../contracts/library.ts';
import type { Routes } from '../../platform/http.ts';
import { getResource } from './find-resource.ts';
import { cancelRuling, presentRuling } from './rule-validity.ts';
import { rulingsOf } from './ruling.queries.ts';

const mostRulings = 100;

/** Whether documents hold, and since when; to rule so is mounted by `sites`, which know where they are shown. */
export const validityRoutes: Routes = (mount, { perform, consult }) => {
  mount(libraryApi.listRulings, ({ caller, params }) =>
    consult(caller, 'library.list-rulings', async (reader) => {
      const { id } = await getResource(reader, params.id);
      return (await rulingsOf(reader.db, id, mostRulings)).map(presentRuling);
    }),
  );
  mount(libraryApi.cancelRuling, ({ caller, params, body }) =>
    perform(caller, cancelRuling, { ...body, resourceId: params.id }),
  );
};
