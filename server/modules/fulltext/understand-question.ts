import { foldText, gramsOf, type Run, splitRuns } from '../../platform/text-runs.ts';

/** Of longer texts the beginning stands for the whole, so that writing stays bounded. */
const longestText = 200_000;
/** The rarest would be enough; more of them only make sure. */
const mostTokens = 16;

/** 〔2026〕, [2026] and (2026) are one way of writing, and so are all quotation marks. */
export function foldWriting(text: string): string {
  return foldText(text.slice(0, longestText))
    .replaceAll(/[([【〔〖]/g, '〔')
    .replaceAll(/[)\]】〕〗]/g, '〕')
    .replaceAll(/["“”„‟«»『』「」]/g, '"')
    .replaceAll('\0', '');
}

/** A character that stands alone among letters and signs says too little to be a token. */
const isToken = (run: Run): boolean => !run.han || run.text.length > 1;

/** Each once: overlapping pairs of Chinese characters, and words and numbers of other writing whole. */
export function tokensOf(folded: string): ReadonlySet<string> {
  const tokens = new Set<string>();
  for (const run of splitRuns(folded)) if (isToken(run)) for (const gram of gramsOf(run)) tokens.add(gram);
  return tokens;
}

/** What somebody typed, understood. */
export interface Question {
  /** What a text must hold, each in one piece. */
  readonly terms: readonly string[];
  /** What such a text holds in the index. */
  readonly tokens: readonly string[];
  /** Terms about which the tokens leave a doubt: they are looked for in the text itself. */
  readonly doubtful: readonly string[];
  /** What is marked where the text is shown. */
  readonly marks: readonly string[];
}

/** Spaces part what must all be there. Undefined when nothing in it can be looked up: a single character, or signs. */
export function questionOf(typed: string): Question | undefined {
  const terms = [...new Set(foldWriting(typed).split(/\s+/u).filter(Boolean))];
  const tokens = [...new Set(terms.flatMap((term) => [...tokensOf(term)]))];
  if (tokens.length === 0) return undefined;
  return {
    terms,
    tokens: spread(tokens),
    doubtful: terms.filter((term) => !tokensOf(term).has(term)),
    marks: [...new Set([...terms, ...terms.flatMap((term) => splitRuns(term).map((run) => run.text))])],
  };
}

/** Some of a long sentence, from its beginning to its end. */
function spread(tokens: readonly string[]): readonly string[] {
  if (tokens.length <= mostTokens) return tokens;
  const step = tokens.length / mostTokens;
  return Array.from({ length: mostTokens }, (_, at) => tokens[Math.floor(at * step)] ?? '');
}
