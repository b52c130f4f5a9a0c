import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { generatedPassage, type Passage } from './generated-text.ts';

const lawsFile = new URL('../../shared/data/laws/laws.jsonl.gz', import.meta.url);
const article = /(?=第[一二三四五六七八九十百千零〇]+条\s)/u;
const shortestPassage = 10;

interface Law {
  readonly title: string;
  readonly body: string;
}

async function* lawPassages(): AsyncGenerator<Passage> {
  const input = createReadStream(lawsFile).pipe(createGunzip());
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line === '') continue;
    const law = JSON.parse(line) as Law;
    for (const text of law.body.split(article)) {
      if (text.trim().length < shortestPassage) continue;
      yield { title: `${law.title} ${text.slice(0, 24).replace(/\s+/gu, ' ')}`.slice(0, 190), text };
    }
  }
}

/** So many passages: articles of the open collection of laws as far as they go, then generated ones. */
export async function* passages(size: number): AsyncGenerator<Passage> {
  let made = 0;
  if (existsSync(lawsFile)) {
    for await (const passage of lawPassages()) {
      if (made >= size) return;
      made += 1;
      yield passage;
    }
  }
  for (; made < size; made += 1) yield generatedPassage(made);
}

/** Says what `passages` answers, for the reader of the numbers. */
export function describeCorpus(size: number): string {
  return existsSync(lawsFile)
    ? `${size.toLocaleString('en-US')} documents: the shared collection of laws split by article`
    : `${size.toLocaleString('en-US')} GENERATED documents: the shared collection of laws was not found beside the repository`;
}

/** The passages as an archive of docs/import-format.md, every fifth a policy. */
export async function writeArchive(file: string, size: number): Promise<void> {
  let number = 0;
  async function* lines(): AsyncGenerator<string> {
    for await (const { title, text } of passages(size)) {
      number += 1;
      const day = new Date(Date.UTC(2012, 0, 1) + number * 3_000_000).toISOString().slice(0, 10);
      const fields = { key: `bench-${String(number)}`, title, text, producedOn: day };
      const policy = { type: 'policy', documentNumber: `浔府发〔${day.slice(0, 4)}〕${String(number)}号` };
      yield `${JSON.stringify({ ...fields, ...(number % 5 === 0 ? policy : { type: 'article' }) })}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}
