import { gzipSync } from 'node:zlib';

import {
  attributeOf,
  classed,
  type Element,
  elementsIn,
  firstIn,
  named,
  readPage,
  textOf,
} from './page-tree.ts';

/*
 * What inspections look for on a page (rules R28 to R39), read from its published bytes: nothing here knows how a
 * page is made.
 */
export type PageKind = 'home' | 'column' | 'content' | 'other';

export interface PublishedPage {
  readonly kind: PageKind;
  /** The address under which it was fetched. */
  readonly url: string;
  readonly html: string;
  /** The registered name of the site. */
  readonly siteName?: string;
  /** Host names of the district's own sites: links to them need no warning. */
  readonly ownHosts?: readonly string[];
  /** Not for other search engines (messages, search): it has no canonical address. */
  readonly hidden?: boolean;
}

export interface Finding {
  readonly rule: string;
  readonly what: string;
}

const minute = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d$/;
const identityCode = /^(?:\d{10}|bm\d{8})$/;
const icpNumber = /[\u4e00-\u9fa5]ICP备\d{8}号(?:-\d{1,3})?/;
const policeNumber = /[\u4e00-\u9fa5]公网安备\s?\d{14}号/;
const governmentHost = /(^|\.)(gov\.cn|政务|xn--zfr164b)$/;

const siteTags = ['SiteName', 'SiteDomain', 'SiteIDCode'] as const;
const columnTags = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'] as const;
const articleTags = ['ArticleTitle', 'PubDate', 'ContentSource'] as const;

type Page = ReturnType<typeof readPage>;
type Add = (rule: string, what: string) => void;

/** Everything that is wrong with a page; an empty list is what is wanted. */
export function checkPage(published: PublishedPage): readonly Finding[] {
  const page = readPage(published.html);
  const findings: Finding[] = [];
  const add: Add = (rule, what) => findings.push({ rule, what });
  checkTags(page, published, add);
  if (published.kind === 'content') checkContentTags(page, add);
  checkFooter(page, add);
  checkHeader(page, published, add);
  checkLinks(page, published, add);
  checkMachines(page, published, add);
  checkMarkup(page, published.html, add);
  return findings;
}

function metas(page: Page, name: string): readonly string[] {
  return elementsIn(page, (one) => one.tagName === 'meta' && attributeOf(one, 'name') === name).map(
    (one) => attributeOf(one, 'content') ?? '',
  );
}

function checkTags(page: Page, { kind }: PublishedPage, add: Add): void {
  const demand = (rule: string, names: readonly string[]): void => {
    for (const name of names) {
      const values = metas(page, name);
      if (values.length !== 1 || values[0]?.trim() === '') add(rule, `${name} 应有一个且不为空`);
    }
  };
  demand('R28', siteTags);
  if (kind === 'column' || kind === 'content') demand('R29', columnTags);
  if (kind === 'content') demand('R30', articleTags);
  const [code = ''] = metas(page, 'SiteIDCode');
  if (!identityCode.test(code)) add('R32', `SiteIDCode ${code}`);
  const [domain = ''] = metas(page, 'SiteDomain');
  const isDemonstration = firstIn(page, classed('demo-strip')) !== undefined;
  if (!governmentHost.test(domain) && !(isDemonstration && domain.endsWith('.localhost')))
    add('R35', `SiteDomain ${domain}`);
}

function checkContentTags(page: Page, add: Add): void {
  const main = firstIn(page, named('main'));
  const [title = ''] = metas(page, 'ArticleTitle');
  const [date = ''] = metas(page, 'PubDate');
  const [source = ''] = metas(page, 'ContentSource');
  if (title.replaceAll(/\s+/g, ' ').trim() !== textOf(firstIn(main, named('h1'))))
    add('R30', 'ArticleTitle 与标题不同');
  if (!minute.test(date)) add('R31', `PubDate ${date}`);
  const shown = elementsIn(main, named('time')).map(textOf);
  if (!shown.includes(date)) add('R31', 'PubDate 与页面上的时间不同');
  if (!textOf(main).includes(source)) add('R30', 'ContentSource 与页面上的来源不同');
}

function checkFooter(page: Page, add: Add): void {
  const footer = firstIn(page, named('footer'));
  const text = textOf(footer);
  const [code = ''] = metas(page, 'SiteIDCode');
  const linkTo = (name: string): string | undefined =>
    elementsIn(footer, named('a'))
      .filter((link) => textOf(link).includes(name))
      .map((link) => attributeOf(link, 'href'))
      .find((href) => href !== undefined && href !== '');
  for (const item of ['党政机关标识', '主办单位', '联系方式', 'ICP备', '公网安备', `网站标识码：${code}`])
    if (!text.includes(item)) add('R33', `页脚缺 ${item}`);
  for (const item of ['找错', '站点地图', '适老化'])
    if (linkTo(item) === undefined) add('R33', `页脚缺链接 ${item}`);
  if (!icpNumber.test(text)) add('R34', 'ICP 备案编号格式不对');
  if (!policeNumber.test(text)) add('R34', '公安备案号格式不对');
}

function checkHeader(page: Page, { siteName }: PublishedPage, add: Add): void {
  const shown = textOf(firstIn(firstIn(page, named('header')), classed('brand-name')));
  const [tag = ''] = metas(page, 'SiteName');
  if (shown === '' || shown !== tag) add('R36', `页头名称“${shown}”与 SiteName“${tag}”不同`);
  if (siteName !== undefined && siteName !== tag) add('R36', `SiteName“${tag}”不是登记的“${siteName}”`);
}

/** In a text the page itself says which links lead away; elsewhere the script judges by the host name. */
function checkLinks(page: Page, { url, ownHosts = [] }: PublishedPage, add: Add): void {
  const own = new Set([new URL(url).hostname, ...ownHosts]);
  const leaves = (link: Element): boolean => {
    const href = attributeOf(link, 'href') ?? '';
    if (!/^(?:https?:)?\/\//i.test(href)) return false;
    const { hostname } = new URL(href, url);
    return !own.has(hostname) && !governmentHost.test(hostname);
  };
  for (const text of elementsIn(page, classed('rich-text'))) {
    for (const link of elementsIn(text, named('a'))) {
      if (leaves(link) && attributeOf(link, 'data-external') === undefined)
        add('R39', `外部链接没有提示：${attributeOf(link, 'href') ?? ''}`);
    }
  }
  const warns = elementsIn(page, named('script')).some((one) =>
    /\/site\.js(?:\?|$)/.test(attributeOf(one, 'src') ?? ''),
  );
  if (!warns) add('R39', '页面没有外链提示脚本');
}

/** One of each line. */
const typesWanted: Readonly<Record<PageKind, readonly (readonly string[])[]>> = {
  home: [['GovernmentOrganization'], ['WebSite']],
  column: [['BreadcrumbList']],
  content: [
    ['BreadcrumbList'],
    ['NewsArticle', 'Legislation', 'ProfilePage', 'GovernmentOrganization', 'ImageGallery', 'VideoObject'],
  ],
  other: [],
};

function checkMachines(page: Page, { url, hidden = false, kind }: PublishedPage, add: Add): void {
  const canonical = elementsIn(page, named('link')).filter((one) => attributeOf(one, 'rel') === 'canonical');
  if (hidden) {
    if (canonical.length > 0 || metas(page, 'robots')[0] !== 'noindex') add('machines', '应为 noindex');
    return;
  }
  const [address = ''] = canonical.map((one) => attributeOf(one, 'href') ?? '');
  const samePath = URL.canParse(address) && new URL(address).pathname === new URL(url).pathname;
  if (canonical.length !== 1 || !samePath) add('machines', `canonical ${address}`);
  checkOpenGraph(page, add);
  const types = structuredTypes(page, add);
  const missing = typesWanted[kind].filter((one) => !one.some((type) => types.includes(type)));
  for (const one of missing) add('machines', `JSON-LD 缺 ${one.join(' 或 ')}`);
}

function checkOpenGraph(page: Page, add: Add): void {
  for (const property of ['og:title', 'og:type', 'og:url', 'og:site_name', 'og:description']) {
    const tag = firstIn(page, (one) => one.tagName === 'meta' && attributeOf(one, 'property') === property);
    if ((tag && attributeOf(tag, 'content')) === undefined) add('machines', `缺 ${property}`);
  }
}

function structuredTypes(page: Page, add: Add): readonly string[] {
  const scripts = elementsIn(
    page,
    (one) => one.tagName === 'script' && attributeOf(one, 'type') === 'application/ld+json',
  );
  return scripts.flatMap((script) => {
    const json = script.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
    try {
      const data = JSON.parse(json) as { '@graph'?: readonly { '@type'?: string }[] };
      return (data['@graph'] ?? []).map((thing) => thing['@type'] ?? '');
    } catch {
      add('machines', 'JSON-LD 读不出来');
      return [];
    }
  });
}

function checkMarkup(page: Page, html: string, add: Add): void {
  const [root] = elementsIn(page, named('html'));
  if (root && attributeOf(root, 'lang') !== 'zh-CN') add('R70', '缺 lang');
  if (textOf(firstIn(page, named('title'))) === '') add('R70', '缺 title');
  for (const name of ['h1', 'main'])
    if (elementsIn(page, named(name)).length !== 1) add('R70', `应有一个 ${name}`);
  const [skip] = elementsIn(firstIn(page, named('body')), named('a'));
  if (skip && attributeOf(skip, 'href') !== '#main') add('R70', '第一个链接应跳到正文');
  for (const image of elementsIn(page, named('img')))
    if (attributeOf(image, 'alt') === undefined) add('R70', '图片没有 alt');
  checkPolicy(page, html, add);
}

/** Pages are sent under a policy that lets nothing inline run. */
function checkPolicy(page: Page, html: string, add: Add): void {
  const styled = elementsIn(
    page,
    (one) => attributeOf(one, 'style') !== undefined || one.tagName === 'style',
  );
  if (styled.length > 0) add('policy', '有内联样式');
  if (/<[^>]+ on[a-z]+=/i.test(html)) add('policy', '有内联脚本');
}

/** What is transferred for a text page: itself, its style sheets and the scripts of its head, compressed. */
export function weightOf(html: string, bytesOf: (path: string) => Buffer | undefined): number {
  const page = readPage(html);
  const sheets = elementsIn(
    page,
    (one) => one.tagName === 'link' && attributeOf(one, 'rel') === 'stylesheet',
  );
  const paths = [
    ...sheets.map((one) => attributeOf(one, 'href') ?? ''),
    ...elementsIn(page, named('script')).flatMap((one) => attributeOf(one, 'src') ?? []),
  ];
  const parts = [Buffer.from(html), ...paths.map((path) => requirePart(path, bytesOf))];
  return parts.reduce((sum, part) => sum + gzipSync(part, { level: 6 }).length, 0);
}

function requirePart(path: string, bytesOf: (path: string) => Buffer | undefined): Buffer {
  const bytes = bytesOf(path);
  if (bytes === undefined) throw new Error(`the page loads ${path}, which is not there`);
  return bytes;
}

/** R37 as this platform holds it. */
export const mostBytesOfTextPage = 100_000;

/** R38: the colours of a theme's tokens, grounds and lines that are shades of them left out. */
export function coloursOfTheme(css: string): readonly string[] {
  const colours = [...css.matchAll(/--(?:primary|accent)\s*:\s*(#[0-9a-f]{3,8})/gi)].map(([, colour = '']) =>
    colour.toLowerCase(),
  );
  return [...new Set(colours)];
}
