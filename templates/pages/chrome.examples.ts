import type { ColumnHead, SiteChrome } from '../page-types.ts';

/** The portal of the demonstration district. */
export const portalChrome: SiteChrome = {
  key: '1',
  name: '浔阳区人民政府',
  shortName: '浔阳',
  homeUrl: 'https://www.xunyang-demo.gov.cn/',
  primaryDomain: 'www.xunyang-demo.gov.cn',
  identityCode: '3604030000',
  icpNumber: '赣ICP备00000000号-1',
  policeNumber: '赣公网安备 36040300000000号',
  organiser: '浔阳区人民政府办公室',
  operator: '浔阳区数字经济发展中心',
  contact: '0792-0000000（工作日 8:30—12:00，14:30—17:30）',
  address: '浔阳区演示大道 1 号',
  isPortal: true,
  portalName: '浔阳区人民政府',
  portalUrl: '/',
  navigation: [
    { name: '首页', url: '/' },
    { name: '政务资讯', url: '/zwzx/' },
    { name: '政务公开', url: '/zwgk/' },
    { name: '政务服务', url: '/zwfw/' },
    { name: '政府数据', url: '/zfsj/' },
    { name: '政民互动', url: '/zmhd/' },
    { name: '走进浔阳', url: '/zjxy/' },
  ],
  demo: true,
  friendlyLinks: [
    { name: '中国政府网', url: 'https://www.gov.cn/' },
    { name: '江西省人民政府', url: 'https://www.jiangxi.gov.cn/' },
    { name: '九江市人民政府', url: 'https://www.jiujiang.gov.cn/' },
  ],
  assetVersion: '1',
};

/** A unit's site: another name, another navigation, the way back to the portal. */
export const unitChrome: SiteChrome = {
  ...portalChrome,
  key: '2',
  name: '浔阳区教育体育局',
  shortName: '教体',
  homeUrl: 'https://jtj.xunyang-demo.gov.cn/',
  primaryDomain: 'jtj.xunyang-demo.gov.cn',
  identityCode: '3604030012',
  organiser: '浔阳区教育体育局',
  isPortal: false,
  portalUrl: 'https://www.xunyang-demo.gov.cn/',
  navigation: [
    { name: '首页', url: '/' },
    { name: '工作动态', url: '/gzdt/' },
    { name: '通知公告', url: '/tzgg/' },
    { name: '政策文件', url: '/zcwj/' },
    { name: '机构概况', url: '/jggk/' },
  ],
  friendlyLinks: [],
};

/** A site after launch: no demonstration strip, numbers that lead to the registers. */
export const launchedChrome: SiteChrome = { ...unitChrome, demo: false };

export const noticesColumn: ColumnHead = {
  name: '通知公告',
  url: '/zwgk/tzgg/',
  description: '区政府及各部门发布的通知、公告、公示。',
  keywords: ['通知', '公告', '公示'],
  type: '通知公告',
  rssUrl: '/zwgk/tzgg/rss.xml',
};

export const policyColumn: ColumnHead = {
  name: '政策文件',
  url: '/zwgk/zcwj/',
  description: '区政府和区政府办公室印发的行政规范性文件及其他政策文件。',
  keywords: ['政策文件', '行政规范性文件'],
  type: '政策文件',
  rssUrl: '/zwgk/zcwj/rss.xml',
};

export const noticesTrail = [
  { name: '政务公开', url: '/zwgk/' },
  { name: '通知公告', url: '/zwgk/tzgg/' },
];

export const policyTrail = [
  { name: '政务公开', url: '/zwgk/' },
  { name: '政策文件', url: '/zwgk/zcwj/' },
];
