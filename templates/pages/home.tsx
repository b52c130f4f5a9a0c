import { Blocks } from '../components/blocks/blocks.tsx';
import { UrgentNotice } from '../components/urgent-notice/urgent-notice.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { HomeProps } from '../block-types.ts';
import type { SiteChrome } from '../page-types.ts';
import { describeOrganisation, describeWebsite } from '../structured-data.ts';

/** The home page of the portal or of a unit: the blocks that the site is composed of. */
export function renderHome(props: HomeProps, prepared: PreparedChrome = prepareChrome(props.chrome)): string {
  const { chrome } = props;
  return renderDocument({
    prepared,
    trail: [],
    head: {
      title: chrome.name,
      description: props.description,
      keywords: props.keywords,
      path: '/',
      rssUrl: props.rssUrl,
      things: [describeOrganisation(chrome), describeWebsite(chrome)],
    },
    content: (
      <>
        {props.urgent && <UrgentNotice notice={props.urgent} />}
        <Banner chrome={chrome} />
        <main id="main" class={`wrap home home-${chrome.homeLayout ?? 'standard'}`} tabindex={-1}>
          <h1 class="visually-hidden">{chrome.name}首页</h1>
          <Blocks blocks={props.blocks} />
        </main>
      </>
    ),
  });
}

/** Decoration: whatever is in the picture, the page says it in words too, so it has no text of its own. */
function Banner({ chrome: { banner } }: { readonly chrome: SiteChrome }) {
  if (banner === undefined) return null;
  return (
    <div class="banner">
      <img src={banner.url} alt="" width={banner.width} height={banner.height} decoding="async" />
    </div>
  );
}
