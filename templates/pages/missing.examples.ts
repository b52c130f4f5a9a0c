import type { GoneProps, UnavailableProps } from '../page-types.ts';
import { portalChrome } from './chrome.examples.ts';

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
    chrome: portalChrome,
    reason: '网站正在升级维护。',
    until: '2026-11-23 06:00',
  },
  'no reason known': { chrome: portalChrome },
} satisfies Readonly<Record<string, UnavailableProps>>;
