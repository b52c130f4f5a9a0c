import {
  mostRules,
  type Rule,
  ruleKey,
  type RulesChange,
  type RulesImport,
  type RuleSet,
  type RuleSetKind,
  type RuleSetSettings,
} from '../../../contracts/rule-set.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requirePattern, requirePatternsTogether } from './check-patterns.ts';
import { normalizeTerm } from './normal-text.ts';
import { requireRuleKeeper } from './proofreading.policy.ts';
import { readWords } from './read-words.ts';
import {
  endRules,
  insertRuleSet,
  type KeyedRule,
  putRules,
  recordVersion,
  rulesOfSet,
  ruleSetById,
  type RuleSetRow,
  updateRuleSet,
} from './rule-set.queries.ts';

export interface NewRuleSetInput extends RuleSetSettings {
  readonly kind: RuleSetKind;
}
export interface RuleSetInput {
  readonly id: string;
  readonly expectedVersion: number;
  readonly note: string;
}

const actedOn = (input: { readonly id: string }, result: RuleSet | undefined) => ({
  kind: 'rule-set',
  id: input.id,
  ...(result ? { details: { version: result.version, rules: result.rules } } : {}),
});

export const createRuleSet = defineCommand(
  'proofreading.create-rule-set',
  (input: NewRuleSetInput, result: RuleSet | undefined) => ({
    kind: 'rule-set',
    id: result?.id ?? null,
    details: { kind: input.kind, name: input.name },
  }),
  async (ctx, { kind, ...settings }): Promise<RuleSet> => {
    requireRuleKeeper(ctx.actor);
    requirePeriod(settings);
    const id = await insertRuleSet(ctx.db, kind, settings);
    if (id === undefined) throw nameTaken();
    return record(ctx, { id, version: 0 }, { note: '', added: 0, removed: 0 });
  },
);

export const changeRuleSet = defineCommand(
  'proofreading.change-rule-set',
  (input: RuleSetInput & RuleSetSettings, result: RuleSet | undefined) => actedOn(input, result),
  async (ctx, { id, expectedVersion, note, ...settings }): Promise<RuleSet> => {
    const set = await lockSet(ctx, id, expectedVersion);
    requirePeriod(settings);
    if (!(await updateRuleSet(ctx.db, id, settings))) throw nameTaken();
    return record(ctx, set, { note, added: 0, removed: 0 });
  },
);

export const changeRules = defineCommand(
  'proofreading.change-rules',
  (input: RulesChange & { readonly id: string }, result: RuleSet | undefined) => actedOn(input, result),
  async (ctx, { id, expectedVersion, note, put, remove }): Promise<RuleSet> => {
    const set = await lockSet(ctx, id, expectedVersion);
    put.forEach((rule) => {
      requireFit(set, rule);
    });
    const next = { id, version: set.version + 1 };
    const ended = await endRules(ctx.db, next, remove);
    const { added, removed } = await putRules(ctx.db, next, keyed(put));
    requireRoom(set, added - removed - ended);
    // What was kept before this was asked can always be made less.
    if (set.kind === 'pattern' && added > 0) requirePatternsTogether(await rulesOfSet(ctx.db, id));
    return record(ctx, set, { note, added, removed: removed + ended });
  },
);

export const importRules = defineCommand(
  'proofreading.import-rules',
  (input: RulesImport & { readonly id: string }, result: RuleSet | undefined) => actedOn(input, result),
  async (ctx, { id, expectedVersion, note, mode, format, text }): Promise<RuleSet> => {
    const set = await lockSet(ctx, id, expectedVersion);
    if (set.kind !== 'word') {
      throw new AppError('invalid', 'proofreading.rule-unfit', '只有词语规则可以从文件导入。');
    }
    const words = await readWords(text, format);
    const next = { id, version: set.version + 1 };
    const ended =
      mode === 'replace'
        ? await endRules(
            ctx.db,
            next,
            words.map((one) => one.word),
            'others',
          )
        : 0;
    const { added, removed } = await putRules(ctx.db, next, keyed(words));
    requireRoom(set, added - removed - ended);
    return record(ctx, set, { note, added, removed: removed + ended });
  },
);

async function lockSet(ctx: Ctx, id: string, expectedVersion: number): Promise<RuleSetRow> {
  requireRuleKeeper(ctx.actor);
  const set = await ruleSetById(ctx.db, id, 'for update');
  if (!set) throw new AppError('not-found', 'proofreading.set-not-found', '没有这套校核规则。');
  if (set.version === expectedVersion) return set;
  throw new AppError('conflict', 'proofreading.set-changed', '这套规则刚被别人修改过，请刷新后再改。', {
    details: { currentVersion: set.version },
  });
}

const nameTaken = () =>
  new AppError('conflict', 'proofreading.name-taken', '已有同名的校核规则，请换一个名称。');

function requirePeriod({ effectiveFrom, effectiveTo }: RuleSetSettings): void {
  if (effectiveFrom === null || effectiveTo === null || effectiveFrom <= effectiveTo) return;
  throw new AppError('invalid', 'proofreading.period-wrong', '停用日期不能早于启用日期。');
}

function requireRoom({ kind, rules }: RuleSetRow, more: number): void {
  if (rules + more <= mostRules[kind]) return;
  const most = mostRules[kind].toLocaleString('en');
  throw new AppError('invalid', 'proofreading.too-many-rules', `一套规则最多 ${most} 条，请分成几套。`);
}

/** A rule is of the kind of its set, and can be looked for. */
function requireFit({ kind }: RuleSetRow, rule: Rule): void {
  const refuse = (message: string): never => {
    throw new AppError('invalid', 'proofreading.rule-unfit', message, { details: { key: ruleKey(rule) } });
  };
  if (kindOf(rule) !== kind) refuse(`“${ruleKey(rule)}”不是这类规则。`);
  if ('pattern' in rule) requirePattern(rule);
  else if (normalizeTerm(ruleKey(rule)) === '') refuse(`“${ruleKey(rule)}”里没有可以查找的文字。`);
  if ('rank' in rule && rule.from !== null && rule.to !== null && rule.from > rule.to) {
    refuse(`${rule.name}的离任日期早于到任日期。`);
  }
}

function kindOf(rule: Rule): RuleSetKind {
  if ('word' in rule) return 'word';
  return 'pattern' in rule ? 'pattern' : 'leader';
}

const keyed = (rules: readonly Rule[]): readonly KeyedRule[] =>
  [...new Map(rules.map((rule) => [ruleKey(rule), rule]))].map(([key, content]) => ({
    key,
    rank: 'rank' in content ? content.rank : 0,
    content,
  }));

async function record(
  ctx: Ctx,
  set: Pick<RuleSetRow, 'id' | 'version'>,
  change: { readonly note: string; readonly added: number; readonly removed: number },
): Promise<RuleSet> {
  const { kind, id, name } = ctx.actor;
  const by = { changedBy: kind === 'system' ? null : id, changedByName: name };
  await recordVersion(ctx.db, set.id, { number: set.version + 1, ...change, ...by }, ctx.now);
  const row = await ruleSetById(ctx.db, set.id);
  if (!row) throw new Error(`rule set ${set.id} is gone`);
  return { ...row, changedAt: ctx.now.toISOString(), changedByName: ctx.actor.name };
}
