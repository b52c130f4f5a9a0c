import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import {
  aDocx,
  aZip,
  wordNumber,
  wordParagraph,
  wordPicture,
  wordText,
} from '../../../test/factories/documents.ts';
import { convertHtml, plainText } from '../rich-text/index.ts';
import { convertDocx } from './docx-document.ts';

const level = (at: number, format: string, text: string): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`;
const definition = (id: number, ...levels: readonly string[]): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels.join('')}</w:abstractNum>`;
const list = (id: number, definitionId: number): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${definitionId}"/></w:num>`;

const numbering = [
  definition(0, level(0, 'chineseCountingThousand', '%1、'), level(1, 'chineseCountingThousand', '（%2）')),
  definition(1, level(0, 'decimal', '%1.')),
  definition(2, level(0, 'bullet', '·')),
  definition(3, level(0, 'decimal', '第%1条')),
  ...[1, 2, 3, 4].map((id) => list(id, id - 1)),
].join('');

const linesOf = async (docx: Buffer): Promise<string[]> => {
  const { document } = convertHtml((await convertDocx(docx)).html);
  return plainText(document)
    .split('\n')
    .filter((line) => line !== '');
};

describe('the numbers of a Word document', () => {
  it('are read as they are seen: by level, in Chinese, and on after a paragraph between', async () => {
    const body = [
      wordParagraph('总体要求', wordNumber(1)),
      wordParagraph('指导思想', wordNumber(1, 1)),
      wordParagraph('基本原则', wordNumber(1, 1)),
      wordParagraph('主要任务', wordNumber(1)),
      wordParagraph('一段正文。'),
      wordParagraph('加强监管', wordNumber(1, 1)),
      wordParagraph('为了规范', wordNumber(4)),
      wordParagraph('本办法所称', wordNumber(4)),
    ].join('');
    expect(await linesOf(await aDocx({ body, numbering }))).toEqual([
      '一、总体要求',
      '（一）指导思想',
      '（二）基本原则',
      '二、主要任务',
      '一段正文。',
      '（一）加强监管',
      '第1条 为了规范',
      '第2条 本办法所称',
    ]);
  });

  it('stay a list where a list says the same, and become text where it would begin again', async () => {
    const body = [
      wordParagraph('甲', wordNumber(2)),
      wordParagraph('乙', wordNumber(2)),
      wordParagraph('插入的一段'),
      wordParagraph('丙', wordNumber(2)),
      wordParagraph('点', wordNumber(3)),
    ].join('');
    const { html } = await convertDocx(await aDocx({ body, numbering }));
    expect(html).toContain('<ol><li>甲</li><li>乙</li></ol>');
    expect(html).toContain('<p>3. 丙</p>');
    expect(html).toContain('<ul><li>点</li></ul>');
  });

  it('come from the style of a heading too', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const body =
      wordParagraph('概况', '<w:pStyle w:val="2"/>') + wordParagraph('职责', '<w:pStyle w:val="2"/>');
    const converted = await convertDocx(await aDocx({ body, numbering, styles }));
    expect(converted.html).toBe('<h1>一、概况</h1><h1>二、职责</h1>');
    expect(converted.title).toBe('一、概况');
  });
});

describe('a Word document', () => {
  it('keeps the merged cells of its tables', async () => {
    const cell = (text: string, properties = ''): string =>
      `<w:tc><w:tcPr>${properties}</w:tcPr>${wordParagraph(text)}</w:tc>`;
    const body = `<w:tbl><w:tr>${cell('合计', '<w:gridSpan w:val="2"/>')}${cell('备注', '<w:vMerge w:val="restart"/>')}</w:tr><w:tr>${cell('甲')}${cell('乙')}${cell('', '<w:vMerge/>')}</w:tr></w:tbl>`;
    const { document } = convertHtml((await convertDocx(await aDocx({ body }))).html);
    const [table] = document.content;
    expect(table).toMatchObject({
      type: 'table',
      content: [
        { content: [{ attrs: { colspan: 2 } }, { attrs: { rowspan: 2 } }] },
        { content: [expect.anything(), expect.anything()] },
      ],
    });
  });

  it('tells its footnotes at the end, by the number that stands in the text', async () => {
    const body = `<w:p>${wordText('正文')}<w:r><w:footnoteReference w:id="1"/></w:r>${wordText('继续。')}</w:p>`;
    const footnotes = `<w:footnote w:id="1">${wordParagraph('数据来自统计年鉴。')}</w:footnote>`;
    expect(await linesOf(await aDocx({ body, footnotes }))).toEqual([
      '正文[1]继续。',
      '[1] 数据来自统计年鉴。',
    ]);
  });

  it('hands over its pictures where they stand, with their descriptions', async () => {
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const body = wordParagraph('前') + wordPicture('image1.png') + wordParagraph('后');
    const converted = await convertDocx(await aDocx({ body, pictures: { 'image1.png': picture } }));
    expect(converted.pictures.map(({ fileName, bytes }) => [fileName, bytes.length])).toEqual([
      ['图片1.png', picture.length],
    ]);
    const { document } = convertHtml(converted.html, { resolveImage: () => ({ assetId: '7' }) });
    expect(document.content.map(({ type }) => type)).toEqual(['paragraph', 'image', 'paragraph']);
    expect(document.content[1]).toMatchObject({ attrs: { assetId: '7', alt: '示意图' } });
  });

  it('keeps what is centred and what stands to the right', async () => {
    const body =
      wordParagraph('标题', '<w:jc w:val="center"/>') +
      wordParagraph('2026年11月26日', '<w:jc w:val="right"/>');
    const { document } = convertHtml((await convertDocx(await aDocx({ body }))).html);
    expect(document.content.map((block) => ('attrs' in block ? block.attrs : null))).toEqual([
      { textAlign: 'center' },
      { textAlign: 'right' },
    ]);
  });
});

describe('a file that only looks like a Word document', () => {
  const code = (docx: Buffer | Promise<Buffer>) =>
    Promise.resolve(docx)
      .then(convertDocx)
      .then(
        () => 'converted',
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      );

  it('is refused when it is cut off, when it is no archive, and when its text is missing', async () => {
    const whole = await aDocx({ body: wordParagraph('正文') });
    expect(await code(whole.subarray(0, whole.length - 40))).toBe('document.damaged');
    expect(await code(Buffer.from('这不是压缩包'))).toBe('document.damaged');
    expect(await code(aZip({ 'word/other.xml': '<a/>' }))).toBe('document.damaged');
  });

  it('is refused when it wants something read that is not in it', async () => {
    const more = {
      'word/document.xml':
        '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document>&x;</w:document>',
    };
    expect(await code(aDocx({ body: '', more }))).toBe('document.xml-forbidden');
  });

  it('is refused when a part is larger than any text is', async () => {
    const more = { 'word/comments.xml': Buffer.alloc(41_000_000, 'a') };
    expect(await code(aDocx({ body: wordParagraph('正文'), more }))).toBe('document.too-large');
  });
});
