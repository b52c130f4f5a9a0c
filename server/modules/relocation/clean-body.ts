import render from 'dom-serializer';
import { type Element, isTag } from 'domhandler';
import { removeElement } from 'domutils';

import type { SiteRules } from '../../../contracts/relocation.ts';
import { nameOf, type OldAddress, resolveLink } from './old-address.rules.ts';
import type { PageInput } from './read-page.ts';
import { attributeIn, findAll, textIn, tidy } from './parse-page.ts';

/** A file that an article shows or attaches. */
export interface BodyFile {
  /** As the queue calls it. */
  readonly address: string;
  readonly name: string;
}

export interface CleanBody {
  /** What is left of the body; pictures are named by their address in the queue. */
  readonly html: string;
  readonly attachments: readonly BodyFile[];
  readonly pictures: readonly BodyFile[];
}

const extensionOf = (path: string): string =>
  /\.([a-z0-9]{1,8})(?:\?.*)?$/i.exec(path)?.[1]?.toLowerCase() ?? '';

/** Parts beside the body in which many sites list the files of an article. */
const fileParts = '.attachment, .attachments, .fujian, #fujian, #appendix, .appendix, .fj, #fj';
const wrapping: ReadonlySet<string> = new Set(['p', 'div', 'li', 'ul', 'ol', 'span', 'strong', 'b', 'td']);

/**
 * The body of an article without what is none of it: parts the rules name, and lines that only attach a file. Links to
 * the old site become links to the same path here, where it is redirected. Changes the tree it is given.
 */
export function cleanBody(input: PageInput, body: Element): CleanBody {
  const { document, rules, hosts, address } = input;
  for (const selector of rules.dropped) for (const element of findAll(selector, body)) removeElement(element);
  const attachments = new Map<string, BodyFile>();
  const attachingLinks: Element[] = [];
  const beside = findAll(fileParts, document).flatMap((part) => findAll('a[href]', part));
  for (const link of new Set([...findAll('a[href]', body), ...beside])) {
    const to = resolveLink(attributeIn(link, 'href'), address);
    if (to === undefined) continue;
    if (hosts.includes(to.host) && isAttachment(to, rules)) {
      const file = { address: nameOf(to), name: nameOfFile(link, to) };
      if (!attachments.has(file.address)) attachments.set(file.address, file);
      attachingLinks.push(link);
    }
    link.attribs['href'] = hosts.includes(to.host)
      ? encodeURI(to.path)
      : absolute(attributeIn(link, 'href'), address);
  }
  for (const link of attachingLinks) removeIfOnlyFiles(link, body, attachingLinks);
  // Before the body is written out: pictures are named in it.
  const pictures = namePictures(input, body);
  return { html: render(body.children), attachments: [...attachments.values()], pictures };
}

function isAttachment(to: OldAddress, rules: SiteRules): boolean {
  return rules.attachmentExtensions.includes(extensionOf(to.path));
}

function nameOfFile(link: Element, to: OldAddress): string {
  const extension = extensionOf(to.path);
  const given = tidy(textIn(link) || attributeIn(link, 'title')).slice(0, 150);
  const inPath =
    to.path.split(/[/?]/).findLast((part) => part.endsWith(`.${extension}`)) ?? `附件.${extension}`;
  if (given === '') return inPath;
  return given.toLowerCase().endsWith(`.${extension}`) ? given : `${given}.${extension}`;
}

function absolute(link: string, from: OldAddress): string {
  return URL.canParse(link, `http://${from.host}/`)
    ? new URL(link, `http://${from.host}${encodeURI(from.path)}`).href
    : link;
}

/** What is left of a line that attaches files when the files are gone: a label, a number, signs. */
const onlyLabel =
  /^[\s\d:：.．、，,;；()（）[\]【】]*(?:相关)?(?:附件|下载|附)?[\s\d:：.．、，,;；()（）[\]【】]*(?:下载)?$/u;

function removeIfOnlyFiles(link: Element, body: Element, links: readonly Element[]): void {
  let top: Element = link;
  for (let above = top.parent; above !== null && above !== body; above = above.parent) {
    if (!isTag(above) || !wrapping.has(above.name)) break;
    const inside = links.filter((one) => isWithin(one, above));
    const rest = inside.reduce((text, one) => text.replace(textIn(one), ''), textIn(above));
    if (!onlyLabel.test(rest)) break;
    top = above;
  }
  if (top !== link) removeElement(top);
}

function isWithin(element: Element, root: Element): boolean {
  for (let above = element.parent; above !== null; above = above.parent) if (above === root) return true;
  return false;
}

function namePictures({ address, hosts }: PageInput, body: Element): readonly BodyFile[] {
  const pictures = new Map<string, BodyFile>();
  for (const image of findAll('img', body)) {
    const given =
      attributeIn(image, 'data-src') || attributeIn(image, 'data-original') || attributeIn(image, 'src');
    const to = resolveLink(given, address);
    delete image.attribs['data-src'];
    delete image.attribs['data-original'];
    if (to === undefined || !hosts.includes(to.host)) continue;
    const name = nameOf(to);
    image.attribs['src'] = name;
    const last = to.path.split(/[/?]/).findLast((part) => /\.\w{1,8}$/.test(part)) ?? 'picture.jpg';
    pictures.set(name, { address: name, name: last });
  }
  return [...pictures.values()];
}
