/**
 * What the public pages are made of: the props of every page, and nothing else.
 *
 * Moments are strings already written for Asia/Shanghai: a `Minute` is `YYYY-MM-DD HH:MM`, a `Day` is
 * `YYYY-MM-DD`. Templates never look at a clock. A `Path` starts with `/` and belongs to the site of the page;
 * an `Address` is a path or an absolute URL, so that an entry may live on another site.
 */

import type { RichDocument } from '../contracts/rich-text.ts';

export type Minute = string;
export type Day = string;
export type Path = string;
export type Address = string;

export interface Link {
  readonly name: string;
  readonly url: Address;
}

/** A link that says when the document behind it is no longer simply valid. */
export interface DocumentLink extends Link {
  readonly validity?: Validity | undefined;
}

/** One main colour, at most one accent, as `#rrggbb`. */
export interface SiteTheme {
  readonly primary: string;
  readonly accent?: string | undefined;
}

/**
 * How the home page arranges the same blocks: `standard` shows pictures beside headlines, `wide-lead` gives the first
 * picture the whole width, `compact` keeps pictures small and lists long.
 */
export type HomeLayout = 'standard' | 'wide-lead' | 'compact';

/** A bar filled with the main colour, or names on paper. */
export type NavigationStyle = 'bar' | 'plain';

/** Everything that header, footer and metadata say about the site: the same on all its pages. */
export interface SiteChrome {
  readonly key: string;
  /** The registered name, shown in the header and in the SiteName tag. */
  readonly name: string;
  readonly shortName: string;
  /** Absolute, with a closing slash: `https://www.example.gov.cn/`. Canonical addresses start with it. */
  readonly homeUrl: string;
  readonly primaryDomain: string;
  /** 网站标识码: ten digits. */
  readonly identityCode: string;
  readonly icpNumber: string;
  readonly policeNumber: string;
  /** 主办单位 */
  readonly organiser: string;
  /** 承办单位 */
  readonly operator?: string | undefined;
  readonly contact: string;
  readonly address?: string | undefined;
  readonly logo?: { readonly url: Address; readonly width: number; readonly height: number } | undefined;
  /** A strip over the home page, decoration only: no words of the site may stand in it. */
  readonly banner?: { readonly url: Address; readonly width: number; readonly height: number } | undefined;
  readonly homeLayout?: HomeLayout | undefined;
  readonly navigationStyle?: NavigationStyle | undefined;
  readonly isPortal: boolean;
  readonly portalName: string;
  readonly portalUrl: Address;
  /** The entry whose address is in a page's breadcrumb is marked as current. Starts with 首页. */
  readonly navigation: readonly Link[];
  /** Marks every page as a demonstration. */
  readonly demo: boolean;
  readonly friendlyLinks?: readonly Link[] | undefined;
  /** 我为政府网站找错; default `/correction.html`. */
  readonly correctionUrl?: Address | undefined;
  /** 适老化与无障碍; default `/accessibility.html`. */
  readonly accessibilityUrl?: Address | undefined;
  /** Goes into the addresses of the shared style sheet and scripts, so that browsers fetch them anew after an upgrade. */
  readonly assetVersion?: string | undefined;
}

/** What a page says about the column it stands in. None of the four metadata values may be empty. */
export interface ColumnHead {
  readonly name: string;
  readonly url: Path;
  readonly description: string;
  readonly keywords: readonly string[];
  /** 栏目类别 in Chinese, e.g. 政策文件. */
  readonly type: string;
  readonly rssUrl?: Path | undefined;
}

/** What every page has. `path` is its address on the site; the last breadcrumb step is the page itself or its column. */
export interface PagePlace {
  readonly path: Path;
  /** Without 首页, which is added. */
  readonly breadcrumb: readonly Link[];
}

/** The same picture in fewer pixels. */
export interface PictureVariant {
  readonly type: 'image/avif' | 'image/webp';
  readonly url: Address;
  readonly width: number;
}

export interface Picture {
  readonly url: Address;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** Of each type the narrowest first. */
  readonly variants?: readonly PictureVariant[] | undefined;
}

export type Validity = 'valid' | 'amended' | 'abolished' | 'expired';

/** One line of a list. */
export interface Entry {
  readonly title: string;
  readonly url: Address;
  readonly day: Day;
  readonly pinned?: boolean | undefined;
  readonly summary?: string | undefined;
  readonly picture?: Picture | undefined;
  readonly documentNumber?: string | undefined;
  readonly validity?: Validity | undefined;
  /** Named when the entry comes from another site or unit. */
  readonly origin?: string | undefined;
  /** What there is to watch or to look at, and not only to read. */
  readonly medium?: Medium | undefined;
  /** A topic that is over: kept for the record, and led to from lists alone. */
  readonly archived?: boolean | undefined;
}

export type Medium = 'video' | 'album';

/** The newest entries of a column, as a block on another page. */
export interface EntryBlock {
  readonly title: string;
  readonly url: Address;
  readonly entries: readonly Entry[];
}

/**
 * List pages are numbered from the oldest, so that a new entry never shifts them. A page therefore knows only its
 * neighbours. `number` is absent on the newest page, whose address is the column's.
 */
export interface Pager {
  readonly number?: number | undefined;
  readonly newestUrl?: Path | undefined;
  readonly newerUrl?: Path | undefined;
  readonly olderUrl?: Path | undefined;
  readonly oldestUrl?: Path | undefined;
}

export interface Attachment {
  readonly name: string;
  readonly url: Address;
  /** As people call it: PDF, Word 文档, 压缩包. */
  readonly format: string;
  readonly bytes: number;
  /** What can be looked at on the page, or where; a picture has its size. */
  readonly preview?:
    | 'pdf'
    | 'audio'
    | { readonly width: number; readonly height: number }
    | DrawnPages
    | { readonly pageUrl: Address }
    | undefined;
}

/** The first pages of a document as pictures. */
export interface DrawnPages {
  readonly pages: readonly { readonly url: Address; readonly width: number; readonly height: number }[];
  /** Of the whole document. */
  readonly totalPages: number;
}

/** The beginning of an attached document. */
export interface FilePreviewProps extends PagePlace {
  readonly chrome: SiteChrome;
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
  readonly fileUrl: Address;
  /** What attaches it. */
  readonly sources: readonly Link[];
  readonly body: RichDocument;
  /** False: the document goes on. */
  readonly isWhole: boolean;
  readonly lacksPictures: boolean;
  /** Other host names leave the district. */
  readonly ownHosts: readonly string[];
}

export interface OutlineEntry {
  readonly level: number;
  readonly text: string;
  readonly anchor: string;
}

export interface ArticleProps extends PagePlace {
  readonly chrome: SiteChrome;
  readonly column: ColumnHead;
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** First publication, by the system's clock. */
  readonly publishedAt: Minute;
  readonly updatedAt?: Minute | undefined;
  readonly source: string;
  /** The unit that published it, when it is called otherwise today or has merged into another one. */
  readonly formerUnit?: FormerUnit | undefined;
  readonly author?: string | undefined;
  /** 责任编辑 */
  readonly editor?: string | undefined;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly image?: Picture | undefined;
  /** Output of `renderRichText` and of nothing else: it is written to the page as it is. */
  readonly bodyHtml: string;
  readonly outline?: readonly OutlineEntry[] | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  readonly previous?: Link | undefined;
  readonly next?: Link | undefined;
  /** 相关解读, 解读的文件, related reading: groups without links are left out. */
  readonly related?:
    readonly { readonly title: string; readonly links: readonly DocumentLink[] }[] | undefined;
  /** The page of the unit whose text it is, when this one shows it by reference: search engines are sent there. */
  readonly original?: OriginalPage | undefined;
  /** The site on which the page originally stands, when this one shows it by mapping. */
  readonly originalSite?: Link | undefined;
  /** What was corrected since it was first published, the newest first. */
  readonly corrections?: readonly CorrectionNote[] | undefined;
  /** Of an emergency: what was reported since, the newest first. */
  readonly progress?: readonly ProgressReport[] | undefined;
  /** What the type of the content says of it besides: a table over the text. */
  readonly particulars?: readonly Fact[] | undefined;
}

/** 更正说明 */
export interface CorrectionNote {
  readonly at: Minute;
  readonly text: string;
  readonly unit: string;
}

export interface ProgressReport extends Link {
  readonly at: Minute;
  readonly summary?: string | undefined;
}

export interface OriginalPage extends Link {
  /** Who published it, and where that unit speaks. */
  readonly publisher: Link;
}

/** What a unit was called on the day of the page, and what became of it since. */
export interface FormerUnit {
  readonly name: string;
  readonly turns: readonly {
    readonly kind: 'renamed' | 'merged' | 'split';
    readonly on: Day;
    readonly name: string;
  }[];
}

/** One line of a table of facts. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly url?: Address | undefined;
  /** The address itself, when `url` leads to the page that warns of it. */
  readonly external?: string | undefined;
  /** A word of a vocabulary: it says where the text belongs, and nothing of what it tells. */
  readonly classifies?: boolean | undefined;
}

/** A text that is a record: under the table of openness. */
export interface RecordProps extends ArticleProps {
  readonly disclosure: DisclosureRecord;
}

/** 政府信息公开 metadata; the first six are the regulation's own table. */
export interface DisclosureRecord {
  /** 信息类别 */
  readonly category: string;
  /** 公开方式 */
  readonly method: string;
  /** 生成日期 */
  readonly generatedOn: Day;
  /** 公开时限 */
  readonly period: string;
  /** 公开范围 */
  readonly audience: string;
  /** 信息索取号 */
  readonly indexNumber: string;
  /** 文号 */
  readonly documentNumber?: string | undefined;
  /** 成文日期 */
  readonly writtenOn?: Day | undefined;
  /** 发布机构 */
  readonly issuer?: string | undefined;
  /** 有效性; no row when absent. */
  readonly validity?: Validity | undefined;
}

export interface PolicyProps extends ArticleProps {
  readonly disclosure: DisclosureRecord;
  /** Since when it is no longer in force, and what took its place. */
  readonly validityChange?:
    | {
        readonly on?: Day | undefined;
        readonly replacedBy?: Link | undefined;
        readonly note?: string | undefined;
      }
    | undefined;
  /** Every change of its validity that was ruled, the newest first. */
  readonly validityHistory?: readonly ValidityStep[] | undefined;
}

export interface ValidityStep {
  readonly validity: Validity;
  readonly on: Day;
  readonly basis?: string | undefined;
  /** The published text that says so. */
  readonly source?: Link | undefined;
}

export interface SiteMapNode extends Link {
  readonly children?: readonly SiteMapNode[] | undefined;
}

export interface SiteMapProps {
  readonly chrome: SiteChrome;
  readonly path: Path;
  readonly columns: readonly SiteMapNode[];
  /** The other sites of the district. */
  readonly sites?: readonly Link[] | undefined;
}

export interface GoneProps {
  readonly chrome: SiteChrome;
  readonly path: Path;
  readonly title?: string | undefined;
  readonly withdrawnOn?: Day | undefined;
  readonly reason?: string | undefined;
  /** The column it stood in, or what took its place. */
  readonly links?: readonly Link[] | undefined;
}

export interface UnavailableProps {
  readonly chrome: SiteChrome;
  /** For good, not for a time. */
  readonly closed?: boolean | undefined;
  readonly since?: Day | undefined;
  /** The notice in the words of the organiser; each line a paragraph. */
  readonly reason?: string | undefined;
  readonly until?: Minute | undefined;
}

export interface RssItem {
  readonly title: string;
  /** Absolute. */
  readonly url: string;
  readonly description: string;
  readonly publishedAt: Minute;
  /** When the text was last published anew. */
  readonly updatedAt?: Minute | undefined;
  readonly source?: string | undefined;
}

/** One feed in any of its three forms. */
export interface RssProps {
  readonly title: string;
  readonly description: string;
  /** Absolute: the column's page and the feed itself. */
  readonly url: string;
  readonly selfUrl: string;
  /** Who publishes it. */
  readonly author: string;
  readonly items: readonly RssItem[];
}

export interface SitemapEntry {
  /** Absolute. */
  readonly url: string;
  /** A minute or a day. */
  readonly modifiedAt?: Minute | undefined;
}
