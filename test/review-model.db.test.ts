import { beforeAll, describe, expect, it } from 'vitest';

import type { Role } from '../contracts/actor.ts';
import type { Problem } from '../contracts/endpoint.ts';
import type { Review } from '../contracts/review.ts';
import { saveDraft } from '../server/modules/library/index.ts';
import { recallReview, reviewRoutes } from '../server/modules/review/index.ts';
import { aConsole } from './app.ts';
import { anAssessment } from './factories/assessment.ts';
import { anAccount, aUnit, signIn, testPassword, type TestAccount } from './factories/identity.ts';
import { aDraft, aSiteWithColumn, performAs, someContent, type TestColumn } from './factories/library.ts';
import { approve, giveBack, openReview, submit } from './factories/review.ts';
import { aDatabase } from './harness.ts';

/*
 * Every (state, action, person), by HTTP, against the tables below. The tables are written from the rules of
 * the review (three steps, different people, no author or submitter, own unit or above), not from the code.
 */
const states = ['none', 'first', 'second', 'signature', 'returned', 'recalled', 'signed'] as const;
type State = (typeof states)[number];
const actions = ['submit', 'approve', 'return', 'recall', 'approve-stale', 'return-stale'] as const;
type Action = (typeof actions)[number];

/** unit: own, above it, below it, another one, or a platform role of a unit that does not matter. */
const cast = {
  author: ['own', 'editor'],
  'author who reviews': ['own', 'editor', 'reviewer'],
  'author who is principal': ['own', 'editor', 'principal'],
  'submitter who holds every role': ['own', 'editor', 'reviewer', 'principal'],
  'editor who wrote nothing': ['own', 'editor'],
  // Decides the first step wherever it is decided; principal too, so that he could sign were he not barred.
  'first reviewer': ['own', 'reviewer', 'principal'],
  'second reviewer': ['own', 'reviewer', 'principal'],
  'third reviewer': ['own', 'reviewer'],
  'reviewer and principal in one': ['own', 'reviewer', 'principal'],
  principal: ['own', 'principal'],
  'reviewer above': ['above', 'reviewer'],
  'principal above': ['above', 'principal'],
  'editor above': ['above', 'editor'],
  'reviewer below': ['below', 'reviewer'],
  'principal below': ['below', 'principal'],
  'reviewer elsewhere': ['other', 'reviewer'],
  'principal elsewhere': ['other', 'principal'],
  'editor elsewhere': ['other', 'editor'],
  responder: ['own', 'responder'],
  operator: ['own', 'operator'],
  supervisor: ['own', 'supervisor'],
  'system administrator': ['own', 'system-admin'],
  'security administrator': ['own', 'security-admin'],
  'audit administrator': ['own', 'audit-admin'],
} as const satisfies Readonly<Record<string, readonly ['own' | 'above' | 'below' | 'other', ...Role[]]>>;
type Person = keyof typeof cast;
const people = Object.keys(cast) as Person[];
const everybody: readonly (Person | 'anonymous')[] = [...people, 'anonymous'];

const editors: readonly string[] = [
  'author',
  'author who reviews',
  'author who is principal',
  'submitter who holds every role',
  'editor who wrote nothing',
  'editor above',
];
const writers: readonly string[] = editors.slice(0, 4);
const submitter = 'submitter who holds every role';
const unseen: readonly string[] = [
  'reviewer below',
  'principal below',
  'reviewer elsewhere',
  'principal elsewhere',
  'editor elsewhere',
  'audit administrator',
];
/** Who may decide each step, everything considered. */
const deciders: Readonly<Partial<Record<State, readonly string[]>>> = {
  first: [
    'first reviewer',
    'second reviewer',
    'third reviewer',
    'reviewer and principal in one',
    'reviewer above',
  ],
  second: ['second reviewer', 'third reviewer', 'reviewer and principal in one', 'reviewer above'],
  signature: ['reviewer and principal in one', 'principal', 'principal above'],
};
const alreadyDecided: Readonly<Partial<Record<State, readonly string[]>>> = {
  second: ['first reviewer'],
  signature: ['first reviewer', 'second reviewer'],
};
const holdsRoleOfStep: Readonly<Partial<Record<State, Role>>> = {
  first: 'reviewer',
  second: 'reviewer',
  signature: 'principal',
};

function expectedOfSubmission(state: State, who: string): string {
  if (unseen.includes(who)) return '404 library.resource-not-found';
  if (!editors.includes(who)) return '403 library.unit-not-writable';
  if (state === 'signed') return '409 review.nothing-new';
  return deciders[state] ? '409 library.stage-forbids' : '201';
}

function expectedOfDecision(state: State, who: string, stale: boolean): string {
  if (!deciders[state]) return '409 review.not-open';
  if (deciders[state].includes(who)) return stale ? '409 review.revision-changed' : '201';
  const roles: readonly string[] = who === 'anonymous' ? [] : cast[who as Person].slice(1);
  if (!roles.includes(holdsRoleOfStep[state] ?? '')) return '403 review.step-not-yours';
  if (writers.includes(who)) return '403 review.own-work';
  return alreadyDecided[state]?.includes(who) ? '403 review.reviewed-before' : 'no rule covers this';
}

/** The oracle. */
function expected(state: State, action: Action, who: string): string {
  if (who === 'anonymous') return '401 identity.session-missing';
  if (action === 'submit') return expectedOfSubmission(state, who);
  if (state === 'none' || unseen.includes(who)) return '404 review.review-not-found';
  if (action === 'recall') {
    if (!deciders[state]) return '409 review.not-open';
    return who === submitter ? '200' : '403 review.not-submitter';
  }
  return expectedOfDecision(state, who, action.endsWith('-stale'));
}

/** Where a legal action leads: state of the newest review, its step, stage of the resource. */
const after: Readonly<Record<string, string>> = {
  'none submit': 'open 0 in-review',
  'returned submit': 'open 0 in-review',
  'recalled submit': 'open 0 in-review',
  'first approve': 'open 1 in-review',
  'second approve': 'open 2 in-review',
  'signature approve': 'signed 2 live',
  'first return': 'returned 0 returned',
  'second return': 'returned 1 returned',
  'signature return': 'returned 2 returned',
  'first recall': 'recalled 0 draft',
  'second recall': 'recalled 1 draft',
  'signature recall': 'recalled 2 draft',
};

interface Work {
  readonly resourceId: string;
  /** An id that no review has when there is none. */
  readonly reviewId: string;
  readonly step: number;
  readonly digest: string;
}

describe('the review as a whole', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [reviewRoutes()]);
  const accounts = {} as Record<Person, TestAccount>;
  const headers: Record<string, Record<string, string>> = { anonymous: {} };
  let column: TestColumn;

  beforeAll(async () => {
    const above = await aUnit(db);
    const own = await aUnit(db, { parent: above });
    const below = await aUnit(db, { parent: own });
    const units = { above, own, below, other: await aUnit(db) };
    ({ column } = await aSiteWithColumn(db, own));
    for (const person of people) {
      const [where, ...roles] = cast[person];
      const account = await anAccount(db, { unit: units[where], roles });
      accounts[person] = account;
      headers[person] = await signIn(app, account);
    }
  }, 120_000);

  /** Four people write on it, the submitter none of the first revision. */
  async function aWork(state: State): Promise<Work> {
    const draft = await aDraft(db, { editor: accounts.author, column });
    let version = draft.version;
    for (const writer of ['author who reviews', 'author who is principal'] as const) {
      const saved = await performAs(database, accounts[writer])(saveDraft, {
        resourceId: draft.id,
        expectedVersion: version,
        content: someContent({ title: `${writer} wrote this` }),
      });
      version = saved.version;
    }
    if (state === 'none')
      return { resourceId: draft.id, reviewId: '999999999', step: 0, digest: '0'.repeat(64) };
    const reviewId = await submit(db, accounts[submitter], draft.id);
    const { digest } = await openReview(db, draft.id);
    const decided = { first: 0, second: 1, signature: 2, returned: 1, recalled: 1, signed: 3 }[state];
    const chain = [accounts['first reviewer'], accounts['second reviewer'], accounts.principal];
    for (const decider of chain.slice(0, decided)) await approve(db, decider, draft.id);
    if (state === 'returned') await giveBack(db, accounts['second reviewer'], draft.id);
    if (state === 'recalled') await performAs(database, accounts[submitter])(recallReview, { reviewId });
    return { resourceId: draft.id, reviewId, step: Math.min(decided, 2), digest };
  }

  /** Everything that an action could have changed. */
  async function standing(work: Work): Promise<string> {
    const resource = await db
      .selectFrom('library.resource')
      .select(['stage', 'version'])
      .where('id', '=', work.resourceId)
      .executeTakeFirstOrThrow();
    const review = await db
      .selectFrom('review.review')
      .select(['state', 'step'])
      .where('resource_id', '=', work.resourceId)
      .orderBy('id', 'desc')
      .executeTakeFirst();
    return `${review ? `${review.state} ${review.step}` : 'none'} ${resource.stage} ${resource.version}`;
  }

  async function act(work: Work, action: Action, who: string): Promise<string> {
    const { version } = await db
      .selectFrom('library.resource')
      .select('version')
      .where('id', '=', work.resourceId)
      .executeTakeFirstOrThrow();
    const decision = {
      action: action.startsWith('approve') ? 'approve' : 'return',
      step: work.step,
      revisionDigest: action.endsWith('-stale') ? 'f'.repeat(64) : work.digest,
      reason: '请修改标题',
      assessment: anAssessment(),
      proof: { method: 'password', secret: testPassword },
    };
    const review = `/api/reviews/${work.reviewId}`;
    const answer = await app.inject({
      method: 'POST',
      headers: headers[who] ?? {},
      ...(action === 'submit'
        ? { url: `/api/resources/${work.resourceId}/reviews`, payload: { expectedVersion: version } }
        : action === 'recall'
          ? { url: `${review}/recall` }
          : { url: `${review}/decisions`, payload: decision }),
    });
    if (answer.statusCode < 300) return String(answer.statusCode);
    return `${answer.statusCode} ${answer.json<Problem>().code}`;
  }

  it.each(states)(
    'allows from the state %s what the rules allow, and nothing else',
    { timeout: 240_000 },
    async (state) => {
      let work = await aWork(state);
      let before = await standing(work);
      const wrong: string[] = [];
      let legal = 0;
      for (const action of actions) {
        for (const who of everybody) {
          const should = expected(state, action, who);
          const did = await act(work, action, who);
          const now = await standing(work);
          const isLegal = should.startsWith('2');
          const arrived = isLegal ? now.startsWith(`${after[`${state} ${action}`] ?? '?'} `) : now === before;
          if (did !== should || !arrived)
            wrong.push(`${who}: ${action} should be ${should}, was ${did}, then ${now}`);
          if (isLegal) legal += 1;
          if (now === before) continue;
          work = await aWork(state);
          before = await standing(work);
        }
      }
      expect(wrong).toEqual([]);
      expect(legal).toBe(
        { none: 6, first: 11, second: 9, signature: 7, returned: 6, recalled: 6, signed: 0 }[state],
      );
    },
  );

  it.each(states.filter((state) => state !== 'none'))(
    'offers everybody in the state %s exactly the actions that would be accepted',
    { timeout: 60_000 },
    async (state) => {
      const work = await aWork(state);
      for (const who of people) {
        const answer = await app.inject({
          url: `/api/reviews/${work.reviewId}`,
          headers: headers[who] ?? {},
        });
        if (unseen.includes(who)) {
          expect(answer.statusCode, who).toBe(404);
          continue;
        }
        // Whoever may return the work to its author may send it back to an earlier step, when there is one.
        const isAccepted = (action: 'approve' | 'return' | 'send-back' | 'recall'): boolean =>
          action === 'send-back'
            ? state !== 'first' && expected(state, 'return', who).startsWith('2')
            : expected(state, action, who).startsWith('2');
        const accepted = (['approve', 'return', 'send-back', 'recall'] as const).filter(isAccepted);
        expect(answer.json<Review>().actions, who).toEqual(accepted);
        const list = await app.inject({
          url: `/api/reviews?mine=true&resourceId=${work.resourceId}`,
          headers: headers[who] ?? {},
        });
        const waits = list.json<{ items: unknown[] }>().items.length === 1;
        expect(waits, who).toBe(accepted.includes('return'));
      }
    },
  );
});
