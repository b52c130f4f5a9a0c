import { renderToString } from 'preact-render-to-string';
import { UrgentNotice } from '../components/urgent-notice/urgent-notice.tsx';
import type { UrgentNotice as Notice } from '../block-types.ts';

/** What every page but the home page fetches: the notice alone, or nothing while there is none. */
export function renderUrgentFragment(notice: Notice | undefined): string {
  return notice === undefined ? '' : `${renderToString(<UrgentNotice notice={notice} />)}\n`;
}
