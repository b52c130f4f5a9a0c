import { proofreadingApi } from '../../../contracts/proofreading.ts';
import type { Routes } from '../../platform/http.ts';
import { changeFindingDays, findingDays } from './finding-days.ts';
import { listFindingFigures } from './finding-tasks.ts';
import { giveFinding, ignoreFinding, reopenFinding } from './handle-finding.ts';
import { countByRule, listFindings } from './list-findings.ts';

/** What is found in published texts, and what becomes of it. */
export const findingRoutes: Routes = (mount, { perform, consult }) => {
  mount(proofreadingApi.listFindings, ({ caller, query }) =>
    consult(caller, 'proofreading.list-findings', (reader) => listFindings(reader, query)),
  );
  mount(proofreadingApi.countFindings, ({ caller, query }) =>
    consult(caller, 'proofreading.count-findings', (reader) => countByRule(reader, query)),
  );
  mount(proofreadingApi.ignoreFinding, ({ caller, params, body }) =>
    perform(caller, ignoreFinding, { id: params.id, reason: body.reason }),
  );
  mount(proofreadingApi.reopenFinding, ({ caller, params, body }) =>
    perform(caller, reopenFinding, { id: params.id, reason: body.reason }),
  );
  mount(proofreadingApi.giveFinding, ({ caller, params, body }) =>
    perform(caller, giveFinding, { ...body, id: params.id }),
  );
  mount(proofreadingApi.listFindingFigures, ({ caller }) =>
    consult(caller, 'proofreading.list-finding-figures', listFindingFigures),
  );
  mount(proofreadingApi.getFindingDays, ({ caller }) =>
    consult(caller, 'proofreading.get-finding-days', ({ db }) => findingDays(db)),
  );
  mount(proofreadingApi.changeFindingDays, ({ caller, body }) => perform(caller, changeFindingDays, body));
};
