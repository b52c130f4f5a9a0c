import type {
  Address,
  ArticleProps,
  ColumnHead,
  Day,
  Entry,
  EntryBlock,
  Fact,
  Link,
  Minute,
  PagePlace,
  Pager,
  Path,
  Picture,
  SiteChrome,
} from './page-types.ts';

/*
 * Props of pages that show one kind of content: leaders, institutions, guides, albums, videos, and the columns of
 * them. As in page-types.ts, moments are written for Asia/Shanghai and templates never look at a clock.
 */

export interface LeaderProps extends ArticleProps {
  readonly post: string;
  readonly portrait?: Picture | undefined;
  /** 工作分工, line by line. */
  readonly duties: readonly string[];
}

export interface InstitutionProps extends ArticleProps {
  readonly facts: readonly Fact[];
  /** 内设机构, line by line. */
  readonly departments: readonly string[];
}

export interface GuideProps extends ArticleProps {
  /** What article 12 of the regulation asks a guide to say. */
  readonly facts: readonly Fact[];
}

export interface AlbumPicture extends Picture {
  readonly caption?: string | undefined;
}

export interface AlbumProps extends ArticleProps {
  readonly pictures: readonly AlbumPicture[];
}

export interface VideoProps extends ArticleProps {
  readonly film: {
    readonly url: Address;
    readonly mediaType: string;
    readonly bytes: number;
  };
  readonly poster?: Picture | undefined;
  /** What is said and shown, paragraph by paragraph (WCAG 1.2). */
  readonly transcript: readonly string[];
}

export interface LeaderCard extends Link {
  readonly post: string;
  readonly portrait?: Picture | undefined;
  readonly duties: readonly string[];
}

export interface InstitutionCard extends Link {
  readonly facts: readonly Fact[];
}

/** A text of the column on the column's own page, and the others as a navigation. */
export interface InlineText extends Link {
  readonly publishedAt: Minute;
  readonly facts?: readonly Fact[] | undefined;
  /** Output of `renderRichText` and of nothing else. */
  readonly bodyHtml: string;
  /** All texts of the column, the shown one first, when there are several. */
  readonly texts: readonly Link[];
}

/** 政府信息公开目录: the four facts that article 12 of the regulation asks for. */
export interface CatalogueRow extends Link {
  readonly indexNumber: string;
  readonly summary: string;
  readonly producedOn: Day;
}

/** How a column shows its entries, when not as lines. */
export type ColumnBody =
  | { readonly kind: 'leaders'; readonly leaders: readonly LeaderCard[] }
  | { readonly kind: 'institutions'; readonly institutions: readonly InstitutionCard[] }
  | { readonly kind: 'inline'; readonly text: InlineText }
  | { readonly kind: 'catalogue'; readonly rows: readonly CatalogueRow[] }
  | { readonly kind: 'pictures'; readonly entries: readonly Entry[] };

/** A search inside the column: a plain form that leads to the search page. */
export interface ColumnSearch {
  readonly action: Path;
  /** The number by which the search knows the column. */
  readonly column: string;
  /** Documents can be filtered by validity too. */
  readonly policies: boolean;
}

/** One of the five parts of 政府信息公开. */
export interface DisclosurePart extends Link {
  readonly columns: readonly Link[];
}

export interface ColumnProps extends PagePlace {
  readonly chrome: SiteChrome;
  readonly column: ColumnHead;
  /** Shown beside the list: the columns of the same parent, or the children. */
  readonly neighbours?: readonly Link[] | undefined;
  readonly neighboursTitle?: string | undefined;
  readonly entries: readonly Entry[];
  /** The newest entries of child columns, for a column that is mainly an entrance to others; none where a child leads elsewhere. */
  readonly sections?: readonly EntryBlock[] | undefined;
  readonly pager: Pager;
  /** In place of `entries`. */
  readonly body?: ColumnBody | undefined;
  readonly search?: ColumnSearch | undefined;
  /** In place of `neighbours`: the parts of 政府信息公开 that this column belongs to. */
  readonly disclosureParts?: readonly DisclosurePart[] | undefined;
}
