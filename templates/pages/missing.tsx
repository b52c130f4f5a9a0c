import type { ComponentChildren } from 'preact';
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
        <p>如果您是从别的网站点进来的，可能是那边的链接写错了。</p>
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
      </>
    ),
  });
}

/** 503: the site is offline for a time, or a part of it does not answer. */
export function renderUnavailable(
  props: UnavailableProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { chrome, until } = props;
  return renderMessage(prepared, {
    path: '/503.html',
    heading: '暂时无法访问',
    children: (
      <>
        <p>{props.reason ?? '网站正在维护，已发布的内容不会丢失。'}</p>
        {until !== undefined && (
          <p>
            预计恢复时间：<time>{until}</time>
          </p>
        )}
        <p>请稍后再试。急事请联系：{chrome.contact}</p>
      </>
    ),
  });
}

interface Message {
  readonly path: string;
  readonly heading: string;
  readonly links?: readonly Link[] | undefined;
  readonly children: ComponentChildren;
}

function renderMessage(prepared: PreparedChrome, { path, heading, links, children }: Message): string {
  const { chrome } = prepared;
  return renderDocument({
    prepared,
    trail: [],
    head: { title: `${heading} - ${chrome.name}`, description: heading, path, hidden: true },
    content: (
      <main id="main" class="wrap message" tabindex={-1}>
        <h1>{heading}</h1>
        {children}
        <HelpLinks links={links} />
      </main>
    ),
  });
}
