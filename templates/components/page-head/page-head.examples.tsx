import type { Examples } from '../examples.ts';
import { noticesColumn, portalChrome } from '../../pages/chrome.examples.ts';
import { PageHead, SharedHead } from './page-head.tsx';

export const pageHeadExamples: Examples = {
  'what all pages of a site share': <SharedHead chrome={portalChrome} />,
  'a content page': (
    <PageHead
      chrome={portalChrome}
      title="标题"
      description="说明"
      path="/zwgk/tzgg/1.html"
      column={noticesColumn}
      content={{ title: '标题', publishedAt: '2026-11-21 09:00', source: '区政府办公室', keywords: ['通知'] }}
    />
  ),
};
