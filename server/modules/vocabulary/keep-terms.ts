import {
  mostTerms,
  type NewTerm,
  type Term,
  type TermChange,
  type TermEnd,
  type TermState,
  type TermWording,
  type Vocabulary,
} from '../../../contracts/vocabulary.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { askSpreading } from './spreading.queries.ts';
import { requireTermKeeper } from './term.policy.ts';
import {
  insertTerm,
  insertTermChange,
  lockVocabularies,
  termById,
  termsOf,
  updateTerm,
} from './term.queries.ts';
import { isSameState, requireState, stateOf, type TermTable, tidyState } from './term.rules.ts';

/** The vocabulary as it is and stays until the transaction ends. */
export async function lockedTerms(ctx: Ctx, vocabulary: Vocabulary): Promise<TermTable> {
  await lockVocabularies(ctx.db);
  return new Map((await termsOf(ctx.db, vocabulary)).map((term) => [term.code, term]));
}

export interface Reason {
  readonly act: TermChange['act'];
  readonly note: string | undefined;
}

export function recordChange(
  ctx: Ctx,
  term: { readonly id: string; readonly version: number },
  state: TermState,
  { act, note }: Reason,
): Promise<void> {
  return insertTermChange(ctx.db, {
    termId: term.id,
    number: term.version,
    act,
    state: stateOf(state),
    note: note?.trim() ?? '',
    by: ctx.actor.kind === 'account' ? ctx.actor.id : null,
    byName: ctx.actor.name,
    at: ctx.now,
  });
}

async function presented(ctx: Ctx, id: string): Promise<Term> {
  const term = await termById(ctx.db, id);
  if (!term) throw new Error(`there is no term ${id}`);
  return term;
}

/** A term that nothing is classified by yet. */
export const addTerm = defineCommand(
  'vocabulary.add-term',
  (input: NewTerm, result: Term | undefined) => ({
    kind: 'term',
    id: result?.id ?? null,
    details: { vocabulary: input.vocabulary, code: input.code },
  }),
  async (ctx, input): Promise<Term> => {
    requireTermKeeper(ctx.actor);
    const terms = await lockedTerms(ctx, input.vocabulary);
    if (terms.has(input.code)) {
      throw new AppError('conflict', 'vocabulary.code-taken', '这个代码已经用过，请换一个。');
    }
    requireRoom(terms.size + 1);
    const state = tidyState({ ...input, validUntil: null, replacedBy: null });
    requireState(terms, { ...state, code: input.code }, dayInChina(ctx.now));
    const id = await insertTerm(
      ctx.db,
      { ...state, vocabulary: input.vocabulary, code: input.code },
      ctx.now,
    );
    await recordChange(ctx, { id, version: 1 }, state, { act: 'added', note: input.note });
    return presented(ctx, id);
  },
);

export function requireRoom(number: number): void {
  if (number <= mostTerms) return;
  throw new AppError('conflict', 'vocabulary.too-many-terms', `一个词表最多 ${String(mostTerms)} 个词。`);
}

interface Change {
  readonly id: string;
  readonly expectedVersion: number;
  readonly reason: Reason;
  readonly stateAfter: (before: Term) => TermState;
}

/** What shows the term, and what stands below it, follows in the background. */
async function change(ctx: Ctx, { id, expectedVersion, reason, stateAfter }: Change): Promise<Term> {
  requireTermKeeper(ctx.actor);
  await lockVocabularies(ctx.db);
  const term = await termById(ctx.db, id);
  if (!term) throw new AppError('not-found', 'vocabulary.term-not-found', '没有这个词。');
  if (term.version !== expectedVersion) {
    throw new AppError('conflict', 'vocabulary.term-changed', '这个词刚被别人修改过，请刷新后再改。');
  }
  const terms = new Map((await termsOf(ctx.db, term.vocabulary)).map((one) => [one.code, one]));
  const state = tidyState(stateAfter(term));
  requireState(terms, { ...state, code: term.code }, dayInChina(ctx.now));
  if (!isSameState(term, state)) {
    await updateTerm(ctx.db, term, state, ctx.now);
    await recordChange(ctx, { id, version: term.version + 1 }, state, reason);
    await askSpreading(ctx.db, [{ id, isRenamed: state.label !== term.label }], ctx.now);
  }
  return presented(ctx, id);
}

const onTerm = (input: { readonly id: string }) => ({ kind: 'term', id: input.id });

/** Another name, other synonyms or another place. Contents hold codes, so that nothing is written anew. */
export const changeTerm = defineCommand(
  'vocabulary.change-term',
  onTerm,
  (ctx, { id, expectedVersion, note, ...wording }: TermWording & { readonly id: string }): Promise<Term> =>
    change(ctx, {
      id,
      expectedVersion,
      reason: { act: 'changed', note },
      stateAfter: (before) => ({ ...stateOf(before), ...wording }),
    }),
);

/** Ended, replaced, or in use again. What has the term keeps it and is found under what took its place. */
export const endTerm = defineCommand(
  'vocabulary.end-term',
  onTerm,
  (
    ctx,
    { id, expectedVersion, validUntil, replacedBy, note }: TermEnd & { readonly id: string },
  ): Promise<Term> =>
    change(ctx, {
      id,
      expectedVersion,
      reason: { act: validUntil === null ? 'reopened' : 'ended', note },
      stateAfter: (before) => ({ ...stateOf(before), validUntil, replacedBy }),
    }),
);
