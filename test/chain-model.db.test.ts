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
    readonly state: 'open' | 'signed' | 'returned' | 'recalled';
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

  function approved(steps: readonly Step[], book: Book, people: readonly Name[]): Book {
    const behind = [...book.behind, { step: book.step, people }];
    const gone = [...authors, ...behind.flatMap((one) => one.people)];
    const current = steps[book.step];
    if (current?.all && current.asks.some((one) => !gone.includes(one))) return { ...book, behind };
    if (book.step === steps.length - 1) return { ...book, behind, state: 'signed' };
    return { step: book.step + 1, state: 'open', behind };
  }

  /** In the own right, else in the place of whoever delegated. */
  function ruledTogether(steps: readonly Step[], book: Book, who: Name): Book | null {
    const approve = { who, action: 'approve' } as const;
    const inPlaceOf = delegates[who] ?? null;
    return (
      ruled(steps, book, { ...approve, inPlaceOf: null }) ?? ruled(steps, book, { ...approve, inPlaceOf })
    );
  }

  /** Where it leads, or null: not allowed. */
  function ruled(steps: readonly Step[], book: Book, act: Act): Book | null {
    const { who, action, inPlaceOf } = act;
    if (!sees(steps, who) || book.state !== 'open') return null;
    if (action === 'approve-together') return ruledTogether(steps, book, who);
    if (action === 'recall') return who === 'submitter' ? { ...book, state: 'recalled' } : null;
    if (!mayDecide(steps[book.step], book, act)) return null;
    if (action === 'return') return { ...book, state: 'returned' };
    if (action === 'send-back') return book.step === 0 ? null : { ...book, step: 0, behind: [] };
    return approved(steps, book, inPlaceOf === null ? [who] : [who, inPlaceOf]);
  }

  interface Act {
    readonly who: Name;
    readonly action: 'approve' | 'return' | 'send-back' | 'recall' | 'approve-together';
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
    if (action === 'approve-together') return sendTogether(work, step, who);
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

  const actions = ['approve', 'return', 'send-back', 'recall'] as const;
  /** Of each kind of people one, for it takes two requests. */
  const together: readonly Name[] = ['author', 'r1', 'p1', 'both', 'd1', 'd2', 'l1', 'x1', 'stranger'];
  const everyAct: readonly Act[] = (Object.keys(cast) as Name[]).flatMap((who) => {
    const own = actions.map((action): Act => ({ who, action, inPlaceOf: null }));
    if (together.includes(who)) own.push({ who, action: 'approve-together', inPlaceOf: null });
    const delegator = delegates[who];
    if (delegator === undefined) {
      // Whoever acts for nobody claims to act for a principal.
      return [...own, { who, action: 'approve', inPlaceOf: who === 'p1' ? 'p2' : 'p1' }];
    }
    const inPlace = actions.filter((action) => action !== 'recall');
    return [...own, ...inPlace.map((action): Act => ({ who, action, inPlaceOf: delegator }))];
  });

  /** Tries every act of everybody in one state, and says what was not as ruled. */
  async function tryAll(work: Work, steps: readonly Step[], book: Book): Promise<Tried> {
    const before = await rowsOf(work);
    const wrong: string[] = [];
    const legal: Act[] = [];
    for (const act of everyAct) {
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
    return { wrong, legal, tried: everyAct.length };
  }

  it.each(shapes)(
    '$inner then $last: every act of everybody in every state is as ruled',
    async ({ inner, last }) => {
      const steps = [...inner.map(innerStep), lastStep(last)];
      const on = await aColumn(db, { siteId: column.siteId, unit: { id: units.own?.id ?? '' } });
      await aChain(db, {
        columnId: on.id,
        unitId: units.own?.id ?? '',
        steps: steps.map(({ step }, at) => ({ ...step, key: `k${at}`, name: `第${at + 1}步` })),
      });
      const work = await aWork(on);
      let book: Book = { step: 0, state: 'open', behind: [] };
      while (book.state === 'open') {
        const { wrong, legal } = await tryAll(work, steps, book);
        expect(wrong).toEqual([]);
        const here: Book = book;
        // On with somebody whom no later step needs more; with a delegate where there is one.
        const approvals = legal.filter(({ action }) => action === 'approve');
        const spared = approvals.filter(({ who, inPlaceOf }) => {
          const later = steps
            .slice(here.step + 1)
            .flatMap(({ step }) => (step.accountIds ? step.accountIds : []));
          return ![who, inPlaceOf].some((one) => one !== null && later.includes(accounts[one].id));
        });
        const chosen = spared.find(({ inPlaceOf }) => inPlaceOf !== null) ?? spared[0] ?? approvals[0];
        if (!chosen) throw new Error(`nobody may approve in ${JSON.stringify(here)}`);
        const next = ruled(steps, here, chosen);
        expect(await send(work, here.step, chosen)).toBe(201);
        if (next) book = next;
        expect(await placeOf(work)).toBe(`${book.state} ${book.step}`);
      }
      expect(book.state).toBe('signed');
      expect((await tryAll(work, steps, book)).wrong).toEqual([]);
    },
  );
});
