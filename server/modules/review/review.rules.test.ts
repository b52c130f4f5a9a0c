import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Actor, Role } from '../../../contracts/actor.ts';
import type { NewDecision, ReviewAction } from '../../../contracts/review.ts';
import { decisionRefusal, expectedRefusal, offeredActions } from './review.policy.ts';
import { defaultChain, formRefusal, nextPlace, type ReviewFacts } from './review.rules.ts';

const digest = Buffer.alloc(32, 1);
const facts: ReviewFacts = {
  state: 'open',
  step: 0,
  chain: defaultChain,
  unitId: '1',
  submittedBy: '10',
  authorIds: ['10', '11'],
  deciderIds: [],
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
const approval: NewDecision = {
  action: 'approve',
  step: 0,
  revisionDigest: digest.toString('hex'),
  opennessChecked: true,
  secrecyChecked: true,
};

describe('the steps of a review', () => {
  it('lead through 初审, 复审 and 签发 to the signature', () => {
    const first = nextPlace(facts, 'approve');
    expect(first).toEqual({ state: 'open', step: 1 });
    expect(nextPlace({ ...facts, step: 1 }, 'approve')).toEqual({ state: 'open', step: 2 });
    expect(nextPlace({ ...facts, step: 2 }, 'approve')).toEqual({ state: 'signed', step: 2 });
  });

  it('end for good, whatever is done', () => {
    const act = fc.constantFrom<ReviewAction>('approve', 'return', 'recall');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (acts, length) => {
        let place: Pick<ReviewFacts, 'state' | 'step' | 'chain'> = {
          ...facts,
          chain: defaultChain.slice(0, length),
        };
        let approvals = 0;
        for (const action of acts) {
          const next = nextPlace(place, action);
          if (place.state !== 'open') expect(next).toBeUndefined();
          if (!next) continue;
          if (action === 'approve') approvals += 1;
          place = { ...place, ...next };
          if (next.state === 'signed') expect(approvals).toBe(length);
        }
      }),
    );
  });

  it('never accept one person twice, nor anybody who wrote or submitted', () => {
    const id = fc.constantFrom('10', '11', '12', '13');
    const roles = fc.subarray<Role>(['editor', 'reviewer', 'principal', 'operator']);
    fc.assert(
      fc.property(id, roles, fc.subarray(['12', '13']), fc.nat(2), (who, held, deciderIds, step) => {
        const actor = somebody(who, held);
        const review = { ...facts, step, deciderIds };
        const isBarred = review.authorIds.includes(who) || deciderIds.includes(who);
        const offered = offeredActions(review, actor).filter((one) => one !== 'recall');
        if (isBarred) expect(offered).toEqual([]);
        for (const action of ['approve', 'return', 'recall'] as const) {
          expect(offeredActions(review, actor).includes(action)).toBe(
            decisionRefusal(review, actor, action) === null,
          );
        }
      }),
    );
  });
});

describe('the form of a decision', () => {
  it('needs both checks at every step, and the openness at the signature', () => {
    expect(formRefusal(facts, approval)).toBeNull();
    expect(formRefusal(facts, { ...approval, secrecyChecked: false })).toBe('review.checks-missing');
    expect(formRefusal(facts, { ...approval, opennessChecked: false })).toBe('review.checks-missing');
    const last = { ...facts, step: 2 };
    expect(formRefusal(last, { ...approval, step: 2 })).toBe('review.checks-missing');
    expect(formRefusal(last, { ...approval, step: 2, openness: '依申请公开' })).toBe('review.not-public');
    expect(formRefusal(last, { ...approval, step: 2, openness: '主动公开' })).toBeNull();
  });

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
    expect(expectedRefusal({ ...facts, step: 1, deciderIds: ['12'] }, somebody('12', ['reviewer']))).toBe(
      '您已审过前一步，请由另一人审核。',
    );
    expect(expectedRefusal({ ...facts, step: 2 }, somebody('12', ['reviewer']))).toBe('现在轮到签发人签发。');
    expect(expectedRefusal(facts, somebody('12', ['editor']))).toBeNull();
    expect(expectedRefusal(facts, somebody('12', ['reviewer']))).toBeNull();
    expect(expectedRefusal({ ...facts, state: 'signed', step: 2 }, somebody('11', ['reviewer']))).toBeNull();
  });

  it('lets the principal only return what is not open to all', () => {
    const review = { ...facts, step: 2, openMode: '不予公开' };
    const principal = somebody('14', ['principal']);
    expect(offeredActions(review, principal)).toEqual(['return']);
    expect(expectedRefusal(review, principal)).toContain('主动公开');
  });
});
