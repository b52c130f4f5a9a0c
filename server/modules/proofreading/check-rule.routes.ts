import { proofreadingApi } from '../../../contracts/proofreading.ts';
import type { Routes } from '../../platform/http.ts';
import { decideCheckRule, listCheckDecisions, listCheckRules } from './decide-check-rule.ts';

export const checkRuleRoutes: Routes = (mount, { perform, consult }) => {
  mount(proofreadingApi.listCheckRules, ({ caller }) =>
    consult(caller, 'proofreading.list-check-rules', listCheckRules),
  );
  mount(proofreadingApi.changeCheckRule, ({ caller, params, body }) =>
    perform(caller, decideCheckRule, { ...body, ...params }),
  );
  mount(proofreadingApi.listCheckDecisions, ({ caller, params }) =>
    consult(caller, 'proofreading.list-check-decisions', (reader) => listCheckDecisions(reader, params)),
  );
};
