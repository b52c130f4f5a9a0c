import { sitesApi } from '../../../contracts/sites.ts';
import { dispositionOf } from '../../platform/documents/sheet-file.ts';
import type { Routes } from '../../platform/http.ts';
import type { PublicBase } from './address.rules.ts';
import { changeMappingRule, createMappingRule, endMappingRule } from './change-mapping-rule.ts';
import { setColumnWriters } from './column-writers.ts';
import { decideMappingMatch, listMappingMatches } from './decide-mapping-match.ts';
import { adoptSubmission, returnSubmission } from './decide-submission.ts';
import { offerResource, withdrawSubmission } from './offer-resource.ts';
import { previewMappingRule } from './preview-mapping-rule.ts';
import { removeEntry } from './remove-entry.ts';
import { setColumnLink, type StandingOfHost } from './set-column-link.ts';
import { readSubmissionFigures, writeSubmissionFigures } from './submission-figures.ts';
import { listSubmissions } from './submission.presenter.ts';
import { presentRule, presentWays } from './ways.presenter.ts';

/** 映射, 报送, 链接, 共建: the four ways in which columns of the portal are kept filled. */
export function waysRoutes(base: PublicBase, standingOfHost: StandingOfHost): Routes {
  const [offering, withdrawing] = [offerResource(base), withdrawSubmission(base)];
  const [adopting, returning] = [adoptSubmission(base), returnSubmission(base)];
  const removing = removeEntry(base);
  const linking = setColumnLink(standingOfHost);
  return (mount, { perform, consult }) => {
    const waysOf = (caller: Parameters<typeof consult>[0], columnId: string) =>
      consult(caller, 'sites.get-column-ways', (reader) => presentWays(reader, columnId));
    const ruleOf = (caller: Parameters<typeof consult>[0], ruleId: string) =>
      consult(caller, 'sites.get-mapping-rule', (reader) => presentRule(reader, ruleId));
    mount(sitesApi.getColumnWays, ({ caller, params }) => waysOf(caller, params.id));
    mount(sitesApi.createMappingRule, async ({ caller, body }) =>
      ruleOf(caller, await perform(caller, createMappingRule, body)),
    );
    mount(sitesApi.changeMappingRule, async ({ caller, params, body }) =>
      ruleOf(caller, await perform(caller, changeMappingRule, { ...body, ruleId: params.id })),
    );
    mount(sitesApi.endMappingRule, ({ caller, params }) =>
      perform(caller, endMappingRule, { ruleId: params.id }),
    );
    mount(sitesApi.previewMappingRule, ({ caller, body }) =>
      consult(caller, 'sites.preview-mapping-rule', (reader) => previewMappingRule(reader, body)),
    );
    mount(sitesApi.listMappingMatches, ({ caller, query }) =>
      consult(caller, 'sites.list-mapping-matches', (reader) => listMappingMatches(reader, base, query)),
    );
    mount(sitesApi.decideMappingMatch, ({ caller, body }) => perform(caller, decideMappingMatch, body));
    mount(sitesApi.listSubmissions, ({ caller, query }) =>
      consult(caller, 'sites.list-submissions', (reader) => listSubmissions(reader, base, query)),
    );
    mount(sitesApi.offerResource, ({ caller, body }) => perform(caller, offering, body));
    mount(sitesApi.adoptSubmission, ({ caller, params, body }) =>
      perform(caller, adopting, { ...body, submissionId: params.id }),
    );
    mount(sitesApi.returnSubmission, ({ caller, params, body }) =>
      perform(caller, returning, { ...body, submissionId: params.id }),
    );
    mount(sitesApi.withdrawSubmission, ({ caller, params }) =>
      perform(caller, withdrawing, { submissionId: params.id }),
    );
    mount(sitesApi.getSubmissionFigures, ({ caller, query }) =>
      consult(caller, 'sites.get-submission-figures', (reader) => readSubmissionFigures(reader, query)),
    );
    mount(sitesApi.downloadSubmissionFigures, async ({ caller, query, reply }) => {
      const file = await consult(caller, 'sites.download-submission-figures', (reader) =>
        writeSubmissionFigures(reader, query),
      );
      return reply.type(file.mediaType).header('content-disposition', dispositionOf(file)).send(file.content);
    });
    mount(sitesApi.setColumnLink, async ({ caller, params, body }) => {
      await perform(caller, linking, { ...body, columnId: params.id });
      return waysOf(caller, params.id);
    });
    mount(sitesApi.setColumnWriters, async ({ caller, params, body }) => {
      await perform(caller, setColumnWriters, { ...body, columnId: params.id });
      return waysOf(caller, params.id);
    });
    mount(sitesApi.removeEntry, ({ caller, params, body }) =>
      perform(caller, removing, { ...body, columnId: params.id, resourceId: params.resourceId }),
    );
  };
}
