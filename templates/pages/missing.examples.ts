import type { GoneProps, UnavailableProps } from '../page-types.ts';
import { portalChrome, unitChrome } from './chrome.examples.ts';

export const goneExamples = {
  'withdrawn with a reason': {
    chrome: portalChrome,
    path: '/zwgk/tzgg/202611/t20261121_4217.html',
    title: '关于滨江生态步道三期开放的公告',
    withdrawnOn: '2026-11-22',
    reason: '内容有误，已发布更正后的公告',
    links: [{ name: '通知公告', url: '/zwgk/tzgg/' }],
  },
  'withdrawn, nothing more known': { chrome: portalChrome, path: '/zwgk/tzgg/202611/t20261121_4218.html' },
} satisfies Readonly<Record<string, GoneProps>>;

export const unavailableExamples = {
  'a site offline for maintenance': {
    chrome: unitChrome,
    since: '2026-11-22',
    reason: '因系统升级，本网站临时下线。\n办事请到区政务服务中心一楼大厅。',
    until: '2026-11-23 06:00',
  },
  'a closed site': {
    chrome: unitChrome,
    closed: true,
    since: '2026-11-22',
    reason: '本网站已并入区人民政府门户网站，原有信息可以在那里查到。',
  },
  'no reason known': { chrome: portalChrome },
} satisfies Readonly<Record<string, UnavailableProps>>;
