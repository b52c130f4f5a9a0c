// How fast the search index is filled, written and asked: `node bench/search-latency.ts [documents]`.
// Real passages of laws when the shared data are beside the repository, generated ones otherwise.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { pino } from 'pino';

import {
  openSearchIndex,
  type SearchDocument,
  type SearchIndex,
  type SearchQuery,
} from '../server/modules/search/index.ts';

const lawsFile = new URL('../../shared/data/laws/laws.jsonl.gz', import.meta.url);
const wanted = Number(process.argv[2] ?? 130_000);
const syllables =
  '政务公开服务通知办法建设工程环境保护农业教育卫生安全生产城市管理经济发展规划财政税务许可处罚';

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

function* passages(): Generator<SearchDocument> {
  let made = 0;
  if (existsSync(lawsFile)) {
    for (const line of gunzipSync(readFileSync(lawsFile)).toString('utf8').split('\n')) {
      if (line === '') continue;
      const law = JSON.parse(line) as { title: string; body: string };
      for (const part of law.body.split(/(?=第[一二三四五六七八九十百千零〇]+条\s)/u)) {
        if (part.trim().length < 10) continue;
        yield documentOf(made, `${law.title} ${part.slice(0, 24).replace(/\s+/gu, ' ')}`, part);
        made += 1;
        if (made >= wanted) return;
      }
    }
  }
  for (let seed = 1; made < wanted; made += 1) {
    let body = '';
    for (let i = 0; i < 400; i += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      body += syllables.charAt(seed % syllables.length);
    }
    yield documentOf(made, body.slice(0, 20), body);
  }
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

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

async function ask(index: SearchIndex, label: string): Promise<void> {
  console.log(`\n${label}`);
  const all: number[] = [];
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
    times.sort((a, b) => a - b);
    console.log(
      `  ${name.padEnd(30)} p50 ${quantile(times, 0.5).toFixed(1).padStart(6)} ms   p95 ${quantile(times, 0.95).toFixed(1).padStart(6)} ms   last total ${total}`,
    );
  }
  all.sort((a, b) => a - b);
  console.log(
    `  ${'all of them'.padEnd(30)} p50 ${quantile(all, 0.5).toFixed(1).padStart(6)} ms   p95 ${quantile(all, 0.95).toFixed(1).padStart(6)} ms`,
  );
}

const rss = (): string => `${Math.round(process.memoryUsage().rss / 1e6)} MB RSS`;

async function main(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-search-bench-'));
  const index = openSearchIndex({ directory, log: pino({ level: 'silent' }) });
  try {
    const started = performance.now();
    const rebuild = await index.beginRebuild();
    let batch: SearchDocument[] = [];
    let count = 0;
    for (const document of passages()) {
      batch.push(document);
      count += 1;
      if (batch.length === 1_000) {
        await rebuild.add(batch);
        batch = [];
      }
    }
    if (batch.length > 0) await rebuild.add(batch);
    const added = performance.now();
    await rebuild.finish();
    const finished = performance.now();
    console.log(
      `${count} documents (${existsSync(lawsFile) ? 'laws' : 'generated: no shared data found'}): tokens and rows ${((added - started) / 1000).toFixed(1)} s, indexes ${((finished - added) / 1000).toFixed(1)} s, ${rss()}`,
    );
    await ask(index, 'freshly built');
    const writes: number[] = [];
    for (let i = 0; i < 60; i += 1) {
      const one = performance.now();
      await index.apply({
        upserts: [documentOf(i * 100, `重新发布的通知${i}`, '关于待处理工程的说明。'.repeat(30))],
        deletes: [],
      });
      writes.push(performance.now() - one);
    }
    writes.sort((a, b) => a - b);
    console.log(
      `\n60 single writes: p50 ${quantile(writes, 0.5).toFixed(0)} ms, p95 ${quantile(writes, 0.95).toFixed(0)} ms`,
    );
    await ask(index, 'after 60 single writes');
    const compacting = performance.now();
    await index.compact();
    console.log(`\ncompaction ${(performance.now() - compacting).toFixed(0)} ms`);
    await ask(index, 'after compaction');
    console.log(rss());
  } finally {
    await index.close();
    await rm(directory, { recursive: true, force: true });
  }
}

await main();
