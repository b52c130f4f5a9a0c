import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Instant } from './endpoint.ts';
import { severities, Severity, severityNames } from './finding.ts';

/** How a built-in rule weighs, or that it is off. */
export const checkStandings = [...severities, 'off'] as const;
export type CheckStanding = (typeof checkStandings)[number];
export const CheckStanding = Type.Unsafe<CheckStanding>(
  Type.Union(checkStandings.map((one) => Type.Literal(one))),
);
export const checkStandingNames: Readonly<Record<CheckStanding, string>> = { ...severityNames, off: '停用' };

export const CheckDecision = Closed({
  number: Type.Integer(),
  standing: CheckStanding,
  effectiveFrom: Day,
  reason: Type.String(),
  changedByName: Type.String(),
  changedAt: Instant,
});
export type CheckDecision = Static<typeof CheckDecision>;

const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '^[A-Za-z0-9-]+$' });

export const CheckRule = Closed({
  check: Name,
  checkName: Type.String(),
  rule: Name,
  name: Type.String(),
  /** As it was built. */
  usual: Severity,
  /** As it weighs today. */
  standing: CheckStanding,
  /** What may be chosen: of what protects people by law not all may. */
  choices: Type.Array(CheckStanding),
  /** How many decisions there are on it. */
  version: Type.Integer(),
  /** The last one; it may be of a day to come. */
  last: Type.Union([CheckDecision, Type.Null()]),
});
export type CheckRule = Static<typeof CheckRule>;

export const CheckRuleChange = Closed({
  expectedVersion: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  standing: CheckStanding,
  /** Today or later. */
  effectiveFrom: Day,
  reason: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S.*\\S' }),
});
export type CheckRuleChange = Static<typeof CheckRuleChange>;

const RuleParams = Closed({ check: Name, rule: Name });

/** 内置规则: what texts are checked for without anybody's list. */
export const checkRuleApi = {
  listCheckRules: defineEndpoint({
    method: 'GET',
    path: '/api/check-rules',
    summary: 'Every built-in rule and how it weighs today. Operators and supervisors only.',
    access: 'signed-in',
    response: Type.Array(CheckRule),
  }),
  changeCheckRule: defineEndpoint({
    method: 'PUT',
    path: '/api/check-rules/:check/:rule',
    summary:
      'Decide how a built-in rule weighs from a day on, or that it is off; what protects people by law keeps its floor. Operators only.',
    access: 'signed-in',
    params: RuleParams,
    body: CheckRuleChange,
    response: CheckRule,
  }),
  listCheckDecisions: defineEndpoint({
    method: 'GET',
    path: '/api/check-rules/:check/:rule/decisions',
    summary:
      'The last 200 decisions on a built-in rule, newest first: who, when, why. Operators and supervisors only.',
    access: 'signed-in',
    params: RuleParams,
    response: Type.Array(CheckDecision),
  }),
} as const;
