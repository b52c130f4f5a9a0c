import { HomeBlock } from '../components/home-block/home-block.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { HomeProps } from '../page-types.ts';
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
      <main id="main" class="wrap home" tabindex={-1}>
        <h1 class="visually-hidden">{chrome.name}首页</h1>
        {props.blocks.map((block, index) => (
          <HomeBlock block={block} index={index} />
        ))}
      </main>
    ),
  });
}
