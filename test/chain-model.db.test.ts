import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Role } from '../contracts/actor.ts';
import type { BatchResult, ReviewStep } from '../contracts/review.ts';
import { reviewRoutes } from '../server/modules/review/index.ts';
import { aConsole } from './app.ts';
import { anAssessment } from './factories/assessment.ts';
import { aChain, aDelegation } from './factories/chain.ts';
import { anAccount, aUnit, signIn, type TestAccount } from './factories/identity.ts';
import { aColumn, aDraft, aSiteWithColumn, type TestColumn } from './factories/library.ts';
import { submit } from './factories/review.ts';
import { aDatabase } from './harness.ts';
import { wishedNumber } from './wished-number.ts';

/*
 * Every (state, action, person) of every shape of chain, by HTTP, against an oracle that is written from the rules
 * in words: a step is decided by whoever it asks, or by their delegate; nobody who wrote or submitted, nobody who
 * stands behind a step already, be it that a delegate acted in their place; all of an all-of step, one of the others;
 * back to earlier steps only, after which what was decided since counts no more; recall by the submitter only.
 * Whoever may decide asks another unit; one of its reviewers and principals answers, who has no part in the work, or
 * the question is taken back by whoever asked or may decide. Until then the step is not completed, and over a
 * disagreement only with a reason.
 * Approved together with others, a work is approved by the same people, once they opened it.
 */
const cast = {
  submitter: ['own', 'editor', 'reviewer', 'principal'],
  author: ['own', 'editor', 'reviewer', 'principal'],
  ...people('own', 'r', 5, 'reviewer'),
  ...people('own', 'p', 2, 'principal'),
  both: ['own', 'reviewer', 'principal'],
  ...people('own', 'd', 4, 'editor'),
  ...people('legal', 'l', 2, 'reviewer'),
  ...people('safety', 's', 2, 'reviewer'),
  ...people('experts', 'x', 4, 'reviewer'),
  ...people('advice', 'a', 2, 'reviewer'),
  head: ['advice', 'principal'],
  clerk: ['advice', 'editor'],
  stranger: ['elsewhere', 'reviewer', 'principal'],
  operator: ['elsewhere', 'operator'],
} as const satisfies Readonly<Record<string, readonly [string, ...Role[]]>>;
type Name = keyof typeof cast;

function people<U extends string, P extends string, R extends Role>(
  unit: U,
  prefix: P,
  count: number,
  role: R,
) {
  const list = Array.from({ length: count }, (_, at) => [`${prefix}${at + 1}`, [unit, role]] as const);
  return Object.fromEntries(list) as unknown as Record<`${P}${1 | 2 | 3 | 4 | 5}`, readonly [U, R]>;
}

/** Who decides in whose place: of a principal, of a reviewer, of an author, and a reviewer of a reviewer. */
const delegates: Readonly<Record<string, Name>> = {
  d1: 'p1',
  d2: 'r1',
  d3: 'author',
  r5: 'r2',
  l2: 'l1',
  d4: 'both',
  clerk: 'head',
};

type Inner = 'role' | 'unit' | 'all-unit' | 'named' | 'all-named';
type Last = 'role' | 'all-role' | 'named' | 'all-named';
interface Step {
  readonly asks: readonly Name[];
  readonly all: boolean;
  readonly step: Omit<ReviewStep, 'key' | 'name'>;
}
const holding = (unit: string, role: Role): Name[] =>
  (Object.keys(cast) as Name[]).filter((who) => {
    const [at, ...roles] = cast[who] as readonly [string, ...Role[]];
    return at === unit && roles.includes(role);
  });

describe('every shape of chain', () => {
  const database = aDatabase();
  const { db } = database;
  const app = aConsole(database, [reviewRoutes()]);
  const accounts = {} as Record<Name, TestAccount>;
  const headers = {} as Record<Name, Record<string, string>>;
  const units: Record<string, { readonly id: string }> = {};
  let column: TestColumn;

  beforeAll(async () => {
    for (const name of ['own', 'legal', 'safety', 'experts', 'advice', 'elsewhere'])
      units[name] = await aUnit(db);
    ({ column } = await aSiteWithColumn(db, { id: units.own?.id ?? '' }));
    for (const who of Object.keys(cast) as Name[]) {
      const [unit, ...roles] = cast[who] as readonly [string, ...Role[]];
      accounts[who] = await anAccount(db, { unit: { id: units[unit]?.id ?? '' }, roles, realName: who });
      headers[who] = await signIn(app, accounts[who]);
    }
    for (const [delegate, of] of Object.entries(delegates)) {
      await aDelegation(db, accounts[of], accounts[delegate as Name]);
    }
  }, 60_000);

  const ids = (names: readonly Name[]): string[] => names.map((name) => accounts[name].id);
  function innerStep(kind: Inner, at: number): Step {
    const unit = at % 2 === 0 ? 'legal' : 'safety';
    const named = (at % 2 === 0 ? ['x1', 'x2'] : ['x3', 'x4']) as unknown as Name[];
    const role = 'reviewer';
    switch (kind) {
      case 'role':
        return { asks: holding('own', role), all: false, step: { role } };
      case 'unit':
      case 'all-unit': {
        const all = kind === 'all-unit';
        const step = { role, unitId: units[unit]?.id ?? '', quorum: all ? 'all' : 'any' } as const;
        return { asks: holding(unit, role), all, step };
      }
      case 'named':
      case 'all-named': {
        const all = kind === 'all-named';
        return { asks: named, all, step: { role, accountIds: ids(named), quorum: all ? 'all' : 'any' } };
      }
    }
  }
  function lastStep(kind: Last): Step {
    const role = 'principal';
    const named: Name[] = ['p1', 'both'];
    if (kind === 'role') return { asks: holding('own', role), all: false, step: { role } };
    if (kind === 'all-role') return { asks: holding('own', role), all: true, step: { role, quorum: 'all' } };
    const all = kind === 'all-named';
    return { asks: named, all, step: { role, accountIds: ids(named), quorum: all ? 'all' : 'any' } };
  }

  interface Shape {
    readonly inner: readonly Inner[];
    readonly last: Last;
    /** Where the other unit is asked: by people on the first step, which is told no; by the chain on the last. */
    readonly asks?: 'first' | 'last';
  }
  const shapesAlways: readonly Shape[] = [
    { inner: [], last: 'all-named', asks: 'first' },
    { inner: ['all-unit'], last: 'named', asks: 'last' },
    { inner: ['all-named', 'unit'], last: 'role' },
  ];
  const lasts: readonly Last[] = ['role', 'all-role', 'named', 'all-named'];
  const inners: readonly Inner[] = ['role', 'unit', 'all-unit', 'named', 'all-named'];
  /** Every kind of last step after every kind of step before it, in chains of one to five steps. */
  const shapesWished: readonly Shape[] = Array.from(
    { length: wishedNumber('JIYUE_CHAIN_SHAPES', 0) },
    (_, at) => ({
      inner: Array.from(
        { length: at % 5 },
        (_each, step) => inners[(Math.floor(at / 5) + step) % 5] ?? 'role',
      ),
      last: lasts[(at + Math.floor(at / 20)) % 4] ?? 'role',
      asks: at % 2 === 0 ? 'first' : 'last',
    }),
  );
  const shapes = [...shapesAlways, ...shapesWished];

  /** What the rules know of a review: the oracle's own book-keeping. */
  interface Book {
    readonly step: number;
    readonly state: 'open' | 'signed' | 'returned' | 'recalled';
    /** Who stands behind which step. */
    readonly behind: readonly { readonly step: number; readonly people: readonly Name[] }[];
    /** What this step asked of the other unit, and by whom; null: of itself. */
    readonly question: Question | null;
  }
  interface Question {
    readonly state: 'open' | 'opposed' | 'withdrawn';
    readonly askedBy: Name | null;
    readonly answeredBy: readonly Name[];
  }
  const authors: readonly Name[] = ['submitter', 'author'];
  const standing = (book: Book): readonly Name[] => book.behind.flatMap((one) => one.people);
  const advisers: readonly Name[] = ['a1', 'a2', 'head'];
  const isAskedInSeat = ({ question }: Book, who: Name): boolean => {
    const delegator = delegates[who];
    const isAdviser = advisers.includes(who) || (delegator !== undefined && advisers.includes(delegator));
    return question?.state === 'open' && isAdviser;
  };
  const sees = (steps: readonly Step[], book: Book, who: Name): boolean => {
    const [unit] = cast[who];
    if (unit === 'own' || who === 'operator') return true;
    if (isAskedInSeat(book, who) || book.question?.answeredBy.includes(who)) return true;
    const asksFor = (one: Name): boolean =>
      steps.some(({ step }) => step.accountIds?.includes(accounts[one].id));
    const delegator = delegates[who];
    const unitIsAsked = steps.some(
      ({ step }) => step.unitId !== undefined && step.unitId === units[unit]?.id,
    );
    return unitIsAsked || asksFor(who) || (delegator !== undefined && asksFor(delegator));
  };

  /** Whether this may decide the step at all. */
  function mayDecide(step: Step | undefined, book: Book, { who, inPlaceOf }: Act): boolean {
    if (inPlaceOf !== null && delegates[who] !== inPlaceOf) return false;
    if (!step?.asks.includes(inPlaceOf ?? who)) return false;
    const barred = [...authors, ...standing(book)];
    return !barred.includes(who) && (inPlaceOf === null || !barred.includes(inPlaceOf));
  }

  /** Where all are asked, who is one of them approves for themselves: one act is never the word of two. */
  const speaksForTwo = (step: Step | undefined, { who, action, inPlaceOf }: Act): boolean =>
    action.startsWith('approve') && inPlaceOf !== null && step?.all === true && step.asks.includes(who);

  function approved(steps: readonly Step[], book: Book, people: readonly Name[]): Book | null {
    const behind = [...book.behind, { step: book.step, people }];
    const gone = [...authors, ...behind.flatMap((one) => one.people)];
    const current = steps[book.step];
    if (current?.all && current.asks.some((one) => !gone.includes(one))) return { ...book, behind };
    if (book.question?.state === 'open') return null;
    if (book.step === steps.length - 1) return { ...book, behind, state: 'signed' };
    return { step: book.step + 1, state: 'open', behind, question: begun(steps[book.step + 1]) };
  }

  const begun = (step: Step | undefined): Question | null =>
    step?.step.opinionUnitIds ? { state: 'open', askedBy: null, answeredBy: [] } : null;

  /** What becomes of the question by asking, answering or taking it back; null: not allowed. */
  function heard(mayDecideHere: boolean, book: Book, act: Act): Question | null {
    const { question } = book;
    const { who, action, inPlaceOf } = act;
    if (inPlaceOf !== null && delegates[who] !== inPlaceOf) return null;
    const isOpen = question?.state === 'open';
    if (action === 'ask') {
      return mayDecideHere && !isOpen ? { state: 'open', askedBy: who, answeredBy: [] } : null;
    }
    if (!isOpen) return null;
    if (action === 'answer') return answered(question, book, act);
    return question.askedBy === who || mayDecideHere ? { ...question, state: 'withdrawn' } : null;
  }

  function answered(question: Question, book: Book, { who, inPlaceOf }: Act): Question | null {
    const people = inPlaceOf === null ? [who] : [who, inPlaceOf];
    const barred = [...authors, ...standing(book), question.askedBy];
    const isBarred = people.some((one) => barred.includes(one));
    if (isBarred || !advisers.includes(inPlaceOf ?? who)) return null;
    return { ...question, state: 'opposed', answeredBy: people };
  }

  /** In the own right, else in the place of whoever delegated. */
  function ruledTogether(steps: readonly Step[], book: Book, who: Name): Book | null {
    const approve = { who, action: 'approve-silently' } as const;
    const inPlaceOf = delegates[who] ?? null;
    return (
      ruled(steps, book, { ...approve, inPlaceOf: null }) ?? ruled(steps, book, { ...approve, inPlaceOf })
    );
  }

  /** Where it leads, or null: not allowed. */
  function ruled(steps: readonly Step[], book: Book, act: Act): Book | null {
    const { who, action } = act;
    if (!sees(steps, book, who) || book.state !== 'open') return null;
    if (action === 'approve-together') return ruledTogether(steps, book, who);
    if (action === 'recall') return who === 'submitter' ? { ...book, state: 'recalled' } : null;
    const may = mayDecide(steps[book.step], book, act) && !speaksForTwo(steps[book.step], act);
    if (isHearing(action)) {
      const question = heard(may, book, act);
      return question && { ...book, question };
    }
    return may ? decided(steps, book, act) : null;
  }

  function decided(steps: readonly Step[], book: Book, { who, action, inPlaceOf }: Act): Book | null {
    if (action === 'return') return { ...book, state: 'returned' };
    if (action === 'send-back') return book.step === 0 ? null : { ...book, step: 0, behind: [] };
    if (action === 'approve-silently' && book.question?.state === 'opposed') return null;
    return approved(steps, book, inPlaceOf === null ? [who] : [who, inPlaceOf]);
  }

  type Hearing = 'ask' | 'answer' | 'withdraw';
  type Action =
    'approve' | 'approve-silently' | 'approve-together' | 'return' | 'send-back' | 'recall' | Hearing;
  const isHearing = (action: Action): action is Hearing => ['ask', 'answer', 'withdraw'].includes(action);

  interface Act {
    readonly who: Name;
    readonly action: Action;
    readonly inPlaceOf: Name | null;
  }
  interface Work {
    readonly resourceId: string;
    readonly reviewId: string;
    readonly digest: string;
  }

  interface Rows {
    readonly review: string;
    readonly resource: string;
    readonly approvals: string;
    readonly opinions: string;
    readonly last: string;
  }
  interface Tried {
    readonly wrong: string[];
    readonly legal: readonly Act[];
    readonly tried: number;
  }

  async function aWork(on: TestColumn): Promise<Work> {
    const draft = await aDraft(db, { editor: accounts.author, column: on });
    const reviewId = await submit(db, accounts.submitter, draft.id);
    const { revision_digest: digest } = await db
      .selectFrom('review.review')
      .select('revision_digest')
      .where('id', '=', reviewId)
      .executeTakeFirstOrThrow();
    return { resourceId: draft.id, reviewId, digest: digest.toString('hex') };
  }

  /** Everything that an act could have changed. */
  async function rowsOf({ resourceId, reviewId }: Work): Promise<Rows> {
    const { rows } = await sql<Rows>`
      select (select row_to_json(r)::text from review.review r where id = ${reviewId}) as review,
        (select row_to_json(r)::text from library.resource r where id = ${resourceId}) as resource,
        (select coalesce(json_agg(a order by account_id)::text, '[]') from review.approval a where review_id = ${reviewId}) as approvals,
        (select coalesce(json_agg(o order by id)::text, '[]') from review.opinion o where review_id = ${reviewId}) as opinions,
        (select coalesce(max(id), 0)::text from review.decision where review_id = ${reviewId}) as last`.execute(
      db,
    );
    const [only] = rows;
    if (!only) throw new Error('the review is lost');
    return only;
  }

  /** Undoes what an act did, past the guards of the database; a sign-off did more and cannot be undone so. */
  async function restore({ resourceId, reviewId }: Work, rows: Rows): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx);
      await sql`delete from review.decision where review_id = ${reviewId} and id > ${rows.last}`.execute(trx);
      await sql`delete from review.signature where review_id = ${reviewId}`.execute(trx);
      await sql`delete from review.opening where review_id = ${reviewId}`.execute(trx);
      await sql`delete from review.approval where review_id = ${reviewId}`.execute(trx);
      await sql`insert into review.approval
        select * from json_populate_recordset(null::review.approval, ${rows.approvals})`.execute(trx);
      await sql`delete from review.opinion where review_id = ${reviewId}`.execute(trx);
      await sql`insert into review.opinion overriding system value
        select * from json_populate_recordset(null::review.opinion, ${rows.opinions})`.execute(trx);
      await sql`delete from review.review where id = ${reviewId}`.execute(trx);
      await sql`insert into review.review overriding system value
        select * from json_populate_record(null::review.review, ${rows.review})`.execute(trx);
      await sql`update library.resource r set stage = o.stage, version = o.version, updated_at = o.updated_at
        from json_populate_record(null::library.resource, ${rows.resource}) o where r.id = ${resourceId}`.execute(
        trx,
      );
    });
  }

  async function placeOf({ reviewId }: Work): Promise<string> {
    const { state, step } = await db
      .selectFrom('review.review')
      .select(['state', 'step'])
      .where('id', '=', reviewId)
      .executeTakeFirstOrThrow();
    return `${state} ${step}`;
  }

  async function send(work: Work, step: number, act: Act): Promise<number> {
    const { who, action, inPlaceOf } = act;
    const url = `/api/reviews/${work.reviewId}`;
    if (isHearing(action)) return sendHearing(work, step, { who, action, inPlaceOf });
    if (action === 'approve-together') return sendTogether(work, step, who);
    const payload = {
      action: action === 'approve-silently' ? 'approve' : action,
      step,
      revisionDigest: work.digest,
      ...(action === 'approve-silently' ? {} : { reason: '请修改' }),
      assessment: anAssessment(),
      // Asked of whoever signs; of others it proves nothing that matters.
      proof: { method: 'password', secret: accounts[who].password },
      ...(action === 'send-back' ? { backTo: 0 } : {}),
      ...(inPlaceOf === null ? {} : { onBehalfOf: accounts[inPlaceOf].id }),
    };
    const request = { method: 'POST', headers: headers[who] } as const;
    const answer = await app.inject(
      action === 'recall'
        ? { ...request, url: `${url}/recall` }
        : { ...request, url: `${url}/decisions`, payload },
    );
    return answer.statusCode;
  }

  /** Opened, and then approved as one of several; the answer says of each what became of it. */
  async function sendTogether(work: Work, step: number, who: Name): Promise<number> {
    await app.inject({ url: `/api/reviews/${work.reviewId}`, headers: headers[who] });
    const answer = await app.inject({
      method: 'POST',
      url: '/api/review-approvals',
      headers: headers[who],
      payload: {
        items: [{ reviewId: work.reviewId, step, revisionDigest: work.digest }],
        assessment: anAssessment(),
        proof: { method: 'password', secret: accounts[who].password },
      },
    });
    return answer.json<BatchResult>().items[0]?.outcome === 'approved' ? 201 : 409;
  }

  async function sendHearing(
    work: Work,
    step: number,
    { who, action, inPlaceOf }: Act & { readonly action: Hearing },
  ): Promise<number> {
    const newest = await db
      .selectFrom('review.opinion')
      .select('id')
      .where('review_id', '=', work.reviewId)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const opinion = `/api/opinions/${newest?.id ?? '1'}`;
    const [url, body] = {
      ask: [
        `/api/reviews/${work.reviewId}/opinions`,
        { step, unitIds: [units.advice?.id], question: '同意吗？' },
      ],
      answer: [`${opinion}/answer`, { stance: 'oppose', text: '不同意。', revisionDigest: work.digest }],
      withdraw: [`${opinion}/withdrawal`, { reason: '不再需要' }],
    }[action] as [string, object];
    const payload = { ...body, ...(inPlaceOf === null ? {} : { onBehalfOf: accounts[inPlaceOf].id }) };
    return (await app.inject({ method: 'POST', headers: headers[who], url, payload })).statusCode;
  }

  const actions = ['approve', 'return', 'send-back', 'recall', 'ask'] as const;
  /** What can be tried only once something is asked. */
  const actionsAfter = {
    open: ['answer', 'withdraw'],
    opposed: ['answer', 'withdraw', 'approve-silently'],
    withdrawn: ['answer', 'withdraw'],
  } as const;
  /** Of each kind of people one, for it takes two requests. */
  const together: readonly Name[] = ['author', 'r1', 'p1', 'both', 'd1', 'd2', 'l1', 'x1', 'stranger'];
  const everyAct = ({ question }: Book): readonly Act[] =>
    (Object.keys(cast) as Name[]).flatMap((who) =>
      actsOf(who, [...actions, ...(question ? actionsAfter[question.state] : [])]),
    );

  function actsOf(who: Name, tried: readonly Action[]): readonly Act[] {
    const own = tried.map((action): Act => ({ who, action, inPlaceOf: null }));
    if (together.includes(who) && tried.includes('approve'))
      own.push({ who, action: 'approve-together', inPlaceOf: null });
    const delegator = delegates[who];
    if (delegator === undefined) {
      // Whoever acts for nobody claims to act for a principal.
      return [...own, { who, action: 'approve', inPlaceOf: who === 'p1' ? 'p2' : 'p1' }];
    }
    const inPlace = tried.filter((action) => action !== 'recall');
    return [...own, ...inPlace.map((action): Act => ({ who, action, inPlaceOf: delegator }))];
  }

  /** Tries every act of everybody in one state, and says what was not as ruled. */
  async function tryAll(work: Work, steps: readonly Step[], book: Book): Promise<Tried> {
    const before = await rowsOf(work);
    const wrong: string[] = [];
    const legal: Act[] = [];
    const acts = everyAct(book);
    for (const act of acts) {
      const should = ruled(steps, book, act);
      // A sign-off is done once, as the last act of the walk.
      if (should?.state === 'signed') {
        legal.push(act);
        continue;
      }
      const status = await send(work, book.step, act);
      const told = `${JSON.stringify(act)} in ${JSON.stringify(book)}`;
      if (status < 300 !== (should !== null)) wrong.push(`${told}: ${status}`);
      if (status >= 300) continue;
      legal.push(act);
      const place = await placeOf(work);
      if (should && place !== `${should.state} ${should.step}`) wrong.push(`${told} led to ${place}`);
      await restore(work, before);
    }
    const after = await rowsOf(work);
    if (JSON.stringify(after) !== JSON.stringify(before)) wrong.push(`a refusal changed ${after.review}`);
    return { wrong, legal, tried: acts.length };
  }

  /** On the first step the other unit is asked, and disagrees; what the last asks by itself is taken back. */
  function nextHearing(
    asks: 'first' | 'last',
    { step, question }: Book,
    legal: readonly Act[],
  ): Act | undefined {
    const first = (action: Hearing): Act | undefined =>
      legal.findLast((act) => act.action === action && act.inPlaceOf !== null) ??
      legal.find((act) => act.action === action);
    if (question === null) return asks === 'first' && step === 0 ? first('ask') : undefined;
    if (question.state !== 'open') return undefined;
    return first(asks === 'first' ? 'answer' : 'withdraw');
  }

  /** On with somebody whom no later step needs more; with a delegate where there is one. */
  function nextApproval(steps: readonly Step[], { step: at }: Book, legal: readonly Act[]): Act | undefined {
    const approvals = legal.filter(({ action }) => action === 'approve');
    const later = steps.slice(at + 1).flatMap(({ step }) => step.accountIds ?? []);
    const spared = approvals.filter(
      ({ who, inPlaceOf }) =>
        ![who, inPlaceOf].some((one) => one !== null && later.includes(accounts[one].id)),
    );
    return spared.find(({ inPlaceOf }) => inPlaceOf !== null) ?? spared[0] ?? approvals[0];
  }

  it.each(shapes)(
    '$inner then $last: every act of everybody in every state is as ruled',
    async ({ inner, last, asks }) => {
      const closing = lastStep(last);
      const opinionUnitIds = [units.advice?.id ?? ''];
      const steps = [
        ...inner.map(innerStep),
        asks === 'last' ? { ...closing, step: { ...closing.step, opinionUnitIds } } : closing,
      ];
      const on = await aColumn(db, { siteId: column.siteId, unit: { id: units.own?.id ?? '' } });
      await aChain(db, {
        columnId: on.id,
        unitId: units.own?.id ?? '',
        steps: steps.map(({ step }, at) => ({ ...step, key: `k${at}`, name: `第${at + 1}步` })),
      });
      const work = await aWork(on);
      let book: Book = { step: 0, state: 'open', behind: [], question: begun(steps[0]) };
      const go = async (act: Act): Promise<void> => {
        const next = ruled(steps, book, act);
        expect(await send(work, book.step, act)).toBe(201);
        if (next) book = next;
        expect(await placeOf(work)).toBe(`${book.state} ${book.step}`);
      };
      while (book.state === 'open') {
        const { wrong, legal } = await tryAll(work, steps, book);
        expect(wrong).toEqual([]);
        const here: Book = book;
        const hearing = asks && nextHearing(asks, here, legal);
        if (hearing) {
          await go(hearing);
          continue;
        }
        const chosen = nextApproval(steps, here, legal);
        if (!chosen) throw new Error(`nobody may approve in ${JSON.stringify(here)}`);
        await go(chosen);
      }
      expect(book.state).toBe('signed');
      expect((await tryAll(work, steps, book)).wrong).toEqual([]);
    },
    120_000,
  );
});
