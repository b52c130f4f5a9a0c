import type { ComponentChildren } from 'preact';
import { Attachments } from '../components/attachments/attachments.tsx';
import { Breadcrumb } from '../components/breadcrumb/breadcrumb.tsx';
import { CorrectionNotes } from '../components/correction-notes/correction-notes.tsx';
import { FactTable } from '../components/fact-table/fact-table.tsx';
import { Feedback } from '../components/feedback/feedback.tsx';
import { NeighbourLinks, RelatedLinks } from '../components/neighbour-links/neighbour-links.tsx';
import { PageTools } from '../components/page-tools/page-tools.tsx';
import { ProgressReports } from '../components/progress-reports/progress-reports.tsx';
import { entriesWorthListing, TableOfContents } from '../components/table-of-contents/table-of-contents.tsx';
import { verifyAddress } from '../addresses.ts';
import { type PreparedChrome, renderDocument } from '../document.tsx';
import { isoMoment, longDay } from '../moment.ts';
import type { ArticleProps, Fact, FormerUnit } from '../page-types.ts';
import { describeBreadcrumb, type Thing } from '../structured-data.ts';

/** What pages of different kinds of content put around and in place of the text. */
export interface ContentParts {
  readonly prepared: PreparedChrome;
  readonly thing: Thing;
  /** Between the title and the byline. */
  readonly record?: ComponentChildren;
  /** Between the byline and the text. */
  readonly before?: ComponentChildren;
  /** After the text. */
  readonly after?: ComponentChildren;
  /** A heading over the text, where the title says what it is about and not what it is. */
  readonly bodyTitle?: string;
}

/** The page of one piece of content. */
export function renderContentPage(props: ArticleProps, parts: ContentParts): string {
  const { chrome, column } = props;
  const { prepared, thing } = parts;
  return renderDocument({
    prepared,
    trail: props.breadcrumb,
    head: {
      title: `${props.title} - ${column.name} - ${chrome.name}`,
      description: props.description || props.title,
      path: props.path,
      canonical: props.original?.url,
      column,
      content: props,
      image: props.image,
      rssUrl: column.rssUrl,
      things: [
        thing,
        describeBreadcrumb(chrome, [...props.breadcrumb, { name: props.title, url: props.path }]),
      ],
    },
    content: <ContentPage props={props} parts={parts} />,
  });
}

function ContentPage({ props, parts }: { props: ArticleProps; parts: ContentParts }) {
  const contents = entriesWorthListing(props.outline);
  const facts = props.particulars ?? [];
  // Where a text belongs is told in passing; a table is for facts.
  const classes = facts.every((fact) => fact.classifies) ? facts : [];
  return (
    <div class="wrap">
      <Breadcrumb steps={props.breadcrumb} leaf="正文" />
      <main id="main" tabindex={-1}>
        <article class={contents.length > 0 ? 'article article-long' : 'article'}>
          <header class="article-header">
            <h1>{props.title}</h1>
            {props.subtitle !== undefined && <p class="subtitle">{props.subtitle}</p>}
          </header>
          {parts.record}
          <Byline props={props} classes={classes} />
          {parts.before}
          <FactTable facts={classes.length > 0 ? [] : facts} caption="基本信息" />
          <div class="article-body">
            <TableOfContents entries={contents} />
            <BodyText html={props.bodyHtml} title={parts.bodyTitle} />
          </div>
          <div class="article-end">
            <ProgressReports reports={props.progress ?? []} />
            {parts.after}
            <CorrectionNotes notes={props.corrections ?? []} />
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

function BodyText({ html, title }: { html: string; title: string | undefined }) {
  if (html === '') return null;
  return (
    <div class="body-text">
      {title !== undefined && <h2 class="part-title">{title}</h2>}
      {/* Only renderRichText makes this markup, from a closed set of elements. */}
      <div class="rich-text" dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}

function Byline({ props, classes }: { props: ArticleProps; classes: readonly Fact[] }) {
  return (
    <div class="byline">
      <ul class="byline-facts">
        <li>
          发布时间：<time datetime={isoMoment(props.publishedAt)}>{props.publishedAt}</time>
        </li>
        <li>来源：{props.source}</li>
        {props.original !== undefined && (
          <li>
            原文：<a href={props.original.url}>{props.original.name}</a>
          </li>
        )}
        {props.formerUnit && <li>{becameOf(props.formerUnit)}</li>}
        {props.author !== undefined && <li>作者：{props.author}</li>}
        {props.updatedAt !== undefined && (
          <li>
            更新时间：<time datetime={isoMoment(props.updatedAt)}>{props.updatedAt}</time>
          </li>
        )}
        {classes.map(({ name, value }) => (
          <li>
            {name}：{value}
          </li>
        ))}
      </ul>
      <PageTools path={props.path} />
    </div>
  );
}

const turnText: Readonly<Record<FormerUnit['turns'][number]['kind'], (on: string, next: string) => string>> =
  {
    renamed: (on, next) => `自${on}起更名为${next}`,
    merged: (on, next) => `${on}并入${next}`,
    split: (on, next) => `${on}拆分，本信息由${next}承接`,
  };

/** `甲局自2026年12月1日起更名为乙局，2027年3月1日并入丙局` */
function becameOf({ name, turns }: FormerUnit): string {
  return name + turns.map(({ kind, on, name: next }) => turnText[kind](longDay(on), next)).join('，');
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
