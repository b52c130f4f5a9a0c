import { fieldValue } from '../../../contracts/field-values.ts';
import type { ResourceContent, ResourceType, ResourceTypeKey } from '../../../contracts/library.ts';
import {
  hasEnded,
  isTermReference,
  referenceTo,
  type Term,
  type TermReference,
} from '../../../contracts/vocabulary.ts';
import { termsIn } from '../../../contracts/term-values.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { termsNamed } from '../vocabulary/index.ts';
import { wasClassifiedBy } from './classified.queries.ts';
import type { FieldProblem } from './content.rules.ts';
import { isTermField } from './field-form.rules.ts';
import { currentTypes } from './find-type.ts';

interface Writing {
  readonly resourceId: string;
  readonly type: ResourceType;
  readonly content: ResourceContent;
  /** What the resource was classified by before: it may stay so when the term has ended meanwhile. */
  readonly before?: ResourceContent;
  readonly origin: string;
}

/**
 * Throws when a field names a term that is none, or newly names one that has ended. An older text comes back with the
 * terms that it had; what it had, the stored revisions say and not whoever brings it back.
 */
export async function requireKnownTerms(
  ctx: Pick<Ctx, 'db' | 'now'>,
  { resourceId, type, content, before, origin }: Writing,
): Promise<void> {
  const named = termsIn(content);
  if (named.length === 0) return;
  const known = await termsByReference(ctx.db, named);
  const today = dayInChina(ctx.now);
  const kept = new Set<TermReference>(before ? termsIn(before) : []);
  const ended = named.filter((reference) => {
    const term = known.get(reference);
    return !kept.has(reference) && term !== undefined && hasEnded(term, today);
  });
  const cameBack =
    ended.length > 0 && origin === 'restored' && (await wasClassifiedBy(ctx.db, resourceId, ended));
  const refused = new Set<TermReference>(cameBack ? [] : ended);
  const problems = problemsIn(type, content, (field, reference) => {
    const term = known.get(reference);
    if (!term) return `${unknown(field)}，请重新选择。`;
    return refused.has(reference) ? endedMessage(field, term) : undefined;
  });
  const [first] = problems;
  if (first)
    throw new AppError('invalid', 'library.content-invalid', first.message, { details: { problems } });
}

/**
 * For each of the things that are brought in, its fields that name a term that is none. What was classified elsewhere, or
 * long ago, may well have a term that has ended.
 */
export async function unknownTermProblems(
  db: Db,
  items: readonly { readonly type: ResourceTypeKey; readonly content: ResourceContent }[],
): Promise<readonly (readonly FieldProblem[])[]> {
  const named = [...new Set(items.flatMap(({ content }) => termsIn(content)))];
  const known = await termsByReference(db, named);
  if (named.every((reference) => known.has(reference))) return items.map(() => []);
  const types = new Map((await currentTypes(db)).map((type) => [type.key, type]));
  return items.map(({ type, content }) =>
    problemsIn(types.get(type), content, (field, reference) =>
      known.has(reference) ? undefined : `${unknown(field)}：${reference}。`,
    ),
  );
}

async function termsByReference(
  db: Db,
  references: readonly TermReference[],
): Promise<ReadonlyMap<TermReference, Term>> {
  const terms = await termsNamed(db, references);
  return new Map(terms.map((term) => [referenceTo(term.vocabulary, term.code), term]));
}

/** One problem for each term that stands in a field for terms and that something is said against. */
function problemsIn(
  type: ResourceType | undefined,
  content: ResourceContent,
  against: (fieldName: string, reference: TermReference) => string | undefined,
): FieldProblem[] {
  return (type?.fields ?? []).filter(isTermField).flatMap(({ key, name }) =>
    [fieldValue(content, key)]
      .flat()
      .filter(isTermReference)
      .flatMap((reference) => {
        const message = against(name, reference);
        return message === undefined ? [] : [{ field: key, message }];
      }),
  );
}

const unknown = (fieldName: string): string => `${fieldName}里有词表中没有的词`;

function endedMessage(fieldName: string, { label, replacedBy }: Term): string {
  const instead = replacedBy === null ? '' : `，请改用替代它的词（${replacedBy}）`;
  return `${fieldName}：“${label}”已经停用${instead}。`;
}
