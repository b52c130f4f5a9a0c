import { renderToString } from 'preact-render-to-string';
import { LEAVING_PATH } from '../addresses.ts';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { SiteChrome } from '../page-types.ts';

/** Where a link leads that leaves the government's sites, or why it leads nowhere. */
export type LeavingProps =
  | {
      readonly outcome: 'outside';
      readonly url: string;
      /** As people read it, and as the machines do when that differs: letters can look alike. */
      readonly host: string;
      readonly asciiHost: string;
      readonly encrypted: boolean;
    }
  | { readonly outcome: 'government'; readonly url: string; readonly host: string }
  | { readonly outcome: 'refused' };

const LEAVING_TITLE = '即将离开本网站';

/** The page around the warning, built with the other pages of the site; `marker` stands where the warning belongs. */
export function renderLeavingShell(
  chrome: SiteChrome,
  marker: string,
  prepared: PreparedChrome = prepareChrome(chrome),
): string {
  return renderDocument({
    prepared,
    trail: [],
    head: {
      title: `${LEAVING_TITLE} - ${chrome.name}`,
      description: '您将要打开的网站不是政府网站',
      path: LEAVING_PATH,
      hidden: true,
    },
    content: `<main id="main" class="wrap message" tabindex="-1">${marker}</main>`,
  });
}

/** Says where the link leads and leaves the step to the reader: nothing happens by itself. */
export function renderLeaving(props: LeavingProps): string {
  switch (props.outcome) {
    case 'refused':
      return renderToString(
        <>
          <h1>不能打开这个链接</h1>
          <p>链接不完整，或者不是网页地址，本站没有打开它。</p>
          <WaysBack />
        </>,
      );
    case 'government':
      return renderToString(
        <>
          <h1>这是政府网站</h1>
          <p>
            您要打开的网站 <strong class="leaving-host">{props.host}</strong> 属于政府网站。
          </p>
          <p>
            <a class="button-link" href={props.url}>
              打开
            </a>
          </p>
          <WaysBack />
        </>,
      );
    case 'outside':
      return renderToString(<Outside {...props} />);
  }
}

function Outside({ url, host, asciiHost, encrypted }: Extract<LeavingProps, { outcome: 'outside' }>) {
  return (
    <>
      <h1>{LEAVING_TITLE}</h1>
      <p>
        您将要打开的网站 <strong class="leaving-host">{host}</strong> <strong>不是政府网站</strong>
        ，其内容由其所有者负责。请不要在那里填写身份证号、银行卡号等个人信息。
      </p>
      {asciiHost !== host && (
        <p>
          它的域名含有非英文字符，实际写法是 <code class="leaving-host">{asciiHost}</code>，请核对。
        </p>
      )}
      {!encrypted && <p>与它的连接没有加密。</p>}
      <p>完整网址：</p>
      <p class="leaving-url">{url}</p>
      <p>
        <a class="button-link" href={url} rel="noopener noreferrer nofollow external">
          继续前往
        </a>
      </p>
      <WaysBack />
    </>
  );
}

function WaysBack() {
  return (
    <p>
      不想打开？点浏览器的“后退”回到刚才的页面，或者<a href="/">返回网站首页</a>。
    </p>
  );
}
