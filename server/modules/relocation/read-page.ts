import type { Document, Element } from 'domhandler';

import type { FoundPage, SiteRules } from '../../../contracts/relocation.ts';
import { matchesAny } from './address-pattern.rules.ts';
import { columnFolderOf, nameOf, type OldAddress, resolveLink } from './old-address.rules.ts';
import { dayIn, dayInPath } from './old-date.rules.ts';
import { attributeIn, findAll, findFirst, firstValue, linesOf, textIn, tidy, valueOf } from './parse-page.ts';

export interface PageInput {
  readonly document: Document;
  readonly address: OldAddress;
  /** Host names of the old site; the first is the main one. */
  readonly hosts: readonly string[];
  readonly rules: SiteRules;
}

export interface ReadPage {
  readonly kind: FoundPage['kind'];
  readonly title: string | undefined;
  readonly date: string | undefined;
  readonly source: string | undefined;
  readonly column: { readonly key: string; readonly name: string };
  readonly body: Element | undefined;
  /** Pages of the same site that this one leads to. */
  readonly links: readonly OldAddress[];
  readonly by: FoundPage['by'];
  readonly missing: FoundPage['missing'];
}

type Found<T> = { readonly by: string; readonly value: T } | undefined;

/** Finds in a page what the rules of its site say. Pure: the same page and rules give the same. */
export function readPage(input: PageInput): ReadPage {
  const body = findBody(input);
  const facts = {
    title: findTitle(input),
    date: findDate(input, body?.value),
    source: findSource(input, body?.value),
    body,
  };
  const column = columnOf(input);
  const isNowhere = column.key === '/' && input.address.path !== '/';
  const missing = parts.filter((one) => facts[one] === undefined);
  return {
    kind: kindOf(input, facts),
    title: facts.title?.value,
    date: facts.date?.value,
    source: facts.source?.value,
    column,
    body: body?.value,
    links: linksOf(input),
    by: byOf(facts),
    missing: isNowhere ? [...missing, 'column'] : missing,
  };
}

const parts = ['title', 'date', 'source', 'body'] as const;

function byOf(facts: Readonly<Record<(typeof parts)[number], Found<unknown>>>): FoundPage['by'] {
  const { title, date, source, body } = facts;
  const of = (found: Found<unknown>): string | null => (found === undefined ? null : found.by);
  return { title: of(title), date: of(date), source: of(source), body: of(body) };
}

function findTitle({ document, rules }: PageInput): Found<string> {
  return firstValue(document, rules.title, (element) => {
    // The head is silent elsewhere; here its title is asked for by name.
    const said =
      element.name === 'title'
        ? element.children.map((one) => ('data' in one ? one.data : '')).join('')
        : valueOf(element);
    let text = tidy(said);
    for (const ending of rules.titleEndings)
      if (text.endsWith(ending)) text = text.slice(0, -ending.length).trim();
    return text === '' ? undefined : text;
  });
}

const dateLabel = /(?:发布|发文|生成|成文|印发|更新)?(?:时间|日期)\s*[:：]\s*(.{6,40})/u;

function findDate({ document, rules, address }: PageInput, body: Element | undefined): Found<string> {
  const named = firstValue(document, rules.date, (element) => dayIn(valueOf(element), rules.dateForms));
  if (named !== undefined) return named;
  for (const line of linesOf(document, body)) {
    const day = dayIn(dateLabel.exec(line)?.[1] ?? '', rules.dateForms);
    if (day !== undefined) return { by: '时间标签', value: day };
  }
  const day = dayInPath(address.path);
  return day === undefined ? undefined : { by: '网址', value: day };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** What stands behind a label, up to the next label or a bar. */
export function afterLabel(line: string, labels: readonly string[]): string | undefined {
  for (const label of labels) {
    const [, rest] = new RegExp(`${escaped(label)}\\s*[:：]\\s*(.{1,200})`, 'u').exec(line) ?? [];
    if (rest === undefined) continue;
    const value = rest.split(/\s*[|｜【\]]|\s+[^\s:：]{2,8}[:：]|\s+\d{4}[-年/]/u)[0]?.trim() ?? '';
    if (value !== '') return value.slice(0, 100);
  }
  return undefined;
}

function findSource({ document, rules }: PageInput, body: Element | undefined): Found<string> {
  const named = firstValue(document, rules.source, (element) => {
    const text = valueOf(element);
    const value = afterLabel(text, rules.sourceLabels) ?? text;
    // A label without anything behind it is no source.
    return value === '' || /[:：]$/.test(value) || value.length > 100 ? undefined : value;
  });
  if (named !== undefined) return named;
  for (const line of linesOf(document, body)) {
    const value = afterLabel(line, rules.sourceLabels);
    if (value !== undefined) return { by: '来源标签', value };
  }
  return undefined;
}

function findBody({ document, rules }: PageInput): Found<Element> {
  return firstValue(document, rules.body, (element) =>
    textIn(element) !== '' || findFirst('img', element) !== undefined ? element : undefined,
  );
}

const separators = /\s*(?:>|›|»|＞|→|\/|-{1,2}>)\s*/u;

/** The names on the way from the home page to this one, without both ends. */
function crumbsOf({ document, rules }: PageInput): readonly string[] {
  const found = firstValue(document, rules.breadcrumb, (element) => {
    const links = findAll('a', element).map(textIn);
    const names = links.length > 1 ? links : textIn(element).split(separators);
    const crumbs = names
      .map((name) => name.replace(/^.*(?:位置|首页)\s*[:：]\s*/u, '').trim())
      .filter((name) => name !== '' && !/^(?:.{0,12}首页|主页|正文|详情)$/u.test(name));
    return crumbs.length > 0 ? crumbs : undefined;
  });
  return found?.value ?? [];
}

function columnOf(input: PageInput): ReadPage['column'] {
  const { address, hosts, rules } = input;
  const crumbs = crumbsOf(input);
  const folder = columnFolderOf(address.path);
  const path = address.host === hosts[0] ? folder : `${address.host}${folder}`;
  if (rules.columnFrom === 'breadcrumb' && crumbs.length > 0) {
    return { key: crumbs.join(' > ').slice(0, 300), name: crumbs.at(-1) ?? '' };
  }
  return { key: path.slice(0, 300), name: crumbs.at(-1) ?? path };
}

interface Facts {
  readonly title: Found<string>;
  readonly date: Found<string>;
  readonly body: Found<Element>;
}

/** From so many links with a sentence in them on, a page is a list. */
const listLinks = 5;

function kindOf(input: PageInput, { title, date, body }: Facts): ReadPage['kind'] {
  const { rules, address, document } = input;
  const isList = (): boolean =>
    findAll('a[href]', document).filter((link) => textIn(link).length >= 8).length >= listLinks;
  if (rules.articleAddresses.length > 0) {
    if (matchesAny(address.path, rules.articleAddresses)) return 'article';
    return isList() ? 'list' : 'other';
  }
  if (title && date && body && !isMostlyLinks(body.value) && !/\/(?:index[^/]*)?$/.test(address.path))
    return 'article';
  return isList() ? 'list' : 'other';
}

function isMostlyLinks(element: Element): boolean {
  const all = textIn(element).length;
  const linked = findAll('a', element).reduce((sum, link) => sum + textIn(link).length, 0);
  return all > 0 && linked / all > 0.6;
}

const noPage =
  /\.(?:css|js|json|xml|ico|png|jpe?g|gif|webp|bmp|svg|mp[34]|avi|wmv|flv|swf|woff2?|ttf|exe|apk)$/i;
/** Lists of a widespread old system number their pages by a script. */
const pager =
  /createPageHTML\(\s*(\d{1,4})\s*,\s*\d{1,4}\s*,\s*["']([\w-]{1,60})["']\s*,\s*["'](\w{1,8})["']/;

function linksOf(input: PageInput): readonly OldAddress[] {
  const { document, address, hosts, rules } = input;
  const found = new Map<string, OldAddress>();
  const add = (link: string): void => {
    const to = resolveLink(link, address);
    if (to === undefined || !hosts.includes(to.host)) return;
    const bare = to.path.replace(/\?.*$/, '');
    const extension = /\.([a-z0-9]{1,8})$/i.exec(bare)?.[1]?.toLowerCase() ?? '';
    // Files are fetched when an article has them, not because something leads to them.
    if (noPage.test(bare) || rules.attachmentExtensions.includes(extension)) return;
    if (!matchesAny(to.path, rules.skippedAddresses)) found.set(nameOf(to), to);
  };
  for (const element of findAll('a[href], area[href]', document)) add(attributeIn(element, 'href'));
  for (const element of findAll('iframe[src], frame[src]', document)) add(attributeIn(element, 'src'));
  for (const script of findAll('script:not([src])', document)) {
    const code = script.children.map((one) => ('data' in one ? one.data : '')).join('');
    const [, pages = '0', name = '', extension = ''] = pager.exec(code) ?? [];
    for (let page = 1; page < Number(pages); page += 1) add(`${name}_${String(page)}.${extension}`);
  }
  return [...found.values()];
}
