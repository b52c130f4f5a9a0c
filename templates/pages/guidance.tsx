import type { ComponentChildren } from 'preact';
import { ACCESSIBILITY_PATH, CORRECTION_PATH } from '../addresses.ts';
import { Breadcrumb } from '../components/breadcrumb/breadcrumb.tsx';
import { ContactDetails } from '../components/contact-details/contact-details.tsx';
import { CorrectionForm } from '../components/correction-form/correction-form.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { SiteChrome } from '../page-types.ts';
import { describeBreadcrumb } from '../structured-data.ts';

/** What the footer's 适老化与无障碍 leads to. */
export function renderAccessibility(
  chrome: SiteChrome,
  prepared: PreparedChrome = prepareChrome(chrome),
): string {
  return renderGuidance(
    prepared,
    {
      path: ACCESSIBILITY_PATH,
      title: '适老化与无障碍',
      description: '长者模式、高对比度和键盘操作的使用方法',
    },
    <>
      <h2>长者模式</h2>
      <p>点击页面右上角的“长者模式”，文字、按钮和行距都会放大，版面变为一栏；全部内容和功能保持不变。</p>
      <h2>高对比度</h2>
      <p>点击“高对比度”，页面改为黑底、白字、黄色链接。两种模式可以同时使用，浏览器会记住您的选择。</p>
      <h2>朗读</h2>
      <p>文章页的“朗读”按钮用您设备自带的语音读出正文，再点一次停止。设备没有中文语音时不显示此按钮。</p>
      <h2>键盘操作</h2>
      <p>按 Tab 键在链接和按钮之间移动，按回车键打开。第一次按 Tab 键时会出现“跳到正文”，可以越过页头。</p>
      <h2>遇到困难</h2>
      <p>使用本站有困难，或者需要其他形式的信息，请联系我们：{chrome.contact}</p>
    </>,
  );
}

/** What the footer's 我为政府网站找错 leads to: the form, and how to reach the site without it. */
export function renderCorrection(
  chrome: SiteChrome,
  prepared: PreparedChrome = prepareChrome(chrome),
): string {
  return renderGuidance(
    prepared,
    { path: CORRECTION_PATH, title: '我为政府网站找错', description: '发现内容错误、链接失效时如何告诉我们' },
    <>
      <p>
        在{chrome.name}上发现错别字、过时或不准确的内容、打不开的链接或附件，请告诉我们，我们会改正并答复。
      </p>
      <CorrectionForm values={{}} />
      <ContactDetails chrome={chrome} />
    </>,
  );
}

/** The same while the site is away: there is no page to report, but somebody to call. */
export function renderCorrectionContact(
  chrome: SiteChrome,
  prepared: PreparedChrome = prepareChrome(chrome),
): string {
  return renderGuidance(
    prepared,
    { path: CORRECTION_PATH, title: '我为政府网站找错', description: '发现内容错误、链接失效时如何告诉我们' },
    <>
      <p>在{chrome.name}上发现错别字、过时或不准确的内容、打不开的链接或附件，请告诉我们。</p>
      <h2>请说明</h2>
      <ul>
        <li>页面的网址（文章页可点“复制链接”）</li>
        <li>错误在哪里，您认为应当是什么</li>
        <li>需要答复时，您的联系方式</li>
      </ul>
      <h2>联系我们</h2>
      <p>
        {chrome.organiser}：{chrome.contact}
      </p>
      {chrome.address !== undefined && <p>地址：{chrome.address}</p>}
    </>,
  );
}

interface GuidanceHead {
  readonly path: string;
  readonly title: string;
  readonly description: string;
}

function renderGuidance(
  prepared: PreparedChrome,
  { path, title, description }: GuidanceHead,
  children: ComponentChildren,
): string {
  const { chrome } = prepared;
  const trail = [{ name: title, url: path }];
  return renderDocument({
    prepared,
    trail,
    head: {
      title: `${title} - ${chrome.name}`,
      description,
      path,
      things: [describeBreadcrumb(chrome, trail)],
    },
    content: (
      <div class="wrap">
        <Breadcrumb steps={trail} />
        <main id="main" class="guidance" tabindex={-1}>
          <h1>{title}</h1>
          {children}
        </main>
      </div>
    ),
  });
}
