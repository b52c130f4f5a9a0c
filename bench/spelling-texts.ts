import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import { isHan, readCodes, sentencesIn } from '../server/modules/proofreading/spelling-text.ts';

const shared = new URL('../../shared/data/', import.meta.url);

export interface SentencePair {
  readonly wrong: string;
  readonly right: string;
}

/** Lines of `wrong<TAB>right` of the same length; how many others there were is said too. */
export async function readPairs(
  name: string,
): Promise<{ readonly pairs: readonly SentencePair[]; readonly uneven: number }> {
  const lines = (await readFile(new URL(`spelling/${name}`, shared), 'utf8')).split('\n').filter(Boolean);
  const pairs = lines.map((line) => {
    const [wrong = '', right = ''] = line.split('\t');
    return { wrong: wrong.trim(), right: right.trim() };
  });
  const even = pairs.filter(({ wrong, right }) => wrong.length === right.length);
  return { pairs: even, uneven: pairs.length - even.length };
}

interface SourceText {
  readonly source: URL;
  /** Versions of one law have one key: they are kept apart together. */
  readonly key: string;
  readonly text: string;
}

interface SourceRow {
  readonly title?: string;
  readonly info?: string;
  readonly body?: string;
  readonly docid?: string;
  readonly text?: string;
  readonly id?: string;
  readonly reply?: string;
}

/** Of the government, one a line. */
export const notices = new URL('policy_qa/docs.jsonl', shared);

const sources: readonly (readonly [URL, (row: SourceRow) => Omit<SourceText, 'source'>])[] = [
  [
    new URL('laws/laws.jsonl.gz', shared),
    ({ title = '', info = '', body = '' }) => ({
      key: title.replaceAll(/[（(].*?[)）]/gu, ''),
      text: `${title}\n${info}\n${body}`,
    }),
  ],
  [notices, ({ docid = '', text = '' }) => ({ key: docid, text })],
  [
    new URL('citizen_letters/letters_with_replies_dev.jsonl.gz', shared),
    ({ id = '', reply = '' }) => ({ key: id, text: reply }),
  ],
];

/** Laws, notices and replies: they stand for what a library has signed. */
export async function* sourceTexts(): AsyncGenerator<SourceText> {
  for (const [source, textOf] of sources) {
    const file = createReadStream(source);
    const input = source.pathname.endsWith('.gz') ? file.pipe(createGunzip()) : file;
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      if (line !== '') yield { source, ...textOf(JSON.parse(line) as SourceRow) };
    }
  }
}

const hanIn = (text: string): string => String.fromCharCode(...readCodes(text).filter(isHan));

/** Shorter ones are headings and set phrases that stand everywhere. */
const shortest = 8;

/** Says of a sentence whether a sentence of the test stands in it, signs and figures apart. */
export function sentencesOfTest(pairs: readonly SentencePair[]): (sentence: string) => boolean {
  const byHead = new Map<string, string[]>();
  for (const { right } of pairs) {
    for (const sentence of sentencesIn(right).map(hanIn)) {
      if (sentence.length < shortest) continue;
      const head = sentence.slice(0, shortest);
      byHead.set(head, [...(byHead.get(head) ?? []), sentence]);
    }
  }
  return (sentence) => {
    const han = hanIn(sentence);
    for (let at = 0; at + shortest <= han.length; at += 1) {
      if (byHead.get(han.slice(at, at + shortest))?.some((one) => han.startsWith(one, at))) return true;
    }
    return false;
  };
}
