import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { Finding, Severity } from './finding.ts';

/** One line without blanks around it. */
const Line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^\\S(?:[^\\n\\r\\t]*\\S)?$' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** A word that is not to stand in a text, or better in another way. */
export const WordRule = Closed({
  word: Line(40),
  /** What to write instead; null when nobody can say. */
  prefer: nullable(Line(60)),
  /** Longer words in which it may stand. */
  exceptions: Type.Array(Line(60), { maxItems: 20, uniqueItems: true }),
  note: Type.String({ maxLength: 100 }),
  /** Null: that of the set. */
  severity: nullable(Severity),
});
export type WordRule = Static<typeof WordRule>;

export const LeaderRule = Closed({
  name: Line(20),
  /** Every way in which the post is named: 区长, 区委副书记 … */
  titles: Type.Array(Line(40), { minItems: 1, maxItems: 10, uniqueItems: true }),
  /** The place in an enumeration, the first is 1. */
  rank: Type.Integer({ minimum: 1, maximum: 999 }),
  /** The days on which it was so; null without an end. */
  from: nullable(Day),
  to: nullable(Day),
});
export type LeaderRule = Static<typeof LeaderRule>;

export const PatternRule = Closed({
  name: Line(40),
  pattern: Type.String({ minLength: 1, maxLength: 500 }),
  message: Line(150),
  severity: nullable(Severity),
});
export type PatternRule = Static<typeof PatternRule>;

export const ruleSetKinds = ['word', 'leader', 'pattern'] as const;
export type RuleSetKind = (typeof ruleSetKinds)[number];
export const RuleSetKind = Type.Unsafe<RuleSetKind>(
  Type.Union(ruleSetKinds.map((kind) => Type.Literal(kind))),
);
export const ruleSetKindNames: Readonly<Record<RuleSetKind, string>> = {
  word: '词语',
  leader: '领导人',
  pattern: '句式',
};

/** How many rules one set may have, and how many of them one change may bring. */
export const mostRules: Readonly<Record<RuleSetKind, number>> = {
  word: 100_000,
  leader: 500,
  pattern: 100,
};
export const mostChanged = 500;

export const Rule = Type.Union([WordRule, LeaderRule, PatternRule]);
export type Rule = Static<typeof Rule>;

/** What a rule is called by inside its set. */
export function ruleKey(rule: Rule): string {
  return 'word' in rule ? rule.word : rule.name;
}

const settings = {
  name: Line(40),
  /** Of rules that state none of their own. */
  severity: Severity,
  enabled: Type.Boolean(),
  /** The days on which the set is in force, both included; null without an end. */
  effectiveFrom: nullable(Day),
  effectiveTo: nullable(Day),
};
export const RuleSetSettings = Closed(settings);
export type RuleSetSettings = Static<typeof RuleSetSettings>;

export const RuleSet = Closed({
  id: Id,
  kind: RuleSetKind,
  ...settings,
  version: Type.Integer(),
  rules: Type.Integer(),
  changedAt: Instant,
  changedByName: Type.String(),
});
export type RuleSet = Static<typeof RuleSet>;

export const RuleSetVersion = Closed({
  number: Type.Integer(),
  ...settings,
  note: Type.String(),
  added: Type.Integer(),
  removed: Type.Integer(),
  changedByName: Type.String(),
  changedAt: Instant,
});
export type RuleSetVersion = Static<typeof RuleSetVersion>;

const Note = Type.String({ maxLength: 200 });
const expectedVersion = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });

export const NewRuleSet = Closed({ kind: RuleSetKind, ...settings });
export const RuleSetChange = Closed({ expectedVersion, ...settings, note: Note });
export const RulesChange = Closed({
  expectedVersion,
  put: Type.Array(Rule, { maxItems: mostChanged }),
  remove: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: mostChanged }),
  note: Note,
});
export type RulesChange = Static<typeof RulesChange>;

export const RulesImport = Closed({
  expectedVersion,
  /** `txt`: a word on each line. `csv`: with a first line 词语,建议,例外,说明,级别. */
  format: Type.Union([Type.Literal('txt'), Type.Literal('csv')]),
  /** `replace` takes out what the file does not name. */
  mode: Type.Union([Type.Literal('add'), Type.Literal('replace')]),
  text: Type.String({ minLength: 1, maxLength: 3_000_000 }),
  note: Note,
});
export type RulesImport = Static<typeof RulesImport>;

export const trialCharacters = 20_000;

/** 校核规则: operators keep them. */
export const ruleSetApi = {
  listRuleSets: defineEndpoint({
    method: 'GET',
    path: '/api/rule-sets',
    summary: 'All rule sets. Operators and supervisors only.',
    access: 'signed-in',
    response: Type.Array(RuleSet),
  }),
  createRuleSet: defineEndpoint({
    method: 'POST',
    path: '/api/rule-sets',
    summary: 'Make a rule set without rules. Operators only.',
    access: 'signed-in',
    body: NewRuleSet,
    response: RuleSet,
    status: 201,
  }),
  changeRuleSet: defineEndpoint({
    method: 'PUT',
    path: '/api/rule-sets/:id',
    summary: 'Change what a rule set is called, how severe it is and when it is in force. Operators only.',
    access: 'signed-in',
    params: IdParams,
    body: RuleSetChange,
    response: RuleSet,
  }),
  listRules: defineEndpoint({
    method: 'GET',
    path: '/api/rule-sets/:id/rules',
    summary: 'The rules of a set as they are now, leaders in their order. Operators and supervisors only.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({ ...pagingQuery, contains: Type.Optional(Type.String({ maxLength: 40 })) }),
    response: Closed({ items: Type.Array(Rule), nextCursor: nullable(Type.String()) }),
  }),
  changeRules: defineEndpoint({
    method: 'POST',
    path: '/api/rule-sets/:id/rules',
    summary:
      'Put rules into a set and take others out, as its next version; a broken pattern is refused. Operators only.',
    access: 'signed-in',
    params: IdParams,
    body: RulesChange,
    response: RuleSet,
  }),
  importRules: defineEndpoint({
    method: 'POST',
    path: '/api/rule-sets/:id/import',
    summary: 'Bring a list of words into a set, as its next version. Operators only.',
    access: 'signed-in',
    params: IdParams,
    body: RulesImport,
    response: RuleSet,
  }),
  listRuleSetVersions: defineEndpoint({
    method: 'GET',
    path: '/api/rule-sets/:id/versions',
    summary:
      'Every version of a rule set, newest first, at most 200: who, when, why. Operators and supervisors only.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(RuleSetVersion),
  }),
  tryText: defineEndpoint({
    method: 'POST',
    path: '/api/rule-sets/trial',
    summary: 'What the rules in force today find in a text that is not kept. Operators and supervisors only.',
    access: 'signed-in',
    body: Closed({ text: Type.String({ minLength: 1, maxLength: trialCharacters }) }),
    response: Type.Array(Finding),
  }),
} as const;
