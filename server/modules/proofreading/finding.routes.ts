import { publishedFindingApi } from '../../../contracts/published-finding.ts';
import type { Routes } from '../../platform/http.ts';
import { changeFindingDays, findingDays } from './finding-days.ts';
import { listFindingFigures } from './finding-tasks.ts';
import { giveFinding, ignoreFinding, reopenFinding } from './handle-finding.ts';
import { countByRule, listFindings } from './list-findings.ts';

/** What is found in published texts, and what becomes of it. */
export const findingRoutes: Routes = (mount, { perform, consult }) => {
  mount(publishedFindingApi.listFindings, ({ caller, query }) =>
    consult(caller, 'proofreading.list-findings', (reader) => listFindings(reader, query)),
  );
  mount(publishedFindingApi.countFindings, ({ caller, query }) =>
    consult(caller, 'proofreading.count-findings', (reader) => countByRule(reader, query)),
  );
  mount(publishedFindingApi.ignoreFinding, ({ caller, params, body }) =>
    perform(caller, ignoreFinding, { id: params.id, reason: body.reason }),
  );
  mount(publishedFindingApi.reopenFinding, ({ caller, params, body }) =>
    perform(caller, reopenFinding, { id: params.id, reason: body.reason }),
  );
  mount(publishedFindingApi.giveFinding, ({ caller, params, body }) =>
    perform(caller, giveFinding, { ...body, id: params.id }),
  );
  mount(publishedFindingApi.listFindingFigures, ({ caller }) =>
    consult(caller, 'proofreading.list-finding-figures', listFindingFigures),
  );
  mount(publishedFindingApi.getFindingDays, ({ caller }) =>
    consult(caller, 'proofreading.get-finding-days', ({ db }) => findingDays(db)),
  );
  mount(publishedFindingApi.changeFindingDays, ({ caller, body }) =>
    perform(caller, changeFindingDays, body),
  );
};
