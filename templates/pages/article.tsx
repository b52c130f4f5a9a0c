import type { ComponentChildren } from 'preact';
import { Attachments } from '../components/attachments/attachments.tsx';
import { Breadcrumb } from '../components/breadcrumb/breadcrumb.tsx';
import { DisclosureTable } from '../components/disclosure-table/disclosure-table.tsx';
import { Feedback } from '../components/feedback/feedback.tsx';
import { NeighbourLinks, RelatedLinks } from '../components/neighbour-links/neighbour-links.tsx';
import { PageTools } from '../components/page-tools/page-tools.tsx';
import { entriesWorthListing, TableOfContents } from '../components/table-of-contents/table-of-contents.tsx';
import { ValidityBanner } from '../components/validity/validity.tsx';
import { verifyAddress } from '../addresses.ts';
import { prepareChrome, renderDocument, type PreparedChrome } from '../document.tsx';
import { isoMoment } from '../moment.ts';
import type { ArticleProps, PolicyProps } from '../page-types.ts';
import { describeArticle, describeBreadcrumb, describePolicy, type Thing } from '../structured-data.ts';

export function renderArticle(
  props: ArticleProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  return renderContentPage(props, prepared, describeArticle(props), null);
}

/** An article that is a document of record: with its disclosure table, and a warning when it no longer holds. */
export function renderPolicy(
  props: PolicyProps,
  prepared: PreparedChrome = prepareChrome(props.chrome),
): string {
  const { disclosure, validityChange } = props;
  return renderContentPage(
    props,
    prepared,
    describePolicy(props),
    <>
      <ValidityBanner validity={disclosure.validity} change={validityChange} />
      <DisclosureTable record={disclosure} />
    </>,
  );
}

function renderContentPage(
  props: ArticleProps,
  prepared: PreparedChrome,
  thing: Thing,
  record: ComponentChildren,
): string {
  const { chrome, column } = props;
  return renderDocument({
    prepared,
    trail: props.breadcrumb,
    head: {
      title: `${props.title} - ${column.name} - ${chrome.name}`,
      description: props.description || props.title,
      path: props.path,
      column,
      content: props,
      image: props.image,
      rssUrl: column.rssUrl,
      things: [
        thing,
        describeBreadcrumb(chrome, [...props.breadcrumb, { name: props.title, url: props.path }]),
      ],
    },
    content: <ContentPage props={props} record={record} />,
  });
}

function ContentPage({ props, record }: { props: ArticleProps; record: ComponentChildren }) {
  const contents = entriesWorthListing(props.outline);
  return (
    <div class="wrap">
      <Breadcrumb steps={props.breadcrumb} leaf="正文" />
      <main id="main" tabindex={-1}>
        <article class={contents.length > 0 ? 'article article-long' : 'article'}>
          <header class="article-header">
            <h1>{props.title}</h1>
            {props.subtitle !== undefined && <p class="subtitle">{props.subtitle}</p>}
          </header>
          {record}
          <Byline {...props} />
          <div class="article-body">
            <TableOfContents entries={contents} />
            {/* Only renderRichText makes this markup, from a closed set of elements. */}
            <div class="rich-text" dangerouslySetInnerHTML={{ __html: props.bodyHtml }} />
          </div>
          <div class="article-end">
            <Attachments attachments={props.attachments} />
            <RelatedLinks related={props.related} />
            <ArticleNotes {...props} />
            <NeighbourLinks previous={props.previous} next={props.next} />
            <Feedback chrome={props.chrome} path={props.path} />
          </div>
        </article>
      </main>
    </div>
  );
}

function Byline(props: ArticleProps) {
  return (
    <div class="byline">
      <ul class="byline-facts">
        <li>
          发布时间：<time datetime={isoMoment(props.publishedAt)}>{props.publishedAt}</time>
        </li>
        <li>来源：{props.source}</li>
        {props.author !== undefined && <li>作者：{props.author}</li>}
        {props.updatedAt !== undefined && (
          <li>
            更新时间：<time datetime={isoMoment(props.updatedAt)}>{props.updatedAt}</time>
          </li>
        )}
      </ul>
      <PageTools />
    </div>
  );
}

function ArticleNotes({ path, editor, originalSite }: ArticleProps) {
  return (
    <ul class="article-notes">
      {originalSite && (
        <li>
          原载：<a href={originalSite.url}>{originalSite.name}</a>
        </li>
      )}
      {editor !== undefined && <li>责任编辑：{editor}</li>}
      <li>
        <a href={verifyAddress(path)}>本页存证</a>
      </li>
    </ul>
  );
}
