import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { checkRuleApi } from './check-rule.ts';
import { Finding, Place } from './finding.ts';
import { ResourceContent } from './library.ts';
import { publishedFindingApi } from './published-finding.ts';
import { ruleSetApi } from './rule-set.ts';
import { spellingApi } from './spelling.ts';

export * from './finding.ts';
export * from './published-finding.ts';

export const proofreadingErrorCodes = [
  'proofreading.operator-required',
  'proofreading.overseer-required',
  'proofreading.set-not-found',
  'proofreading.word-not-found',
  'proofreading.too-many-words',
  'proofreading.set-changed',
  'proofreading.name-taken',
  'proofreading.period-wrong',
  'proofreading.rule-unfit',
  'proofreading.rule-not-found',
  'proofreading.rule-protected',
  'proofreading.decided-earlier',
  'proofreading.pattern-refused',
  'proofreading.too-many-rules',
  'proofreading.import-invalid',
  'proofreading.blocked',
  'proofreading.reason-missing',
  'proofreading.too-many-findings',
  'proofreading.finding-not-found',
  'proofreading.finding-settled',
  'proofreading.finding-not-ignored',
  'proofreading.finding-given',
  'proofreading.unit-not-yours',
  'proofreading.cursor-wrong',
] as const;

/** Why a text goes on in spite of a finding. */
export const FindingReason = Closed({
  rule: Type.String({ maxLength: 120 }),
  place: Place,
  /** As the finding tells it: links and pictures of blocks are all at one place. */
  found: Type.String({ maxLength: 200 }),
  reason: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S.*\\S' }),
});
export type FindingReason = Static<typeof FindingReason>;

/** Whether a reason was given for this finding and no other. */
export function isReasonFor(
  reason: Pick<FindingReason, 'rule' | 'place' | 'found'>,
  finding: Finding,
): boolean {
  const { part, start, end } = finding.place;
  return (
    reason.rule === finding.rule &&
    reason.found === finding.found &&
    reason.place.part === part &&
    reason.place.start === start &&
    reason.place.end === end
  );
}

export const mostFindings = 300;
/** So much of a text is checked; longer ones are checked up to there, and the answer says so. */
export const mostCheckedCharacters = 200_000;

const findings = Type.Array(Finding, { maxItems: mostFindings });
export const Proofreading = Closed({
  findings,
  /** False when the text is longer, or more was found, than an answer holds. */
  complete: Type.Boolean(),
});
export type Proofreading = Static<typeof Proofreading>;

export const Override = Closed({
  finding: Finding,
  reason: Type.String(),
  givenByName: Type.String(),
  givenAt: Instant,
});
export type Override = Static<typeof Override>;

/** What was found in a revision when it was handed in. */
export const CheckedRevision = Closed({
  /** Null when it was never handed in since texts are checked. */
  checkedAt: Type.Union([Instant, Type.Null()]),
  ...Proofreading.properties,
  overrides: Type.Array(Override),
});
export type CheckedRevision = Static<typeof CheckedRevision>;

export const Night = Closed({
  day: Day,
  resources: Type.Integer(),
  opened: Type.Integer(),
  closed: Type.Integer(),
  startedAt: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
});
export type Night = Static<typeof Night>;

export const proofreadingApi = {
  ...ruleSetApi,
  ...checkRuleApi,
  ...spellingApi,
  ...publishedFindingApi,
  checkDraft: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/proofreading',
    summary: 'What is found in a text that is being written. Nothing is kept.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ content: ResourceContent }),
    response: Proofreading,
  }),
  getCheckedRevision: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/revisions/:number/proofreading',
    summary: 'What was found in a revision when it was handed in, and the reasons why it went on.',
    access: 'signed-in',
    params: Closed({ id: Id, number: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
    response: CheckedRevision,
  }),
  listNights: defineEndpoint({
    method: 'GET',
    path: '/api/proofreading/nights',
    summary: 'The last thirty nightly runs. Operators and supervisors only.',
    access: 'signed-in',
    response: Type.Array(Night),
  }),
} as const;
