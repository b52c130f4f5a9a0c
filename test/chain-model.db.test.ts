import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';

import type { Role } from '../contracts/actor.ts';
import type { BatchResult, ReviewStep } from '../contracts/review.ts';
import { reviewRoutes } from '../server/modules/review/index.ts';
import { aConsole } from './app.ts';
import {
  type Act,
  type Action,
  authorised,
  begin,
  type Book,
  cast,
  delegates,
  everybody,
  type Hearing,
  holding,
  isHearing,
  kindOf,
  type Name,
  ruled,
  type Step,
} from './chain-oracle.ts';
import { anAssessment } from './factories/assessment.ts';
import { aChain, aDelegation } from './factories/chain.ts';
import { anAccount, aUnit, signIn, type TestAccount } from './factories/identity.ts';
import { aColumn, aDraft, aSiteWithColumn, type TestColumn } from './factories/library.ts';
import { submit } from './factories/review.ts';
import { anUrgentRule } from './factories/urgent.ts';
import { aDatabase } from './harness.ts';
import { wishedNumber } from './wished-number.ts';

/* Every (state, action, person) of every shape of chain, by HTTP, against an oracle that is written from the rules. */

type Inner = 'role' | 'unit' | 'all-unit' | 'named' | 'all-named';
type Last = 'role' | 'all-role' | 'named' | 'all-named';
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
    for (const who of everybody) {
      const [unit, ...roles] = cast[who] as readonly [string, ...Role[]];
      accounts[who] = await anAccount(db, { unit: { id: units[unit]?.id ?? '' }, roles, realName: who });
      headers[who] = await signIn(app, accounts[who]);
    }
    for (const [unit, named] of Object.entries(authorised)) {
      await anUrgentRule(
        db,
        { id: units[unit]?.id ?? '' },
        named.map((who) => accounts[who]),
      );
    }
    for (const [delegate, of] of Object.entries(delegates)) {
      await aDelegation(db, accounts[of], accounts[delegate as Name]);
    }
  }, 60_000);

  function innerStep(kind: Inner, at: number): Step {
    const unit = at % 2 === 0 ? 'legal' : 'safety';
    const named: readonly Name[] = at % 2 === 0 ? ['x1', 'x2'] : ['x3', 'x4'];
    const role = 'reviewer';
    const all = kind.startsWith('all-');
    if (kind === 'role') return { role, all, asks: holding('own', role) };
    if (kind.endsWith('unit')) return { role, all, asks: holding(unit, role), unit };
    return { role, all, asks: named, named };
  }
  function lastStep(kind: Last): Step {
    const role = 'principal';
    const named: readonly Name[] = ['p1', 'both'];
    const all = kind.startsWith('all-');
    if (kind.endsWith('role')) return { role, all, asks: holding('own', role) };
    return { role, all, asks: named, named };
  }
  const asStep = ({ role, all, unit, named, asksOpinion }: Step, at: number): ReviewStep => ({
    key: `k${at}`,
    name: `第${at + 1}步`,
    role,
    quorum: all ? 'all' : 'any',
    ...(unit === undefined ? {} : { unitId: units[unit]?.id ?? '' }),
    ...(named === undefined ? {} : { accountIds: named.map((one) => accounts[one].id) }),
    ...(asksOpinion ? { opinionUnitIds: [units.advice?.id ?? ''] } : {}),
  });

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
    readonly records: string;
    readonly last: string;
    readonly signature: string;
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

  const actions = ['approve', 'return', 'send-back', 'recall', 'object', 'release-urgently', 'ask'] as const;
  /** What can be tried only once something is asked. */
  const actionsAfter = {
    open: ['answer', 'withdraw'],
    opposed: ['answer', 'withdraw', 'approve-silently'],
    withdrawn: ['answer', 'withdraw'],
    closed: ['answer', 'withdraw'],
  } as const;
  /** Of each kind of people one, for it takes two requests. */
  const together: readonly Name[] = ['author', 'r1', 'p1', 'both', 'd1', 'd2', 'l1', 'x1', 'stranger'];
  const everyAct = ({ question }: Book): readonly Act[] =>
    everybody.flatMap((who) => actsOf(who, [...actions, ...(question ? actionsAfter[question.state] : [])]));

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

  /** One of each kind of people; everybody, where more shapes are wished. */
  function triersIn(steps: readonly Step[], book: Book): ReadonlySet<Name> {
    if (shapesWished.length > 0) return new Set(everybody);
    return new Set(new Map(everybody.toReversed().map((who) => [kindOf(steps, book, who), who])).values());
  }

  /** The database's own guards are the second line: what only they refuse (500) was let through by the first. */
  const isAsRuled = (status: number, should: Book | null): boolean =>
    status < 300 === (should !== null) && status < 500;

  /** Tries every act in one state, and says what was not as ruled. */
  async function tryAll(work: Work, steps: readonly Step[], book: Book): Promise<readonly string[]> {
    const before = await rowsOf(work);
    const wrong: string[] = [];
    const triers = triersIn(steps, book);
    for (const act of everyAct(book).filter(({ who }) => triers.has(who))) {
      const should = ruled(steps, book, act);
      // What publishes is done once: a sign-off as the last act of the walk, an urgent release as the first of its own.
      if (should?.state === 'signed' || (should?.state === 'retrospective' && book.state === 'open'))
        continue;
      const status = await send(work, book.step, act);
      const told = `${JSON.stringify(act)} in ${JSON.stringify(book)}`;
      if (!isAsRuled(status, should)) wrong.push(`${told}: ${status}`);
      if (status >= 300) continue;
      const place = await placeOf(work);
      if (should && place !== `${should.state} ${should.step}`) wrong.push(`${told} led to ${place}`);
      await restore(work, before);
    }
    const after = await rowsOf(work);
    if (JSON.stringify(after) !== JSON.stringify(before)) wrong.push(`a refusal changed ${after.review}`);
    return wrong;
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
  function nextApproval(steps: readonly Step[], book: Book, legal: readonly Act[]): Act {
    const approvals = legal.filter(({ action }) => action === 'approve');
    const later = steps.slice(book.step + 1).flatMap(({ named = [] }) => named);
    const spared = approvals.filter(
      ({ who, inPlaceOf }) => !later.includes(who) && (inPlaceOf === null || !later.includes(inPlaceOf)),
    );
    const chosen = spared.find(({ inPlaceOf }) => inPlaceOf !== null) ?? spared[0] ?? approvals[0];
    if (!chosen) throw new Error(`nobody may approve in ${JSON.stringify(book)}`);
    return chosen;
  }

  async function aWalk({
    inner,
    last,
    asks,
  }: Shape): Promise<{ readonly work: Work; readonly steps: Step[] }> {
    const steps = [...inner.map(innerStep), { ...lastStep(last), asksOpinion: asks === 'last' }];
    const on = await aColumn(db, { siteId: column.siteId, unit: { id: units.own?.id ?? '' } });
    await aChain(db, { columnId: on.id, unitId: units.own?.id ?? '', steps: steps.map(asStep) });
    return { work: await aWork(on), steps };
  }

  /** Does what is ruled, and says where it leads. */
  async function take(work: Work, steps: readonly Step[], book: Book, act: Act): Promise<Book> {
    const next = ruled(steps, book, act);
    expect(await send(work, book.step, act)).toBe(201);
    if (!next) throw new Error(`${JSON.stringify(act)} is not ruled`);
    expect(await placeOf(work)).toBe(`${next.state} ${next.step}`);
    return next;
  }

  const legalIn = (steps: readonly Step[], book: Book): readonly Act[] =>
    everyAct(book).filter((act) => ruled(steps, book, act) !== null);

  /** To its end, trying everything in each state on the way. */
  async function walk(
    { inner, asks }: Shape,
    { work, steps }: { readonly work: Work; readonly steps: readonly Step[] },
    from: Book,
  ): Promise<Book> {
    let book = from;
    while (book.state === 'open' || book.state === 'retrospective') {
      expect(await tryAll(work, steps, book)).toEqual([]);
      const legal = legalIn(steps, book);
      const hearing = asks && book.state === 'open' ? nextHearing(asks, book, legal) : undefined;
      book = await take(work, steps, book, hearing ?? nextApproval(steps, book, legal));
    }
    // What is over is over whatever its chain was.
    if (inner.length === 0 || shapesWished.length > 0) {
      expect(await tryAll(work, steps, book)).toEqual([]);
    }
    return book;
  }

  /** A chain of five steps is some thousand requests. */
  const patience = { timeout: 180_000 };

  it.each(shapes)('$inner then $last: every act in every state is as ruled', patience, async (shape) => {
    const begun = await aWalk(shape);
    expect((await walk(shape, begun, begin(begun.steps))).state).toBe('signed');
  });

  /** Shape by shape from another step; with more shapes wished, from every one. */
  const releases = shapes.flatMap((shape, index) =>
    Array.from({ length: shape.inner.length + 1 }, (_, at) => ({ ...shape, at })).filter(
      ({ at }) => index >= shapesAlways.length || at === Math.min(index, 1),
    ),
  );

  it.each(releases)(
    '$inner then $last, released urgently from step $at: every act afterwards is as ruled',
    patience,
    async ({ at, ...shape }) => {
      const { work, steps } = await aWalk(shape);
      let book = begin(steps);
      // What people ask is told no before, what the chain asks on the last step is still open.
      for (;;) {
        const legal = legalIn(steps, book);
        const isUnderWay = shape.asks === 'first' || book.step < at;
        const hearing = shape.asks && isUnderWay ? nextHearing(shape.asks, book, legal) : undefined;
        if (!hearing && book.step >= at) break;
        book = await take(work, steps, book, hearing ?? nextApproval(steps, book, legal));
      }
      const release = legalIn(steps, book).find(({ action }) => action === 'release-urgently');
      if (!release) throw new Error(`nobody may release in ${JSON.stringify(book)}`);
      const released = await take(work, steps, book, release);
      expect((await walk(shape, { work, steps }, released)).state).toBe('confirmed');
    },
  );
});
