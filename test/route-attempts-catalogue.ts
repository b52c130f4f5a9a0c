import { aWorkbook } from './factories/documents.ts';
import { formOf } from './form-data.ts';
import {
  anybody,
  type Ask,
  type Attempt,
  insidersAnd,
  nothing,
  on,
  only,
  readers,
  type World,
} from './route-rules.ts';

const inYear = ({ secret }: World): Ask => ({ ...on(secret.siteId), query: { year: '2026' } });

/** Those in charge of the unit's site, and operators. */
const compilers = insidersAnd('operator', 'principal', 'liaison');

export const catalogueAttempts: readonly Attempt[] = [
  {
    endpoint: 'sites.getCatalogue',
    what: 'of the site of the unit',
    rule: readers,
    ask: ({ secret }) => on(secret.siteId),
  },
  {
    endpoint: 'sites.downloadCatalogue',
    what: 'of the site of the unit',
    rule: readers,
    ask: ({ secret }) => on(secret.siteId),
  },
  { endpoint: 'sites.getUpdates', what: 'of the site of the unit', rule: readers, ask: inYear },
  { endpoint: 'sites.downloadUpdates', what: 'of the site of the unit', rule: readers, ask: inYear },
  {
    endpoint: 'sites.getCatalogueChoices',
    what: 'of the site of the unit',
    rule: compilers,
    ask: ({ secret }) => on(secret.siteId),
  },
  {
    endpoint: 'sites.changeCatalogue',
    what: 'of the site of the unit',
    rule: compilers,
    ask: async ({ secret }) => ({
      params: { id: secret.siteId },
      payload: {
        entries: [{ columnId: await secret.column(), expectedVersion: 1 }],
        change: { requirement: '写明时间和地点。' },
      },
    }),
  },
  {
    endpoint: 'sites.importCatalogue',
    what: 'of the site of the unit',
    rule: compilers,
    ask: async ({ secret }) => ({
      params: { id: secret.siteId },
      ...formOf(
        { dryRun: 'true' },
        { name: '目录.xlsx', bytes: await aWorkbook({ header: ['一级栏目', '责任单位'], rows: [] }) },
      ),
    }),
  },
  { endpoint: 'sites.getUpdateWarning', what: 'the one for all', rule: anybody, ask: nothing },
  {
    endpoint: 'sites.changeUpdateWarning',
    what: 'the one for all',
    rule: only('operator'),
    ask: () => ({ payload: { soonPercent: 80, fortnightDays: 10, escalateDays: 3, topicDays: 14 } }),
  },
];
