import type { HostRulingTerms } from '../../contracts/link-check.ts';
import type { Severity } from '../../contracts/proofreading.ts';
import type { Rule, RuleSet, RuleSetKind, WordRule } from '../../contracts/rule-set.ts';
import { changeRules, createRuleSet } from '../../server/modules/proofreading/index.ts';
import { systemActor } from '../../server/platform/context.ts';
import type { Db } from '../../server/platform/db.ts';
import { performAs } from './library.ts';

const operator = { ...systemActor('test'), roles: ['operator'] as const };

export interface RuleSetWishes {
  readonly kind?: RuleSetKind;
  readonly severity?: Severity;
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
}

/** A rule set in force with these rules. */
export async function aRuleSet(
  db: Db,
  rules: readonly Rule[],
  { kind = 'word', severity = 'note', effectiveFrom, effectiveTo }: RuleSetWishes = {},
): Promise<RuleSet> {
  const perform = performAs({ db }, operator);
  const { id, version } = await perform(createRuleSet, {
    kind,
    name: `规则${crypto.randomUUID().slice(0, 12)}`,
    severity,
    enabled: true,
    effectiveFrom: effectiveFrom ?? null,
    effectiveTo: effectiveTo ?? null,
  });
  return perform(changeRules, { id, expectedVersion: version, put: [...rules], remove: [], note: '' });
}

export const aWord = (word: string, wishes: Partial<WordRule> = {}): WordRule => ({
  word,
  prefer: null,
  exceptions: [],
  note: '',
  severity: null,
  ...wishes,
});

/** A finding as the nightly run would write it. */
export async function aPublishedFinding(
  db: Db,
  { id, unitId }: { readonly id: string; readonly unitId: string },
): Promise<string> {
  const row = await db
    .insertInto('proofreading.finding')
    .values({
      resource_id: id,
      unit_id: unitId,
      check_key: 'words',
      rule: `1:${crypto.randomUUID()}`,
      rule_name: '测试规则',
      part: 'body',
      found: '词',
      nth: 1,
      severity: 'note',
      start_at: 0,
      end_at: 1,
      message: '请核对。',
      state: 'open',
      opened_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

let serial = 0;

/** What an operator writes down of a host that nobody ruled on yet. */
export function hostTerms(part: Partial<HostRulingTerms> = {}): HostRulingTerms {
  serial += 1;
  return {
    host: `partner-${String(serial)}.example.com`,
    standing: 'approved',
    reason: '行业主管部门推荐的服务网站',
    agreedBy: '区政府办 负责人',
    agreedOn: '2026-01-05',
    ...part,
  };
}
