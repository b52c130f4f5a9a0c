import {
  AlignmentType,
  Document,
  FootnoteReferenceRun,
  HeadingLevel,
  HorizontalPositionRelativeFrom,
  ImageRun,
  type IParagraphOptions,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalPositionRelativeFrom,
} from 'docx';
import sharp from 'sharp';

import { aDocx, wordParagraph } from './documents.ts';

/** What stands in a document that must not be lost on its way into the library. */
export interface Holdings {
  readonly headings: number;
  readonly tables: number;
  readonly mergedCells: number;
  /** Items of lists and paragraphs that begin with their number. */
  readonly items: number;
  /** Notes that are called in the text and told below it. */
  readonly footnotes: number;
  readonly images: number;
}

export interface WrittenDocument {
  readonly bytes: Buffer;
  readonly holds: Holdings;
  /** Beginnings of lines as a reader sees them, numbers included. */
  readonly lines: readonly string[];
}

const aPicture = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#a61c1c' } })
    .png()
    .toBuffer();

const numbering = {
  config: [
    {
      reference: 'official',
      levels: [
        {
          level: 0,
          format: LevelFormat.CHINESE_COUNTING_THOUSAND,
          text: '%1、',
          alignment: AlignmentType.LEFT,
        },
        {
          level: 1,
          format: LevelFormat.CHINESE_COUNTING_THOUSAND,
          text: '（%2）',
          alignment: AlignmentType.LEFT,
        },
        { level: 2, format: LevelFormat.DECIMAL, text: '%3.', alignment: AlignmentType.LEFT },
      ],
    },
    {
      reference: 'plain',
      levels: [
        { level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.LEFT },
        { level: 1, format: LevelFormat.DECIMAL, text: '%2)', alignment: AlignmentType.LEFT },
      ],
    },
    {
      reference: 'points',
      levels: [
        { level: 0, format: LevelFormat.BULLET, text: '●', alignment: AlignmentType.LEFT },
        { level: 1, format: LevelFormat.BULLET, text: '○', alignment: AlignmentType.LEFT },
      ],
    },
  ],
};

const line = (text: string, options: Omit<IParagraphOptions, 'text' | 'children'> = {}): Paragraph =>
  new Paragraph({ ...options, children: [new TextRun(text)] });
const numbered = (reference: string, text: string, level = 0): Paragraph =>
  line(text, { numbering: { reference, level } });
const cell = (text: string, spans: { columnSpan?: number; rowSpan?: number } = {}): TableCell =>
  new TableCell({ ...spans, children: [line(text)] });
const row = (...children: TableCell[]): TableRow => new TableRow({ children });

/** 通知：numbered headings, a table with cells merged both ways, footnotes, a picture in the text. */
export async function aNotice(): Promise<WrittenDocument> {
  const picture = await aPicture();
  const heading = (text: string, level: 0 | 1 | 2): Paragraph =>
    line(text, {
      heading:
        [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3][level] ??
        HeadingLevel.HEADING_1,
      numbering: { reference: 'official', level },
    });
  const document = new Document({
    numbering,
    footnotes: {
      1: { children: [line('数据来自2025年统计公报。')] },
      2: { children: [line('以实际到位资金为准。')] },
    },
    sections: [
      {
        children: [
          line('关于做好2026年防汛工作的通知', {
            heading: HeadingLevel.TITLE,
            alignment: AlignmentType.CENTER,
          }),
          line('各街道办事处，区直各单位：'),
          heading('总体要求', 0),
          new Paragraph({
            children: [
              new TextRun('去年投入三千万元'),
              new FootnoteReferenceRun(1),
              new TextRun('，成效明显。'),
            ],
          }),
          heading('主要任务', 0),
          heading('排查隐患', 1),
          numbered('plain', '检查堤防'),
          numbered('plain', '检查泵站'),
          numbered('plain', '逐台试机', 1),
          heading('备足物资', 1),
          heading('沙袋', 2),
          numbered('points', '每个点不少于五百个'),
          numbered('points', '专人看管'),
          new Table({
            rows: [
              row(cell('单位', { rowSpan: 2 }), cell('物资', { columnSpan: 2 })),
              row(cell('沙袋'), cell('水泵')),
              row(cell('甘棠街道'), cell('500'), cell('3')),
              row(cell('合计', { columnSpan: 2 }), cell('3')),
            ],
          }),
          new Paragraph({
            children: [new TextRun('资金另行下达'), new FootnoteReferenceRun(2), new TextRun('。')],
          }),
          new Paragraph({
            children: [
              new ImageRun({
                type: 'png',
                data: picture,
                transformation: { width: 60, height: 40 },
                altText: { name: '示意', title: '示意', description: '防汛示意图' },
              }),
            ],
          }),
          line('浔阳区人民政府办公室', { alignment: AlignmentType.RIGHT }),
        ],
      },
    ],
  });
  return {
    bytes: await Packer.toBuffer(document),
    holds: { headings: 6, tables: 1, mergedCells: 3, items: 10, footnotes: 2, images: 1 },
    lines: [
      '一、总体要求',
      '二、主要任务',
      '（一）排查隐患',
      '（二）备足物资',
      '1. 沙袋',
      '[1] 数据来自2025年统计公报。',
    ],
  };
}

/** 实施方案：a long table, lists that go on after a paragraph, a footnote, a picture beside the text. */
export async function aPlan(): Promise<WrittenDocument> {
  const picture = await aPicture();
  const floating = {
    horizontalPosition: { relative: HorizontalPositionRelativeFrom.PAGE, offset: 1_014_400 },
    verticalPosition: { relative: VerticalPositionRelativeFrom.PAGE, offset: 1_014_400 },
  };
  const document = new Document({
    numbering,
    footnotes: { 1: { children: [line('按常住人口计算。')] } },
    sections: [
      {
        children: [
          line('老旧小区改造实施方案', { heading: HeadingLevel.HEADING_1 }),
          numbered('official', '目标'),
          new Paragraph({
            children: [new TextRun('惠及两万户'), new FootnoteReferenceRun(1), new TextRun('。')],
          }),
          numbered('official', '步骤'),
          numbered('official', '摸底', 1),
          line('用一个月完成。'),
          numbered('official', '施工', 1),
          numbered('plain', '先地下'),
          line('管网优先。'),
          numbered('plain', '后地上'),
          new Table({
            rows: [
              row(cell('街道', { rowSpan: 3 }), cell('小区一'), cell('12栋')),
              row(cell('小区二'), cell('8栋')),
              row(cell('小区三'), cell('5栋')),
              row(cell('说明：以批复为准', { columnSpan: 3 })),
            ],
          }),
          new Table({ rows: [row(cell('联系人'), cell('电话'))] }),
          new Paragraph({
            children: [
              new TextRun('效果图见旁。'),
              new ImageRun({
                type: 'png',
                data: picture,
                transformation: { width: 60, height: 40 },
                floating,
              }),
            ],
          }),
        ],
      },
    ],
  });
  return {
    bytes: await Packer.toBuffer(document),
    holds: { headings: 1, tables: 2, mergedCells: 2, items: 6, footnotes: 1, images: 1 },
    lines: [
      '一、目标',
      '二、步骤',
      '（一）摸底',
      '（二）施工',
      '先地下',
      '2. 后地上',
      '[1] 按常住人口计算。',
    ],
  };
}

/** By a template of the house: a level in the paragraph, in its style, and in what the style is based on. */
export async function aTemplated(): Promise<WrittenDocument> {
  const style = (id: string, name: string, inside: string): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${inside}</w:style>`;
  const styles = [
    style('1', 'heading 1', ''),
    style('a', '公文一级标题', '<w:basedOn w:val="1"/>'),
    style('b', '公文二级标题', '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
    style('c', '公文正文', '<w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>'),
  ].join('');
  const body = [
    wordParagraph('一、按样式的上级', '<w:pStyle w:val="a"/>'),
    wordParagraph('（一）按样式的大纲级别', '<w:pStyle w:val="b"/>'),
    wordParagraph('二、按段落的大纲级别', '<w:outlineLvl w:val="0"/>'),
    wordParagraph('正文还是正文。', '<w:pStyle w:val="c"/>'),
    wordParagraph('只是正文。', '<w:outlineLvl w:val="9"/>'),
  ].join('');
  return {
    bytes: await aDocx({ body, styles }),
    holds: { headings: 3, tables: 0, mergedCells: 0, items: 3, footnotes: 0, images: 0 },
    lines: ['一、按样式的上级', '正文还是正文。', '只是正文。'],
  };
}
