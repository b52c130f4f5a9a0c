import type { ResourceTypeKey } from '../../contracts/library.ts';
import type { MappingConditions } from '../../contracts/ways.ts';
import {
  adoptSubmission,
  createMappingRule,
  decideMappingMatch,
  endMappingRule,
  offerResource,
  removeEntry,
  setColumnLink,
  setColumnWriters,
  stepMappingRules,
} from '../../server/modules/sites/index.ts';
import { actingFor } from './reuse-acts.ts';
import { type Chances, type LivelyDistrict, pick } from './lively-district.ts';
import { type Stage, testBase } from './sites.ts';

export const anyMapping: MappingConditions = {
  ...{ mode: 'automatic', sourceColumnId: null, unitId: null, unitKind: null },
  ...{ types: [], term: null, keyword: null },
};

/** What the worker does until no rule has anything left. */
export async function settleRules({ db, performAsSystem }: Stage): Promise<void> {
  while ((await stepMappingRules({ db, performAsSystem })) > 0);
}

/** A rule comes, ends, or somebody decides on what one found; then the worker follows. */
export async function playRule(lively: LivelyDistrict, act: Chances): Promise<void> {
  const { stage, district, columns } = lively;
  const rules = await stage.db
    .selectFrom('sites.mapping_rule')
    .select('id')
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
  const waiting = await stage.db
    .selectFrom('sites.mapping_match')
    .select(['rule_id as ruleId', 'resource_id as resourceId'])
    .where('state', '=', 'waiting')
    .orderBy('rule_id')
    .orderBy('resource_id')
    .execute();
  if (waiting.length > 0 && act.detail % 3 === 0) {
    const decision = act.flag ? { accepted: true } : { accepted: false, reason: '不适合' };
    await stage.perform(district.actor, decideMappingMatch, { ...pick(waiting, act.which), ...decision });
  } else if (rules.length > 2 || (rules.length > 0 && act.detail % 4 === 1)) {
    await stage.perform(district.actor, endMappingRule, { ruleId: pick(rules, act.which).id });
  } else {
    const types: ResourceTypeKey[] = act.detail % 5 === 0 ? ['policy'] : [];
    await stage.perform(district.actor, createMappingRule, {
      ...anyMapping,
      columnId: pick(columns, act.which),
      ...(act.flag ? { unitId: district.bureau.id } : { sourceColumnId: pick(columns, act.detail) }),
      mode: act.detail % 2 === 0 ? 'automatic' : 'confirmed',
      types,
      keyword: act.detail % 7 === 2 ? '通知' : null,
    });
  }
  await settleRules(stage);
}

/** One unit offers and the other adopts, or takes out what stands there. */
export async function playOffer(
  { stage, district, columns, resources }: LivelyDistrict,
  act: Chances,
): Promise<void> {
  if (resources.length === 0) return;
  const resourceId = pick(resources, act.which);
  const columnId = pick(columns, act.detail);
  const office = actingFor(district.actor, district.office);
  if (act.flag) {
    await stage.perform(office, removeEntry(testBase), { columnId, resourceId, reason: '不适合这个栏目' });
    return;
  }
  const bureau = actingFor(district.actor, district.bureau);
  const { id, state } = await stage.perform(bureau, offerResource(testBase), { resourceId, columnId });
  if (state !== 'offered') return;
  await stage.perform(office, adoptSubmission(testBase), {
    submissionId: id,
    ...(act.detail % 2 === 0 ? { title: `采用的标题${String(act.which)}` } : {}),
  });
}

/** A column leads elsewhere, or other units write into it. */
export async function playLink({ stage, district, columns }: LivelyDistrict, act: Chances): Promise<void> {
  if (act.detail % 3 === 0) {
    const unitIds = act.flag ? [district.bureau.id] : [];
    await stage.perform(district.actor, setColumnWriters, { columnId: pick(columns, act.which), unitIds });
    return;
  }
  const url = act.flag
    ? 'https://www.gov.cn/zhengce/'
    : act.detail % 2 === 0
      ? 'https://example.com/a'
      : null;
  const linking = setColumnLink(() => Promise.resolve(undefined));
  await stage.perform(district.actor, linking, {
    columnId: pick(columns, act.which),
    url,
    reason: '业务系统在那里',
  });
}
