import {
  type NewOpennessAssessment,
  type OpennessReason,
  type SecrecyAnswer,
  secrecyAnswerNames,
} from '../../../contracts/openness.ts';
import { openToAll } from '../../../contracts/library.ts';
import type { Answers, OpennessAssessmentRow, SecrecyItemRow } from './assessment.types.ts';

/** What the form asks on the day it is filled in. */
export interface AssessmentFacts {
  readonly items: readonly SecrecyItemRow[];
  readonly reasons: readonly OpennessReason[];
}

export interface AssessmentProblem {
  readonly code: 'review.assessment-incomplete' | 'review.assessment-contradicts';
  readonly message: string;
}

const incomplete = (message: string): AssessmentProblem => ({
  code: 'review.assessment-incomplete',
  message,
});
const contradicts = (message: string): AssessmentProblem => ({
  code: 'review.assessment-contradicts',
  message,
});

/** The first thing that the form lacks, or in which it contradicts itself; null when it can be kept. */
export function assessmentProblem(
  form: AssessmentFacts,
  given: NewOpennessAssessment,
): AssessmentProblem | null {
  return reasonProblem(form.reasons, given) ?? answersProblem(form.items, given);
}

function reasonProblem(
  reasons: readonly OpennessReason[],
  { openMode, reasonKey }: NewOpennessAssessment,
): AssessmentProblem | null {
  if (openMode === openToAll) {
    return reasonKey === undefined ? null : contradicts(`认定为“${openToAll}”的，不能再选不公开的理由。`);
  }
  const reason = reasons.find(({ key }) => key === reasonKey);
  if (!reason) return incomplete(`认定为“${openMode}”的，请选择法定理由。`);
  if (reason.openModes.includes(openMode)) return null;
  return contradicts(`${reason.article}“${reason.name}”不能作为“${openMode}”的理由。`);
}

function answersProblem(
  items: readonly SecrecyItemRow[],
  { openMode, answers }: NewOpennessAssessment,
): AssessmentProblem | null {
  const known = new Map(items.map(({ key, name }) => [key, name]));
  const given = new Map(answers.map((one) => [one.item, one]));
  if (given.size < answers.length || answers.some(({ item }) => !known.has(item)))
    return contradicts('保密审查的项目有重复，或者已经变化，请刷新后重新填写。');
  for (const [key, name] of known) {
    const one = given.get(key);
    if (!one) return incomplete(`保密审查还有一项没有回答：${name}。`);
    if (one.answer !== 'no' && (one.remark ?? '').trim().length < 2)
      return incomplete(`“${name}”回答“${secrecyAnswerNames[one.answer]}”的，请写明情况。`);
    if (one.answer === 'yes' && openMode === openToAll)
      return contradicts(`“${name}”回答了“是”，不能认定为“${openToAll}”；处理以后请选“已处理”。`);
  }
  return null;
}

/** What somebody found otherwise than whoever assessed before; empty when they confirm it. */
export function changesBetween(
  before: OpennessAssessmentRow,
  after: OpennessAssessmentRow,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const changes: string[] = [];
  if (before.openMode !== after.openMode)
    changes.push(`公开属性由“${before.openMode}”改为“${after.openMode}”`);
  if (before.reasonKey !== after.reasonKey && after.reasonName !== null)
    changes.push(`理由改为“${after.reasonName}”`);
  for (const [key, name] of names) {
    const [was, is] = [answerText(before.answers, key), answerText(after.answers, key)];
    if (was !== is) changes.push(`${name}由“${was}”改为“${is}”`);
  }
  return changes;
}

function answerText(answers: Answers, key: string): string {
  const given: { answer: SecrecyAnswer; remark?: string } | undefined = answers[key];
  if (!given) return '未列';
  const { answer, remark } = given;
  return remark === undefined ? secrecyAnswerNames[answer] : `${secrecyAnswerNames[answer]}：${remark}`;
}
