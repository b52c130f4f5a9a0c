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
      description: '长者模式、无障碍工具和键盘操作的使用方法',
    },
    <>
      <h2>长者模式</h2>
      <p>
        点击页面右上角的“长者模式”，文字、按钮和行距都会放大，左右并排的版块改为上下排列；全部内容和功能保持不变。浏览器会记住您的选择，不会发送给网站。
      </p>
      <h2>无障碍工具</h2>
      <p>点击页面右上角的“无障碍工具”，出现一排按钮，再点一次或按 Esc 键收起：</p>
      <ul>
        <li>缩小字号、放大字号：四档字号；</li>
        <li>白底黑字、黑底黄字：高对比度显示；</li>
        <li>阅读标尺：两条横线跟随鼠标和键盘光标，帮助逐行阅读；</li>
        <li>特大鼠标：放大鼠标指针；</li>
        <li>繁體：把页面文字转换为繁体字，您输入的内容、代码和网址不变；</li>
        <li>
          朗读：用您设备自带的语音逐段读出正文，可以暂停、上一段、下一段和调整语速。设备没有中文语音时不显示；
        </li>
        <li>恢复默认：取消以上全部设置。</li>
      </ul>
      <h2>键盘操作</h2>
      <p>
        按 Tab 键在链接和按钮之间移动，按回车键打开。打开页面后按 Tab
        键，会依次出现“跳到正文”“跳到导航”“跳到搜索”。在标签页上按左右方向键切换。
      </p>
      <h2>不使用脚本</h2>
      <p>浏览器关闭脚本后，全部内容、链接、搜索和附件下载照常可用，以上工具不显示。</p>
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

export function renderGuidance(
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
