import type { HomeProps } from '../block-types.ts';
import {
  cardsBlock,
  columnsBlock,
  everyBlock,
  figuresBlock,
  leadBlock,
  linksBlock,
  noticesBlock,
  servicesBlock,
  tabsBlock,
} from './blocks.examples.ts';
import { portalChrome, unitChrome } from './chrome.examples.ts';
import { news, notices, policies } from './entries.examples.ts';

const portal = {
  chrome: portalChrome,
  description: '浔阳区人民政府门户网站：政务公开、政策文件、办事服务与互动交流。',
  keywords: ['浔阳区', '浔阳区人民政府', '政务公开'],
  rssUrl: '/rss.xml',
} satisfies Omit<HomeProps, 'blocks'>;

const usual = [
  noticesBlock,
  leadBlock,
  servicesBlock,
  columnsBlock,
  tabsBlock,
  figuresBlock,
  cardsBlock,
  linksBlock,
];

export const homeExamples = {
  'a portal with every kind of block': { ...portal, blocks: everyBlock },
  'a portal that gives its first picture the whole width': {
    ...portal,
    chrome: {
      ...portalChrome,
      homeLayout: 'wide-lead',
      navigationStyle: 'plain',
      banner: { url: '/files/riverside.svg', width: 1920, height: 360 },
    },
    blocks: usual,
  },
  'a compact portal': { ...portal, chrome: { ...portalChrome, homeLayout: 'compact' }, blocks: usual },
  'a portal on a day with an urgent notice': {
    ...portal,
    blocks: usual.slice(0, 4),
    urgent: {
      level: 'red',
      text: '暴雨红色预警：滨江路、湓浦路低洼路段已封闭，请居民减少外出',
      url: '/zwgk/tzgg/202611/t20261121_1.html',
      since: '2026-11-21 06:40',
    },
  },
  'a unit without pictures': {
    chrome: unitChrome,
    description: '浔阳区教育体育局网站',
    blocks: [
      { kind: 'lead', title: '工作动态', url: '/gzdt/', stories: [], entries: news.slice(1, 7) },
      {
        kind: 'columns',
        blocks: [
          { title: '通知公告', url: '/tzgg/', entries: notices.slice(0, 5) },
          { title: '政策文件', url: '/zcwj/', entries: policies },
        ],
      },
    ],
  },
} satisfies Readonly<Record<string, HomeProps>>;
