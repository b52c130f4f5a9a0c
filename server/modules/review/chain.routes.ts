import { reviewApi } from '../../../contracts/review.ts';
import type { Routes } from '../../platform/http.ts';
import { colleaguesOf } from '../identity/index.ts';
import { requireChainReader } from './chain.policy.ts';
import { presentChains, presentChoice } from './chain.presenter.ts';
import { allChains } from './chain.queries.ts';
import { changeChain, createChain, endChain } from './define-chain.ts';
import { delegateDuty, revokeDelegation } from './delegate-duty.ts';
import { requireReviewer } from './delegation.policy.ts';
import { listDelegations } from './delegation.presenter.ts';

/** Who reviews: the chains of the district, and who stands in for whom. */
export const chainRoutes: Routes = (mount, { perform, consult }) => {
  mount(reviewApi.listChains, ({ caller }) =>
    consult(caller, 'review.list-review-chains', async (reader) => {
      requireChainReader(reader.actor);
      return presentChains(reader, await allChains(reader.db));
    }),
  );
  mount(reviewApi.createChain, ({ caller, body }) => perform(caller, createChain, body));
  mount(reviewApi.changeChain, ({ caller, params, body }) =>
    perform(caller, changeChain, { ...body, id: params.id }),
  );
  mount(reviewApi.endChain, ({ caller, params, body }) =>
    perform(caller, endChain, { ...body, id: params.id }),
  );
  mount(reviewApi.chooseChain, ({ caller, query }) =>
    consult(caller, 'review.choose-review-chain', (reader) =>
      presentChoice(reader, { ...query, columnId: query.columnId }),
    ),
  );
  mount(reviewApi.listDelegations, ({ caller }) =>
    consult(caller, 'review.list-delegations', (reader) => listDelegations(reader)),
  );
  mount(reviewApi.listColleagues, ({ caller }) =>
    consult(caller, 'review.list-colleagues', async ({ db, actor }) => {
      const colleagues = await colleaguesOf(db, requireReviewer(actor));
      return colleagues.filter(({ id }) => id !== actor.id);
    }),
  );
  mount(reviewApi.delegateDuty, ({ caller, body }) => perform(caller, delegateDuty, body));
  mount(reviewApi.revokeDelegation, ({ caller, params }) =>
    perform(caller, revokeDelegation, { id: params.id }),
  );
};
