import type { SiteChrome } from '../../page-types.ts';

/** Below every form: how to reach the site without it. */
export function ContactDetails({ chrome }: { readonly chrome: SiteChrome }) {
  return (
    <section aria-labelledby="contact-details">
      <h2 id="contact-details">也可以电话联系我们</h2>
      <p>
        {chrome.organiser}：{chrome.contact}
      </p>
      {chrome.address !== undefined && <p>地址：{chrome.address}</p>}
    </section>
  );
}
