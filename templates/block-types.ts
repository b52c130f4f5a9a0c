import type {
  Address,
  ColumnHead,
  Day,
  Entry,
  EntryBlock,
  Link,
  Minute,
  PagePlace,
  Path,
  Picture,
  SiteChrome,
} from './page-types.ts';

/** One part of the services, by whom they are for. */
export interface LinkGroup {
  readonly name: string;
  readonly links: readonly (Link & { readonly note?: string | undefined })[];
}

/** What blocks of home and topic pages show, read and counted. Blocks without entries are left out: no page shows an empty column. */
export type HomeBlock =
  | {
      readonly kind: 'lead';
      readonly title: string;
      readonly url: Address;
      readonly stories: readonly Entry[];
      readonly entries: readonly Entry[];
    }
  | { readonly kind: 'columns'; readonly blocks: readonly EntryBlock[] }
  | { readonly kind: 'tabs'; readonly title: string; readonly blocks: readonly EntryBlock[] }
  | {
      readonly kind: 'notices';
      readonly title: string;
      readonly url: Address;
      readonly entries: readonly Entry[];
    }
  | {
      readonly kind: 'links';
      readonly title: string;
      readonly links: readonly (Link & { readonly note?: string | undefined })[];
    }
  | { readonly kind: 'link-groups'; readonly title: string; readonly groups: readonly LinkGroup[] }
  | {
      readonly kind: 'services';
      readonly title: string;
      readonly url?: Address | undefined;
      readonly links: readonly (Link & { readonly note?: string | undefined })[];
    }
  | {
      readonly kind: 'service-groups';
      readonly title: string;
      readonly url?: Address | undefined;
      readonly groups: readonly LinkGroup[];
    }
  | {
      readonly kind: 'figures';
      readonly title: string;
      readonly figures: readonly {
        readonly name: string;
        readonly value: string;
        readonly unit?: string | undefined;
        readonly url?: Address | undefined;
      }[];
      readonly asOf?: Day | undefined;
      readonly url?: Address | undefined;
    }
  | {
      readonly kind: 'chart';
      readonly title: string;
      readonly form: 'bar' | 'line';
      readonly unit: string;
      readonly rows: readonly { readonly name: string; readonly value: number }[];
      readonly source?: string | undefined;
      readonly url?: Address | undefined;
    }
  | {
      readonly kind: 'cards';
      readonly title: string;
      readonly cards: readonly (Link & {
        readonly note?: string | undefined;
        readonly picture?: Picture | undefined;
      })[];
    }
  /** `html` is output of `renderRichText` and of nothing else. */
  | { readonly kind: 'text'; readonly title?: string | undefined; readonly html: string }
  | {
      readonly kind: 'picture';
      readonly picture: Picture;
      readonly caption?: string | undefined;
      readonly url?: Address | undefined;
    }
  | {
      readonly kind: 'video';
      readonly title: string;
      readonly url: Address;
      readonly mediaType: string;
      readonly poster?: Picture | undefined;
      readonly transcript: string;
    }
  | {
      readonly kind: 'profile';
      readonly title: string;
      readonly text: string;
      readonly facts: readonly { readonly name: string; readonly value: string }[];
      readonly url?: Address | undefined;
    };

/** 突发事件公告: on top of every page of every site while it lasts. */
export interface UrgentNotice {
  readonly level: 'red' | 'orange' | 'blue';
  readonly text: string;
  readonly url?: Address | undefined;
  readonly since: Minute;
}

export interface HomeProps {
  readonly chrome: SiteChrome;
  readonly description: string;
  readonly keywords?: readonly string[] | undefined;
  readonly blocks: readonly HomeBlock[];
  readonly urgent?: UrgentNotice | undefined;
  readonly rssUrl?: Path | undefined;
}

/** A page composed for an occasion (专题), by the same blocks. */
export interface TopicProps extends PagePlace {
  readonly chrome: SiteChrome;
  readonly column: ColumnHead;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly publishedAt: Minute;
  readonly source: string;
  readonly cover?: Picture | undefined;
  /** The last day of the occasion; after it the page says that it is kept for the record. */
  readonly endsOn?: Day | undefined;
  readonly ended: boolean;
  readonly blocks: readonly HomeBlock[];
}
