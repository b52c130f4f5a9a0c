import { Breadcrumb } from '../components/breadcrumb/breadcrumb.tsx';
import { ColumnBody } from '../components/column-body/column-body.tsx';
import { ColumnSearch } from '../components/column-search/column-search.tsx';
import { DisclosureNavigation } from '../components/disclosure-navigation/disclosure-navigation.tsx';
import { EntryBlock } from '../components/entry-block/entry-block.tsx';
import { EntryList } from '../components/entry-list/entry-list.tsx';
import { Feedback } from '../components/feedback/feedback.tsx';
import { Pager } from '../components/pager/pager.tsx';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import type { ColumnProps } from '../kind-types.ts';
import { describeBreadcrumb } from '../structured-data.ts';

/** The newest page of a column, or one page of its archive: the same template. */
export function renderColumn(
  props: ColumnProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { chrome, column, pager } = props;
  const pageName = pager.number === undefined ? column.name : `${column.name}（第 ${pager.number} 页）`;
  return renderDocument({
    prepared,
    trail: props.breadcrumb,
    head: {
      title: `${pageName} - ${chrome.name}`,
      description: column.description || column.name,
      keywords: column.keywords,
      path: props.path,
      column,
      rssUrl: column.rssUrl,
      things: [describeBreadcrumb(chrome, props.breadcrumb)],
    },
    content: (
      <div class="wrap">
        <Breadcrumb steps={props.breadcrumb} />
        <div class={hasSide(props) ? 'with-side' : undefined}>
          <main id="main" tabindex={-1}>
            <ColumnContent {...props} />
            <Feedback chrome={chrome} path={props.path} />
          </main>
          {hasSide(props) && <SideNavigation {...props} />}
        </div>
      </div>
    ),
  });
}

function hasSide({ neighbours, disclosureParts }: ColumnProps): boolean {
  return (neighbours !== undefined && neighbours.length > 0) || disclosureParts !== undefined;
}

function ColumnContent(props: ColumnProps) {
  const { column, entries, pager, body, search, sections = [] } = props;
  return (
    <>
      <div class="column-heading">
        <h1>{column.name}</h1>
        {column.rssUrl !== undefined && (
          <a class="rss" href={column.rssUrl}>
            RSS 订阅
          </a>
        )}
        {pager.number !== undefined && <p class="column-page">第 {pager.number} 页</p>}
      </div>
      {column.description !== '' && column.description !== column.name && (
        <p class="column-description">{column.description}</p>
      )}
      {search !== undefined && <ColumnSearch search={search} name={column.name} />}
      {body !== undefined && <ColumnBody body={body} />}
      {body === undefined && (entries.length > 0 || sections.length === 0) && <EntryList entries={entries} />}
      <Pager pager={pager} />
      {sections.length > 0 && (
        <div class="columns columns-two">
          {sections.map((section, index) => (
            <EntryBlock block={section} id={`section-${index}`} />
          ))}
        </div>
      )}
    </>
  );
}

/** After the list in the document, so that a phone shows the list first; beside it on a wide screen. */
function SideNavigation(props: ColumnProps) {
  const { neighbours = [], neighboursTitle = '相关栏目', column, disclosureParts } = props;
  if (disclosureParts !== undefined) {
    return <DisclosureNavigation parts={disclosureParts} title={neighboursTitle} current={column.url} />;
  }
  return (
    <nav class="side-navigation" aria-label={neighboursTitle}>
      <p class="side-title">{neighboursTitle}</p>
      <ul>
        {neighbours.map((link) => (
          <li>
            <a href={link.url} {...(link.url === column.url ? { 'aria-current': 'page' as const } : {})}>
              {link.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
