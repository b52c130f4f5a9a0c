import type { CheckDecision, CheckRule, CheckRuleChange } from '../../../contracts/check-rule.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { spellingCheck } from './check-spelling.ts';
import {
  beginDecision,
  type DecisionRow,
  decisionsOn,
  insertDecision,
  lastDecisions,
  type RuleName,
  standingsOn,
} from './check-standing.queries.ts';
import { choicesFor } from './check-standing.rules.ts';
import { standingKey } from './check-standing.types.ts';
import { formCheckers } from './form-checkers.ts';
import { requireRuleKeeper, requireRuleReader } from './proofreading.policy.ts';

type BuiltIn = Pick<CheckRule, 'check' | 'checkName' | 'rule' | 'name' | 'usual'>;

const nothing: ReadonlySet<string> = new Set();

/** Every rule that is part of the program, in the order of the checks. */
const builtIn: readonly BuiltIn[] = [
  ...formCheckers({
    links: { own: nothing, approved: nothing, blocked: nothing, dead: nothing },
    emblems: nothing,
  }),
  spellingCheck,
].flatMap(({ key: check, name: checkName, rules }) =>
  rules.map(({ key: rule, name, severity: usual }) => ({ check, checkName, rule, name, usual })),
);

const present = (row: DecisionRow): CheckDecision => ({ ...row, changedAt: row.changedAt.toISOString() });

export async function listCheckRules({ db, actor, now }: Reader): Promise<CheckRule[]> {
  requireRuleReader(actor);
  const standings = await standingsOn(db, dayInChina(now));
  const decisions = await lastDecisions(db);
  return builtIn.map((one) => {
    const key = standingKey(one.check, one.rule);
    const last = decisions.get(key);
    return {
      ...one,
      standing: standings.get(key) ?? one.usual,
      choices: [...choicesFor(one.check, one.rule)],
      version: last?.number ?? 0,
      last: last === undefined ? null : present(last),
    };
  });
}

const mostDecisions = 200;

export async function listCheckDecisions({ db, actor }: Reader, name: RuleName): Promise<CheckDecision[]> {
  requireRuleReader(actor);
  requireBuiltIn(name);
  return (await decisionsOn(db, name, mostDecisions)).map(present);
}

/** From its day on the rule weighs so, when one types, hands in and at night; the decision stays on record. */
export const decideCheckRule = defineCommand(
  'proofreading.decide-check-rule',
  ({ check, rule, standing, effectiveFrom }: CheckRuleChange & RuleName) => ({
    kind: 'check-rule',
    id: null,
    details: { check, rule, standing, effectiveFrom },
  }),
  async (ctx, { check, rule, expectedVersion, standing, effectiveFrom, reason }): Promise<CheckRule> => {
    const { db, actor, now } = ctx;
    requireRuleKeeper(actor);
    const one = requireBuiltIn({ check, rule });
    if (!choicesFor(check, rule).includes(standing)) {
      throw new AppError(
        'invalid',
        'proofreading.rule-protected',
        `“${one.name}”依法必须检查，最低为“须说明理由”。`,
      );
    }
    if (effectiveFrom < dayInChina(now)) {
      throw new AppError('invalid', 'proofreading.decided-earlier', '生效日期不能早于今天。');
    }
    await beginDecision(db);
    const number = ((await lastDecisions(db)).get(standingKey(check, rule))?.number ?? 0) + 1;
    if (number !== expectedVersion + 1) {
      throw new AppError('conflict', 'proofreading.set-changed', '这条规则刚被别人修改过，请刷新后再改。', {
        details: { currentVersion: number - 1 },
      });
    }
    const by = { id: actor.id, name: actor.name };
    const decision = { check, rule, number, standing, effectiveFrom, reason: reason.trim() };
    await insertDecision(db, { ...decision, by, at: now });
    const changed = (await listCheckRules(ctx)).find((row) => row.check === check && row.rule === rule);
    if (!changed) throw new Error(`rule ${check}/${rule} is gone`);
    return changed;
  },
);

function requireBuiltIn({ check, rule }: RuleName): BuiltIn {
  const found = builtIn.find((one) => one.check === check && one.rule === rule);
  if (found) return found;
  throw new AppError('not-found', 'proofreading.rule-not-found', '没有这条内置规则。');
}
