import render from 'dom-serializer';
import { type AnyNode, isComment, isDirective } from 'domhandler';
import { removeElement } from 'domutils';

import type { FoundPage, SiteRules } from '../../../contracts/relocation.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { AppError } from '../../platform/errors.ts';
import { convertHtml, plainText } from '../../platform/rich-text/index.ts';
import { decodePage } from './decode-page.ts';
import { bytesOf, examineHtml, type Examined } from './examine-page.ts';
import { addressOfName } from './old-address.rules.ts';
import type { PageRow } from './page.queries.ts';
import { childrenOf, findAll, parsePage } from './parse-page.ts';
import { presentPage } from './project.presenter.ts';
import { suggestRules } from './suggest-rules.ts';

export interface Samples {
  readonly store: AssetStore;
  readonly hosts: readonly string[];
  readonly pages: readonly PageRow[];
}

const readHtml = async (store: AssetStore, { digest, mediaType }: PageRow): Promise<string> =>
  digest === null ? '' : decodePage(await bytesOf(store, digest), mediaType ?? '');

/** What rules find on sample pages, each beside the page itself. Nothing is kept. */
export async function tryRules(samples: Samples, rules: SiteRules): Promise<FoundPage[]> {
  const found: FoundPage[] = [];
  for (const page of samples.pages) {
    const html = await readHtml(samples.store, page);
    const examined = examineHtml(html, page.address, { hosts: samples.hosts, rules });
    found.push({ page: presentPage(page), original: stillPage(html), ...presentFound(examined) });
  }
  return found;
}

const shownLines = 12;

function presentFound({ page, clean }: Examined): Omit<FoundPage, 'page' | 'original'> {
  const text = clean === undefined ? '' : textOfBody(clean.html);
  const lines = text.split('\n').filter((line) => line !== '');
  return {
    kind: page.kind,
    title: page.title ?? null,
    date: page.date ?? null,
    source: page.source ?? null,
    columnKey: page.column.key,
    columnName: page.column.name,
    body: lines.slice(0, shownLines).map((line) => line.slice(0, 300)),
    bodyCharacters: text.replaceAll(/\s/g, '').length,
    attachments: [...(clean?.attachments ?? [])],
    pictures: clean?.pictures.length ?? 0,
    missing: [...page.missing],
    by: page.by,
  };
}

function textOfBody(html: string): string {
  try {
    return plainText(convertHtml(html).document);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

const acting =
  'script, noscript, iframe, frame, object, embed, applet, link, base, form, input, button, audio, video, source, meta';

/**
 * The page as it looks without anything that acts or loads: no scripts, handlers, frames, pictures from elsewhere. It is
 * shown in a frame that could run nothing anyway.
 */
export function stillPage(html: string): string {
  const document = parsePage(html);
  for (const element of findAll(acting, document)) removeElement(element);
  for (const element of findAll('*', document)) {
    for (const name of Object.keys(element.attribs)) {
      if (
        !/^(?:id|class|style|align|valign|width|height|colspan|rowspan|border|alt|title|bgcolor|color|size)$/.test(
          name,
        )
      )
        Reflect.deleteProperty(element.attribs, name);
    }
  }
  dropComments(document);
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  return `<!doctype html><meta charset="utf-8">${policy}${render(document.children)}`.slice(0, 2_000_000);
}

function dropComments(node: AnyNode): void {
  for (const child of childrenOf(node)) {
    if (isComment(child) || isDirective(child)) removeElement(child);
    else dropComments(child);
  }
}

/** Rules that fit the samples, to begin with. */
export async function suggestFor({ store, pages }: Samples): Promise<SiteRules> {
  const samples = [];
  for (const page of pages) {
    samples.push({ document: parsePage(await readHtml(store, page)), address: addressOfName(page.address) });
  }
  return suggestRules(samples);
}
