import type { RuleSet } from '../contracts/rule-set.ts';
import { lastDecisions } from '../server/modules/proofreading/check-standing.queries.ts';
import { markIgnored } from '../server/modules/proofreading/finding.queries.ts';
import { someContent } from './factories/library.ts';
import { aPublishedFinding, aRuleSet, aWord } from './factories/proofreading.ts';
import {
  anybody,
  type Attempt,
  insidersAs,
  nothing,
  on,
  only,
  readAtEveryStage,
  type World,
} from './route-rules.ts';

const keepers = only('operator');
const onlookers = only('operator', 'supervisor');
const settings = {
  ...{ severity: 'note', enabled: true },
  ...{ effectiveFrom: null, effectiveTo: null },
};
const aSet = ({ db }: World): Promise<RuleSet> => aRuleSet(db, [aWord('测试的词')]);
const ofASet = (payload: object) => async (world: World) => {
  const { id, version } = await aSet(world);
  return { params: { id }, payload: { expectedVersion: version, note: '', ...payload } };
};

/** Rule sets are the whole district's; findings are a unit's own. */
export const proofreadingAttempts: readonly Attempt[] = [
  {
    endpoint: 'proofreading.checkDraft',
    what: 'of a draft',
    rule: insidersAs('editor'),
    ask: ({ draft }) => ({ ...on(draft.id), payload: { content: someContent() } }),
  },
  ...readAtEveryStage('proofreading.getCheckedRevision', { number: '1' }),
  { endpoint: 'proofreading.listFindings', what: 'in scope', rule: anybody, ask: nothing },
  {
    endpoint: 'proofreading.ignoreFinding',
    what: 'of the unit',
    rule: insidersAs('editor', 'reviewer', 'principal'),
    ask: async ({ db, live, secret }) => ({
      ...on(await aPublishedFinding(db, { id: live.id, unitId: secret.unit.id })),
      payload: { reason: '专有名称' },
    }),
  },
  { endpoint: 'proofreading.countFindings', what: 'in scope', rule: anybody, ask: nothing },
  {
    endpoint: 'proofreading.reopenFinding',
    what: 'of the unit',
    rule: insidersAs('editor', 'reviewer', 'principal'),
    ask: async ({ db, live, secret }) => {
      const id = await aPublishedFinding(db, { id: live.id, unitId: secret.unit.id });
      await markIgnored(db, id, { id: '1', name: '测试', reason: '专有名称' }, new Date());
      return { ...on(id), payload: { reason: '不再使用' } };
    },
  },
  {
    endpoint: 'proofreading.giveFinding',
    what: 'of the unit',
    rule: keepers,
    ask: async ({ db, live, secret }) => ({
      ...on(await aPublishedFinding(db, { id: live.id, unitId: secret.unit.id })),
      payload: { note: '请尽快处理' },
    }),
  },
  { endpoint: 'proofreading.listFindingFigures', what: 'in scope', rule: anybody, ask: nothing },
  { endpoint: 'proofreading.getFindingDays', what: 'of the district', rule: anybody, ask: nothing },
  {
    endpoint: 'proofreading.changeFindingDays',
    what: 'of the district',
    rule: keepers,
    ask: () => ({ payload: { blocks: 3, 'needs-reason': 10, note: 20 } }),
  },
  { endpoint: 'proofreading.listNights', what: 'all', rule: onlookers, ask: nothing },
  { endpoint: 'proofreading.listRuleSets', what: 'all', rule: onlookers, ask: nothing },
  {
    endpoint: 'proofreading.createRuleSet',
    what: 'of words',
    rule: keepers,
    ask: () => ({
      payload: { kind: 'word', name: `规则${crypto.randomUUID().slice(0, 12)}`, ...settings },
    }),
  },
  {
    endpoint: 'proofreading.changeRuleSet',
    what: 'of words',
    rule: keepers,
    ask: (world) => ofASet({ name: `规则${crypto.randomUUID().slice(0, 12)}`, ...settings })(world),
  },
  {
    endpoint: 'proofreading.listRules',
    what: 'of a set',
    rule: onlookers,
    ask: async (world) => on((await aSet(world)).id),
  },
  {
    endpoint: 'proofreading.changeRules',
    what: 'of a set',
    rule: keepers,
    ask: ofASet({ put: [aWord('另一个词')], remove: [] }),
  },
  {
    endpoint: 'proofreading.importRules',
    what: 'into a set',
    rule: keepers,
    ask: ofASet({ format: 'txt', mode: 'add', text: '一个词\n' }),
  },
  {
    endpoint: 'proofreading.listRuleSetVersions',
    what: 'of a set',
    rule: onlookers,
    ask: async (world) => on((await aSet(world)).id),
  },
  { endpoint: 'proofreading.listCheckRules', what: 'all', rule: onlookers, ask: nothing },
  {
    endpoint: 'proofreading.changeCheckRule',
    what: 'of the program',
    rule: keepers,
    ask: async ({ db }) => ({
      params: { check: 'times', rule: 'no-such-day' },
      payload: {
        expectedVersion: (await lastDecisions(db)).get('times/no-such-day')?.number ?? 0,
        ...{ standing: 'note', effectiveFrom: '2999-01-01', reason: '测试' },
      },
    }),
  },
  {
    endpoint: 'proofreading.listCheckDecisions',
    what: 'of the program',
    rule: onlookers,
    ask: () => ({ params: { check: 'times', rule: 'no-such-day' } }),
  },
  {
    endpoint: 'proofreading.tryText',
    what: 'of nobody',
    rule: onlookers,
    ask: () => ({ payload: { text: '一段文字' } }),
  },
];
