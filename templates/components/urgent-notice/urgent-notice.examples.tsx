import type { Examples } from '../examples.ts';
import { UrgentNotice } from './urgent-notice.tsx';

export const urgentNoticeExamples: Examples = {
  'the highest level, with more to read': (
    <UrgentNotice
      notice={{
        level: 'red',
        text: '暴雨红色预警：低洼路段已封闭，请居民减少外出',
        url: '/zwgk/tzgg/1.html',
        since: '2026-11-21 06:40',
      }}
    />
  ),
  'the middle level': (
    <UrgentNotice
      notice={{
        level: 'orange',
        text: '白水湖片区今日 9 时至 17 时停水，请提前储水',
        since: '2026-11-21 06:40',
      }}
    />
  ),
  'the lowest level': (
    <UrgentNotice
      notice={{
        level: 'blue',
        text: '政务服务中心元旦期间轮班开放',
        url: '/zwgk/tzgg/2.html',
        since: '2026-12-30 09:00',
      }}
    />
  ),
};
