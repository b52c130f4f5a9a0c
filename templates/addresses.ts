import { columnFilters } from '../contracts/search.ts';
import type { Address, Path, SiteChrome } from './page-types.ts';
import type { SearchQuery } from './search-types.ts';

export const SEARCH_PATH = '/search';
/** Warns before a link leads away from the government's sites. */
export const LEAVING_PATH = '/leaving';
/** The address of a page as a picture that a telephone reads. */
export const QR_PATH = '/qr.svg';
export const SITE_MAP_PATH = '/sitemap.html';
export const ACCESSIBILITY_PATH = '/accessibility.html';
export const CORRECTION_PATH = '/correction.html';
export const VERIFY_PATH = '/verify.html';
/** The urgent notice of the moment as a fragment; `assets/urgent.js` knows the address too. */
export const URGENT_PATH = '/urgent.html';
/** The same form with what the server knows of the page; what it is sent to; and where its answer is read. */
export const CORRECTION_FORM_PATH = '/correction';
export const CORRECTIONS_PATH = '/corrections';
export const CORRECTION_STATUS_PATH = '/correction/status';
export const FEEDBACK_PATH = '/feedback';
export const FEEDBACK_THANKS_PATH = '/feedback/thanks';
/** The page around what the server says to a form. */
export const FORM_SHELL_PATH = '/forms.html';

/** Where a mistake on a page is reported. */
export function correctionAddress(chrome: SiteChrome, page: Path): Address {
  return chrome.correctionUrl ?? `${CORRECTION_FORM_PATH}?page=${encodeURIComponent(page)}`;
}

/** The address under which a page of this site is known to the world. */
export function absoluteAddress(chrome: SiteChrome, address: Address): string {
  return address.startsWith('/') ? chrome.homeUrl + address.slice(1) : address;
}

export function assetAddress(chrome: SiteChrome, name: string): Path {
  return `/static/${name}${versionSuffix(chrome)}`;
}

export function themeAddress(chrome: SiteChrome): Path {
  return `/theme.css${versionSuffix(chrome)}`;
}

function versionSuffix(chrome: SiteChrome): string {
  return chrome.assetVersion === undefined ? '' : `?v=${encodeURIComponent(chrome.assetVersion)}`;
}

/** Where a page of the site is compared with the record of what was published when. */
export function verifyAddress(path: Path): Address {
  return `${VERIFY_PATH}?path=${encodeURIComponent(path)}`;
}

/** The same question with another page, kind or scope; leaves out what is not asked, so that addresses stay short. */
export function searchAddress(action: Path, query: SearchQuery, page = 1): Address {
  const parts = [`q=${encodeURIComponent(query.q)}`];
  if (query.column === undefined) parts.push(`scope=${query.scope}`);
  for (const field of ['column', ...columnFilters] as const) {
    const value = query[field];
    if (value !== undefined && value !== '') parts.push(`${field}=${encodeURIComponent(value)}`);
  }
  if (query.kind !== undefined && query.kind !== '') parts.push(`kind=${encodeURIComponent(query.kind)}`);
  if (query.year !== undefined) parts.push(`year=${query.year}`);
  if (page > 1) parts.push(`page=${page}`);
  return `${action}?${parts.join('&')}`;
}

export function leavingAddress(href: string): Address {
  return `${LEAVING_PATH}?to=${encodeURIComponent(href)}`;
}
