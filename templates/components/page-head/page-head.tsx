import { absoluteAddress, assetAddress, themeAddress } from '../../addresses.ts';
import { isoMoment } from '../../moment.ts';
import type { Address, ColumnHead, Minute, Path, Picture, SiteChrome } from '../../page-types.ts';
import { serialiseStructuredData, type Thing } from '../../structured-data.ts';

/** The tags that a content page must have beside those of its column. */
export interface ContentTags {
  readonly title: string;
  readonly publishedAt: Minute;
  readonly updatedAt?: Minute | undefined;
  readonly source: string;
  readonly author?: string | undefined;
  readonly keywords: readonly string[];
}

export interface PageHeadProps {
  readonly chrome: SiteChrome;
  readonly title: string;
  readonly description: string;
  readonly path: Path;
  /** The address that search engines are to keep, when it is another site's. */
  readonly canonical?: Address | undefined;
  readonly keywords?: readonly string[] | undefined;
  readonly column?: ColumnHead | undefined;
  readonly content?: ContentTags | undefined;
  readonly image?: Picture | undefined;
  readonly rssUrl?: Path | undefined;
  readonly things?: readonly Thing[] | undefined;
  /** Search results and pages that say something is missing are not for other search engines. */
  readonly hidden?: boolean | undefined;
}

/** What the heads of all pages of a site share; prepared once. */
export function SharedHead({ chrome }: { readonly chrome: SiteChrome }) {
  return (
    <>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="format-detection" content="telephone=no" />
      <meta name="SiteName" content={chrome.name} />
      <meta name="SiteDomain" content={chrome.primaryDomain} />
      <meta name="SiteIDCode" content={chrome.identityCode} />
      <meta property="og:site_name" content={chrome.name} />
      <meta property="og:locale" content="zh_CN" />
      <link rel="stylesheet" href={assetAddress(chrome, 'site.css')} />
      <link rel="stylesheet" href={themeAddress(chrome)} />
      <script src={assetAddress(chrome, 'preferences.js')} />
      <script src={assetAddress(chrome, 'urgent.js')} defer />
      <script src={assetAddress(chrome, 'site.js')} defer />
      <link rel="icon" href={assetAddress(chrome, 'icon.svg')} type="image/svg+xml" />
    </>
  );
}

/** What differs from page to page. */
export function PageHead(props: PageHeadProps) {
  const { chrome, column, content, image } = props;
  return (
    <>
      <title>{props.title}</title>
      {column && <ColumnTags column={column} />}
      {content && <ArticleTags content={content} />}
      <KeywordsTag keywords={content?.keywords ?? props.keywords} />
      <meta name="Description" content={props.description} />
      {image && <ImageTags image={image} url={absoluteAddress(chrome, image.url)} />}
      {props.hidden === true ? (
        <meta name="robots" content="noindex" />
      ) : (
        <AddressTags url={absoluteAddress(chrome, props.path)} canonical={props.canonical} />
      )}
      <meta property="og:type" content={content ? 'article' : 'website'} />
      <meta property="og:title" content={content?.title ?? props.title} />
      <meta property="og:description" content={props.description} />
      <FeedLinks title={column?.name ?? chrome.name} url={props.rssUrl} />
      <StructuredData things={props.things} />
    </>
  );
}

function KeywordsTag({ keywords }: { readonly keywords: readonly string[] | undefined }) {
  return keywords && keywords.length > 0 ? <meta name="Keywords" content={keywords.join(',')} /> : null;
}

function FeedLinks({ title, url }: { title: string; url: Path | undefined }) {
  if (url === undefined) return null;
  // The three forms of a feed lie beside each other.
  const beside = (name: string): Path => url.replace(/[^/]*$/, name);
  return (
    <>
      <link rel="alternate" type="application/rss+xml" title={title} href={url} />
      <link rel="alternate" type="application/atom+xml" title={title} href={beside('atom.xml')} />
      <link rel="alternate" type="application/feed+json" title={title} href={beside('feed.json')} />
    </>
  );
}

function AddressTags({ url, canonical = url }: { readonly url: string; canonical?: string | undefined }) {
  return (
    <>
      <meta name="Url" content={url} />
      <link rel="canonical" href={canonical} />
      <meta property="og:url" content={canonical} />
    </>
  );
}

function ImageTags({ image, url }: { readonly image: Picture; readonly url: string }) {
  return (
    <>
      <meta name="Image" content={url} />
      <meta property="og:image" content={url} />
      <meta property="og:image:width" content={String(image.width)} />
      <meta property="og:image:height" content={String(image.height)} />
      {image.alt !== '' && <meta property="og:image:alt" content={image.alt} />}
    </>
  );
}

function StructuredData({ things }: { readonly things: readonly Thing[] | undefined }) {
  if (things === undefined) return null;
  const json = serialiseStructuredData(things);
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}

function ColumnTags({ column }: { readonly column: ColumnHead }) {
  const keywords = column.keywords.length > 0 ? column.keywords.join(',') : column.name;
  return (
    <>
      <meta name="ColumnName" content={column.name} />
      <meta name="ColumnDescription" content={column.description || column.name} />
      <meta name="ColumnKeywords" content={keywords} />
      <meta name="ColumnType" content={column.type || column.name} />
    </>
  );
}

function ArticleTags({ content }: { readonly content: ContentTags }) {
  return (
    <>
      <meta name="ArticleTitle" content={content.title} />
      <meta name="PubDate" content={content.publishedAt} />
      <meta name="ContentSource" content={content.source} />
      <meta name="Author" content={content.author ?? content.source} />
      <meta property="article:published_time" content={isoMoment(content.publishedAt)} />
      <meta property="article:modified_time" content={isoMoment(content.updatedAt ?? content.publishedAt)} />
    </>
  );
}
