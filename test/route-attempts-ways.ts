import { createMappingRule, makeReuse, offerResource } from '../server/modules/sites/index.ts';
import { systemActor } from '../server/platform/context.ts';
import { performAs } from './factories/library.ts';
import { aLiveArticle } from './factories/review.ts';
import { testBase } from './factories/sites.ts';
import { anyMapping } from './factories/ways-acts.ts';
import {
  anybody,
  type Ask,
  type Attempt,
  insidersAs,
  nothing,
  on,
  only,
  readers,
  type World,
} from './route-rules.ts';

const fillers = insidersAs('editor', 'reviewer', 'principal');

/** Offered by the unit to the portal. */
const offered = async ({ db, secret, portalColumnId: columnId }: World): Promise<string> => {
  const resourceId = (await secret.live()).id;
  const made = await performAs({ db }, secret.staff.editor)(offerResource(testBase), {
    resourceId,
    columnId,
  });
  return made.id;
};

/** Offered to the unit by a third one: its columns are not the portal's, so that nobody else sees them. */
const offeredTo = async ({ db, secret }: World): Promise<string> => {
  const { resourceId, team } = await aLiveArticle(db);
  const { id } = await db
    .insertInto('sites.submission')
    .values({
      resource_id: resourceId,
      column_id: await secret.column(),
      unit_id: team.unit.id,
      state: 'offered',
      offered_by_name: team.editor.realName,
      offered_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

const aRule = async ({ db, secret }: World, more: Partial<typeof anyMapping> = {}): Promise<string> =>
  performAs({ db }, { ...systemActor('test'), roles: ['operator'] })(createMappingRule, {
    ...anyMapping,
    columnId: await secret.column(),
    sourceColumnId: secret.columnId,
    ...more,
  });

/** What a rule found for a column of the unit. */
const aMatch = async (world: World): Promise<Ask> => {
  const ruleId = await aRule(world, { mode: 'confirmed' });
  const resourceId = (await world.secret.live()).id;
  return { payload: { ruleId, resourceId, accepted: false, reason: '不适合本栏目' } };
};

const figures = () => ({ query: { from: '2026-01', to: '2026-12' } });

export const waysAttempts: readonly Attempt[] = [
  {
    endpoint: 'sites.getColumnWays',
    what: 'of a column of the unit',
    rule: readers,
    ask: ({ secret }) => on(secret.columnId),
  },
  {
    endpoint: 'sites.createMappingRule',
    what: 'of a column of the unit',
    rule: only('operator'),
    ask: async ({ secret }) => ({
      payload: { ...anyMapping, columnId: await secret.column(), sourceColumnId: secret.columnId },
    }),
  },
  {
    endpoint: 'sites.changeMappingRule',
    what: 'of a column of the unit',
    rule: only('operator'),
    ask: async (world) => ({
      ...on(await aRule(world)),
      payload: { ...anyMapping, sourceColumnId: world.secret.columnId, keyword: '通知', expectedVersion: 1 },
    }),
  },
  {
    endpoint: 'sites.endMappingRule',
    what: 'of a column of the unit',
    rule: only('operator'),
    ask: async (world) => on(await aRule(world)),
  },
  {
    endpoint: 'sites.previewMappingRule',
    what: 'of a column of the unit',
    rule: only('operator'),
    ask: async ({ secret }) => ({
      payload: { ...anyMapping, columnId: await secret.column(), sourceColumnId: secret.columnId },
    }),
  },
  { endpoint: 'sites.listMappingMatches', what: 'of the own columns', rule: anybody, ask: nothing },
  { endpoint: 'sites.decideMappingMatch', what: 'of a column of the unit', rule: fillers, ask: aMatch },
  {
    endpoint: 'sites.listSubmissions',
    what: 'that wait for the own columns',
    rule: anybody,
    ask: () => ({ query: { side: 'waiting' } }),
  },
  {
    endpoint: 'sites.listSubmissions',
    what: 'of the own units',
    rule: anybody,
    ask: () => ({ query: { side: 'own' } }),
  },
  {
    endpoint: 'sites.offerResource',
    what: 'a resource of the unit',
    rule: insidersAs('editor'),
    ask: async (world) => ({
      payload: {
        resourceId: (await world.secret.live()).id,
        columnId: world.portalColumnId,
      },
    }),
  },
  {
    endpoint: 'sites.adoptSubmission',
    what: 'offered to a column of the unit',
    rule: fillers,
    ask: async (world) => ({ ...on(await offeredTo(world)), payload: {} }),
  },
  {
    endpoint: 'sites.returnSubmission',
    what: 'offered to a column of the unit',
    rule: fillers,
    ask: async (world) => ({ ...on(await offeredTo(world)), payload: { reason: '请补充时间地点' } }),
  },
  {
    endpoint: 'sites.withdrawSubmission',
    what: 'offered by the unit',
    rule: insidersAs('editor'),
    ask: async (world) => on(await offered(world)),
  },
  { endpoint: 'sites.getSubmissionFigures', what: 'of the own units', rule: anybody, ask: figures },
  { endpoint: 'sites.downloadSubmissionFigures', what: 'of the own units', rule: anybody, ask: figures },
  {
    endpoint: 'sites.setColumnLink',
    what: 'of a column of the unit',
    rule: only('operator'),
    ask: async ({ secret }) => ({ ...on(await secret.column()), payload: { url: 'https://www.gov.cn/' } }),
  },
  {
    endpoint: 'sites.setColumnWriters',
    what: 'of a column of the unit',
    rule: only('operator'),
    ask: async ({ secret }) => ({ ...on(await secret.column()), payload: { unitIds: [] } }),
  },
  {
    endpoint: 'sites.removeEntry',
    what: 'of a third unit in a column of the unit',
    rule: fillers,
    ask: async ({ db, secret }) => {
      const [columnId, { resourceId }] = [await secret.column(), await aLiveArticle(db)];
      await performAs({ db }, secret.staff.editor)(makeReuse(testBase), { resourceId, columnId });
      return { params: { id: columnId, resourceId }, payload: { reason: '与栏目主题不符' } };
    },
  },
];
