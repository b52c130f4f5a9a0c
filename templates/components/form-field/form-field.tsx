import type { ComponentChildren } from 'preact';
import type { FormProblems } from '../../form-types.ts';

/** The field that nobody sees; whoever fills it in is a program. */
export const TRAP_FIELD = 'leave_empty';

export function TrapField() {
  return (
    <label class="trap">
      请留空
      <input type="text" name={TRAP_FIELD} tabindex={-1} autocomplete="off" />
    </label>
  );
}

export interface FormFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem: string | undefined;
  readonly children: (attributes: FieldAttributes) => ComponentChildren;
}

/** What ties a control to its label, its hint and what is wrong with it. */
export interface FieldAttributes {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

export function fieldAttributes(name: string, hint: unknown, problem: string | undefined): FieldAttributes {
  const about = [
    ...(hint === undefined ? [] : [`hint-${name}`]),
    ...(problem === undefined ? [] : [`problem-${name}`]),
  ];
  return {
    id: `field-${name}`,
    name,
    ...(about.length > 0 && { 'aria-describedby': about.join(' ') }),
    ...(problem !== undefined && { 'aria-invalid': 'true' as const }),
  };
}

/** A label, a hint, what is wrong, and the control. */
export function FormField({ name, label, hint, problem, children }: FormFieldProps) {
  return (
    <div class={problem === undefined ? 'form-field' : 'form-field form-field-wrong'}>
      <label for={`field-${name}`}>{label}</label>
      <FieldNotes name={name} hint={hint} problem={problem} />
      {children(fieldAttributes(name, hint, problem))}
    </div>
  );
}

export function FieldNotes({ name, hint, problem }: Pick<FormFieldProps, 'name' | 'hint' | 'problem'>) {
  return (
    <>
      {hint !== undefined && (
        <p class="form-hint" id={`hint-${name}`}>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p class="form-problem" id={`problem-${name}`}>
          <span class="visually-hidden">有误：</span>
          {problem}
        </p>
      )}
    </>
  );
}

/** Above the form: everything that is wrong, each with the way to it. */
export function ProblemSummary({
  problems = {},
  notice,
}: {
  problems?: FormProblems | undefined;
  notice?: string | undefined;
}) {
  const entries = Object.entries(problems);
  if (entries.length === 0 && notice === undefined) return null;
  return (
    <div class="form-problems" role="alert">
      {notice !== undefined && <p>{notice}</p>}
      {entries.length > 0 && (
        <>
          <p>还没有提交成功，您填写的内容都在，请改正后再提交：</p>
          <ul>
            {entries.map(([name, problem]) => (
              <li>{name === TRAP_FIELD ? problem : <a href={`#field-${name}`}>{problem}</a>}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
