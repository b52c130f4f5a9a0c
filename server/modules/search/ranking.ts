import type { QueryPlan } from './query-plan.ts';
import type { TermStatistics } from './term-statistics.ts';

/** A page that the index nominated, with its folded text. */
export interface Candidate {
  readonly title: string;
  readonly text: string;
  readonly publishedAt: number;
  readonly isNumberMatch: boolean;
}

interface Occurrence {
  readonly at: number;
  readonly token: number;
}

const longestScanned = 60_000;
const occurrencesPerToken = 300;
/** Characters; about one sentence. */
const passage = 60;
const averageLength = 1_000;

function occurrencesIn(text: string, tokens: readonly string[]): Occurrence[] {
  const found: Occurrence[] = [];
  for (const [token, term] of tokens.entries()) {
    let count = 0;
    for (
      let at = text.indexOf(term);
      at >= 0 && count < occurrencesPerToken;
      at = text.indexOf(term, at + 1)
    ) {
      found.push({ at, token });
      count += 1;
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** BM25 over the whole page. */
function pageScore(counts: readonly number[], weights: readonly number[], length: number): number {
  const norm = 1.2 * (0.25 + (0.75 * length) / averageLength);
  return counts.reduce((sum, count, i) => sum + ((weights[i] ?? 0) * count * 2.2) / (count + norm), 0);
}

/** The greatest weight of different tokens that stand within one passage. */
function passageScore(found: readonly Occurrence[], weights: readonly number[]): number {
  const inside = new Int32Array(weights.length);
  let sum = 0;
  let best = 0;
  let low = 0;
  for (const { at, token } of found) {
    if (inside[token] === 0) sum += weights[token] ?? 0;
    inside[token] = (inside[token] ?? 0) + 1;
    for (let oldest = found[low]; oldest && oldest.at < at - passage; oldest = found[low]) {
      const left = (inside[oldest.token] ?? 0) - 1;
      inside[oldest.token] = left;
      if (left === 0) sum -= weights[oldest.token] ?? 0;
      low += 1;
    }
    if (sum > best) best = sum;
  }
  return best;
}

/** How much of the query stands on the page in one piece: few long pieces count more than many short ones. */
export function stretchScore(text: string, stretches: readonly string[]): number {
  let score = 0;
  let length = 0;
  for (const stretch of stretches) {
    length += stretch.length;
    for (let at = 0; at < stretch.length;) {
      let size = 1;
      while (at + size < stretch.length && text.includes(stretch.slice(at, at + size + 1))) size += 1;
      score += (size - 1) ** 1.5;
      at += size;
    }
  }
  return length === 0 ? 0 : score / length;
}

function titleScore(title: string, plan: QueryPlan, weights: readonly number[]): number {
  let held = 0;
  let whole = 0;
  for (const [i, token] of plan.any.entries()) {
    whole += weights[i] ?? 0;
    if (title.includes(token)) held += weights[i] ?? 0;
  }
  const share = whole === 0 ? 0 : held / whole;
  // A topic of a few words is what titles are made of. A question is answered in the text, and titles that
  // share half of its words mislead.
  const isTopic = plan.stretches.join('').length <= 8;
  const isHeld = plan.stretches.length > 0 && plan.stretches.every((stretch) => title.includes(stretch));
  return (isHeld ? 1 : 0) + (isTopic ? share : 0) + (share > 0.99 ? 0.5 : 0);
}

const yearInMilliseconds = 365 * 86_400_000;

/** One number for each candidate; greater is better. The same input gives the same order. */
export function scoreCandidates(
  candidates: readonly Candidate[],
  plan: QueryPlan,
  statistics: TermStatistics,
): number[] {
  const weights = plan.any.map((token) => statistics.weightOf(token));
  const whole = weights.reduce((a, b) => a + b, 0) || 1;
  const newest = candidates.reduce((latest, one) => Math.max(latest, one.publishedAt), 0);
  // A real word counts twice, as in the index; a pair that straddles two words once.
  const words = new Set(plan.words);
  const times = plan.any.map((token) => (words.has(token) && token.length === 2 ? 2 : 1));
  const parts = candidates.map((candidate) => {
    const text = candidate.text.slice(0, longestScanned);
    const found = occurrencesIn(text, plan.any);
    const counts = new Array<number>(plan.any.length).fill(0);
    for (const { token } of found) counts[token] = (counts[token] ?? 0) + (times[token] ?? 1);
    return {
      page: pageScore(counts, weights, candidate.text.length),
      passage: passageScore(found, weights) / whole,
      stretch: stretchScore(text, plan.stretches),
      title: titleScore(candidate.title, plan, weights),
      fresh: Math.exp((candidate.publishedAt - newest) / (3 * yearInMilliseconds)),
      number: candidate.isNumberMatch ? 100 : 0,
    };
  });
  const top = parts.reduce((best, one) => Math.max(best, one.page), 0) || 1;
  return parts.map(
    (one) =>
      (2 * one.page) / top +
      1.2 * one.passage +
      0.4 * one.stretch +
      0.5 * one.title +
      0.03 * one.fresh +
      one.number,
  );
}
