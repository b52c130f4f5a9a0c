import { absoluteAddress } from './addresses.ts';
import { isoMoment } from './moment.ts';
import type { TopicProps } from './block-types.ts';
import type { AlbumProps, InstitutionProps, LeaderProps, VideoProps } from './kind-types.ts';
import type { ArticleProps, Link, PolicyProps, SiteChrome } from './page-types.ts';

export type Thing = Readonly<Record<string, unknown>>;

const UNSAFE = /[<>&\u2028\u2029]/g;

/** JSON that cannot end the script element it stands in, whatever a title contains. */
export function serialiseStructuredData(things: readonly Thing[]): string {
  const json = JSON.stringify({ '@context': 'https://schema.org', '@graph': things });
  return json.replace(UNSAFE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function describeOrganisation(chrome: SiteChrome): Thing {
  return {
    '@type': 'GovernmentOrganization',
    '@id': `${chrome.homeUrl}#organisation`,
    name: chrome.organiser,
    url: chrome.homeUrl,
    ...(chrome.address === undefined ? {} : { address: chrome.address }),
    ...(chrome.logo === undefined ? {} : { logo: absoluteAddress(chrome, chrome.logo.url) }),
    ...(chrome.isPortal
      ? {}
      : { parentOrganization: { '@type': 'GovernmentOrganization', url: chrome.portalUrl } }),
  };
}

export function describeWebsite(chrome: SiteChrome): Thing {
  return {
    '@type': 'WebSite',
    name: chrome.name,
    url: chrome.homeUrl,
    inLanguage: 'zh-CN',
    publisher: { '@id': `${chrome.homeUrl}#organisation` },
    potentialAction: {
      '@type': 'SearchAction',
      target: {
        '@type': 'EntryPoint',
        urlTemplate: `${chrome.homeUrl}search?q={search_term_string}`,
      },
      'query-input': 'required name=search_term_string',
    },
  };
}

export function describeBreadcrumb(chrome: SiteChrome, steps: readonly Link[]): Thing {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: [{ name: '首页', url: '/' }, ...steps].map((step, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: step.name,
      item: absoluteAddress(chrome, step.url),
    })),
  };
}

/** The one address of what stands on a page, also where another site shows it. */
function pageAddress({ chrome, path, original }: ArticleProps): string {
  return original?.url ?? absoluteAddress(chrome, path);
}

/** The unit whose word it is; a site that shows it by reference only provides it. */
function publishedBy({ chrome, original }: Pick<ArticleProps, 'chrome' | 'original'>): {
  readonly publisher: Thing;
  readonly provider?: Thing;
} {
  const ownSite = { '@type': 'GovernmentOrganization', name: chrome.organiser, url: chrome.homeUrl };
  if (original === undefined) return { publisher: ownSite };
  return { publisher: { '@type': 'GovernmentOrganization', ...original.publisher }, provider: ownSite };
}

export function describeArticle(props: ArticleProps): Thing {
  const { chrome } = props;
  return {
    '@type': 'NewsArticle',
    headline: props.title,
    url: pageAddress(props),
    datePublished: isoMoment(props.publishedAt),
    dateModified: isoMoment(props.updatedAt ?? props.publishedAt),
    description: props.description,
    keywords: props.keywords,
    articleSection: props.column.name,
    mainEntityOfPage: pageAddress(props),
    isAccessibleForFree: true,
    inLanguage: 'zh-CN',
    ...publishedBy(props),
    author: { '@type': 'Organization', name: props.author ?? props.source },
    ...(props.image === undefined ? {} : { image: absoluteAddress(chrome, props.image.url) }),
  };
}

export function describeTopic(props: TopicProps): Thing {
  const { chrome } = props;
  return {
    '@type': 'CollectionPage',
    name: props.title,
    headline: props.title,
    url: absoluteAddress(chrome, props.path),
    datePublished: isoMoment(props.publishedAt),
    description: props.description || props.title,
    keywords: props.keywords,
    inLanguage: 'zh-CN',
    ...publishedBy({ chrome }),
    ...(props.cover === undefined ? {} : { image: absoluteAddress(chrome, props.cover.url) }),
  };
}

const LEGAL_FORCE = {
  valid: 'InForce',
  amended: 'PartiallyInForce',
  abolished: 'NotInForce',
  expired: 'NotInForce',
} as const;

export function describePolicy(props: PolicyProps): Thing {
  const { chrome, disclosure } = props;
  return {
    '@type': 'Legislation',
    name: props.title,
    url: pageAddress(props),
    legislationIdentifier: disclosure.documentNumber ?? disclosure.indexNumber,
    identifier: disclosure.indexNumber,
    description: props.description,
    keywords: props.keywords,
    legislationType: props.column.type,
    legislationDate: disclosure.writtenOn ?? disclosure.generatedOn,
    datePublished: isoMoment(props.publishedAt),
    dateModified: isoMoment(props.updatedAt ?? props.publishedAt),
    ...publishedBy(props),
    legislationPassedBy: {
      '@type': 'GovernmentOrganization',
      name: disclosure.issuer ?? props.original?.publisher.name ?? chrome.organiser,
    },
    inLanguage: 'zh-CN',
    ...(disclosure.validity === undefined
      ? {}
      : { legislationLegalForce: `https://schema.org/${LEGAL_FORCE[disclosure.validity]}` }),
  };
}

export function describePerson(props: LeaderProps): Thing {
  const { chrome } = props;
  return {
    '@type': 'ProfilePage',
    url: pageAddress(props),
    dateModified: isoMoment(props.updatedAt ?? props.publishedAt),
    mainEntity: {
      '@type': 'Person',
      name: props.title,
      jobTitle: props.post,
      worksFor: publishedBy(props).publisher,
      ...(props.portrait === undefined ? {} : { image: absoluteAddress(chrome, props.portrait.url) }),
    },
  };
}

export function describeInstitution(props: InstitutionProps): Thing {
  const fact = (name: string) => props.facts.find((one) => one.name === name)?.value;
  return {
    '@type': 'GovernmentOrganization',
    name: props.title,
    url: pageAddress(props),
    description: props.description,
    address: fact('办公地址'),
    telephone: fact('联系电话'),
    faxNumber: fact('传真'),
  };
}

export function describeAlbum(props: AlbumProps): Thing {
  return {
    ...describeArticle(props),
    '@type': 'ImageGallery',
    name: props.title,
    image: props.pictures.map((picture) => absoluteAddress(props.chrome, picture.url)),
  };
}

export function describeVideo(props: VideoProps): Thing {
  const { chrome, film, poster } = props;
  return {
    '@type': 'VideoObject',
    name: props.title,
    description: props.description,
    uploadDate: isoMoment(props.publishedAt),
    contentUrl: absoluteAddress(chrome, film.url),
    encodingFormat: film.mediaType,
    transcript: props.transcript.join('\n'),
    inLanguage: 'zh-CN',
    ...publishedBy(props),
    ...(poster === undefined ? {} : { thumbnailUrl: absoluteAddress(chrome, poster.url) }),
  };
}
