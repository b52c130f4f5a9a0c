import type { ComponentChildren } from 'preact';
import { CORRECTION_PATH, SEARCH_PATH, SITE_MAP_PATH, verifyAddress } from '../addresses.ts';
import { HelpLinks } from '../components/help-links/help-links.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { GoneProps, Link, SiteChrome, UnavailableProps } from '../page-types.ts';

/** 404: nothing was ever published there, as far as we know. */
export function renderNotFound(chrome: SiteChrome, prepared: PreparedChrome = prepareChrome(chrome)): string {
  return renderMessage(prepared, {
    path: '/404.html',
    heading: '没有找到这个页面',
    children: (
      <>
        <p>网址可能输入有误，或者这个页面从来没有发布过。</p>
        <p>
          如果您是从别的网站点进来的，可能是那边的链接写错了；如果是从本网站点进来的，请
          <a href={chrome.correctionUrl ?? CORRECTION_PATH}>告诉我们</a>。
        </p>
      </>
    ),
  });
}

/** 410: it was published and has been withdrawn. */
export function renderGone(props: GoneProps, prepared: PreparedChrome = prepareChrome(props.chrome)): string {
  return renderMessage(prepared, {
    path: props.path,
    heading: '这个页面已经撤下',
    links: props.links,
    children: (
      <>
        {props.title !== undefined && <p class="message-title">{props.title}</p>}
        <p>
          发布单位已撤下此页
          {props.withdrawnOn !== undefined && (
            <>
              ，撤下日期：<time datetime={props.withdrawnOn}>{props.withdrawnOn}</time>
            </>
          )}
          。页面不会再恢复到这个网址，请不要再引用其中的内容。
        </p>
        {props.reason !== undefined && <p>原因：{props.reason}</p>}
        <p>
          <a href={verifyAddress(props.path)}>本页存证</a>
        </p>
      </>
    ),
  });
}

/** What stands under every address of a site that is offline for a time, or closed. */
export function renderUnavailable(
  props: UnavailableProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { chrome, closed = false, since, until, reason } = props;
  const lines = (reason ?? '网站正在维护，已发布的内容不会丢失。')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return renderMessage(prepared, {
    path: '/',
    heading: closed ? '本网站已关停' : '本网站临时下线',
    help: chrome.isPortal ? null : <PortalLinks chrome={chrome} />,
    children: (
      <>
        {lines.map((line) => (
          <p>{line}</p>
        ))}
        {since !== undefined && (
          <p>
            {closed ? '关停日期' : '下线日期'}：<time datetime={since}>{since}</time>
          </p>
        )}
        {until !== undefined && (
          <p>
            预计恢复时间：<time>{until}</time>
          </p>
        )}
        <p>
          联系方式：{chrome.organiser}，{chrome.contact}
        </p>
      </>
    ),
  });
}

/** Nothing of this site can be reached: the portal can. */
function PortalLinks({ chrome }: { readonly chrome: SiteChrome }) {
  const { portalUrl, portalName } = chrome;
  return (
    <section class="help" aria-labelledby="help">
      <h2 id="help">您可以</h2>
      <ul>
        <li>
          访问<a href={portalUrl}>{portalName}</a>
        </li>
        <li>
          在那里<a href={portalUrl.replace(/\/$/, '') + SEARCH_PATH}>搜索全区各网站</a>，或者查看
          <a href={portalUrl.replace(/\/$/, '') + SITE_MAP_PATH}>站点地图</a>
        </li>
      </ul>
    </section>
  );
}

function columnsOf({ navigation }: SiteChrome): readonly Link[] {
  return navigation.filter((link) => link.url !== '/');
}

interface Message {
  readonly path: string;
  readonly heading: string;
  readonly links?: readonly Link[] | undefined;
  /** In place of the ways on that a site in service has. */
  readonly help?: ComponentChildren;
  readonly children: ComponentChildren;
}

function renderMessage(prepared: PreparedChrome, { path, heading, links, help, children }: Message): string {
  const { chrome } = prepared;
  return renderDocument({
    prepared,
    trail: [],
    head: { title: `${heading} - ${chrome.name}`, description: heading, path, hidden: true },
    content: (
      <main id="main" class="wrap message" tabindex={-1}>
        <h1>{heading}</h1>
        {children}
        {help === undefined ? (
          <HelpLinks links={links} columns={links === undefined ? columnsOf(chrome) : []} />
        ) : (
          help
        )}
      </main>
    ),
  });
}
