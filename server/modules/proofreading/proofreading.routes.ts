import { proofreadingApi } from '../../../contracts/proofreading.ts';
import type { Routes } from '../../platform/http.ts';
import { checkRuleRoutes } from './check-rule.routes.ts';
import { checkDraft, readCheckedRevision } from './check-resource.ts';
import { findingRoutes } from './finding.routes.ts';
import { changeRules, changeRuleSet, createRuleSet, importRules } from './keep-rule-sets.ts';
import { listNights } from './list-findings.ts';
import { listRules, listRuleSets, listRuleSetVersions, tryText } from './list-rule-sets.ts';
import type { Proofreader } from './proofreader.ts';

export function proofreadingRoutes(proofreader: Proofreader): Routes {
  return (mount, tools) => {
    findingRoutes(mount, tools);
    checkRuleRoutes(mount, tools);
    const { perform, consult } = tools;
    mount(proofreadingApi.checkDraft, ({ caller, params, body }) =>
      consult(caller, 'proofreading.check-draft', (reader) =>
        checkDraft(proofreader, reader, { id: params.id, content: body.content }),
      ),
    );
    mount(proofreadingApi.getCheckedRevision, ({ caller, params }) =>
      consult(caller, 'proofreading.get-checked-revision', (reader) => readCheckedRevision(reader, params)),
    );
    mount(proofreadingApi.listNights, ({ caller }) =>
      consult(caller, 'proofreading.list-nights', listNights),
    );
    mount(proofreadingApi.listRuleSets, ({ caller }) =>
      consult(caller, 'proofreading.list-rule-sets', listRuleSets),
    );
    mount(proofreadingApi.createRuleSet, ({ caller, body }) => perform(caller, createRuleSet, body));
    mount(proofreadingApi.changeRuleSet, ({ caller, params, body }) =>
      perform(caller, changeRuleSet, { ...body, id: params.id }),
    );
    mount(proofreadingApi.listRules, ({ caller, params, query }) =>
      consult(caller, 'proofreading.list-rules', (reader) => listRules(reader, params.id, query)),
    );
    mount(proofreadingApi.changeRules, ({ caller, params, body }) =>
      perform(caller, changeRules, { ...body, id: params.id }),
    );
    mount(proofreadingApi.importRules, ({ caller, params, body }) =>
      perform(caller, importRules, { ...body, id: params.id }),
    );
    mount(proofreadingApi.listRuleSetVersions, ({ caller, params }) =>
      consult(caller, 'proofreading.list-rule-set-versions', (reader) =>
        listRuleSetVersions(reader, params.id),
      ),
    );
    mount(proofreadingApi.tryText, ({ caller, body }) =>
      consult(caller, 'proofreading.try-text', (reader) => tryText(reader, proofreader, body.text)),
    );
  };
}
