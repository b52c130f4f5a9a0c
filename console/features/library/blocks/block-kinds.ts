import {
  AppstoreOutlined,
  BarChartOutlined,
  BellOutlined,
  FileTextOutlined,
  HomeOutlined,
  IdcardOutlined,
  LayoutOutlined,
  LinkOutlined,
  NumberOutlined,
  PictureOutlined,
  ReadOutlined,
  TagsOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons';

import { type Block, type BlockKind, blockKindNames, columnIdsIn } from '../../../../contracts/blocks.ts';
import { emptyDocument } from '../../../../contracts/rich-text.ts';
import { newKey } from '../../../lib/first-home.ts';

export interface KindWords {
  readonly icon: typeof HomeOutlined;
  /** What it is good for, in one line of the menu. */
  readonly purpose: string;
}

export const kindWords: Readonly<Record<BlockKind, KindWords>> = {
  lead: { icon: ReadOutlined, purpose: '最新的图片新闻和要闻，放在页面最上方' },
  columns: { icon: LayoutOutlined, purpose: '几个栏目的最新信息并排显示' },
  tabs: { icon: TagsOutlined, purpose: '几个栏目共用一块地方，点标签切换' },
  notices: { icon: BellOutlined, purpose: '一个栏目的最新几条，横向一条' },
  services: { icon: AppstoreOutlined, purpose: '办事入口，可按个人、企业分组' },
  figures: { icon: NumberOutlined, purpose: '几个醒目的数字，可自动统计栏目条数' },
  chart: { icon: BarChartOutlined, purpose: '柱形图或折线图，同时提供数据表' },
  cards: { icon: IdcardOutlined, purpose: '带图片的入口卡片，适合专题' },
  links: { icon: LinkOutlined, purpose: '成组的文字链接' },
  text: { icon: FileTextOutlined, purpose: '一段排好版的文字' },
  picture: { icon: PictureOutlined, purpose: '一张横幅图片，可带链接' },
  video: { icon: VideoCameraOutlined, purpose: '一段视频，必须附文字稿' },
  profile: { icon: HomeOutlined, purpose: '本地或本单位的简介和要点' },
};

const emptyBlocks: { readonly [K in BlockKind]: Omit<Extract<Block, { kind: K }>, 'key' | 'kind'> } = {
  lead: { columnId: '' },
  columns: { columnIds: [] },
  tabs: { title: '', columnIds: [] },
  notices: { title: blockKindNames.notices.slice(0, 4), columnId: '' },
  services: { title: blockKindNames.services, groups: [{ name: '', links: [{ name: '', url: '' }] }] },
  figures: { title: '', figures: [{ name: '' }] },
  chart: {
    title: '',
    form: 'bar',
    unit: '',
    rows: [
      { name: '', value: 0 },
      { name: '', value: 0 },
    ],
  },
  cards: { title: '', cards: [{ name: '', url: '' }] },
  links: { title: '', groups: [{ name: '', links: [{ name: '', url: '' }] }] },
  text: { body: emptyDocument },
  picture: { assetId: '', alt: '' },
  video: { title: '', assetId: '', transcript: '' },
  profile: { title: '', text: '', facts: [] },
};

export function newBlock(kind: BlockKind): Block {
  return { key: newKey(), kind, ...structuredClone(emptyBlocks[kind]) } as Block;
}

/** One line that tells a closed block from its neighbours. */
export function summaryOf(block: Block, columnName: (id: string) => string): string {
  const title = 'title' in block ? (block.title ?? '') : '';
  const columns = columnIdsIn([block]).map(columnName);
  const parts = [title, ...(block.kind === 'figures' ? [] : columns)].filter((part) => part !== '');
  if (block.kind === 'picture') return block.alt;
  return parts.join(' · ');
}
