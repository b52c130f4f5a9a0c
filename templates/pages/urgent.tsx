import { renderToString } from 'preact-render-to-string';

import type { UrgentNotice } from '../page-types.ts';

/** The announcement of an emergency by itself: what every page fetches and puts on top of itself. Empty without one. */
export function renderUrgentFragment(notice: UrgentNotice | undefined): string {
  if (!notice) return '';
  const { level, text, url, since } = notice;
  return renderToString(
    <p class={`urgent urgent-${level}`}>
      {url === undefined ? text : <a href={url}>{text}</a>} <time datetime={since}>{since}</time>
    </p>,
  );
}
