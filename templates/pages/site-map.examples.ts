import type { SiteMapProps } from '../page-types.ts';
import { portalChrome } from './chrome.examples.ts';

export const siteMapExamples = {
  'a portal with two levels and its sites': {
    chrome: portalChrome,
    path: '/sitemap.html',
    columns: [
      {
        name: '政务资讯',
        url: '/zwzx/',
        children: [
          { name: '浔阳要闻', url: '/zwzx/xyyw/' },
          { name: '街道部门动态', url: '/zwzx/bmdt/' },
        ],
      },
      {
        name: '政务公开',
        url: '/zwgk/',
        children: [
          { name: '通知公告', url: '/zwgk/tzgg/' },
          {
            name: '政策文件',
            url: '/zwgk/zcwj/',
            children: [
              { name: '区政府文件', url: '/zwgk/zcwj/qzf/' },
              { name: '区政府办公室文件', url: '/zwgk/zcwj/qzfb/' },
            ],
          },
          { name: '政策解读', url: '/zwgk/zcjd/' },
          { name: '法律法规', url: '/zwgk/flfg/' },
        ],
      },
      { name: '政务服务', url: '/zwfw/' },
      { name: '政府数据', url: '/zfsj/', children: [{ name: '统计公报', url: '/zfsj/tjgb/' }] },
      { name: '政民互动', url: '/zmhd/' },
      { name: '走进浔阳', url: '/zjxy/', children: [{ name: '浔阳概况', url: '/zjxy/xygk/' }] },
    ],
    sites: [
      { name: '浔阳区教育体育局', url: 'https://jtj.xunyang-demo.gov.cn/' },
      { name: '甘棠街道办事处', url: 'https://gantang.xunyang-demo.gov.cn/' },
    ],
  },
} satisfies Readonly<Record<string, SiteMapProps>>;
