import { type SiteState, siteStates, topicStates } from '../../contracts/sites.ts';
import { vocabularies } from '../../contracts/vocabulary.ts';
import { readAuditFilter } from '../features/audit/audit-filter.ts';
import { readCorrectionFilter } from '../features/interaction/correction-filter.ts';
import { readUsefulnessFilter } from '../features/interaction/usefulness-filter.ts';
import { readPlaceWish } from '../features/library/proofreading/place-wish.ts';
import { readExportWish } from '../features/packaging/export-wish.ts';
import { readFindingFilter } from '../features/proofreading/finding-filter.ts';
import { type RelocationView, relocationViews } from '../features/relocation/relocation-words.ts';
import { readAssetFilter } from '../features/library/asset-filter.ts';
import { readLikenessState } from '../features/library/likeness-state.ts';
import { readProposalState } from '../features/library/proposal-state.ts';
import { readListState } from '../features/library/list-state.ts';
import { reviewStates } from '../features/review/review-states.ts';
import { urgentShown } from '../features/review/urgent-states.ts';
import { readCatalogueState } from '../features/sites/catalogue-state.ts';
import { readReuseState } from '../features/sites/reuse-state.ts';
import { readSubmissionState } from '../features/sites/submission-state.ts';
import type { TopicsShown } from '../features/sites/topics-page.tsx';
import type { VocabularyAddress } from '../features/vocabulary/vocabulary-page.tsx';
import { choiceIn, compact, idPattern, textIn } from '../lib/search-text.ts';

type Raw = Record<string, unknown>;

export const resourcesSearch = readListState;
export const assetsSearch = readAssetFilter;
export const likenessSearch = readLikenessState;
export const proposalsSearch = readProposalState;
export const reusesSearch = readReuseState;
export const submissionsSearch = readSubmissionState;
export const catalogueSearch = readCatalogueState;
export const auditSearch = readAuditFilter;
export const correctionsSearch = readCorrectionFilter;
export const usefulnessSearch = readUsefulnessFilter;
export const findingsSearch = readFindingFilter;
export const editorSearch = readPlaceWish;
export const exportsSearch = readExportWish;

const deadlines = ['soon', 'overdue'] as const;
export interface ReviewsSearch {
  readonly show?: (typeof reviewStates)[number];
  readonly deadline?: (typeof deadlines)[number];
}
export function reviewsSearch(raw: Raw): ReviewsSearch {
  return compact<ReviewsSearch>({
    show: choiceIn(raw, 'show', reviewStates),
    deadline: choiceIn(raw, 'deadline', deadlines),
  });
}

export interface UndisclosedSearch {
  readonly show?: 'due' | 'all';
}
export function undisclosedSearch(raw: Raw): UndisclosedSearch {
  return compact<UndisclosedSearch>({ show: choiceIn(raw, 'show', ['due', 'all'] as const) });
}

export interface OpinionsSearch {
  readonly show?: 'waiting' | 'answered';
}
export function opinionsSearch(raw: Raw): OpinionsSearch {
  return compact<OpinionsSearch>({ show: choiceIn(raw, 'show', ['waiting', 'answered'] as const) });
}

export interface TopicsSearch {
  readonly show?: TopicsShown;
}
export function topicsSearch(raw: Raw): TopicsSearch {
  return compact<TopicsSearch>({ show: choiceIn(raw, 'show', ['all', ...topicStates] as const) });
}

export interface UrgentReleasesSearch {
  readonly show?: (typeof urgentShown)[number];
}
export function urgentReleasesSearch(raw: Raw): UrgentReleasesSearch {
  return compact<UrgentReleasesSearch>({ show: choiceIn(raw, 'show', urgentShown) });
}

export interface ColumnsSearch {
  readonly site?: string;
  readonly column?: string;
}
export function columnsSearch(raw: Raw): ColumnsSearch {
  return compact<ColumnsSearch>({
    site: textIn(raw, 'site', idPattern),
    column: textIn(raw, 'column', idPattern),
  });
}

export interface RelocationSearch {
  readonly view?: RelocationView;
}
export function relocationSearch(raw: Raw): RelocationSearch {
  return compact<RelocationSearch>({ view: choiceIn(raw, 'view', relocationViews) });
}

export interface SitesSearch {
  readonly site?: string;
  readonly state?: SiteState;
}
export function sitesSearch(raw: Raw): SitesSearch {
  return compact<SitesSearch>({
    site: choiceIn(raw, 'site', ['new']) ?? textIn(raw, 'site', idPattern),
    state: choiceIn(raw, 'state', siteStates),
  });
}

export interface TypesSearch {
  readonly type?: string;
}
export function typesSearch(raw: Raw): TypesSearch {
  return compact<TypesSearch>({ type: textIn(raw, 'type', /^[a-z][a-z0-9-]{0,31}$/) });
}

export function vocabulariesSearch(raw: Raw): VocabularyAddress {
  return compact<VocabularyAddress>({
    vocabulary: choiceIn(raw, 'vocabulary', vocabularies),
    term: textIn(raw, 'term', /^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/),
    q: textIn(raw, 'q', /^.{1,40}$/),
  });
}

export interface UnitsSearch {
  readonly unit?: string;
  readonly q?: string;
}
export function unitsSearch(raw: Raw): UnitsSearch {
  return compact<UnitsSearch>({ unit: textIn(raw, 'unit', idPattern), q: textIn(raw, 'q', /^.{1,40}$/) });
}
