import type { ColumnProps } from '../kind-types.ts';
import type { Entry } from '../page-types.ts';
import { noticesColumn, noticesTrail, policyColumn, policyTrail, portalChrome } from './chrome.examples.ts';

const subjects = [
  '关于滨江路部分路段夜间封闭施工的通告',
  '浔阳区 2026 年第四季度公益性岗位招聘公告',
  '关于 2027 年城乡居民基本医疗保险参保缴费的通知',
  '区级文物保护单位名录（第五批）公示',
  '关于公开征求《浔阳区社区养老服务设施管理办法（征求意见稿）》意见的公告',
  '关于开展冬季燃气安全入户检查的通知',
  '甘棠街道 2026 年度民生实事项目完成情况公示',
  '关于调整部分公交线路站点的公告',
  '浔阳区幼儿园年检结果公告',
  '关于拟认定第三批“浔阳老字号”名单的公示',
];

function noticeEntries(count: number): readonly Entry[] {
  return Array.from({ length: count }, (_, index) => ({
    title: subjects[index % subjects.length] ?? '',
    url: `/zwgk/tzgg/202611/t202611${String(20 - (index % 19)).padStart(2, '0')}_${4200 - index}.html`,
    day: `2026-11-${String(20 - (index % 19)).padStart(2, '0')}`,
    ...(index === 0 ? { pinned: true } : {}),
    ...(index === 6 ? { origin: '甘棠街道' } : {}),
    ...(index === 3 ? { medium: 'album' as const } : {}),
    ...(index === 5 ? { medium: 'video' as const } : {}),
  }));
}

const neighbours = [
  { name: '通知公告', url: '/zwgk/tzgg/' },
  { name: '政策文件', url: '/zwgk/zcwj/' },
  { name: '政策解读', url: '/zwgk/zcjd/' },
  { name: '政府信息公开指南', url: '/zwgk/zn/' },
  { name: '政府信息公开年报', url: '/zwgk/nb/' },
  { name: '法律法规', url: '/zwgk/flfg/' },
];

export const columnExamples = {
  'the newest page of a column': {
    chrome: portalChrome,
    path: '/zwgk/tzgg/',
    breadcrumb: noticesTrail,
    column: noticesColumn,
    neighboursTitle: '政务公开',
    neighbours,
    entries: noticeEntries(20),
    pager: { olderUrl: '/zwgk/tzgg/list-12.html', oldestUrl: '/zwgk/tzgg/list-1.html' },
  },
  'a page of the archive': {
    chrome: portalChrome,
    path: '/zwgk/tzgg/list-12.html',
    breadcrumb: noticesTrail,
    column: noticesColumn,
    neighboursTitle: '政务公开',
    neighbours,
    entries: noticeEntries(20).slice(1),
    pager: {
      number: 12,
      newestUrl: '/zwgk/tzgg/',
      newerUrl: '/zwgk/tzgg/list-13.html',
      olderUrl: '/zwgk/tzgg/list-11.html',
      oldestUrl: '/zwgk/tzgg/list-1.html',
    },
  },
  'a column of documents, some no longer in force': {
    chrome: portalChrome,
    path: '/zwgk/zcwj/',
    breadcrumb: policyTrail,
    column: policyColumn,
    entries: [
      {
        title: '浔阳区人民政府办公室关于印发浔阳区政府网站管理办法的通知',
        url: '/zwgk/zcwj/202611/t20261118_42.html',
        day: '2026-11-18',
        documentNumber: '浔府办发〔2026〕12号',
        validity: 'valid',
      },
      {
        title: '浔阳区小微企业租金减免办法',
        url: '/zwgk/zcwj/202512/t20251230_17.html',
        day: '2025-12-30',
        documentNumber: '浔府办发〔2025〕3号',
        validity: 'expired',
        summary: '对承租区属国有房屋的小微企业和个体工商户，减免 3 个月租金。',
      },
      {
        title: '浔阳区城市管理考核办法',
        url: '/zwgk/zcwj/202104/t20210406_9.html',
        day: '2021-04-06',
        documentNumber: '浔府发〔2021〕7号',
        validity: 'abolished',
      },
    ],
    pager: {},
  },
  'an entrance to other columns': {
    chrome: portalChrome,
    path: '/zwgk/',
    breadcrumb: noticesTrail.slice(0, 1),
    column: {
      ...noticesColumn,
      name: '政务公开',
      url: '/zwgk/',
      rssUrl: undefined,
      type: '政府信息公开目录',
    },
    neighboursTitle: '政务公开',
    neighbours,
    entries: [],
    sections: [
      { title: '通知公告', url: '/zwgk/tzgg/', entries: noticeEntries(6) },
      { title: '政策文件', url: '/zwgk/zcwj/', entries: noticeEntries(5) },
      { title: '行政审批', url: 'https://zwfw.example.gov.cn/', entries: [] },
    ],
    pager: {},
  },
  'a column without entries yet': {
    chrome: portalChrome,
    path: '/zwgk/tzgg/',
    breadcrumb: noticesTrail,
    column: noticesColumn,
    entries: [],
    pager: {},
  },
} satisfies Readonly<Record<string, ColumnProps>>;
