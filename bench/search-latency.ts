// How fast the search index is filled, written and asked: `node --import tsx bench/search-latency.ts [documents]`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';

import {
  openSearchIndex,
  type SearchDocument,
  type SearchIndex,
  type SearchQuery,
} from '../server/modules/search/index.ts';
import { describeCorpus, passages } from './corpus.ts';
import { quantile, secondsSince } from './figures.ts';

function documentOf(i: number, title: string, body: string): SearchDocument {
  const publishedAt = new Date(Date.UTC(2012, 0, 1) + ((i * 7919) % 5000) * 86_400_000);
  return {
    key: `article/${i}`,
    version: 1,
    site: String((i * 31) % 60),
    siteName: `站点${(i * 31) % 60}`,
    unit: String((i * 17) % 80),
    unitName: `单位${(i * 17) % 80}`,
    kind: i % 5 === 0 ? 'policy' : 'article',
    title,
    body,
    summary: '',
    documentNumber: i % 9 === 0 ? `浔府发〔${publishedAt.getUTCFullYear()}〕${i % 200}号` : null,
    url: `/a/${i}.html`,
    publishedAt,
    year: publishedAt.getUTCFullYear(),
  };
}

const words =
  '处理 工程 农业 环境 许可 处罚 城市 学校 税务 卫生 土地 水利 安全 生产 法院 证据 合同 教育 统计 海关'.split(
    ' ',
  );
const word = (i: number): string => words[i % words.length] ?? '';
const questions = [
  '农业生产用地如何办理审批手续并缴纳税费',
  '企业违反安全生产规定应当如何处罚和整改',
  '学校卫生管理制度由哪些部门负责监督检查',
  '城市建设工程质量监督机构有哪些职责权限',
  '海关统计数据由谁负责编制并定期对外公布',
];
const plain: SearchQuery = {
  q: '',
  scope: null,
  kind: null,
  unit: null,
  year: null,
  page: 1,
  size: 10,
  order: 'relevance',
};

const cases: readonly (readonly [string, (i: number) => SearchQuery])[] = [
  ['one word of two characters', (i) => ({ ...plain, q: word(i) })],
  ['a very common word (规定)', () => ({ ...plain, q: '规定' })],
  ['two words, both', (i) => ({ ...plain, q: `${word(i)} ${word(i * 7 + 3)}` })],
  ['question, some of ten words', (i) => ({ ...plain, q: questions[i % questions.length] ?? '' })],
  ['one word in one site', (i) => ({ ...plain, q: word(i), scope: { site: String(i % 60) } })],
  [
    'question in one site',
    (i) => ({ ...plain, q: questions[i % questions.length] ?? '', scope: { site: '7' } }),
  ],
  ['one word, newest first', (i) => ({ ...plain, q: word(i), order: 'time' })],
  ['phrase in quotes', () => ({ ...plain, q: '“应当自收到申请之日起”' })],
  ['document number', (i) => ({ ...plain, q: `浔府发〔${2012 + (i % 13)}〕${(i * 9) % 200}号` })],
  ['one character', () => ({ ...plain, q: '鹿' })],
  ['page five', (i) => ({ ...plain, q: word(i), page: 5 })],
];

export interface Asked {
  readonly p50: number;
  readonly p95: number;
  /** The kind of question that takes longest. */
  readonly slowest: { readonly name: string; readonly p95: number };
}

async function ask(index: SearchIndex, say: (line: string) => void): Promise<Asked> {
  const all: number[] = [];
  const slowest = { name: '', p95: 0 };
  for (const [name, make] of cases) {
    for (let i = 0; i < 10; i += 1) await index.query(make(i));
    const times: number[] = [];
    let total = 0;
    for (let i = 0; i < 60; i += 1) {
      const started = performance.now();
      total = (await index.query(make(i))).total;
      times.push(performance.now() - started);
    }
    all.push(...times);
    const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
    if (p95 > slowest.p95) Object.assign(slowest, { name, p95 });
    say(
      `  ${name.padEnd(30)} p50 ${p50.toFixed(1).padStart(6)} ms   p95 ${p95.toFixed(1).padStart(6)} ms   last total ${total}`,
    );
  }
  const asked = { p50: quantile(all, 0.5), p95: quantile(all, 0.95), slowest };
  say(
    `  ${'all of them'.padEnd(30)} p50 ${asked.p50.toFixed(1).padStart(6)} ms   p95 ${asked.p95.toFixed(1).padStart(6)} ms`,
  );
  return asked;
}

export interface SearchFigures {
  readonly documents: number;
  readonly buildSeconds: number;
  readonly writes: { readonly p50: number; readonly p95: number };
  readonly fresh: Asked;
  /** After many single publications, the last nine of them not compacted yet. */
  readonly written: Asked;
  readonly compacted: Asked;
}

async function fill(index: SearchIndex, size: number): Promise<number> {
  const rebuild = await index.beginRebuild();
  let batch: SearchDocument[] = [];
  let count = 0;
  for await (const { title, text } of passages(size)) {
    batch.push(documentOf(count, title, text));
    count += 1;
    if (batch.length < 1_000) continue;
    await rebuild.add(batch);
    batch = [];
  }
  if (batch.length > 0) await rebuild.add(batch);
  await rebuild.finish();
  return count;
}

/** One less than would be compacted: the slowest moment. */
const singleWrites = 59;

async function writeSingly(index: SearchIndex): Promise<{ readonly p50: number; readonly p95: number }> {
  const writes: number[] = [];
  for (let i = 0; i < singleWrites; i += 1) {
    const started = performance.now();
    await index.apply({
      upserts: [documentOf(i * 100, `重新发布的通知${i}`, '关于待处理工程的说明。'.repeat(30))],
      deletes: [],
    });
    writes.push(performance.now() - started);
    // As the indexer does.
    if (index.needsCompaction() === 'now') await index.compact();
  }
  return { p50: quantile(writes, 0.5), p95: quantile(writes, 0.95) };
}

/** Fills an index with so many documents, asks it, writes to it, asks again. */
export async function measureSearchLatency(
  size: number,
  say: (line: string) => void,
): Promise<SearchFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-search-bench-'));
  const index = openSearchIndex({ directory, log: pino({ level: 'silent' }) });
  try {
    const started = performance.now();
    const documents = await fill(index, size);
    const buildSeconds = secondsSince(started);
    say(`${describeCorpus(size)}; index filled in ${buildSeconds.toFixed(1)} s; asked when freshly built:`);
    const fresh = await ask(index, say);
    const writes = await writeSingly(index);
    say(
      `${String(singleWrites)} single writes: p50 ${writes.p50.toFixed(0)} ms, p95 ${writes.p95.toFixed(0)} ms; asked after them:`,
    );
    const written = await ask(index, say);
    await index.compact();
    say('asked after compaction:');
    const compacted = await ask(index, say);
    return { documents, buildSeconds, writes, fresh, written, compacted };
  } finally {
    await index.close();
    await rm(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  await measureSearchLatency(Number(process.argv[2] ?? 130_000), (line) => {
    console.log(line);
  });
}
