import { isoMoment } from '../../moment.ts';
import type { UrgentNotice as Notice } from '../../block-types.ts';

/** Said in words: a colour alone tells nothing to those who do not see it. */
const LEVEL_NAMES = { red: '紧急公告', orange: '重要公告', blue: '公告' } as const;

/**
 * 突发事件公告, right under the header of every page. On the home page it is part of the page; the island of
 * `assets/urgent.js` brings the same markup to all others.
 */
export function UrgentNotice({ notice }: { readonly notice: Notice }) {
  const name = LEVEL_NAMES[notice.level];
  return (
    <section class={`urgent urgent-${notice.level}`} role="region" aria-label={name} data-urgent>
      <div class="wrap">
        <p class="urgent-level">{name}</p>
        <p class="urgent-text">
          {notice.url === undefined ? notice.text : <a href={notice.url}>{notice.text}</a>}
        </p>
        <p class="urgent-since">
          <time datetime={isoMoment(notice.since)}>{notice.since}</time> 发布
        </p>
      </div>
    </section>
  );
}
