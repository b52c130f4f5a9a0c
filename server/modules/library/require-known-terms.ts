import { fieldValue } from '../../../contracts/field-values.ts';
import type { ResourceContent, ResourceType } from '../../../contracts/library.ts';
import { isTermReference, type Term } from '../../../contracts/vocabulary.ts';
import { termsIn } from '../../../contracts/term-values.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { hasEnded, termsNamed } from '../vocabulary/index.ts';
import type { FieldProblem } from './content.rules.ts';
import { isTermField } from './field-form.rules.ts';

interface Writing {
  readonly type: ResourceType;
  readonly content: ResourceContent;
  /** What the resource was classified by before: it may stay so when the term has ended meanwhile. */
  readonly before: ResourceContent | undefined;
}

/** Throws when a field names a term that is none, or newly names one that has ended. */
export async function requireKnownTerms(
  ctx: Pick<Ctx, 'db' | 'now'>,
  { type, content, before }: Writing,
): Promise<void> {
  const named = termsIn(content);
  if (named.length === 0) return;
  const known = new Map(
    (await termsNamed(ctx.db, named)).map((term) => [`${term.vocabulary}:${term.code}`, term]),
  );
  const kept = new Set<string>(before ? termsIn(before) : []);
  const today = dayInChina(ctx.now);
  const problems = type.fields.filter(isTermField).flatMap((field): FieldProblem[] => {
    const references = [fieldValue(content, field.key)].flat().filter(isTermReference);
    return references.flatMap((reference) => {
      const term = known.get(reference);
      const isOpen = term && (kept.has(reference) || !hasEnded(term, today));
      return isOpen ? [] : [{ field: field.key, message: problemOf(field.name, term) }];
    });
  });
  const [first] = problems;
  if (first)
    throw new AppError('invalid', 'library.content-invalid', first.message, { details: { problems } });
}

function problemOf(name: string, term: Term | undefined): string {
  if (!term) return `${name}里有词表中没有的词，请重新选择。`;
  const instead = term.replacedBy === null ? '' : `，请改用替代它的词（${term.replacedBy}）`;
  return `${name}：“${term.label}”已经停用${instead}。`;
}
