import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { numberFrom } from './chinese-number.ts';
import { checkRichDocument, documentFromLaw, outlineOf, plainText } from './index.ts';

const outline = (body: string): string[] =>
  outlineOf(documentFromLaw(body)).map(({ level, text, anchor }) => `${level} ${text} #${anchor}`);

describe('numberFrom', () => {
  it.each([
    ['一', 1],
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['一百', 100],
    ['一百零五', 105],
    ['一百二十三', 123],
    ['一千二百六十', 1260],
    ['一千零一', 1001],
    ['二〇二四', 2024],
    ['两', 2],
    ['12', 12],
  ])('reads %s as %i', (text, number) => {
    expect(numberFrom(text)).toBe(number);
  });
  it('reads nothing else', () => {
    expect(numberFrom('甲')).toBe(null);
    expect(numberFrom('')).toBe(null);
  });
});

describe('documentFromLaw', () => {
  it('makes headings of chapters, sections and articles', () => {
    const body =
      '## 第一章  总 则\n\n第一条 为了甲。\n\n第二条 乙。\n\n## 第二章　监督\n\n### 第一节 检查\n\n第三条 丙：\n\n（一）丁；';
    expect(outline(body)).toEqual([
      '2 第一章 总则 #chapter-1',
      '3 第一条 #article-1',
      '3 第二条 #article-2',
      '2 第二章 监督 #chapter-2',
      '3 第一节 检查 #section-2-1',
      '4 第三条 #article-3',
    ]);
    expect(plainText(documentFromLaw(body)).split('\n').slice(-3)).toEqual(['第三条', '丙：', '（一）丁；']);
  });
  it('numbers chapters inside their part', () => {
    expect(
      outline(
        '## 第一编 总则\n### 第一章 任务\n第一条 甲\n## 第二编 分则\n### 第一章 罪\n第一百二十条之一 乙',
      ),
    ).toEqual([
      '2 第一编 总则 #part-1',
      '3 第一章 任务 #chapter-1-1',
      '4 第一条 #article-1',
      '2 第二编 分则 #part-2',
      '3 第一章 罪 #chapter-2-1',
      '4 第一百二十条之一 #article-120-1',
    ]);
  });
  it('puts articles on the highest level where there are no chapters', () => {
    expect(outline('为了甲，制定本规定。\n第一条 乙。')).toEqual(['2 第一条 #article-1']);
  });
  it('leaves out a table of contents and nothing else', () => {
    const body =
      '某条例\n\n目 录\n\n## 第一章 总则\n\n## 第二章 附则\n\n## 第一章 总则\n\n第一条 甲。\n\n## 第二章 附则\n\n第二条 乙。';
    expect(plainText(documentFromLaw(body))).toBe(
      '某条例\n第一章 总则\n第一条\n甲。\n第二章 附则\n第二条\n乙。',
    );
  });
  it('knows unmarked headings but not sentences that begin alike', () => {
    expect(
      outline('第五章法律责任\n第七节相应改为第八节，第一百二十三条相应改动。\n第三条 甲\n第三条规定的乙'),
    ).toEqual(['2 第五章 法律责任 #chapter-5', '3 第三条 #article-3']);
  });
  it('keeps an article’s title in its heading', () => {
    expect(outline('第一条 【立法目的】为了甲。')).toEqual(['2 第一条 【立法目的】 #article-1']);
  });
  it('gives each anchor once', () => {
    expect(outline('第一条 甲\n第一条 乙').map((line) => line.split('#')[1])).toEqual([
      'article-1',
      'article-1_2',
    ]);
  });
  it('makes tables and drops comments', () => {
    const { content } = documentFromLaw(
      '<!-- TABLE -->\n| 条文 |罪名 |\n|-----|-----|\n| 第一条 |甲罪 |\n<!-- TABLE END -->\n乙',
    );
    expect(content.map((block) => block.type)).toEqual(['table', 'paragraph']);
  });
  it('is sound for hostile text', () => {
    for (const line of [
      '第一条 甲\n'.repeat(9_000),
      `# ${'第'.repeat(100_000)}`,
      '第'.repeat(100_000),
      '总 '.repeat(100_000),
    ]) {
      expect(checkRichDocument(documentFromLaw(line))).toEqual([]);
    }
  });
});

const corpus = new URL('../../../../shared/data/laws/laws.jsonl.gz', import.meta.url);
const isThere = existsSync(corpus);

interface Law {
  title: string;
  body: string;
}
const squeeze = (text: string): string => text.replace(/[\s\u200b-\u200f\ufeff]/gu, '');
/** The body without markup, as a reader would copy it. */
const bareText = (body: string): string =>
  squeeze(
    body
      .split('\n')
      .filter((line) => !/^\s*<!--.*-->\s*$/u.test(line) && !/^\|[\s|:-]+$/u.test(line))
      .map((line) => (line.startsWith('|') ? line.replaceAll('|', '') : line.replace(/^#+\s/u, '')))
      .join('\n'),
  );
/** What `shorter` lacks, when it lacks exactly one run of characters; null otherwise. */
function missingRun(longer: string, shorter: string): string | null {
  let start = 0;
  while (start < shorter.length && longer[start] === shorter[start]) start += 1;
  const missing = longer.slice(start, start + longer.length - shorter.length);
  return longer === shorter.slice(0, start) + missing + shorter.slice(start) ? missing : null;
}

describe('the real laws of ../shared/data', { timeout: 120_000 }, () => {
  if (!isThere) {
    it('are NOT checked here, because ../shared/data/laws/laws.jsonl.gz is absent', () => {
      expect(isThere).toBe(false);
    });
    return;
  }
  const laws = (): Law[] =>
    gunzipSync(readFileSync(corpus))
      .toString('utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Law);

  it('become sound documents with every article, unique anchors and no text lost', () => {
    const counts = { laws: 0, articles: 0, expected: 0, contents: 0 };
    for (const { title, body } of laws()) {
      const document = documentFromLaw(body);
      expect(checkRichDocument(document), title).toEqual([]);
      const anchors = outlineOf(document).map(({ anchor }) => anchor);
      expect(new Set(anchors).size, title).toBe(anchors.length);
      counts.laws += 1;
      counts.articles += anchors.filter((anchor) => anchor.startsWith('article-')).length;
      counts.expected +=
        body.match(/^\s*第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十]+)?(?=\s|$)/gmu)
          ?.length ?? 0;
      const missing = missingRun(bareText(body), squeeze(plainText(document)));
      if (missing !== '') {
        // Only a table of contents may be gone: titles without a sentence among them.
        expect(missing, title).toMatch(/^(?=.*第.章)(?=.*附则)[^。，；：]{20,100}$/u);
        counts.contents += 1;
      }
    }
    expect(counts).toEqual({ laws: 3471, articles: counts.expected, expected: 147_288, contents: 6 });
  });
});
