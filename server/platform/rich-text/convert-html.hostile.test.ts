import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { checkRichDocument, convertHtml, linksIn, plainText } from './index.ts';

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
/** Far above what a healthy run takes (tens of milliseconds) and far below what quadratic work would. */
const patience = 5_000;

function timed<T>(work: () => T): { result: T; milliseconds: number } {
  const start = performance.now();
  return { result: work(), milliseconds: performance.now() - start };
}

/** Either a sound document or the refusal of something too large; never an overflow or a hang. */
function survive(html: string): string {
  try {
    const { document } = convertHtml(html);
    expect(checkRichDocument(document)).toEqual([]);
    return 'converted';
  } catch (error) {
    if (error instanceof AppError && error.code === 'rich-text.too-large') return 'refused';
    throw error;
  }
}

describe('hostile HTML', { timeout: 60_000 }, () => {
  it.each([
    ['100,000 nested elements', '<div>'.repeat(100_000) + 'x', 'converted'],
    ['100,000 nested inline elements', many(100_000, (i) => `<font color=${i}>`) + 'x', 'converted'],
    ['10,000 nested lists', '<ul><li>x'.repeat(10_000), 'converted'],
    ['20,000 nested tables', '<table><tr><td>x'.repeat(20_000), 'converted'],
    ['20,000 nested quotations', '<blockquote>x'.repeat(20_000), 'converted'],
    [
      'lists, quotations and tables in turn',
      '<ul><blockquote>a<table><tr><td>b<ol><li>c'.repeat(500),
      'converted',
    ],
    ['5 MB of attributes', `<p ${many(500_000, (i) => `a${i}=1`)}>x</p>`, 'converted'],
    ['5 MB in one style', `<p style="${'font-weight:bold;'.repeat(300_000)}">x</p>`, 'converted'],
    ['formatting that is never closed', many(20_000, (i) => `<p><font color=${i}>x</p>`), 'refused'],
    ['misnested formatting', '<b><div>'.repeat(20_000) + '</b>'.repeat(20_000), 'converted'],
    ['text fostered out of a table', '<table>' + 'x<b>'.repeat(20_000), 'converted'],
    ['more paragraphs than a document has', '<p>x'.repeat(60_000), 'refused'],
    ['more text than a document has', 'x'.repeat(2_100_000), 'refused'],
    ['2 MB of blanks', `a${' \n\t&nbsp;'.repeat(300_000)}b`, 'converted'],
    ['2 MB of ideographic spaces', '　'.repeat(700_000), 'converted'],
    ['a million breaks', `a${'<br>'.repeat(300_000)}b`, 'converted'],
    ['2 MB of <', '<'.repeat(1_900_000), 'converted'],
    ['an open comment', `<!--${'-'.repeat(2_000_000)}`, 'converted'],
    [
      'a table of wide spans',
      `<table>${'<tr><td colspan=1000 rowspan=60000>x'.repeat(5_000)}</table>`,
      'converted',
    ],
    [
      'a long and a wide row',
      `<table>${'<tr><td>x'.repeat(10_000)}<tr>${'<td>y'.repeat(500)}</table>`,
      'converted',
    ],
    ['a link of 5 MB', `<a href="https://a.cn/${'a'.repeat(5_000_000)}">x</a>`, 'converted'],
  ])('%s', (_name, html, outcome) => {
    const { result, milliseconds } = timed(() => survive(html));
    expect(result).toBe(outcome);
    expect(milliseconds).toBeLessThan(patience);
  });

  it('takes four times as long for four times as much, roughly', () => {
    const part =
      '<p class=MsoNormal style="text-indent:2em"><span style="font-weight:bold">通知</span>正文&nbsp;</p>';
    convertHtml(part.repeat(2_000));
    const small = timed(() => convertHtml(part.repeat(2_000))).milliseconds;
    const large = timed(() => convertHtml(part.repeat(8_000))).milliseconds;
    expect(large).toBeLessThan(small * 16 + 200);
  });
});

const tag = fc.constantFrom(
  ...'p div span b i u s sup sub a ul ol li table thead tbody tr td th caption col blockquote h1 h2 h5 hr br img pre script style svg math iframe form font section figure figcaption o:p template noscript title select option textarea center'.split(
    ' ',
  ),
);
const attribute = fc.constantFrom(
  'onclick="alert(1)"',
  'href="javascript:alert(1)"',
  'href="https://a.cn/?a=1&b=2"',
  'href="/x"',
  'src="javascript:1"',
  'src="/a.png"',
  'style="font-weight:bold;text-align:center"',
  'style="mso-list:l0 level3 lfo1"',
  'style="mso-list:Ignore"',
  'style="mso-outline-level:2"',
  'style="display:none"',
  'class="MsoListParagraph"',
  'class="align-right"',
  'align=center',
  'colspan=3',
  'rowspan=4',
  'start=5',
  'id="article-1"',
  'alt="<script>"',
  'width=40',
);
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(tag, fc.array(attribute, { maxLength: 2 }))
      .map(([name, attributes]) => `<${name} ${attributes.join(' ')}>`),
  },
  { weight: 3, arbitrary: tag.map((name) => `</${name}>`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '正文',
      ' ',
      '\n',
      '　',
      '&nbsp;',
      '·',
      '1.',
      '<script>',
      '<!--[if x]>',
      '-->',
      '\u200b',
      '\u0000',
      '\ud800',
      '&lt;b&gt;',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);

describe('any HTML', () => {
  it('becomes a sound document', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { document } = convertHtml(pieces.join(''), { resolveImage: () => ({ assetId: '7' }) });
        expect(checkRichDocument(document)).toEqual([]);
        for (const href of linksIn(document)) expect(href).not.toMatch(/^\s*javascript/i);
        expect(plainText(document)).not.toContain('alert(1)');
      }),
      { numRuns: 500 },
    );
  });
});
