import { Breadcrumb } from '../components/breadcrumb/breadcrumb.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { Link, SiteMapNode, SiteMapProps } from '../page-types.ts';
import { describeBreadcrumb } from '../structured-data.ts';

export function renderSiteMap(
  props: SiteMapProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { chrome } = props;
  const trail = [{ name: '站点地图', url: props.path }];
  return renderDocument({
    prepared,
    trail,
    head: {
      title: `站点地图 - ${chrome.name}`,
      description: `${chrome.name}的全部栏目`,
      path: props.path,
      things: [describeBreadcrumb(chrome, trail)],
    },
    content: (
      <div class="wrap">
        <Breadcrumb steps={trail} />
        <main id="main" class="site-map" tabindex={-1}>
          <h1>站点地图</h1>
          <div class="site-map-columns">
            {props.columns.map((node) => (
              <section class="block">
                <h2>
                  <a href={node.url}>{node.name}</a>
                </h2>
                <Branch nodes={node.children} />
              </section>
            ))}
          </div>
          <Sites sites={props.sites} />
        </main>
      </div>
    ),
  });
}

function Branch({ nodes }: { readonly nodes: readonly SiteMapNode[] | undefined }) {
  if (nodes === undefined || nodes.length === 0) return null;
  return (
    <ul>
      {nodes.map((node) => (
        <li>
          <a href={node.url}>{node.name}</a>
          <Branch nodes={node.children} />
        </li>
      ))}
    </ul>
  );
}

function Sites({ sites }: { readonly sites: readonly Link[] | undefined }) {
  if (sites === undefined || sites.length === 0) return null;
  return (
    <section class="block" aria-labelledby="sites">
      <div class="block-heading">
        <h2 id="sites">全区各网站</h2>
      </div>
      <ul class="link-grid">
        {sites.map((site) => (
          <li>
            <a href={site.url}>{site.name}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
