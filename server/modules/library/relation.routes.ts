import { libraryApi } from '../../../contracts/library.ts';
import type { Routes } from '../../platform/http.ts';
import { listAlike, listLikenesses } from './find-alike.ts';
import { findNeighbourhood } from './find-neighbourhood.ts';

/** How resources belong together: by what they name, and by what they say. */
export const relationRoutes: Routes = (mount, { consult }) => {
  mount(libraryApi.getRelations, ({ caller, params }) =>
    consult(caller, 'library.get-relations', (reader) => findNeighbourhood(reader, params.id)),
  );
  mount(libraryApi.listAlike, ({ caller, params }) =>
    consult(caller, 'library.list-alike', (reader) => listAlike(reader, params.id)),
  );
  mount(libraryApi.listLikenesses, ({ caller, query }) =>
    consult(caller, 'library.list-likenesses', (reader) => listLikenesses(reader, query)),
  );
};
