import { checkRuleApi } from '../../../contracts/check-rule.ts';
import type { Routes } from '../../platform/http.ts';
import { decideCheckRule, listCheckDecisions, listCheckRules } from './decide-check-rule.ts';

export const checkRuleRoutes: Routes = (mount, { perform, consult }) => {
  mount(checkRuleApi.listCheckRules, ({ caller }) =>
    consult(caller, 'proofreading.list-check-rules', listCheckRules),
  );
  mount(checkRuleApi.changeCheckRule, ({ caller, params, body }) =>
    perform(caller, decideCheckRule, { ...body, ...params }),
  );
  mount(checkRuleApi.listCheckDecisions, ({ caller, params }) =>
    consult(caller, 'proofreading.list-check-decisions', (reader) => listCheckDecisions(reader, params)),
  );
};
