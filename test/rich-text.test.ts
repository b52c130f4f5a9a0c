import fc from 'fast-check';
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import { describe, expect, it } from 'vitest';
import type { RichBlock, RichDocument, RichInline, TableRow } from '../contracts/rich-text.ts';
import { checkRichDocument, convertHtml } from '../server/platform/rich-text/index.ts';
import { renderRichText } from '../templates/rich-text/index.ts';

const render = (document: RichDocument): string =>
  renderRichText(document, {
    asset: (id) => ({ url: `/files/${id}`, width: 4, height: 3 }),
    withoutWarning: true,
  });
const read = (html: string): RichDocument =>
  convertHtml(html, { resolveImage: (src) => ({ assetId: src.replace('/files/', '') }) }).document;

// Text as white space rules leave it: nothing that a browser would collapse, no indent, no control character.
const word = fc.oneof(
  fc.constantFrom(
    '通知',
    '第一条',
    '（一）',
    'a < b',
    '&amp;',
    '"引号"',
    "it's",
    '😀',
    '1.',
    '·',
    '<script>',
    '总　则',
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
    .filter((text) => /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(text) && !text.includes('\ufffc')),
);
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const link = fc.constantFrom(
  'https://www.gov.cn/a?b=1&c=2',
  'https://example.com/',
  '/zwgk/',
  '#article-3',
  'mailto:a@b.cn',
);

const inline = fc
  .array(
    fc.record({
      text: phrase,
      marks: fc.subarray([
        'bold',
        'italic',
        'link',
        'strike',
        'subscript',
        'superscript',
        'underline',
      ] as const),
      href: link,
      breaks: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) =>
    parts.flatMap((part, index): RichInline[] => toInline(part, index)).reduce<RichInline[]>(joinEqual, []),
  );

function toInline(
  part: { text: string; marks: readonly (string | undefined)[]; href: string; breaks: boolean },
  index: number,
): RichInline[] {
  const marks = part.marks.map((type) => (type === 'link' ? { type, attrs: { href: part.href } } : { type }));
  const text = { type: 'text', text: part.text, ...(marks.length > 0 ? { marks } : {}) } as RichInline;
  return part.breaks && index > 0 ? [{ type: 'hardBreak' }, text] : [text];
}

/** Neighbours with the same marks are one text, as the editor stores them. */
function joinEqual(joined: RichInline[], next: RichInline): RichInline[] {
  const last = joined.at(-1);
  const isSame =
    last?.type === 'text' &&
    next.type === 'text' &&
    JSON.stringify(last.marks) === JSON.stringify(next.marks);
  if (!isSame) return [...joined, next];
  return [...joined.slice(0, -1), { ...last, text: last.text + next.text }];
}

const align = fc.constantFrom<('left' | 'center' | 'right' | null)[]>(null, 'left', 'center', 'right');
const paragraph = fc
  .tuple(inline, align)
  .map(([content, textAlign]): RichBlock =>
    textAlign === null
      ? { type: 'paragraph', content }
      : { type: 'paragraph', attrs: { textAlign }, content },
  );
const heading = fc
  .tuple(inline, align, fc.constantFrom<(2 | 3 | 4)[]>(2, 3, 4))
  .map(([content, textAlign, level]): RichBlock => ({
    type: 'heading',
    attrs: textAlign === null ? { level } : { level, textAlign },
    content,
  }));
const image = fc
  .record({ alt: fc.oneof(fc.constant(''), phrase), title: fc.option(phrase, { nil: undefined }) })
  .map(({ alt, title }): RichBlock => ({
    type: 'image',
    attrs: title === undefined ? { assetId: '7', alt } : { assetId: '7', alt, title },
  }));
const leaf = fc.oneof(
  { weight: 5, arbitrary: paragraph },
  { weight: 1, arbitrary: image },
  { weight: 1, arbitrary: fc.constant<RichBlock>({ type: 'horizontalRule' }) },
);

const blocks = (depth: number): fc.Arbitrary<RichBlock[]> =>
  fc.array(block(depth), { minLength: 1, maxLength: 3 });
const item = (depth: number): fc.Arbitrary<{ type: 'listItem'; content: RichBlock[] }> =>
  fc
    .tuple(paragraph, fc.array(block(depth), { maxLength: 2 }))
    .map(([first, rest]) => ({ type: 'listItem', content: [first, ...rest] }));

function list(depth: number): fc.Arbitrary<RichBlock> {
  return fc
    .tuple(fc.array(item(depth), { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 1, 4))
    .map(([content, start]) => {
      if (start === 0) return { type: 'bulletList', content };
      return start === 1
        ? { type: 'orderedList', content }
        : { type: 'orderedList', attrs: { start }, content };
    });
}

/** A full grid of two columns, in which some rows are one wide cell. */
function table(depth: number): fc.Arbitrary<RichBlock> {
  const row = fc
    .tuple(fc.boolean(), fc.boolean(), blocks(depth), blocks(depth))
    .map(([isWide, isHeader, one, two]): TableRow => {
      const type = isHeader ? 'tableHeader' : 'tableCell';
      if (isWide) return { type: 'tableRow', content: [{ type, attrs: { colspan: 2 }, content: one }] };
      return {
        type: 'tableRow',
        content: [
          { type, content: one },
          { type: 'tableCell', content: two },
        ],
      };
    });
  const full = fc.tuple(blocks(depth), blocks(depth)).map(([one, two]): TableRow => ({
    type: 'tableRow',
    content: [
      { type: 'tableHeader', content: one },
      { type: 'tableHeader', content: two },
    ],
  }));
  return fc
    .tuple(full, fc.array(row, { maxLength: 3 }))
    .map(([first, rest]) => ({ type: 'table', content: [first, ...rest] }));
}

function block(depth: number): fc.Arbitrary<RichBlock> {
  if (depth === 0) return leaf;
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: list(depth - 1) },
    {
      weight: 1,
      arbitrary: blocks(depth - 1).map((content): RichBlock => ({ type: 'blockquote', content })),
    },
  );
}
const document = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: block(2) },
      { weight: 1, arbitrary: heading },
      { weight: 1, arbitrary: table(1) },
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((content): RichDocument => ({ type: 'doc', content }));

describe('rich text on its way to a page and back', () => {
  it('is the same document', () => {
    fc.assert(
      fc.property(document, (written) => {
        expect(checkRichDocument(written)).toEqual([]);
        expect(read(render(written))).toEqual(written);
      }),
      { numRuns: 200 },
    );
  });

  it('has the same bytes each time', () => {
    fc.assert(
      fc.property(document, (written) => {
        expect(render(structuredClone(written))).toBe(render(written));
      }),
    );
  });
});

const elements = new Set(
  'p h2 h3 h4 ul ol li blockquote hr div table colgroup col thead tbody tr th td figure img figcaption a strong em u s sup sub br'.split(
    ' ',
  ),
);
const attributes = new Set(
  'class id href rel data-external start role tabindex aria-label width height scope colspan rowspan src loading decoding alt'.split(
    ' ',
  ),
);

function namesIn(html: string): { elements: string[]; attributes: { name: string; value: string }[] } {
  const found = { elements: [] as string[], attributes: [] as { name: string; value: string }[] };
  const pending: DefaultTreeAdapterTypes.ChildNode[] = [...parseFragment(html).childNodes];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (!('tagName' in node)) continue;
    found.elements.push(node.tagName);
    found.attributes.push(...node.attrs);
    pending.push(...node.childNodes);
  }
  return found;
}

const soup = fc.array(
  fc.oneof(
    fc.constantFrom(
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<svg onload=alert(1)>',
      '<a href="javascript:alert(1)">',
      '<a href="JaVa&#09;Script:x">',
      '<iframe srcdoc="<script>">',
      '<p style="background:url(javascript:x)" onclick=x>',
      '<math><mtext></p><style><img src onerror=x>',
      '<noscript><p title="</noscript><img onerror=x>">',
      '<table><td>',
      '<ul><li>',
      '<h2 id="x&quot; onx=">',
      '<form><button formaction=javascript:x>',
      '<base href=javascript:>',
      '<![CDATA[<script>]]>',
      '<!--><script>x</script>',
      '</p>',
      '</td>',
      '&lt;script&gt;',
      '正文',
    ),
    fc.string({ maxLength: 10 }),
  ),
  { maxLength: 30 },
);

describe('any HTML', () => {
  it('comes out with only the elements and attributes that the page knows, and no script anywhere', () => {
    fc.assert(
      fc.property(soup, (pieces) => {
        const html = render(read(pieces.join('')));
        const found = namesIn(html);
        expect(found.elements.filter((name) => !elements.has(name))).toEqual([]);
        expect(found.attributes.filter(({ name }) => !attributes.has(name))).toEqual([]);
        expect(
          found.attributes.filter(({ value }) => /^\s*(?:javascript|data|vbscript):/i.test(value)),
        ).toEqual([]);
        expect(html).not.toMatch(/<script|<style|<iframe/i);
      }),
      { numRuns: 200 },
    );
  });
});
