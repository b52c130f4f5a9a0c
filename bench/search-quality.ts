// How often the right notice comes first: `node --import tsx bench/search-quality.ts [directory]`. Reads docs.jsonl and
// questions_dev.jsonl of the shared data. Two halves are told apart: what is tuned is tuned on the first.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { pino } from 'pino';

import {
  createTokenizer,
  openSearchIndex,
  type SearchDocument,
  type SearchQuery,
} from '../server/modules/search/index.ts';
import { asShare } from './figures.ts';

interface Notice {
  readonly docid: string;
  readonly text: string;
}

interface Question {
  readonly question: string;
  readonly docid: string;
  readonly answer: string;
}

const policyQuestions = fileURLToPath(new URL('../../shared/data/policy_qa', import.meta.url));

function readLines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '');

/** The notices have no title field: it is what stands before the first white space. */
function titleOf(text: string): string {
  return /^\s*(\S{4,80}?)\s/u.exec(text)?.[1] ?? text.slice(0, 40);
}

/** The yardstick: BM25 over overlapping pairs of characters, nothing else. */
function plainBigrams(notices: readonly Notice[]): (question: string) => number {
  const tokenizer = createTokenizer();
  const pages = notices.map(({ text }) => {
    const counts = new Map<string, number>();
    for (const gram of tokenizer.phraseTokens(text)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
    return { counts, length: [...counts.values()].reduce((a, b) => a + b, 0) };
  });
  const mean = pages.reduce((sum, page) => sum + page.length, 0) / pages.length;
  return (question) => {
    const scores = new Float64Array(pages.length);
    for (const gram of new Set(tokenizer.phraseTokens(question))) {
      const holding = pages.filter((page) => page.counts.has(gram)).length;
      const weight = Math.log(1 + (pages.length - holding + 0.5) / (holding + 0.5));
      pages.forEach((page, i) => {
        const count = page.counts.get(gram) ?? 0;
        scores[i] =
          (scores[i] ?? 0) + (weight * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * page.length) / mean));
      });
    }
    return scores.indexOf(Math.max(...scores));
  };
}

export class Tally {
  asked = 0;
  labelled = 0;
  answered = 0;

  add(isLabelled: boolean, isAnswered: boolean): void {
    this.asked += 1;
    if (isLabelled) this.labelled += 1;
    if (isAnswered) this.answered += 1;
  }

  get labelledShare(): number {
    return this.labelled / this.asked;
  }

  get answeredShare(): number {
    return this.answered / this.asked;
  }

  toString(): string {
    return `labelled notice first ${asShare(this.labelledShare)}, first result holds the answer ${asShare(this.answeredShare)} (${this.asked} questions)`;
  }
}

const ask = (q: string): SearchQuery => ({
  q,
  scope: null,
  kind: null,
  unit: null,
  year: null,
  page: 1,
  size: 10,
  order: 'relevance',
});

function documentOf({ docid, text }: Notice): SearchDocument {
  return {
    key: `article/${docid}`,
    version: 1,
    site: '1',
    siteName: '门户',
    unit: '1',
    unitName: '政府办',
    kind: 'article',
    title: titleOf(text),
    body: text.slice(titleOf(text).length).trim(),
    summary: '',
    documentNumber: null,
    url: `/${docid}.html`,
    publishedAt: new Date('2020-03-01T00:00:00Z'),
    year: 2020,
  };
}

export interface QualityFigures {
  readonly notices: number;
  /** Questions that found nothing at all. */
  readonly nothing: number;
  /** The halves of the questions: the first was used for tuning. */
  readonly tuned: Tally;
  readonly unseen: Tally;
  readonly all: Tally;
  /** The yardstick on all questions. */
  readonly plain: Tally;
}

/** Undefined when the policy questions are not there. */
export async function measureSearchQuality(directory = policyQuestions): Promise<QualityFigures | undefined> {
  if (!existsSync(join(directory, 'docs.jsonl'))) return undefined;
  const notices = readLines<Notice>(join(directory, 'docs.jsonl'));
  const questions = readLines<Question>(join(directory, 'questions_dev.jsonl'));
  const texts = new Map(notices.map(({ docid, text }) => [docid, bare(text)]));
  const holds = (docid: string | undefined, answer: string): boolean =>
    texts.get(docid ?? '')?.includes(bare(answer)) ?? false;
  const place = await mkdtemp(join(tmpdir(), 'jiyue-search-quality-'));
  const index = openSearchIndex({ directory: place, log: pino({ level: 'silent' }) });
  try {
    const rebuild = await index.beginRebuild();
    await rebuild.add(notices.map(documentOf));
    await rebuild.finish();
    const plain = plainBigrams(notices);
    const tallies = { tuned: new Tally(), unseen: new Tally(), all: new Tally(), plain: new Tally() };
    let nothing = 0;
    for (const [i, { question, docid, answer }] of questions.entries()) {
      const first = (await index.query(ask(question))).hits[0]?.key.slice('article/'.length);
      if (first === undefined) nothing += 1;
      for (const tally of [i % 2 === 0 ? tallies.tuned : tallies.unseen, tallies.all])
        tally.add(first === docid, holds(first, answer));
      const yardstick = notices[plain(question)]?.docid;
      tallies.plain.add(yardstick === docid, holds(yardstick, answer));
    }
    return { notices: notices.length, nothing, ...tallies };
  } finally {
    await index.close();
    await rm(place, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const figures = await measureSearchQuality(process.argv[2]);
  if (figures === undefined) {
    console.log('The policy questions are not there: nothing was measured.');
    return;
  }
  console.log(`${figures.notices} notices; ${figures.nothing} questions found nothing`);
  console.log(`  first half   ${figures.tuned.toString()}`);
  console.log(`  second half  ${figures.unseen.toString()}`);
  console.log(`  all          ${figures.all.toString()}`);
  console.log(`  plain bigram BM25  ${figures.plain.toString()}`);
}

if (import.meta.main) await main();
