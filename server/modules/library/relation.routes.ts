import { libraryApi } from '../../../contracts/library.ts';
import type { Routes } from '../../platform/http.ts';
import { acceptProposal, dismissProposal } from './decide-proposal.ts';
import { dismissLikeness } from './dismiss-likeness.ts';
import { listAlike, listLikenesses } from './find-alike.ts';
import { findNeighbourhood } from './find-neighbourhood.ts';
import { listProposals } from './list-proposals.ts';

/** How resources belong together: by what they name, and by what they say. */
export const relationRoutes: Routes = (mount, { perform, consult }) => {
  mount(libraryApi.getRelations, ({ caller, params }) =>
    consult(caller, 'library.get-relations', (reader) => findNeighbourhood(reader, params.id)),
  );
  mount(libraryApi.listAlike, ({ caller, params }) =>
    consult(caller, 'library.list-alike', (reader) => listAlike(reader, params.id)),
  );
  mount(libraryApi.listLikenesses, ({ caller, query }) =>
    consult(caller, 'library.list-likenesses', (reader) => listLikenesses(reader, query)),
  );
  mount(libraryApi.dismissLikeness, ({ caller, body }) => perform(caller, dismissLikeness, body));
  mount(libraryApi.listProposals, ({ caller, query }) =>
    consult(caller, 'library.list-proposals', (reader) => listProposals(reader, query)),
  );
  mount(libraryApi.acceptProposal, ({ caller, params }) => perform(caller, acceptProposal, params));
  mount(libraryApi.dismissProposal, ({ caller, params }) => perform(caller, dismissProposal, params));
};
