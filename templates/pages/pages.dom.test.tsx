import axe from 'axe-core';
import { describe, expect, test } from 'vitest';
import { prepareChrome } from '../document.tsx';
import { renderArticle, renderPolicy } from './article.tsx';
import { articleExamples, policyExamples } from './article.examples.ts';
import { launchedChrome, portalChrome, unitChrome } from './chrome.examples.ts';
import { renderColumn } from './column.tsx';
import { columnExamples } from './column.examples.ts';
import { renderHome } from './home.tsx';
import { homeExamples } from './home.examples.ts';
import { renderPageExamples } from './page-examples.ts';
import { renderSearch, renderSearchResults, renderSearchShell } from './search.tsx';
import { searchExamples } from './search.examples.ts';
import { renderTopic } from './topic.tsx';
import { topicExamples } from './topic.examples.ts';

const pages = [...renderPageExamples()];

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html');
}

function metaOf(page: Document, name: string): string | null {
  return page.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? null;
}

function textsOf(page: ParentNode, selector: string): string[] {
  return [...page.querySelectorAll(selector)].map((element) => element.textContent);
}

describe.each(pages)('every page: %s', (_name, html) => {
  const page = parse(html);

  test('has one first heading, a skip link to its main part, and landmarks', () => {
    expect(page.querySelectorAll('h1')).toHaveLength(1);
    expect(page.querySelector('body > a.skip-link')?.getAttribute('href')).toBe('#main');
    for (const landmark of ['header.site-header', 'main#main', 'footer', 'nav[aria-label="主导航"]']) {
      expect(page.querySelectorAll(landmark)).toHaveLength(1);
    }
    expect(page.documentElement.lang).toBe('zh-CN');
  });

  test('has the three site tags and a title', () => {
    expect(metaOf(page, 'SiteName')).toBeTruthy();
    expect(metaOf(page, 'SiteDomain')).toMatch(/\.gov\.cn$/);
    expect(metaOf(page, 'SiteIDCode')).toMatch(/^\d{10}$/);
    expect(page.title).toContain(metaOf(page, 'SiteName'));
    expect([...page.querySelectorAll('meta[content=""]')]).toEqual([]);
  });

  test('has all nine footer items', () => {
    const footer = page.querySelector('footer')?.textContent ?? '';
    const items =
      '党政机关标识 我为政府网站找错 网站标识码 主办单位 联系方式 ICP备案 公安备案 站点地图 适老化';
    for (const item of items.split(' ')) expect(footer).toContain(item);
  });

  test('is marked as a demonstration', () => {
    expect(page.querySelector('.demo-strip')?.textContent).toContain('演示');
  });

  test('runs no inline script or style, loads nothing from elsewhere, and stays below 100 KB', () => {
    expect(html.includes(' style=')).toBe(false);
    expect([...page.querySelectorAll('style, script:not([src]):not([type="application/ld+json"])')]).toEqual(
      [],
    );
    for (const element of page.querySelectorAll('script[src], link[rel=stylesheet], img')) {
      expect(element.getAttribute('src') ?? element.getAttribute('href')).toMatch(/^\//);
    }
    expect(/ on[a-z]+=/.test(html)).toBe(false);
    expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  });

  test('has no id twice and every label, reference and anchor leads somewhere', () => {
    const ids = [...page.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const anchor of page.querySelectorAll('a[href^="#"]')) {
      expect(ids).toContain(anchor.getAttribute('href')?.slice(1));
    }
    for (const element of page.querySelectorAll('[aria-labelledby]')) {
      expect(ids).toContain(element.getAttribute('aria-labelledby'));
    }
  });

  test('gives every picture its size, so that nothing jumps', () => {
    for (const image of page.querySelectorAll('img')) {
      expect(image.getAttribute('width')).toBeTruthy();
      expect(image.getAttribute('height')).toBeTruthy();
    }
  });

  test('has no accessibility violation that can be found without layout', async () => {
    document.documentElement.lang = 'zh-CN';
    document.title = page.title;
    document.body.innerHTML = page.body.innerHTML;
    const found = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`)).toEqual(
      [],
    );
  });
});

describe('column pages', () => {
  const newest = parse(renderColumn(columnExamples['the newest page of a column']));
  const archived = parse(renderColumn(columnExamples['a page of the archive']));

  test('have the four column tags', () => {
    expect(metaOf(newest, 'ColumnName')).toBe('通知公告');
    expect(metaOf(newest, 'ColumnDescription')).toBeTruthy();
    expect(metaOf(newest, 'ColumnKeywords')).toBe(['通知', '公告', '公示'].join(','));
    expect(metaOf(newest, 'ColumnType')).toBe('通知公告');
    expect(newest.querySelector('link[type="application/rss+xml"]')?.getAttribute('href')).toBe(
      '/zwgk/tzgg/rss.xml',
    );
  });

  test('never have an empty column tag, whatever was left out', () => {
    const { column, ...rest } = columnExamples['the newest page of a column'];
    const page = parse(
      renderColumn({ ...rest, column: { ...column, description: '', keywords: [], type: '' } }),
    );
    for (const name of ['ColumnDescription', 'ColumnKeywords', 'ColumnType']) {
      expect(metaOf(page, name)).toBe('通知公告');
    }
  });

  test('link only to their neighbours and both ends', () => {
    const links = [...archived.querySelectorAll('.pager a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual([
      '/zwgk/tzgg/',
      '/zwgk/tzgg/list-13.html',
      '/zwgk/tzgg/list-11.html',
      '/zwgk/tzgg/list-1.html',
    ]);
    expect(textsOf(newest, '.pager a')).toEqual(['较早', '最早']);
    expect(textsOf(archived, '.pager [aria-current]')).toEqual(['第 12 页']);
  });

  test('mark what is pinned and what is no longer in force', () => {
    expect(textsOf(newest, '.entry-list li:first-child .tag')).toHaveLength(1);
    const policies = parse(renderColumn(columnExamples['a column of documents, some no longer in force']));
    expect(textsOf(policies, '.entry-list .tag')).toHaveLength(2);
  });

  test('mark the part of the main navigation in which they stand', () => {
    expect(textsOf(newest, '.main-navigation [aria-current]')).toEqual(['政务公开']);
  });

  test('name what leads elsewhere, with no list below it', () => {
    const entrance = parse(renderColumn(columnExamples['an entrance to other columns']));
    expect(textsOf(entrance, '.columns h2')).toEqual(['通知公告', '政策文件', '行政审批']);
    expect(entrance.querySelectorAll('.columns ul')).toHaveLength(2);
  });
});

describe('content pages', () => {
  const page = parse(renderArticle(articleExamples['everything an article can have']));

  test('have the ten tags, equal to what the page shows', () => {
    expect(metaOf(page, 'ArticleTitle')).toBe(page.querySelector('h1')?.textContent);
    expect(metaOf(page, 'PubDate')).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/);
    expect(page.querySelector('.byline')?.textContent).toContain(metaOf(page, 'PubDate'));
    expect(page.querySelector('.byline')?.textContent).toContain(metaOf(page, 'ContentSource'));
    for (const name of ['ColumnName', 'Keywords', 'Author', 'Description', 'Image', 'Url']) {
      expect(metaOf(page, name)).toBeTruthy();
    }
  });

  test('name one canonical address', () => {
    const url = 'https://www.xunyang-demo.gov.cn/zwgk/tzgg/202611/t20261121_4217.html';
    expect(page.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(url);
    expect(page.querySelector('meta[property="og:url"]')?.getAttribute('content')).toBe(url);
  });

  test('list attachments with type and size', () => {
    expect(textsOf(page, '.attachment-facts')[0]).toMatch(/^PDF.2\.3 MB$/);
    expect(textsOf(page, '.attachment-facts')[1]).toMatch(/^Excel 表格.18 KB$/);
  });

  test('leave out a related group without links', () => {
    expect(textsOf(page, '.related h2')).toEqual(['相关阅读']);
  });

  test('cannot be broken out of by a title', () => {
    const title = '</script></title><script>alert(1)</script>"\'&\u2028';
    const hostile = parse(
      renderArticle({ ...articleExamples['a notice with a picture and a table'], title, source: title }),
    );
    expect(hostile.querySelector('h1')?.textContent).toBe(title);
    expect(metaOf(hostile, 'ArticleTitle')).toBe(title);
    expect(hostile.querySelectorAll('script:not([src])')).toHaveLength(1);
    const data = hostile.querySelector('script[type="application/ld+json"]')?.textContent ?? '';
    const parsed = JSON.parse(data) as { '@graph': { headline?: string }[] };
    expect(parsed['@graph'][0]?.headline).toBe(title);
  });
});

describe('policy pages', () => {
  test('show the six fields of the regulation in its order, then the rest', () => {
    const page = parse(renderPolicy(policyExamples['a long document in force']));
    expect(textsOf(page, '.disclosure dt')).toEqual(
      '信息类别 公开方式 生成日期 公开时限 公开范围 信息索取号 文号 成文日期 发布机构 有效性'.split(' '),
    );
    expect(page.querySelector('.validity-banner')).toBeNull();
    expect(textsOf(page, '.contents a')).toHaveLength(10);
  });

  test('say before anything else that a document is abolished, since when, and what replaced it', () => {
    const page = parse(renderPolicy(policyExamples['an abolished document that names its successor']));
    const banner = page.querySelector('.validity-banner');
    expect(banner?.textContent).toContain('已废止');
    expect(banner?.textContent).toContain('2025-07-01');
    expect(banner?.querySelector('a')?.getAttribute('href')).toBe('/zwgk/zcwj/202506/t20250620_30.html');
    expect(banner?.nextElementSibling?.className).toBe('disclosure');
    expect(page.querySelector('script[type="application/ld+json"]')?.textContent).toContain('NotInForce');
  });

  test('show no empty rows', () => {
    const page = parse(renderPolicy(policyExamples['only the six required fields']));
    expect(textsOf(page, '.disclosure dt')).toHaveLength(6);
  });

  test('list only the chapters when a law has too many headings', () => {
    const outline = Array.from({ length: 60 }, (_, index) => ({
      level: index % 10 === 0 ? 2 : 3,
      text: `第${index}`,
      anchor: `a${index}`,
    }));
    const page = parse(renderPolicy({ ...policyExamples['a long document in force'], outline }));
    expect(textsOf(page, '.contents a')).toHaveLength(6);
  });
});

describe('home pages', () => {
  test('leave out blocks and panels without entries', () => {
    const page = parse(renderHome(homeExamples['a portal with every kind of block']));
    expect(textsOf(page, '.tab-list a')).toEqual(['政策文件', '政策解读', '法律法规']);
    const empty = { kind: 'columns', blocks: [{ title: '空', url: '/', entries: [] }] } as const;
    const bare = parse(renderHome({ chrome: unitChrome, description: '空', blocks: [empty] }));
    expect(bare.querySelectorAll('.block, .columns')).toHaveLength(0);
  });

  test('of the portal say an urgent notice before anything else, and its level in words', () => {
    const page = parse(renderHome(homeExamples['a portal on a day with an urgent notice']));
    const notice = page.querySelector('.urgent');
    expect(notice?.previousElementSibling?.className).toContain('site-header');
    expect(notice?.querySelector('.urgent-level')?.textContent).toBe('紧急公告');
    expect(notice?.getAttribute('aria-label')).toBe('紧急公告');
    expect(page.querySelector('main .urgent')).toBeNull();
  });

  test('of a unit lead back to the portal', () => {
    const page = parse(renderHome(homeExamples['a unit without pictures']));
    expect(page.querySelector('.utility a')?.getAttribute('href')).toBe('https://www.xunyang-demo.gov.cn/');
  });

  test('of a launched site carry no demonstration strip and lead to the registers', () => {
    const page = parse(renderHome({ chrome: launchedChrome, description: '首页', blocks: [] }));
    expect(page.querySelector('.demo-strip')).toBeNull();
    expect(page.querySelector('footer a[href="https://beian.miit.gov.cn/"]')).not.toBeNull();
  });
});

describe('topic pages', () => {
  const page = parse(renderTopic(topicExamples['a topic that has ended']));

  test('have the ten tags of a content page, equal to what the page shows', () => {
    for (const name of [
      'ColumnName',
      'ColumnDescription',
      'ColumnKeywords',
      'ColumnType',
      'Keywords',
      'Url',
    ]) {
      expect(metaOf(page, name)).toBeTruthy();
    }
    expect(metaOf(page, 'ArticleTitle')).toBe(page.querySelector('h1')?.textContent);
    expect(page.querySelector('.topic-facts')?.textContent).toContain(metaOf(page, 'PubDate'));
    expect(page.querySelector('.topic-facts')?.textContent).toContain(metaOf(page, 'ContentSource'));
    const data = page.querySelector('script[type="application/ld+json"]')?.textContent ?? '';
    expect(data).toContain('"@type":"CollectionPage"');
  });

  test('say that an occasion is over, and since when, before its title', () => {
    const ended = page.querySelector('.topic-ended');
    expect(ended?.textContent).toBe('本专题已于 2026-10-31 结束归档，内容供查阅');
    expect(page.querySelector('main')?.firstElementChild).toBe(ended);
    const running = parse(renderTopic(topicExamples['a topic with a cover']));
    expect(running.querySelector('.topic-ended')).toBeNull();
  });

  test('do without a cover', () => {
    const plain = parse(renderTopic(topicExamples['a topic without a cover or a last day']));
    expect(plain.querySelector('.topic-cover')).toBeNull();
    expect(metaOf(plain, 'Image')).toBeNull();
  });
});

describe('the search page', () => {
  test('is the shell with the results in place of the marker', () => {
    const results = searchExamples['results of several kinds'];
    const shell = renderSearchShell(portalChrome, '<!--results-->');
    const composed = shell.replace('<!--results-->', () => renderSearchResults(results));
    expect(composed).toBe(renderSearch(portalChrome, results));
  });

  test('marks what matched and escapes everything else', () => {
    const html = renderSearchResults({
      ...searchExamples['results of several kinds'],
      query: { q: '"><script>', scope: 'all' },
      hits: [
        {
          title: [
            { text: '<b>', hit: true },
            { text: '& rest', hit: false },
          ],
          snippet: [],
          url: '/a.html',
          kindName: '文件',
          day: '2026-01-01',
          siteName: '站',
        },
      ],
    });
    const page = parse(html);
    expect(page.querySelector('.hit mark')?.textContent).toBe('<b>');
    expect(page.querySelector('script')).toBeNull();
    expect(page.querySelector<HTMLInputElement>('#search-q')?.value).toBe('"><script>');
  });

  test('keeps the question when one narrows it', () => {
    const page = parse(renderSearchResults(searchExamples['the second page of a narrowed question']));
    const narrowed = page.querySelector('.kinds li:nth-child(3) a')?.getAttribute('href') ?? '';
    expect(Object.fromEntries(new URL(narrowed, 'https://e.gov.cn').searchParams)).toEqual({
      q: '加装电梯 补贴',
      scope: 'site',
      kind: 'interpretation',
      year: '2026',
    });
  });

  test('offers a way on when nothing was found', () => {
    const page = parse(renderSearchResults(searchExamples['nothing found']));
    expect(page.querySelectorAll('.search-empty a').length).toBeGreaterThanOrEqual(4);
  });
});

test('pages of a prepared chrome have the same bytes as pages that prepare their own', () => {
  const props = columnExamples['the newest page of a column'];
  const prepared = prepareChrome(props.chrome);
  expect(renderColumn(props, prepared)).toBe(renderColumn(props));
  expect(renderColumn(props, prepared)).toBe(renderColumn(structuredClone(props), prepared));
});
