import type { RichBlock, TableRow } from '../../contracts/rich-text.ts';
import type { FilePreviewProps } from '../page-types.ts';
import { portalChrome } from './chrome.examples.ts';

const heading = (text: string): RichBlock => ({
  type: 'heading',
  attrs: { level: 3 },
  content: [{ type: 'text', text }],
});
const paragraph = (text: string): RichBlock => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const row = (type: 'tableCell' | 'tableHeader', ...cells: readonly string[]): TableRow => ({
  type: 'tableRow',
  content: cells.map((text) => ({
    type,
    content: [text === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text }] }],
  })),
});

const common = {
  chrome: portalChrome,
  breadcrumb: [
    { name: '政务公开', url: '/zwgk/' },
    { name: '通知公告', url: '/zwgk/tzgg/' },
    { name: '关于公示2026年稳岗补贴名单的通知', url: '/zwgk/tzgg/202611/t20261121_4217.html' },
  ],
  sources: [
    { name: '关于公示2026年稳岗补贴名单的通知', url: '/zwgk/tzgg/202611/t20261121_4217.html' },
    { name: '关于补报稳岗补贴材料的通知', url: '/zwgk/tzgg/202611/t20261122_4230.html' },
  ],
  ownHosts: [],
  lacksPictures: false,
} as const;

export const filePreviewExamples = {
  'a workbook of two sheets': {
    ...common,
    path: '/preview/a/名单.xlsx.html',
    name: '稳岗补贴名单',
    format: 'Excel 表格',
    bytes: 48_200,
    fileUrl: '/files/a/名单.xlsx',
    isWhole: false,
    body: {
      type: 'doc',
      content: [
        heading('企业'),
        {
          type: 'table',
          content: [
            row('tableHeader', '序号', '单位名称', '参保人数', '补贴金额（元）'),
            row('tableCell', '1', '浔阳区长虹机械有限公司', '128', '61,440'),
            row('tableCell', '2', '九江市湖滨食品有限公司', '56', ''),
          ],
        },
        heading('个体工商户'),
        { type: 'table', content: [row('tableCell', '暂无', ''), row('tableCell', '', '')] },
      ],
    },
  },
  'a text without its pictures': {
    ...common,
    path: '/preview/b/申请表.docx.html',
    name: '申请表',
    format: 'Word 文档',
    bytes: 2_411_724,
    fileUrl: '/files/b/申请表.docx',
    isWhole: true,
    lacksPictures: true,
    body: {
      type: 'doc',
      content: [
        paragraph('申请单位应当如实填写本表，一式两份，加盖公章。'),
        paragraph('<script>不是程序</script>'),
      ],
    },
  },
} satisfies Readonly<Record<string, FilePreviewProps>>;
