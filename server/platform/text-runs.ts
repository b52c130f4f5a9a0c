/** A stretch of text that is one kind of writing: Chinese characters, or one word or number of another. */
export interface Run {
  readonly text: string;
  readonly han: boolean;
}

const longestToken = 40;
const runPattern = /([\p{Script=Han}〇]+)|(?:(?![\p{Script=Han}〇])[\p{L}\p{M}\p{N}])+(?:\.\p{N}+)*/gu;

/** NFKC (which also turns full-width digits and letters into plain ones) and lower case. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

export function splitRuns(folded: string): Run[] {
  const runs: Run[] = [];
  for (const match of folded.matchAll(runPattern)) {
    const han = match[1] !== undefined;
    runs.push({ text: han ? match[0] : match[0].slice(0, longestToken), han });
  }
  return runs;
}

/** Overlapping pairs of characters; a character that stands alone is its own gram. */
export function gramsOf(run: Run): string[] {
  if (!run.han) return [run.text];
  const characters = Array.from(run.text);
  if (characters.length === 1) return characters;
  const grams: string[] = [];
  for (let i = 1; i < characters.length; i += 1) grams.push(`${characters[i - 1]}${characters[i]}`);
  return grams;
}
