import { type Static, Type } from 'typebox';

import { Closed } from './endpoint.ts';

/** `blocks` stops a submission, `needs-reason` goes on with a reason that is kept, `note` is only shown. */
export const severities = ['blocks', 'needs-reason', 'note'] as const;
export type Severity = (typeof severities)[number];
export const Severity = Type.Unsafe<Severity>(Type.Union(severities.map((one) => Type.Literal(one))));
export const severityNames: Readonly<Record<Severity, string>> = {
  blocks: '禁止提交',
  'needs-reason': '须说明理由',
  note: '提示',
};

/** A part of a content that is checked on its own. Fields and files are named by key and by asset. */
export const partPattern =
  '^(?:title|subtitle|summary|body|field:[A-Za-z0-9.-]{1,80}|file:[1-9][0-9]{0,17})$';
export type PartKey = 'title' | 'subtitle' | 'summary' | 'body' | `field:${string}` | `file:${string}`;
export const PartKey = Type.Unsafe<PartKey>(Type.String({ pattern: partPattern }));

/** Where a finding is: UTF-16 offsets into the plain text of the part, the end excluded. */
export const Place = Closed({
  part: PartKey,
  start: Type.Integer({ minimum: 0 }),
  end: Type.Integer({ minimum: 0 }),
});
export type Place = Static<typeof Place>;

export const Finding = Closed({
  /** Which checker found it. */
  check: Type.String({ maxLength: 60 }),
  /** Which of its rules; stable, so that findings of two runs can be compared. */
  rule: Type.String({ maxLength: 120 }),
  ruleName: Type.String({ maxLength: 100 }),
  severity: Severity,
  place: Place,
  /** What stands there, as it may be kept: personal data is masked already. */
  found: Type.String({ maxLength: 200 }),
  /** What could stand there instead; empty to take it out, null when nobody knows. */
  suggestion: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
  /** One Chinese sentence for the editor. */
  message: Type.String({ maxLength: 300 }),
});
export type Finding = Static<typeof Finding>;

const gaps = /[\s()（）—–-]/gu;
const plainOf = (words: string): string => words.normalize('NFKC').replaceAll(gaps, '');

/** Whether these words are what was found: told as they are or, of personal data, with stars in their middle. */
export function isWhatWasFound(words: string, { found }: Pick<Finding, 'found'>): boolean {
  if (words === found) return true;
  const [head = '', ...rest] = found.split('*');
  const tail = rest.at(-1);
  if (tail === undefined) return false;
  const plain = plainOf(words);
  const [begins, ends] = [plainOf(head), plainOf(tail)];
  return plain.length > begins.length + ends.length && plain.startsWith(begins) && plain.endsWith(ends);
}

/** Which of those that are alike a finding is. */
export interface Occurrence {
  /** The rule, the part and the words. */
  readonly alike: string;
  readonly nth: number;
  readonly count: number;
}

/** Findings by what stays when the text around them moves: the words, and the how-manieth of its like each of them is. */
export function occurrencesOf<F extends Pick<Finding, 'rule' | 'place' | 'found'>>(
  findings: readonly F[],
): ReadonlyMap<F, Occurrence> {
  const groups = Map.groupBy(findings, ({ rule, place, found }) => `${rule}\n${place.part}\n${found}`);
  return new Map(
    [...groups].flatMap(([alike, group]) =>
      group.map((one, at) => [one, { alike, nth: at + 1, count: group.length }] as const),
    ),
  );
}
