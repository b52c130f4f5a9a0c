import type { TopicProps } from '../block-types.ts';
import type { ColumnHead } from '../page-types.ts';
import {
  columnsBlock,
  figuresBlock,
  lineChartBlock,
  noticesBlock,
  pictureBlock,
  textBlock,
  videoBlock,
} from './blocks.examples.ts';
import { portalChrome } from './chrome.examples.ts';
import { picture } from './entries.examples.ts';

const topicsColumn: ColumnHead = {
  name: '专题专栏',
  url: '/zt/',
  description: '围绕重点工作和重要时段组织的专题。',
  keywords: ['专题'],
  type: '专题',
};

const running: TopicProps = {
  chrome: portalChrome,
  column: topicsColumn,
  path: '/zt/bjbd/',
  breadcrumb: [{ name: '专题专栏', url: '/zt/' }],
  title: '滨江生态步道：把最好的岸线还给市民',
  description: '从湓浦公园到白水湖，12.6 公里岸线分三期建成。这里汇集规划、进展、通告和居民的声音。',
  keywords: ['滨江生态步道', '城市更新'],
  publishedAt: '2026-03-01 09:00',
  source: '区住房和城乡建设局',
  cover: picture('riverside', '江边步道上的行人和芦苇'),
  endsOn: '2026-12-31',
  ended: false,
  blocks: [noticesBlock, textBlock, columnsBlock, figuresBlock, pictureBlock, videoBlock, lineChartBlock],
};

export const topicExamples = {
  'a topic with a cover': running,
  'a topic that has ended': { ...running, endsOn: '2026-10-31', ended: true },
  'a topic without a cover or a last day': {
    ...running,
    cover: undefined,
    endsOn: undefined,
    blocks: [textBlock, columnsBlock],
  },
} satisfies Readonly<Record<string, TopicProps>>;
