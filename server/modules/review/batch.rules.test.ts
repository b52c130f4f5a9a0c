import { describe, expect, it } from 'vitest';

import { anAssessment, secrecyItems } from '../../../test/factories/assessment.ts';
import { type BatchFacts, batchRefusal } from './batch.rules.ts';

const digest = Buffer.alloc(32, 1);
const opened = new Date('2026-11-27T02:00:00Z');
const answers = Object.fromEntries(secrecyItems.map((item) => [item, { answer: 'no' as const }]));
const sound: BatchFacts = {
  state: 'open',
  isOpposed: false,
  opening: { revisionDigest: digest, openedAt: opened },
  openedBefore: false,
  stepSince: new Date('2026-11-27T01:00:00Z'),
  revisionDigest: digest,
  isChanged: false,
  hasUnsettled: false,
  needsLook: false,
  openMode: '主动公开',
  before: { openMode: '主动公开', answers },
};

describe('a work of a batch', () => {
  const refused = (part: Partial<BatchFacts>) => batchRefusal({ ...sound, ...part }, anAssessment());

  it('is approved when it was opened as it is and nothing sets it apart, also on its first step', () => {
    expect([refused({}), refused({ before: undefined })]).toEqual([null, null]);
  });

  it.each<[string, Partial<BatchFacts>]>([
    ['review.retrospective-alone', { state: 'retrospective' }],
    ['review.opposed-alone', { isOpposed: true }],
    ['review.not-opened', { opening: undefined }],
    ['review.opened-other-revision', { opening: undefined, openedBefore: true }],
    ['review.opened-other-revision', { revisionDigest: Buffer.alloc(32, 2) }],
    ['review.changed-since-opened', { stepSince: new Date('2026-11-27T02:00:01Z') }],
    ['review.changed-since-opened', { isChanged: true }],
    ['review.comments-unsettled', { hasUnsettled: true }],
    ['review.findings-need-look', { needsLook: true }],
    ['review.assessment-differs', { openMode: '依申请公开' }],
    ['review.assessment-differs', { openMode: undefined }],
    ['review.assessment-differs', { before: { openMode: '依申请公开', answers } }],
    [
      'review.assessment-differs',
      {
        before: {
          openMode: '主动公开',
          answers: { ...answers, privacy: { answer: 'treated', remark: '已隐去' } },
        },
      },
    ],
    ['review.assessment-differs', { before: { openMode: '主动公开', answers: {} } }],
  ])('is refused as %s', (code, part) => {
    expect(refused(part)).toBe(code);
  });
});
