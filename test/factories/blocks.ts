import type { Block } from '../../contracts/blocks.ts';
import type { RichDocument } from '../../contracts/rich-text.ts';

export interface BlockParts {
  readonly columnIds: readonly string[];
  /** A picture of the unit. */
  readonly pictureId?: string;
  readonly videoId?: string;
}

const paragraph = (text: string): RichDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

/** A whole block of each kind that the parts suffice for, in the order of the menu. */
export function someBlocks({ columnIds, pictureId, videoId }: BlockParts): Block[] {
  const [first = '1', second = first] = columnIds;
  const two = [...new Set([first, second])];
  const link = { name: '办事大厅', url: '/', note: '工作日可办' };
  const blocks: Block[] = [
    { key: 'lead01', kind: 'lead', columnId: first, secondColumnId: second },
    { key: 'columns01', kind: 'columns', columnIds: two },
    { key: 'notices01', kind: 'notices', title: '通知公告', columnId: second },
    { key: 'services01', kind: 'services', title: '办事服务', groups: [{ name: '个人', links: [link] }] },
    {
      key: 'figures01',
      kind: 'figures',
      title: '公开数字',
      figures: [
        { name: '信息公开', columnId: first, unit: '条' },
        { name: '常住人口', value: '28.6 万', url: '/' },
      ],
      asOf: '2026-06-30',
    },
    {
      key: 'chart01',
      kind: 'chart',
      title: '财政收入',
      form: 'bar',
      unit: '亿元',
      rows: [
        { name: '2024年', value: 12.5 },
        { name: '2025年', value: 13 },
      ],
    },
    {
      key: 'cards01',
      kind: 'cards',
      title: '专题',
      cards: [
        {
          name: '优化营商环境',
          url: 'https://example.gov.cn/',
          ...(pictureId === undefined ? {} : { assetId: pictureId }),
        },
      ],
    },
    {
      key: 'links01',
      kind: 'links',
      title: '相关链接',
      groups: [
        { name: '国家', links: [{ name: '中国政府网', url: 'https://www.gov.cn/' }] },
        { name: '本区', links: [link] },
      ],
    },
    { key: 'text01', kind: 'text', title: '说明', body: paragraph('本页由各单位共建。') },
    {
      key: 'profile01',
      kind: 'profile',
      title: '区情',
      text: '辖区概况。',
      facts: [{ name: '面积', value: '50' }],
    },
  ];
  if (two.length > 1) blocks.push({ key: 'tabs01', kind: 'tabs', title: '公开', columnIds: two });
  if (pictureId !== undefined) {
    blocks.push({
      key: 'picture01',
      kind: 'picture',
      assetId: pictureId,
      alt: '城区鸟瞰',
      caption: '资料图',
    });
  }
  if (videoId !== undefined) {
    const film = { title: '宣传片', assetId: videoId, transcript: '画面：江边。\n旁白：欢迎。' };
    blocks.push({ key: 'video01', kind: 'video', ...film });
  }
  return blocks;
}
