import { correctionKinds, formLimits, ratingReasons } from '../../../contracts/interaction.ts';
import { readContact } from './contact.rules.ts';
import type { CorrectionForm, RatingForm } from '../../../contracts/interaction.ts';

/** A citizen's form as it came: each field once, trimmed. */
export type FormFields = ReadonlyMap<string, string>;
/** What is wrong, by field, in words for the one who filled it in. */
export type FormProblems = Readonly<Record<string, string>>;
export type Checked<T> = { readonly value: T } | { readonly problems: FormProblems };

/** Nobody sees this field; what fills it in is a program. */
export const trapField = 'leave_empty';
export const correctionFields = ['page', 'kind', 'description', 'quote', 'contact', trapField] as const;
export const ratingFields = ['page', 'useful', 'reason', 'remark', trapField] as const;

const textOf = (fields: FormFields, name: string): string => fields.get(name) ?? '';

/** People count characters, also those that take two places in a text. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

function tooLong(text: string, limit: number): string | undefined {
  return countCharacters(text) > limit
    ? `最多 ${String(limit)} 个字，现在是 ${String(countCharacters(text))} 个`
    : undefined;
}

function descriptionProblem(text: string): string | undefined {
  if (text === '') return '请写明哪里有错';
  if (countCharacters(text) < formLimits.shortestDescription) {
    return `请写得再具体一些，至少 ${String(formLimits.shortestDescription)} 个字`;
  }
  return tooLong(text, formLimits.description);
}

function trapProblem(fields: FormFields): string | undefined {
  return textOf(fields, trapField) === '' ? undefined : '请不要填写标有“请留空”的一栏';
}

function problemsIn(found: Readonly<Record<string, string | undefined>>): FormProblems {
  return Object.fromEntries(
    Object.entries(found).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

export function checkCorrection(fields: FormFields): Checked<CorrectionForm> {
  const kind = correctionKinds.find((one) => one === textOf(fields, 'kind'));
  const description = textOf(fields, 'description');
  const quote = textOf(fields, 'quote');
  const contact = readContact(textOf(fields, 'contact'));
  const problems = problemsIn({
    kind: kind === undefined ? '请选择错误类型' : undefined,
    description: descriptionProblem(description),
    quote: tooLong(quote, formLimits.quote),
    contact: contact === undefined ? '请填写 11 位手机号、固定电话或电子邮箱，也可以不填' : undefined,
    [trapField]: trapProblem(fields),
  });
  if (Object.keys(problems).length > 0 || kind === undefined || contact === undefined) return { problems };
  return { value: { kind, description, quote: quote === '' ? null : quote, contact } };
}

export function checkRating(fields: FormFields): Checked<RatingForm> {
  const useful = textOf(fields, 'useful');
  const reasonText = textOf(fields, 'reason');
  const reason = ratingReasons.find((one) => one === reasonText);
  const remark = textOf(fields, 'remark');
  const problems = problemsIn({
    useful: useful === 'yes' || useful === 'no' ? undefined : '请选择“有用”或“没有用”',
    reason: reasonText !== '' && reason === undefined ? '请从列出的原因中选择' : undefined,
    remark: tooLong(remark, formLimits.remark),
    [trapField]: trapProblem(fields),
  });
  if (Object.keys(problems).length > 0) return { problems };
  if (useful === 'yes') return { value: { useful: true, reason: null, remark: null } };
  return { value: { useful: false, reason: reason ?? null, remark: remark === '' ? null : remark } };
}
