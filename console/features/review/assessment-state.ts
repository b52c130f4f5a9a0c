import type {
  OpennessAssessment,
  OpennessForm,
  NewOpennessAssessment,
  OpenMode,
  SecrecyAnswer,
} from '../../../contracts/openness.ts';
import { openModes, openToAll } from '../../../contracts/library.ts';

export interface AnswerDraft {
  readonly answer: SecrecyAnswer | null;
  readonly remark: string;
}

/** The form as it stands on the screen. */
export interface AssessmentDraft {
  readonly openMode: OpenMode | null;
  readonly reasonKey: string | null;
  readonly reasonNote: string;
  readonly answers: Readonly<Record<string, AnswerDraft>>;
  /** Somebody assessed it before, and this person has looked at it. */
  readonly confirmed: boolean;
}

/** Begins with what the step before found, else with what the author stated. */
export function beginAssessment(
  form: OpennessForm,
  before: OpennessAssessment | undefined,
  stated: string | undefined,
): AssessmentDraft {
  const known = new Map(before?.answers.map((one) => [one.item, one]));
  return {
    openMode: before?.openMode ?? openModes.find((mode) => mode === stated) ?? null,
    reasonKey: before?.reason?.key ?? null,
    reasonNote: before?.reasonNote ?? '',
    answers: Object.fromEntries(
      form.items.map(({ key }): [string, AnswerDraft] => [
        key,
        { answer: known.get(key)?.answer ?? null, remark: known.get(key)?.remark ?? '' },
      ]),
    ),
    confirmed: before === undefined,
  };
}

/** The first thing that keeps it from being sent: a sentence, and the field to go to. */
export interface Lack {
  readonly field: string;
  readonly sentence: string;
}

export function lackOf(form: OpennessForm, draft: AssessmentDraft): Lack | null {
  if (draft.openMode === null) return { field: 'assess-mode', sentence: '请先认定公开属性' };
  if (draft.openMode !== openToAll && draft.reasonKey === null)
    return { field: 'assess-reason', sentence: `认定为“${draft.openMode}”的，请选择法定理由` };
  for (const { key, name } of form.items) {
    const given = draft.answers[key];
    if (given === undefined || given.answer === null)
      return { field: `assess-${key}`, sentence: `保密审查还有一项没有回答：${name}` };
    if (given.answer !== 'no' && given.remark.trim().length < 2)
      return { field: `assess-${key}-remark`, sentence: `请写明“${name}”的情况` };
    if (given.answer === 'yes' && draft.openMode === openToAll)
      return {
        field: `assess-${key}`,
        sentence: `“${name}”回答了“是”，不能主动公开；处理以后请选“已处理”`,
      };
  }
  return draft.confirmed ? null : { field: 'assess-confirmed', sentence: '请确认您已复核认定和保密审查' };
}

/** What is sent; only of a draft that lacks nothing. */
export function assessmentOf(draft: AssessmentDraft): NewOpennessAssessment | undefined {
  const { openMode, reasonKey, reasonNote, answers } = draft;
  if (openMode === null) return undefined;
  return {
    openMode,
    ...(openMode === openToAll || reasonKey === null ? {} : { reasonKey }),
    ...(openMode === openToAll || reasonNote.trim() === '' ? {} : { reasonNote: reasonNote.trim() }),
    answers: Object.entries(answers).flatMap(([item, { answer, remark }]) =>
      answer === null ? [] : [{ item, answer, ...(remark.trim() === '' ? {} : { remark: remark.trim() }) }],
    ),
  };
}

/** Whatever is not answered yet is answered with no; what was found stays. */
export function answerRestNo(draft: AssessmentDraft): AssessmentDraft {
  return {
    ...draft,
    answers: Object.fromEntries(
      Object.entries(draft.answers).map(([key, given]) => [
        key,
        given.answer === null ? { ...given, answer: 'no' as const } : given,
      ]),
    ),
  };
}
