import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Role } from '../contracts/actor.ts';
import type { ReviewAction, ReviewState, ReviewStep } from '../contracts/review.ts';
import { reviewRoutes } from '../server/modules/review/index.ts';
import { aConsole } from './app.ts';
import { anAssessment } from './factories/assessment.ts';
import { aChain, aDelegation } from './factories/chain.ts';
import { anAccount, aUnit, signIn, type TestAccount } from './factories/identity.ts';
import { aColumn, aDraft, aSiteWithColumn, type TestColumn } from './factories/library.ts';
import { submit } from './factories/review.ts';
import { anUrgentRule } from './factories/urgent.ts';
import { aDatabase } from './harness.ts';
import { wishedNumber } from './wished-number.ts';

/*
 * Every (state, action, person) of every shape of chain, by HTTP, against an oracle that is written from the rules
 * in words: a step is decided by whoever it asks, or by their delegate; nobody who wrote or submitted, nobody who
 * stands behind a step already, be it that a delegate acted in their place; all of an all-of step, one of the others;
 * back to earlier steps only, after which what was decided since counts no more; recall by the submitter only.
 * An urgent release is for those named for the unit, themselves, and for none of those who wrote or stand behind a step;
 * afterwards the steps that were not done are decided as before, by others than the releaser, with no way back.
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
};

/** Named for their units by an operator, among them people who wrote. */
const authorised: Readonly<Record<string, readonly Name[]>> = {
  own: ['submitter', 'author', 'p1', 'both'],
  elsewhere: ['stranger'],
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
    for (const name of ['own', 'legal', 'safety', 'experts', 'elsewhere']) units[name] = await aUnit(db);
    ({ column } = await aSiteWithColumn(db, { id: units.own?.id ?? '' }));
    for (const who of Object.keys(cast) as Name[]) {
      const [unit, ...roles] = cast[who] as readonly [string, ...Role[]];
      accounts[who] = await anAccount(db, { unit: { id: units[unit]?.id ?? '' }, roles, realName: who });
      headers[who] = await signIn(app, accounts[who]);
    }
    for (const [unit, people] of Object.entries(authorised)) {
      const named = people.map((who) => accounts[who]);
      await anUrgentRule(db, { id: units[unit]?.id ?? '' }, named);
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
  }
  const shapesAlways: readonly Shape[] = [
    { inner: [], last: 'all-named' },
    { inner: ['all-unit'], last: 'named' },
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
    }),
  );
  const shapes = [...shapesAlways, ...shapesWished];

  /** What the rules know of a review: the oracle's own book-keeping. */
  interface Book {
    readonly step: number;
    readonly state: ReviewState;
    /** After an urgent release: where it ends. */
    readonly end?: number;
    /** Who stands behind which step. */
    readonly behind: readonly { readonly step: number; readonly people: readonly Name[] }[];
  }
  const authors: readonly Name[] = ['submitter', 'author'];
  const standing = (book: Book): readonly Name[] => book.behind.flatMap((one) => one.people);
  const sees = (steps: readonly Step[], who: Name): boolean => {
    const [unit] = cast[who];
    if (unit === 'own' || who === 'operator') return true;
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

  function approved(steps: readonly Step[], book: Book, people: readonly Name[]): Book | null {
    const behind = [...book.behind, { step: book.step, people }];
    const gone = [...authors, ...behind.flatMap((one) => one.people)];
    const current = steps[book.step];
    if (current?.all && current.asks.some((one) => !gone.includes(one))) return { ...book, behind };
    if (book.step === (book.end ?? steps.length - 1)) {
      return { ...book, behind, state: book.state === 'open' ? 'signed' : 'confirmed' };
    }
    if (isLost(steps[book.step + 1], gone)) return null;
    return { ...book, step: book.step + 1, behind };
  }

  /** Nobody is left to decide it. */
  const isLost = (step: Step | undefined, gone: readonly Name[]): boolean =>
    step?.asks.every((one) => gone.includes(one)) ?? true;

  /** Out at once. What is left begins with the step that waits; the signature is left only to somebody else. */
  function releasedBy(steps: readonly Step[], book: Book, { who, inPlaceOf }: Act): Book | null {
    const gone = [...authors, ...standing(book)];
    if (!authorised.own?.includes(who) || inPlaceOf !== null || gone.includes(who)) return null;
    const barred = [...gone, who];
    const end = steps.length - (isLost(steps.at(-1), barred) ? 2 : 1);
    if (book.step > end) return null;
    const behind = [...book.behind, { step: book.step, people: [who] }];
    const isHalfDone = book.behind.some(({ step }) => step === book.step);
    const isOver = isLost(steps[book.step], barred) && isHalfDone && book.step < end;
    const step = isOver ? book.step + 1 : book.step;
    return isLost(steps[step], barred) ? null : { step, state: 'retrospective', end, behind };
  }

  /** Where it leads, or null: not allowed. */
  function ruled(steps: readonly Step[], book: Book, act: Act): Book | null {
    const { who, action, inPlaceOf } = act;
    if (!sees(steps, who)) return null;
    if (book.state !== 'open') return ruledAfterwards(steps, book, act);
    if (action === 'object') return null;
    if (action === 'release-urgently') return releasedBy(steps, book, act);
    if (action === 'recall') return who === 'submitter' ? { ...book, state: 'recalled' } : null;
    if (!mayDecide(steps[book.step], book, act)) return null;
    if (action === 'return') return { ...book, state: 'returned' };
    if (action === 'send-back') return book.step === 0 ? null : { ...book, step: 0, behind: [] };
    return approved(steps, book, inPlaceOf === null ? [who] : [who, inPlaceOf]);
  }

  /** Approve or object, and nothing else; where nothing runs any more, nothing. */
  function ruledAfterwards(steps: readonly Step[], book: Book, act: Act): Book | null {
    const { who, action, inPlaceOf } = act;
    if (book.state !== 'retrospective' || !mayDecide(steps[book.step], book, act)) return null;
    if (action === 'object') return { ...book, state: 'objected' };
    if (action !== 'approve') return null;
    return approved(steps, book, inPlaceOf === null ? [who] : [who, inPlaceOf]);
  }

  interface Act {
    readonly who: Name;
    readonly action: ReviewAction;
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
    readonly records: string;
    readonly last: string;
    readonly signature: string;
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
        (select coalesce(json_agg(d order by duty, place)::text, '[]') from review.responsibility_record d where review_id = ${reviewId}) as records,
        (select coalesce(max(id), 0)::text from review.signature where review_id = ${reviewId}) as signature,
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
      await sql`delete from review.signature where review_id = ${reviewId} and id > ${rows.signature}`.execute(
        trx,
      );
      await sql`delete from review.responsibility_record where review_id = ${reviewId}`.execute(trx);
      await sql`insert into review.responsibility_record
        select * from json_populate_recordset(null::review.responsibility_record, ${rows.records})`.execute(
        trx,
      );
      await sql`delete from review.approval where review_id = ${reviewId}`.execute(trx);
      await sql`insert into review.approval
        select * from json_populate_recordset(null::review.approval, ${rows.approvals})`.execute(trx);
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

  async function send(work: Work, step: number, { who, action, inPlaceOf }: Act): Promise<number> {
    const url = `/api/reviews/${work.reviewId}`;
    const payload = {
      action,
      step,
      revisionDigest: work.digest,
      reason: '请修改',
      assessment: anAssessment(),
      // Asked of whoever signs; of others it proves nothing that matters.
      proof: { method: 'password', secret: accounts[who].password },
      ...(action === 'send-back' ? { backTo: 0 } : {}),
      ...(inPlaceOf === null ? {} : { onBehalfOf: accounts[inPlaceOf].id }),
    };
    const request = { method: 'POST', headers: headers[who] } as const;
    if (action === 'release-urgently') {
      // A delegate names in whose place; there is no such seat here.
      const release = { ...payload, action: undefined };
      const answer = await app.inject({ ...request, url: `${url}/urgent-release`, payload: release });
      return answer.statusCode;
    }
    const answer = await app.inject(
      action === 'recall'
        ? { ...request, url: `${url}/recall` }
        : { ...request, url: `${url}/decisions`, payload },
    );
    return answer.statusCode;
  }

  const actions = ['approve', 'return', 'send-back', 'recall', 'object', 'release-urgently'] as const;
  const everyAct: readonly Act[] = (Object.keys(cast) as Name[]).flatMap((who) => {
    const own = actions.map((action): Act => ({ who, action, inPlaceOf: null }));
    const delegator = delegates[who];
    if (delegator === undefined) {
      // Whoever acts for nobody claims to act for a principal.
      return [...own, { who, action: 'approve', inPlaceOf: who === 'p1' ? 'p2' : 'p1' }];
    }
    const inPlace = actions.filter((action) => action !== 'recall');
    return [...own, ...inPlace.map((action): Act => ({ who, action, inPlaceOf: delegator }))];
  });

  /** The database's own guards are the second line: what only they refuse (500) was let through by the first. */
  const isAsRuled = (status: number, should: Book | null): boolean =>
    status < 300 === (should !== null) && status < 500;

  /** Tries every act of everybody in one state, and says what was not as ruled. */
  async function tryAll(work: Work, steps: readonly Step[], book: Book): Promise<Tried> {
    const before = await rowsOf(work);
    const wrong: string[] = [];
    const legal: Act[] = [];
    for (const act of everyAct) {
      const should = ruled(steps, book, act);
      // What publishes is done once: a sign-off as the last act of the walk, an urgent release as the first of its own.
      if (should?.state === 'signed' || (should?.state === 'retrospective' && book.state === 'open')) {
        legal.push(act);
        continue;
      }
      const status = await send(work, book.step, act);
      const told = `${JSON.stringify(act)} in ${JSON.stringify(book)}`;
      if (!isAsRuled(status, should)) wrong.push(`${told}: ${status}`);
      if (status >= 300) continue;
      legal.push(act);
      const place = await placeOf(work);
      if (should && place !== `${should.state} ${should.step}`) wrong.push(`${told} led to ${place}`);
      await restore(work, before);
    }
    const after = await rowsOf(work);
    if (JSON.stringify(after) !== JSON.stringify(before)) wrong.push(`a refusal changed ${after.review}`);
    return { wrong, legal, tried: everyAct.length };
  }

  async function aWalk({ inner, last }: Shape): Promise<{ readonly work: Work; readonly steps: Step[] }> {
    const steps = [...inner.map(innerStep), lastStep(last)];
    const on = await aColumn(db, { siteId: column.siteId, unit: { id: units.own?.id ?? '' } });
    await aChain(db, {
      columnId: on.id,
      unitId: units.own?.id ?? '',
      steps: steps.map(({ step }, at) => ({ ...step, key: `k${at}`, name: `第${at + 1}步` })),
    });
    return { work: await aWork(on), steps };
  }

  /** On with somebody whom no later step needs more; with a delegate where there is one. */
  function nextApproval(steps: readonly Step[], book: Book, legal: readonly Act[]): Act {
    const approvals = legal.filter(({ action }) => action === 'approve');
    const later = steps.slice(book.step + 1).flatMap(({ step }) => step.accountIds ?? []);
    const spared = approvals.filter(
      ({ who, inPlaceOf }) =>
        ![who, inPlaceOf].some((one) => one !== null && later.includes(accounts[one].id)),
    );
    const chosen = spared.find(({ inPlaceOf }) => inPlaceOf !== null) ?? spared[0] ?? approvals[0];
    if (!chosen) throw new Error(`nobody may approve in ${JSON.stringify(book)}`);
    return chosen;
  }

  /** Does what is ruled, and says where it leads. */
  async function take(work: Work, steps: readonly Step[], book: Book, act: Act): Promise<Book> {
    const next = ruled(steps, book, act);
    expect(await send(work, book.step, act)).toBe(201);
    if (!next) throw new Error(`${JSON.stringify(act)} is not ruled`);
    expect(await placeOf(work)).toBe(`${next.state} ${next.step}`);
    return next;
  }

  /** To its end, trying everything in each state on the way. */
  async function walk(work: Work, steps: readonly Step[], from: Book): Promise<Book> {
    let book = from;
    while (book.state === 'open' || book.state === 'retrospective') {
      const { wrong, legal } = await tryAll(work, steps, book);
      expect(wrong).toEqual([]);
      book = await take(work, steps, book, nextApproval(steps, book, legal));
    }
    expect((await tryAll(work, steps, book)).wrong).toEqual([]);
    return book;
  }

  const begun: Book = { step: 0, state: 'open', behind: [] };

  /** A chain of five steps is some thousand requests. */
  const patience = { timeout: 180_000 };

  it.each(shapes)(
    '$inner then $last: every act of everybody in every state is as ruled',
    patience,
    async (shape) => {
      const { work, steps } = await aWalk(shape);
      expect((await walk(work, steps, begun)).state).toBe('signed');
    },
  );

  /** Shape by shape from another step; with more shapes wished, from every one. */
  const releases = shapes.flatMap((shape, index) =>
    Array.from({ length: shape.inner.length + 1 }, (_, at) => ({ ...shape, at })).filter(
      ({ at }) => index >= shapesAlways.length || at === Math.min(index, 1),
    ),
  );

  it.each(releases)(
    '$inner then $last, released urgently from step $at: every act of everybody afterwards is as ruled',
    patience,
    async ({ at, ...shape }) => {
      const { work, steps } = await aWalk(shape);
      let book = begun;
      while (book.step < at) {
        const here = book;
        const legal = everyAct.filter((act) => ruled(steps, here, act) !== null);
        book = await take(work, steps, here, nextApproval(steps, here, legal));
      }
      const open = book;
      const release = everyAct.find(
        (act) => act.action === 'release-urgently' && ruled(steps, open, act) !== null,
      );
      if (!release) throw new Error(`nobody may release in ${JSON.stringify(open)}`);
      const released = await take(work, steps, open, release);
      expect((await walk(work, steps, released)).state).toBe('confirmed');
    },
  );
});
