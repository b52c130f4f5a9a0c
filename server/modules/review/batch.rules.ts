import type { NewOpennessAssessment } from '../../../contracts/openness.ts';
import type { ReviewState } from '../../../contracts/review.ts';
import type { OpennessAssessmentRow } from './assessment.types.ts';
import type { Opening } from './opening.types.ts';

/** What a work of a batch is looked at for, beyond what every approval is. */
export interface BatchFacts {
  readonly state: ReviewState;
  /** A unit that was asked on this step does not agree. */
  readonly isOpposed: boolean;
  /** When this person opened this review; of an earlier review of the same work nothing but that there was one. */
  readonly opening: Opening | undefined;
  readonly openedBefore: boolean;
  readonly stepSince: Date;
  readonly revisionDigest: Buffer;
  /** Somebody remarked or decided since it was opened. */
  readonly isChanged: boolean;
  readonly hasUnsettled: boolean;
  /** It went to review in spite of findings, with reasons. */
  readonly needsLook: boolean;
  /** 公开方式 as the revision states it. */
  readonly openMode: string | undefined;
  /** What the step before found. */
  readonly before: Pick<OpennessAssessmentRow, 'openMode' | 'answers'> | undefined;
}

export type BatchRefusal =
  | 'review.retrospective-alone'
  | 'review.opposed-alone'
  | 'review.not-opened'
  | 'review.opened-other-revision'
  | 'review.changed-since-opened'
  | 'review.comments-unsettled'
  | 'review.findings-need-look'
  | 'review.assessment-differs';

/** Why a work cannot be approved together with others, or null: it has to be looked at by itself. */
export function batchRefusal(facts: BatchFacts, assessment: NewOpennessAssessment): BatchRefusal | null {
  const { opening } = facts;
  if (facts.state === 'retrospective') return 'review.retrospective-alone';
  if (facts.isOpposed) return 'review.opposed-alone';
  if (!opening) return facts.openedBefore ? 'review.opened-other-revision' : 'review.not-opened';
  if (!opening.revisionDigest.equals(facts.revisionDigest)) return 'review.opened-other-revision';
  if (opening.openedAt < facts.stepSince || facts.isChanged) return 'review.changed-since-opened';
  if (facts.hasUnsettled) return 'review.comments-unsettled';
  if (facts.needsLook) return 'review.findings-need-look';
  return isSharedBy(facts, assessment) ? null : 'review.assessment-differs';
}

/** One form stands for several works only where each states that openness, and nobody found anything else before. */
function isSharedBy(
  { openMode, before }: BatchFacts,
  { openMode: found, answers }: NewOpennessAssessment,
): boolean {
  if (openMode !== found) return false;
  if (!before) return true;
  return (
    before.openMode === found && answers.every(({ item, answer }) => before.answers[item]?.answer === answer)
  );
}

export const batchSentences: Readonly<Record<BatchRefusal, string>> = {
  'review.retrospective-alone': '已经紧急发布、正在补审的，请单独审核。',
  'review.opposed-alone': '有单位会签不同意，请单独审核，写明继续办理的理由。',
  'review.not-opened': '您还没有打开过这一篇，请打开看过再批。',
  'review.opened-other-revision': '您打开过的是之前送审的版本，请打开这一版看过再批。',
  'review.changed-since-opened': '您打开以后有新的批注或者审核意见，请重新打开看过再批。',
  'review.comments-unsettled': '有未处理的批注，请单独审核。',
  'review.findings-need-look': '校核有需要看的问题（送审时说明了理由，或者没有查全），请单独审核。',
  'review.assessment-differs': '公开方式或者前面环节的认定、保密审查与这次填写的不同，请单独审核。',
};
