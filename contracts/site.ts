import { type Static, Type } from 'typebox';

import { colourPattern } from './colour.ts';
import { Closed, Id, Instant } from './endpoint.ts';

export const siteStates = ['preparing', 'testing', 'online', 'offline', 'closed'] as const;
export type SiteState = (typeof siteStates)[number];
export const SiteState = Type.Unsafe<SiteState>(Type.Union(siteStates.map((state) => Type.Literal(state))));
export const siteStateNames: Readonly<Record<SiteState, string>> = {
  preparing: '筹备',
  testing: '安全检测',
  online: '上线',
  offline: '临时下线',
  closed: '关停',
};

const Colour = Type.String({ pattern: colourPattern });
export const homeLayouts = ['standard', 'wide-lead', 'compact'] as const;
export type HomeLayout = (typeof homeLayouts)[number];
export const homeLayoutNames: Readonly<Record<HomeLayout, string>> = {
  standard: '标准：图片和要闻并列',
  'wide-lead': '大图：头条图片占满整行',
  compact: '紧凑：小图、长列表',
};

export const navigationStyles = ['bar', 'plain'] as const;
export type NavigationStyle = (typeof navigationStyles)[number];
export const navigationStyleNames: Readonly<Record<NavigationStyle, string>> = {
  bar: '主色底',
  plain: '白底',
};

const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));

/** All that a site may choose of its looks. None of it removes a required item or spoils contrast. */
export const SiteTheme = Closed({
  primary: Colour,
  accent: Type.Optional(Colour),
  layout: Type.Optional(oneOf(homeLayouts)),
  navigation: Type.Optional(oneOf(navigationStyles)),
  logoAssetId: Type.Optional(Id),
  /** A strip over the home page. Decoration: it is shown without words. */
  bannerAssetId: Type.Optional(Id),
});
export type SiteTheme = Static<typeof SiteTheme>;

/** How the identifiers of a site are written. The registrations may be missing until a site goes online. */
export const sitePatterns = {
  key: '^[a-z][a-z0-9-]{0,30}$',
  /** As browsers send it: small letters, at least two parts, a Chinese name in its xn-- form, no address of a machine. */
  domain: '^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$',
  identityCode: '^\\d{10}$',
  icpNumber: '^[\u4e00-\u9fa5]ICP备\\d{8}号(?:-\\d{1,3})?$',
  policeNumber: '^[\u4e00-\u9fa5]公网安备\\s?\\d{14}号$',
} as const;
const orNothing = (pattern: string) => Type.String({ pattern: `^$|${pattern}` });

export const Site = Closed({
  id: Id,
  unitId: Id,
  key: Type.String(),
  name: Type.String(),
  shortName: Type.String(),
  isPortal: Type.Boolean(),
  state: SiteState,
  stateSince: Instant,
  /** What citizens read while the site is offline or closed. */
  notice: Type.String(),
  description: Type.String(),
  domains: Type.Array(Type.String()),
  homeUrl: Type.String(),
  identityCode: Type.String(),
  icpNumber: Type.String(),
  policeNumber: Type.String(),
  organiser: Type.String(),
  contact: Type.String(),
  address: Type.String(),
  theme: SiteTheme,
  demonstration: Type.Boolean(),
  version: Type.Integer(),
  /** The resource that is its home page now; null while the columns compose it. */
  homeResourceId: Type.Union([Id, Type.Null()]),
  /** The states that the caller may bring it to. */
  nextStates: Type.Array(SiteState),
  /** What it lacks before it may be online. */
  missing: Type.Array(Closed({ field: Type.String(), message: Type.String() })),
});
export type Site = Static<typeof Site>;

/** One line with something to read in it, and nothing around it. */
const Fact = (maxLength: number) => Type.String({ maxLength, pattern: '^\\S(?:.*\\S)?$' });
const siteFacts = {
  name: Fact(60),
  shortName: Fact(20),
  description: Fact(300),
  organiser: Fact(60),
  contact: Fact(60),
  address: Fact(100),
  /** The first is the main one. */
  domains: Type.Array(Type.String({ pattern: sitePatterns.domain }), { maxItems: 10, uniqueItems: true }),
  identityCode: orNothing(sitePatterns.identityCode),
  icpNumber: orNothing(sitePatterns.icpNumber),
  policeNumber: orNothing(sitePatterns.policeNumber),
  theme: SiteTheme,
};

/** A new site is in preparation; it goes online by changes of its state. */
export const NewSite = Closed({
  unitId: Id,
  key: Type.String({ pattern: sitePatterns.key }),
  isPortal: Type.Optional(Type.Boolean()),
  ...siteFacts,
});
export type NewSite = Static<typeof NewSite>;

export const SiteChange = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  ...Type.Partial(Type.Object(siteFacts)).properties,
  state: Type.Optional(SiteState),
  notice: Type.Optional(Type.String({ maxLength: 500 })),
});
export type SiteChange = Static<typeof SiteChange>;
