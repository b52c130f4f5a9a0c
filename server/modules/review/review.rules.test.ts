import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Actor, Role } from '../../../contracts/actor.ts';
import { isRunning, type NewDecision } from '../../../contracts/review.ts';
import type { ReviewStep } from '../../../contracts/review.ts';
import { defaultChain } from './chain.rules.ts';
import { decisionRefusal, expectedRefusal as refusalAt, offerTo } from './review.policy.ts';
import {
  countingApprovals,
  formRefusal,
  nextPlace,
  type ReviewAct,
  type ReviewFacts,
} from './review.rules.ts';

const digest = Buffer.alloc(32, 1);
const facts: ReviewFacts = {
  state: 'open',
  step: 0,
  chain: defaultChain,
  unitId: '1',
  submittedBy: '10',
  authorIds: ['10', '11'],
  approvals: [],
  waitingIds: null,
  isForsaken: false,
  ableIds: null,
  awaitsOpinion: false,
  isOpposed: false,
  openMode: '主动公开',
  revisionDigest: digest,
};
const somebody = (id: string, roles: readonly Role[], unitIds: readonly string[] = ['1']): Actor => ({
  kind: 'account',
  id,
  name: '某人',
  unitId: '1',
  roles,
  scope: { kind: 'units', unitIds },
});
const atDesk = (actor: Actor, delegators: readonly Actor[] = []) => ({ actor, delegators });
const offeredActions = (review: ReviewFacts, actor: Actor) => offerTo(review, atDesk(actor)).actions;
const expectedRefusal = (review: ReviewFacts, actor: Actor) => refusalAt(review, atDesk(actor));
const approvedBy = (...ids: readonly string[]) => ids.map((by, step) => ({ step, by, onBehalfOf: null }));
const approval: NewDecision = {
  action: 'approve',
  step: 0,
  revisionDigest: digest.toString('hex'),
};

describe('the steps of a review', () => {
  it('lead through 初审, 复审 and 签发 to the signature', () => {
    expect(nextPlace(facts, 'complete')).toEqual({ state: 'open', step: 1 });
    expect(nextPlace({ ...facts, step: 1 }, 'complete')).toEqual({ state: 'open', step: 2 });
    expect(nextPlace({ ...facts, step: 2 }, 'complete')).toEqual({ state: 'signed', step: 2 });
    expect(nextPlace({ ...facts, step: 2 }, 'join')).toEqual({ state: 'open', step: 2 });
  });

  it('go back to an earlier one only, and from the first to none', () => {
    for (const step of [0, 1, 2]) {
      for (const backTo of [-1, 0, 1, 2, 3]) {
        const next = nextPlace({ ...facts, step }, 'send-back', backTo);
        expect(next).toEqual(backTo >= 0 && backTo < step ? { state: 'open', step: backTo } : undefined);
      }
    }
  });

  it('end for good, whatever is done, and are signed or confirmed only after every step was completed', () => {
    const act = fc.record({
      act: fc.constantFrom<ReviewAct>(
        ...(['join', 'complete', 'return', 'send-back', 'recall', 'object', 'release-urgently'] as const),
      ),
      backTo: fc.integer({ min: -1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), (acts, length) => {
        const chain = Array.from({ length }, () => defaultChain[2] as ReviewStep);
        let place: Pick<ReviewFacts, 'state' | 'step' | 'chain'> = { ...facts, chain };
        const completed = new Set<number>();
        for (const { act: one, backTo } of acts) {
          const next = nextPlace(place, one, backTo);
          if (!isRunning(place.state)) expect(next).toBeUndefined();
          if (!next) continue;
          if (one === 'complete') completed.add(place.step);
          if (one === 'send-back')
            for (let step = next.step; step < length; step += 1) completed.delete(step);
          place = { ...place, ...next };
          if (next.state === 'signed' || next.state === 'confirmed') expect(completed.size).toBe(length);
        }
      }),
    );
  });

  it('after an urgent release know no way back, and end where the signature stands already', () => {
    const released = nextPlace({ ...facts, step: 1 }, 'release-urgently');
    expect(released).toEqual({ state: 'retrospective', step: 1 });
    for (const lastStep of [1, 2]) {
      const review = { ...facts, state: 'retrospective', step: 1, lastStep } as const;
      for (const act of ['return', 'send-back', 'recall', 'release-urgently'] as const) {
        expect(nextPlace(review, act, 0)).toBeUndefined();
      }
      expect(nextPlace(review, 'object')).toEqual({ state: 'objected', step: 1 });
      expect(nextPlace(review, 'complete')).toEqual(
        lastStep === 1 ? { state: 'confirmed', step: 1 } : { state: 'retrospective', step: 2 },
      );
    }
    expect(nextPlace(facts, 'object')).toBeUndefined();
  });

  it('count no approval that was given before the work went back to that step', () => {
    const approved = (step: number) => ({ step, outcome: 'approved' as const, backTo: null });
    const back = (step: number, backTo: number) => ({ step, outcome: 'sent-back' as const, backTo });
    const decisions = [approved(0), approved(1), approved(2), back(3, 1), approved(1)];
    expect(countingApprovals(decisions)).toEqual([decisions[0], decisions[4]]);
    expect(countingApprovals([...decisions, back(2, 0)])).toEqual([]);
  });

  it('never accept one person twice, nor anybody who wrote or submitted', () => {
    const id = fc.constantFrom('10', '11', '12', '13');
    const roles = fc.subarray<Role>(['editor', 'reviewer', 'principal', 'operator']);
    fc.assert(
      fc.property(id, roles, fc.subarray(['12', '13']), fc.nat(2), (who, held, deciderIds, step) => {
        const actor = somebody(who, held);
        const review = { ...facts, step, approvals: approvedBy(...deciderIds) };
        const isBarred = review.authorIds.includes(who) || deciderIds.includes(who);
        const offered = offeredActions(review, actor).filter((one) => one !== 'recall');
        if (isBarred) expect(offered).toEqual([]);
        for (const action of ['approve', 'return', 'send-back', 'recall'] as const) {
          expect(offeredActions(review, actor).includes(action)).toBe(
            decisionRefusal(review, { actor, onBehalfOf: null }, action) === null,
          );
        }
      }),
    );
  });
});

describe('who stands behind an approval', () => {
  const role = fc.constantFrom<ReviewStep['role']>('reviewer', 'principal');
  const people = ['10', '11', '12', '13', '14', '15'];
  const person = fc.constantFrom(...people);
  const aStep: fc.Arbitrary<Omit<ReviewStep, 'key' | 'name'>> = fc.oneof(
    fc.record({ role }),
    fc.record({ role, accountIds: fc.uniqueArray(person, { minLength: 1, maxLength: 4 }) }),
    fc.record({ role, unitId: fc.constantFrom('1', '2') }),
  );

  interface Attempt {
    readonly who: string;
    readonly inPlaceOf: string | null;
    readonly sendsBackTo: number | null;
  }
  /** The review after somebody tried something, as commands would leave it. */
  function after(review: ReviewFacts, actors: ReadonlyMap<string, Actor>, attempt: Attempt): ReviewFacts {
    const { who, inPlaceOf, sendsBackTo } = attempt;
    const actor = actors.get(who);
    const onBehalfOf = inPlaceOf === null ? null : (actors.get(inPlaceOf) ?? null);
    if (!actor || onBehalfOf === actor) return review;
    const action = sendsBackTo === null ? 'approve' : 'send-back';
    if (decisionRefusal(review, { actor, onBehalfOf }, action) !== null) return review;
    return action === 'approve' ? approved(review, who, inPlaceOf) : sentBack(review, sendsBackTo ?? 0);
  }
  function approved(review: ReviewFacts, by: string, onBehalfOf: string | null): ReviewFacts {
    const next = nextPlace(review, 'complete');
    const approvals = [...review.approvals, { step: review.step, by, onBehalfOf }];
    return next ? { ...review, ...next, approvals } : review;
  }
  function sentBack(review: ReviewFacts, to: number): ReviewFacts {
    const next = nextPlace(review, 'send-back', to);
    if (!next) return review;
    return { ...review, ...next, approvals: review.approvals.filter(({ step }) => step < next.step) };
  }

  it('is never an author, nor anybody twice, with any roles, chains and delegations', () => {
    const attempt = fc.record({
      who: person,
      inPlaceOf: fc.option(person),
      sendsBackTo: fc.option(fc.nat(4)),
    });
    fc.assert(
      fc.property(
        fc.array(aStep, { minLength: 1, maxLength: 5 }),
        fc.array(fc.subarray<Role>(['editor', 'reviewer', 'principal']), { minLength: 6, maxLength: 6 }),
        fc.array(attempt, { maxLength: 40 }),
        (steps, roles, attempts) => {
          const actors = new Map(people.map((id, at) => [id, somebody(id, roles[at] ?? [], ['1', '2'])]));
          const chain = steps.map((step, at) => ({ ...step, key: String(at), name: String(at) }));
          let review: ReviewFacts = { ...facts, chain };
          for (const attempt of attempts) {
            review = after(review, actors, attempt);
            const { approvals } = review;
            const behind = approvals.flatMap((one) => [one.by, ...(one.onBehalfOf ? [one.onBehalfOf] : [])]);
            expect(behind.filter((id) => review.authorIds.includes(id))).toEqual([]);
            expect(new Set(behind).size).toBe(behind.length);
            if (review.state === 'signed') expect(approvals.length).toBe(chain.length);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('has the right of whoever delegated, and not what was delegated to them', () => {
    const [away, delegate] = [somebody('14', ['principal']), somebody('15', ['editor'])];
    const review = { ...facts, step: 2, approvals: approvedBy('12', '13') };
    expect(offerTo(review, atDesk(delegate, [away]))).toMatchObject({
      actions: ['approve', 'return', 'send-back'],
      onBehalfOf: { id: '14' },
    });
    expect(offerTo(review, atDesk(somebody('16', ['editor']), [delegate])).actions).toEqual([]);
  });

  it('is named in the refusal when a delegation would let an author sign', () => {
    const [author, away] = [somebody('11', ['editor']), somebody('14', ['principal'])];
    const review = { ...facts, step: 2 };
    expect(decisionRefusal(review, { actor: author, onBehalfOf: away }, 'approve')).toBe('review.own-work');
    const delegate = somebody('15', ['reviewer']);
    const byAuthor = somebody('11', ['principal']);
    expect(decisionRefusal(review, { actor: delegate, onBehalfOf: byAuthor }, 'approve')).toBe(
      'review.own-work',
    );
  });

  it('speaks for themselves and for nobody else where both are asked', () => {
    const [first, , signature] = defaultChain as [ReviewStep, ReviewStep, ReviewStep];
    const review = {
      ...facts,
      chain: [{ ...first, quorum: 'all' as const }, signature],
      waitingIds: ['12', '13'],
    };
    const [asked, away] = [somebody('12', ['reviewer']), somebody('13', ['reviewer'])];
    const inTheirPlace = { actor: asked, onBehalfOf: away };
    expect(decisionRefusal(review, inTheirPlace, 'approve')).toBe('review.asked-yourself');
    expect(decisionRefusal(review, inTheirPlace, 'return')).toBeNull();
    expect(offerTo(review, atDesk(asked, [away]))).toEqual({
      actions: ['approve', 'return'],
      onBehalfOf: null,
    });
    const given = { ...review, approvals: approvedBy('12'), waitingIds: ['13'] };
    expect(decisionRefusal(given, inTheirPlace, 'approve')).toBe('review.reviewed-before');
    const other = { actor: somebody('14', ['editor']), onBehalfOf: away };
    expect(decisionRefusal(given, other, 'approve')).toBeNull();
  });

  it('is among those whom the step names or waits for', () => {
    const [first, , signature] = defaultChain as [ReviewStep, ReviewStep, ReviewStep];
    const chain = [{ ...first, accountIds: ['12', '13'], quorum: 'all' as const }, signature];
    const review = { ...facts, chain, waitingIds: ['13'] };
    expect(offeredActions(review, somebody('13', ['reviewer'], ['9']))).toEqual(['approve', 'return']);
    for (const who of [
      somebody('12', ['reviewer']),
      somebody('13', ['editor']),
      somebody('14', ['reviewer']),
    ]) {
      expect(offeredActions(review, who)).toEqual([]);
    }
  });
});

describe('the form of a decision', () => {
  it('needs a reason of two characters to return, blanks not counted', () => {
    expect(formRefusal(facts, { ...approval, action: 'return', reason: ' 错 ' })).toBe(
      'review.reason-missing',
    );
    expect(formRefusal(facts, { ...approval, action: 'return', reason: '错字' })).toBeNull();
  });

  it('holds for one step and one digest only', () => {
    expect(formRefusal({ ...facts, step: 1 }, approval)).toBe('review.step-passed');
    expect(formRefusal(facts, { ...approval, revisionDigest: '0'.repeat(64) })).toBe(
      'review.revision-changed',
    );
  });
});

describe('what the console says when somebody cannot approve', () => {
  it('names the rule to whoever reviews in the unit, and is silent to others', () => {
    expect(expectedRefusal(facts, somebody('11', ['reviewer']))).toBe('您是本稿作者，不能审核自己的稿件。');
    expect(
      expectedRefusal({ ...facts, step: 1, approvals: approvedBy('12') }, somebody('12', ['reviewer'])),
    ).toBe('您已审过前一步，请由另一人审核。');
    expect(expectedRefusal({ ...facts, step: 2 }, somebody('12', ['reviewer']))).toBe('现在轮到签发人签发。');
    expect(expectedRefusal(facts, somebody('12', ['editor']))).toBeNull();
    expect(expectedRefusal(facts, somebody('12', ['reviewer']))).toBeNull();
    expect(expectedRefusal({ ...facts, state: 'signed', step: 2 }, somebody('11', ['reviewer']))).toBeNull();
  });

  it('lets the principal only return what is not open to all', () => {
    const review = { ...facts, step: 2, openMode: '不予公开' };
    const principal = somebody('14', ['principal']);
    expect(offeredActions(review, principal)).toEqual(['return', 'send-back']);
    expect(expectedRefusal(review, principal)).toContain('主动公开');
  });
});
