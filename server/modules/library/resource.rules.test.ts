import { describe, expect, it } from 'vitest';

import { type Stage, stages } from '../../../contracts/library.ts';
import { anonymous, systemActor } from '../../platform/context.ts';
import type { Actor } from '../../../contracts/actor.ts';
import { allowedActions, canEdit, canWithdraw } from './resource.policy.ts';
import {
  allowsDeed,
  type Deed,
  requireDeed,
  requireSchedule,
  type ResourceState,
  stageAfterRecall,
} from './resource.rules.ts';

const deeds: readonly Deed[] = [
  'save',
  'submit',
  'return',
  'recall',
  'sign',
  'release',
  'withdraw',
  'discard',
  'restore',
  'schedule',
  'place',
];
const state = (stage: Stage, hasLiveRevision = false, wasPublished = hasLiveRevision): ResourceState => ({
  stage,
  hasLiveRevision,
  wasPublished,
});
const allowed = (one: ResourceState): readonly Deed[] => deeds.filter((deed) => allowsDeed(one, deed));

describe('what can happen to a resource', () => {
  it.each<[Stage, boolean, readonly Deed[]]>([
    ['draft', false, ['save', 'submit', 'discard', 'schedule', 'place']],
    ['in-review', false, ['return', 'recall', 'sign']],
    ['in-review', true, ['return', 'recall', 'sign', 'withdraw']],
    ['returned', false, ['save', 'submit', 'discard', 'schedule', 'place']],
    ['returned', true, ['save', 'submit', 'withdraw', 'schedule', 'place']],
    ['scheduled', false, ['release', 'withdraw', 'schedule']],
    ['scheduled', true, ['release', 'withdraw', 'schedule']],
    ['live', true, ['save', 'submit', 'withdraw', 'schedule', 'place']],
    ['withdrawn', false, ['save', 'submit', 'schedule', 'place']],
    ['discarded', false, ['restore']],
  ])('%s (live: %s) allows %j', (stage, live, wanted) => {
    expect(allowed(state(stage, live))).toEqual(wanted);
  });

  it('nothing that was ever public can be thrown away', () => {
    for (const stage of stages) expect(allowsDeed(state(stage, false, true), 'discard')).toBe(false);
  });

  it('only what is in review can be signed, and only what is signed can be released', () => {
    expect(stages.filter((stage) => allowsDeed(state(stage, true), 'sign'))).toEqual(['in-review']);
    expect(stages.filter((stage) => allowsDeed(state(stage, true), 'release'))).toEqual(['scheduled']);
  });

  it('a refusal says the stage and the deed', () => {
    expect(() => {
      requireDeed(state('in-review'), 'save');
    }).toThrow(
      expect.objectContaining({
        kind: 'conflict',
        code: 'library.stage-forbids',
        details: { stage: 'in-review', deed: 'save' },
      }),
    );
  });

  it('work taken back is a draft, an edit of something live, or what was withdrawn meanwhile', () => {
    expect(stageAfterRecall(state('in-review'))).toBe('draft');
    expect(stageAfterRecall(state('in-review', true))).toBe('live');
    expect(stageAfterRecall(state('in-review', false, true))).toBe('withdrawn');
  });
});

describe('hours of release and expiry', () => {
  const now = new Date('2026-11-22T08:00:00Z');
  const hour = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000);
  const check = (release: Date | null, expiry: Date | null) => () => {
    requireSchedule(release, expiry, now);
  };

  it('may both be absent, and a release may lie in the past, which means at once', () => {
    expect(check(null, null)).not.toThrow();
    expect(check(hour(-5), null)).not.toThrow();
    expect(check(hour(1), hour(2))).not.toThrow();
  });

  it.each([
    ['before now', null, hour(-1)],
    ['now', null, hour(0)],
    ['before the release', hour(2), hour(1)],
    ['between a past release and now', hour(-5), hour(-1)],
    ['with the release', hour(2), hour(2)],
  ])('an expiry %s is refused', (_when, release, expiry) => {
    expect(check(release, expiry)).toThrow(expect.objectContaining({ code: 'library.schedule-invalid' }));
  });

  it('a release in the far future is a slip of the keys', () => {
    expect(check(hour(24 * 366 * 11), null)).toThrow(
      expect.objectContaining({ code: 'library.schedule-invalid' }),
    );
  });
});

describe('who may', () => {
  const person = (roles: Actor['roles'], unitIds: readonly string[]): Actor => ({
    ...systemActor('x'),
    kind: 'account',
    roles,
    scope: { kind: 'units', unitIds },
  });

  it('an editor writes in his unit and nowhere else', () => {
    expect(canEdit(person(['editor'], ['1', '2']), '2')).toBe(true);
    expect(canEdit(person(['editor'], ['1']), '2')).toBe(false);
  });

  it('reviewers and principals withdraw, editors do not', () => {
    expect(canWithdraw(person(['reviewer'], ['1']), '1')).toBe(true);
    expect(canWithdraw(person(['principal'], ['1']), '1')).toBe(true);
    expect(canWithdraw(person(['editor'], ['1']), '1')).toBe(false);
  });

  it('no platform role writes content, whatever it sees', () => {
    for (const role of ['operator', 'supervisor', 'system-admin', 'security-admin', 'audit-admin'] as const) {
      const actor: Actor = { ...person([role], []), scope: { kind: 'all' } };
      // Who answers for the sites may take something off them, which writes nothing.
      expect(allowedActions(actor, '1', state('live', true))).toEqual(
        role === 'operator' ? ['take-down'] : [],
      );
    }
    expect(allowedActions(anonymous, '1', state('draft'))).toEqual([]);
  });

  it('the console is offered exactly what the rules allow', () => {
    const editor = person(['editor'], ['1']);
    expect(allowedActions(editor, '1', state('draft'))).toEqual([
      'edit',
      'submit',
      'discard',
      'schedule',
      'place',
    ]);
    for (const isLive of [false, true]) {
      expect(allowedActions(editor, '1', state('in-review', isLive))).toEqual([]);
      expect(allowedActions(editor, '1', state('scheduled', isLive))).toEqual(['schedule']);
    }
    expect(allowedActions(editor, '1', state('live', true))).toContain('place');
    expect(allowedActions(editor, '1', state('discarded'))).toEqual(['restore']);
    expect(allowedActions(person(['principal'], ['1']), '1', state('live', true))).toEqual([
      'withdraw',
      'schedule',
    ]);
  });
});
