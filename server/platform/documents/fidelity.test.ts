import { describe, expect, it } from 'vitest';

import type { RichBlock, RichDocument } from '../../../contracts/rich-text.ts';
import { clippings } from '../../../test/factories/clippings.ts';
import {
  aNotice,
  aPlan,
  aTemplated,
  type Holdings,
  type WrittenDocument,
} from '../../../test/factories/official-documents.ts';
import { convertHtml, plainText } from '../rich-text/index.ts';
import { convertDocx } from './docx-document.ts';

type Part = {
  readonly type: string;
  readonly attrs?: { readonly colspan?: number; readonly rowspan?: number };
  readonly content?: readonly Part[];
};

const linesOf = (document: RichDocument): readonly string[] => plainText(document).split(/[\n\t]/);
/** 一、 （一） 1. 1) （1） [1] at the beginning of a line. */
const begun = /^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.)]\s?|[a-z]\))\S/;

/** What stands in a rich text, counted as a reader would. */
function holdingsOf(document: RichDocument): Holdings {
  const parts: Part[] = [];
  const open: Part[] = document.content.map((block: RichBlock) => block as Part);
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    parts.push(part);
    open.push(...(part.content ?? []));
  }
  const count = (...types: readonly string[]) => parts.filter(({ type }) => types.includes(type)).length;
  const text = plainText(document);
  const called = new Set(text.match(/(?<=\S)\[\d+\]/g));
  const told = new Set(text.match(/^\[\d+\](?= )/gm));
  return {
    headings: count('heading'),
    tables: count('table'),
    mergedCells: parts.filter(({ attrs }) => (attrs?.colspan ?? 1) > 1 || (attrs?.rowspan ?? 1) > 1).length,
    items: count('listItem') + linesOf(document).filter((line) => begun.test(line)).length,
    footnotes: [...told].filter((note) => called.has(note)).length,
    images: count('image'),
  };
}

const resolveImage = () => ({ assetId: '7' });

describe('nothing is lost of', () => {
  it.each<[string, () => Promise<WrittenDocument>]>([
    ['a notice in Word', aNotice],
    ['a plan in Word', aPlan],
    ['a document by a template of the house, whose headings have no names of headings', aTemplated],
  ])('%s', async (_what, write) => {
    const written = await write();
    const { html } = await convertDocx(written.bytes);
    const { document } = convertHtml(html, { resolveImage });
    expect(holdingsOf(document)).toEqual(written.holds);
    const lines = linesOf(document);
    expect(written.lines.filter((line) => !lines.includes(line))).toEqual([]);
  });

  it.each(clippings.map((one) => [one.from, one] as const))(
    'what is pasted from %s',
    (_from, { html, holds }) => {
      expect(holdingsOf(convertHtml(html, { resolveImage }).document)).toEqual(holds);
    },
  );
});
