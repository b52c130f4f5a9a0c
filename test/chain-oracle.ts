import type { Role } from '../contracts/actor.ts';
import type { ReviewAction, ReviewState } from '../contracts/review.ts';

/*
 * The rules of reviews in words: a step is decided by whoever it asks, or by their delegate; nobody who wrote or
 * submitted, nobody who stands behind a step already, be it that a delegate acted in their place; all of an all-of step,
 * one of the others; back to earlier steps only, after which what was decided since counts no more; recall by the
 * submitter only.
 * Whoever may decide asks another unit; one of its reviewers and principals answers, who has no part in the work, or
 * the question is taken back by whoever asked or may decide. Until then the step is not completed, and over a
 * disagreement only with a reason.
 * Approved together with others, a work is approved by the same people, once they opened it.
 * An urgent release is for those named for the unit, themselves, and for none of those who wrote or stand behind a step;
 * it waits for no answer. Afterwards the steps that were not done are decided as before, by others than the releaser,
 * each work by itself, with no way back and nobody else asked.
 */
export const cast = {
  submitter: ['own', 'editor', 'reviewer', 'principal'],
  author: ['own', 'editor', 'reviewer', 'principal'],
  ...people('own', 'r', 5, 'reviewer'),
  ...people('own', 'p', 2, 'principal'),
  both: ['own', 'reviewer', 'principal'],
  ...people('own', 'd', 4, 'editor'),
  ...people('legal', 'l', 2, 'reviewer'),
  ...people('safety', 's', 2, 'reviewer'),
  ...people('experts', 'x', 4, 'reviewer'),
  ...people('advice', 'a', 2, 'reviewer'),
  head: ['advice', 'principal'],
  clerk: ['advice', 'editor'],
  stranger: ['elsewhere', 'reviewer', 'principal'],
  operator: ['elsewhere', 'operator'],
} as const satisfies Readonly<Record<string, readonly [string, ...Role[]]>>;
export type Name = keyof typeof cast;
export const everybody = Object.keys(cast) as readonly Name[];

function people<U extends string, P extends string, R extends Role>(
  unit: U,
  prefix: P,
  count: number,
  role: R,
) {
  const list = Array.from({ length: count }, (_, at) => [`${prefix}${at + 1}`, [unit, role]] as const);
  return Object.fromEntries(list) as unknown as Record<`${P}${1 | 2 | 3 | 4 | 5}`, readonly [U, R]>;
}

/** Who decides in whose place: of a principal, of a reviewer, of an author, and a reviewer of a reviewer. */
export const delegates: Readonly<Record<string, Name>> = {
  d1: 'p1',
  d2: 'r1',
  d3: 'author',
  r5: 'r2',
  l2: 'l1',
  d4: 'both',
  clerk: 'head',
};

/** Named for their units by an operator, among them people who wrote. */
export const authorised: Readonly<Record<string, readonly Name[]>> = {
  own: ['submitter', 'author', 'p1', 'both'],
  elsewhere: ['stranger'],
};

export interface Step {
  readonly asks: readonly Name[];
  readonly all: boolean;
  readonly role: 'reviewer' | 'principal';
  /** Of another unit. */
  readonly unit?: string;
  /** Asked by name. */
  readonly named?: readonly Name[];
  /** The chain asks another unit for its opinion. */
  readonly asksOpinion?: boolean;
}

export const holding = (unit: string, role: Role): Name[] =>
  everybody.filter((who) => {
    const [at, ...roles] = cast[who] as readonly [string, ...Role[]];
    return at === unit && roles.includes(role);
  });

/** What the rules know of a review. */
export interface Book {
  readonly step: number;
  readonly state: ReviewState;
  /** After an urgent release: where it ends. */
  readonly end?: number;
  /** Who stands behind which step. */
  readonly behind: readonly { readonly step: number; readonly people: readonly Name[] }[];
  /** What this step asked of the other unit, and by whom; null: of itself. */
  readonly question: Question | null;
}
interface Question {
  readonly state: 'open' | 'opposed' | 'withdrawn' | 'closed';
  readonly askedBy: Name | null;
  readonly answeredBy: readonly Name[];
}

export type Hearing = 'ask' | 'answer' | 'withdraw';
export type Action = ReviewAction | 'approve-silently' | 'approve-together' | Hearing;
export const isHearing = (action: Action): action is Hearing =>
  ['ask', 'answer', 'withdraw'].includes(action);

export interface Act {
  readonly who: Name;
  readonly action: Action;
  readonly inPlaceOf: Name | null;
}

const authors: readonly Name[] = ['submitter', 'author'];
const advisers: readonly Name[] = ['a1', 'a2', 'head'];
const standing = (book: Book): readonly Name[] => book.behind.flatMap((one) => one.people);
const peopleOf = ({ who, inPlaceOf }: Act): readonly Name[] =>
  inPlaceOf === null ? [who] : [who, inPlaceOf];

const begunQuestion = (step: Step | undefined): Question | null =>
  step?.asksOpinion ? { state: 'open', askedBy: null, answeredBy: [] } : null;

export const begin = (steps: readonly Step[]): Book => ({
  step: 0,
  state: 'open',
  behind: [],
  question: begunQuestion(steps[0]),
});

function isAskedInSeat({ question }: Book, who: Name): boolean {
  const delegator = delegates[who];
  const isAdviser = advisers.includes(who) || (delegator !== undefined && advisers.includes(delegator));
  return question?.state === 'open' && isAdviser;
}

function sees(steps: readonly Step[], book: Book, who: Name): boolean {
  const [unit] = cast[who];
  if (unit === 'own' || who === 'operator') return true;
  if (isAskedInSeat(book, who) || book.question?.answeredBy.includes(who)) return true;
  const asksFor = (one: Name): boolean => steps.some(({ named }) => named?.includes(one));
  const delegator = delegates[who];
  const unitIsAsked = steps.some((step) => step.unit === unit);
  return unitIsAsked || asksFor(who) || (delegator !== undefined && asksFor(delegator));
}

/**
 * What the rules know of somebody in this state: who are alike in all of it are ruled alike. What nobody says of a state
 * that is over does not tell people apart.
 */
export function kindOf(steps: readonly Step[], book: Book, who: Name): string {
  const delegator = delegates[who];
  const own = traitsOf(steps, book, who);
  const isDelegated = Object.values(delegates).includes(who);
  return JSON.stringify([own, isDelegated, delegator && traitsOf(steps, book, delegator)]);
}

function traitsOf(steps: readonly Step[], { step, state, behind, question }: Book, who: Name): unknown {
  const isNamedFor = Object.values(authorised).some((named) => named.includes(who));
  const traits = [cast[who], who === 'submitter', authors.includes(who), isNamedFor];
  if (state !== 'open' && state !== 'retrospective') return traits;
  return [
    ...traits,
    steps.map(({ asks, named }) => [asks.includes(who), named?.includes(who)]).slice(step),
    behind.some(({ people: one }) => one.includes(who)),
    question?.askedBy === who,
    question?.answeredBy.includes(who),
  ];
}

/** Whether this may decide the step at all. */
function mayDecide(step: Step | undefined, book: Book, act: Act): boolean {
  const { who, inPlaceOf } = act;
  if (inPlaceOf !== null && delegates[who] !== inPlaceOf) return false;
  if (!step?.asks.includes(inPlaceOf ?? who)) return false;
  const barred = [...authors, ...standing(book)];
  return !speaksForTwo(step, act) && !peopleOf(act).some((one) => barred.includes(one));
}

/** Where all are asked, who is one of them approves for themselves: one act is never the word of two. */
const speaksForTwo = (step: Step, { who, action, inPlaceOf }: Act): boolean =>
  action.startsWith('approve') && inPlaceOf !== null && step.all && step.asks.includes(who);

/** Nobody is left to decide it. */
const isLost = (step: Step | undefined, gone: readonly Name[]): boolean =>
  step?.asks.every((one) => gone.includes(one)) ?? true;

function approved(steps: readonly Step[], book: Book, act: Act): Book | null {
  const behind = [...book.behind, { step: book.step, people: peopleOf(act) }];
  const gone = [...authors, ...behind.flatMap((one) => one.people)];
  const current = steps[book.step];
  if (current?.all && current.asks.some((one) => !gone.includes(one))) return { ...book, behind };
  if (book.question?.state === 'open') return null;
  const isOpen = book.state === 'open';
  if (book.step === (book.end ?? steps.length - 1)) {
    return { ...book, behind, state: isOpen ? 'signed' : 'confirmed' };
  }
  const next = steps[book.step + 1];
  if (isLost(next, gone)) return null;
  return { ...book, step: book.step + 1, behind, question: isOpen ? begunQuestion(next) : null };
}

/** Out at once. What is left begins with the step that waits; the signature is left only to somebody else. */
function releasedBy(steps: readonly Step[], book: Book, { who, inPlaceOf }: Act): Book | null {
  const gone = [...authors, ...standing(book)];
  if (!authorised.own?.includes(who) || inPlaceOf !== null || gone.includes(who)) return null;
  const barred = [...gone, who];
  const end = steps.length - (isLost(steps.at(-1), barred) ? 2 : 1);
  if (book.step > end) return null;
  const behind = [...book.behind, { step: book.step, people: [who] }];
  const isHalfDone = book.behind.some(({ step }) => step === book.step);
  const isOver = isLost(steps[book.step], barred) && isHalfDone && book.step < end;
  const step = isOver ? book.step + 1 : book.step;
  if (isLost(steps[step], barred)) return null;
  return { step, state: 'retrospective', end, behind, question: isOver ? null : closed(book.question) };
}

const closed = (question: Question | null): Question | null =>
  question?.state === 'open' ? { ...question, state: 'closed' } : question;

/** What becomes of the question by asking, answering or taking it back; null: not allowed. */
function heard(mayDecideHere: boolean, book: Book, act: Act): Question | null {
  const { question } = book;
  const { who, action, inPlaceOf } = act;
  if (inPlaceOf !== null && delegates[who] !== inPlaceOf) return null;
  const isOpen = question?.state === 'open';
  if (action === 'ask') {
    return mayDecideHere && !isOpen ? { state: 'open', askedBy: who, answeredBy: [] } : null;
  }
  if (!isOpen) return null;
  if (action === 'answer') return answered(question, book, act);
  return question.askedBy === who || mayDecideHere ? { ...question, state: 'withdrawn' } : null;
}

function answered(question: Question, book: Book, act: Act): Question | null {
  const people = peopleOf(act);
  const barred = [...authors, ...standing(book), question.askedBy];
  const isBarred = people.some((one) => barred.includes(one));
  if (isBarred || !advisers.includes(act.inPlaceOf ?? act.who)) return null;
  return { ...question, state: 'opposed', answeredBy: people };
}

/** In the own right, else in the place of whoever delegated. */
function ruledTogether(steps: readonly Step[], book: Book, who: Name): Book | null {
  const approve = { who, action: 'approve-silently' } as const;
  const inPlaceOf = delegates[who] ?? null;
  return ruled(steps, book, { ...approve, inPlaceOf: null }) ?? ruled(steps, book, { ...approve, inPlaceOf });
}

/** Where it leads, or null: not allowed. */
export function ruled(steps: readonly Step[], book: Book, act: Act): Book | null {
  const { who, action } = act;
  if (!sees(steps, book, who)) return null;
  if (book.state !== 'open') return ruledAfterwards(steps, book, act);
  if (action === 'object') return null;
  if (action === 'approve-together') return ruledTogether(steps, book, who);
  if (action === 'release-urgently') return releasedBy(steps, book, act);
  if (action === 'recall') return who === 'submitter' ? { ...book, state: 'recalled' } : null;
  const may = mayDecide(steps[book.step], book, act);
  if (isHearing(action)) {
    const question = heard(may, book, act);
    return question && { ...book, question };
  }
  return may ? decided(steps, book, act) : null;
}

function decided(steps: readonly Step[], book: Book, act: Act): Book | null {
  const { action } = act;
  if (action === 'return') return { ...book, state: 'returned' };
  if (action === 'send-back') return book.step === 0 ? null : { ...book, step: 0, behind: [] };
  if (action === 'approve-silently' && book.question?.state === 'opposed') return null;
  return approved(steps, book, act);
}

const afterwards: readonly Action[] = ['approve', 'approve-silently', 'object'];

/** Approve or object, and nothing else; where nothing runs any more, nothing. */
function ruledAfterwards(steps: readonly Step[], book: Book, act: Act): Book | null {
  if (book.state !== 'retrospective' || !afterwards.includes(act.action)) return null;
  if (!mayDecide(steps[book.step], book, act)) return null;
  return act.action === 'object' ? { ...book, state: 'objected' } : decided(steps, book, act);
}
