import { ACCESSIBILITY_PATH, SEARCH_PATH } from '../../addresses.ts';
import type { Address, Link, SiteChrome } from '../../page-types.ts';

export interface SiteHeaderProps {
  readonly chrome: SiteChrome;
  /** The entry of the main navigation in which the page stands. */
  readonly currentUrl?: Address | undefined;
}

export function SiteHeader({ chrome, currentUrl }: SiteHeaderProps) {
  return (
    <>
      {chrome.demo && <DemonstrationStrip />}
      <header class={chrome.navigationStyle === 'plain' ? 'site-header site-header-plain' : 'site-header'}>
        <UtilityBar chrome={chrome} />
        <div class="masthead wrap">
          <Brand chrome={chrome} />
          <HeaderSearch />
        </div>
        <MainNavigation links={chrome.navigation} currentUrl={currentUrl} />
      </header>
    </>
  );
}

function DemonstrationStrip() {
  return (
    <aside class="demo-strip" aria-label="演示说明">
      <p class="wrap">
        <strong>演示</strong> 本站为演示站点，机构、文件和数据均为虚构，不具有任何效力。
      </p>
    </aside>
  );
}

function UtilityBar({ chrome }: { readonly chrome: SiteChrome }) {
  return (
    <div class="utility">
      <div class="wrap">
        {chrome.isPortal ? (
          <span class="utility-domain">{chrome.primaryDomain}</span>
        ) : (
          <a href={chrome.portalUrl}>{chrome.portalName}</a>
        )}
        <ul class="utility-links">
          <li class="js-only">
            <button type="button" data-preference="elder" aria-pressed="false">
              长者模式
            </button>
          </li>
          <li class="js-only">
            <button type="button" data-tools aria-expanded="false">
              无障碍工具
            </button>
          </li>
          <li>
            <a href={chrome.accessibilityUrl ?? ACCESSIBILITY_PATH}>无障碍说明</a>
          </li>
        </ul>
      </div>
    </div>
  );
}

function Brand({ chrome }: { readonly chrome: SiteChrome }) {
  return (
    <a class="brand" href="/">
      {chrome.logo ? (
        <img src={chrome.logo.url} alt="" width={chrome.logo.width} height={chrome.logo.height} />
      ) : (
        <span class="brand-mark" aria-hidden="true">
          {chrome.shortName.slice(0, 1)}
        </span>
      )}
      <span class="brand-name">{chrome.name}</span>
    </a>
  );
}

function HeaderSearch() {
  return (
    <form class="header-search" role="search" action={SEARCH_PATH} method="get" aria-label="站内搜索">
      <label class="visually-hidden" for="header-q">
        搜索内容
      </label>
      <input
        id="header-q"
        name="q"
        type="search"
        maxlength={100}
        placeholder="搜索文件、通知、新闻"
        required
      />
      <button type="submit">搜索</button>
    </form>
  );
}

function MainNavigation({ links, currentUrl }: { links: readonly Link[]; currentUrl: Address | undefined }) {
  return (
    <nav class="main-navigation" id="navigation" aria-label="主导航" tabindex={-1}>
      <ul class="wrap">
        {links.map((link) => (
          <li>
            <a href={link.url} {...(link.url === currentUrl ? { 'aria-current': 'true' as const } : {})}>
              {link.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
