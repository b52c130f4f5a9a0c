import { isOwnField } from '../../../contracts/field-values.ts';
import type { FieldDescription } from '../../../contracts/library.ts';
import { isTermReference, vocabularyNames, vocabularyOf } from '../../../contracts/term-reference.ts';
import { isDay } from '../../../contracts/day.ts';

/**
 * Draft: enough to keep. Submission: complete. Archive: complete but for days, which old material may have
 * lost; a day that nobody knows is left out, never made up.
 */
export type ContentStage = 'draft' | 'submission' | 'archive';

/** What is wrong with the form of a value that is there; undefined when nothing is. */
export function formProblem(
  field: FieldDescription,
  value: unknown,
  stage: ContentStage,
): string | undefined {
  if (isTermField(field)) return termProblem(field, value);
  if (Array.isArray(value)) return listProblem(field, value);
  if (typeof value !== 'string') return undefined;
  if (field.kind === 'choices') return `${field.name}的格式不对，请重新选择。`;
  const kept = keptProblem(field, value);
  // A draft may still be half typed; form is checked when it is handed on.
  return kept ?? (stage === 'draft' ? undefined : finishedProblem(field, value));
}

export function isTermField({ kind }: Pick<FieldDescription, 'kind'>): boolean {
  return kind === 'term' || kind === 'terms';
}

/** Only the form: whether there is such a term, its vocabulary knows. */
function termProblem(field: FieldDescription, value: unknown): string | undefined {
  const { name, kind, vocabulary, orText, maxLength = 100 } = field;
  if (Array.isArray(value) !== (kind === 'terms')) return `${name}的格式不对，请重新选择。`;
  const wrong = [value].flat().find((one) => !isTermReference(one) || vocabularyOf(one) !== vocabulary);
  if (wrong === undefined) return undefined;
  if (orText === true && typeof wrong === 'string' && !isTermReference(wrong)) {
    return wrong.length > maxLength ? `${name}不能超过${maxLength}个字。` : undefined;
  }
  return `${name}要从${vocabulary === undefined ? '' : vocabularyNames[vocabulary]}词表里选择。`;
}

/** The contract knows the lists of all types; those of single types are known here only. */
function listProblem(field: FieldDescription, value: readonly unknown[]): string | undefined {
  if (!isOwnField(field.key)) return undefined;
  if (field.kind !== 'choices') return `${field.name}只能填一项。`;
  const known = field.choices ?? [];
  return value.every((one) => known.some((choice) => choice === one)) ? undefined : choicesAre(field);
}

function choicesAre({ name, choices = [] }: FieldDescription): string {
  return `${name}只能是：${choices.join('、')}。`;
}

function keptProblem(field: FieldDescription, value: string): string | undefined {
  const { name, kind, maxLength } = field;
  if (maxLength !== undefined && value.length > maxLength) return `${name}不能超过${maxLength}个字。`;
  if (kind === 'choice' && field.choices?.includes(value) !== true) return choicesAre(field);
  if (kind === 'day' && !isDay(value)) return `${name}不是有效的日期。`;
  return undefined;
}

function finishedProblem(field: FieldDescription, value: string): string | undefined {
  if (field.kind === 'number') return numberProblem(field, value);
  if (field.kind === 'link') {
    return isLink(value) ? undefined : `${field.name}应是以 http:// 或 https:// 开头的网址。`;
  }
  if (field.pattern === undefined || new RegExp(field.pattern, 'u').test(value)) return undefined;
  return `${field.name}格式不对，应${field.patternHint ?? '按规定格式'}。`;
}

function numberProblem({ name, minimum, maximum }: FieldDescription, value: string): string | undefined {
  if (!/^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?$/.test(value)) {
    return `${name}应是数字，不带单位和千分位，例如 1280.5。`;
  }
  if (minimum !== undefined && Number(value) < minimum) return `${name}不能小于${String(minimum)}。`;
  if (maximum !== undefined && Number(value) > maximum) return `${name}不能大于${String(maximum)}。`;
  return undefined;
}

function isLink(value: string): boolean {
  return value.length <= 1_000 && /^https?:\/\/[^\s<>"\\]+$/.test(value) && URL.canParse(value);
}
