import {
  type FacetQuery,
  openModes,
  resourceTypes,
  type ResourceQuery,
  type ResourceTypeKey,
  searchPlaces,
  stages,
  termFilterKeys,
  termFilters,
  validities,
} from '../../../contracts/library.ts';
import { isTermReference, type TermReference, vocabularyOf } from '../../../contracts/vocabulary.ts';
import { choiceIn, compact, dayPattern, idPattern, textIn } from '../../lib/search-text.ts';
import { endOfDay, startOfDay } from '../../lib/time.ts';

export const sorts = ['updated', 'published'] as const;
export const orders = ['desc', 'asc'] as const;

/** The list's address: a link shows the same list to whoever opens it. */
export interface ListState {
  readonly stage?: (typeof stages)[number];
  readonly type?: ResourceTypeKey;
  readonly unitId?: string;
  readonly columnId?: string;
  readonly openMode?: (typeof openModes)[number];
  readonly validity?: (typeof validities)[number];
  readonly year?: string;
  readonly topic?: TermReference;
  readonly genre?: TermReference;
  readonly audience?: TermReference;
  readonly lifeEvent?: TermReference;
  readonly region?: TermReference;
  readonly issuer?: TermReference;
  readonly q?: string;
  /** Where the words are looked for; in titles when it is not said. */
  readonly searchIn?: (typeof searchPlaces)[number];
  readonly from?: string;
  readonly to?: string;
  readonly sort?: (typeof sorts)[number];
  readonly order?: (typeof orders)[number];
}

/** Terms that the address names, each under the filter of its vocabulary. */
function termsIn(
  raw: Record<string, unknown>,
): Partial<Record<(typeof termFilterKeys)[number], TermReference>> {
  const named = termFilterKeys.flatMap((key) => {
    const term = raw[key];
    return isTermReference(term) && vocabularyOf(term) === termFilters[key] ? [[key, term] as const] : [];
  });
  return Object.fromEntries(named);
}

const operatorType = /^x-[a-z][a-z0-9-]{0,29}$/;

/** Reads what is valid; a mangled link shows an unfiltered list, never an error. */
export function readListState(raw: Record<string, unknown>): ListState {
  return compact<ListState>({
    stage: choiceIn(raw, 'stage', stages),
    type:
      choiceIn(raw, 'type', resourceTypes) ??
      (textIn(raw, 'type', operatorType) as ResourceTypeKey | undefined),
    unitId: textIn(raw, 'unitId', idPattern),
    columnId: textIn(raw, 'columnId', idPattern),
    openMode: choiceIn(raw, 'openMode', openModes),
    validity: choiceIn(raw, 'validity', validities),
    year: textIn(raw, 'year', /^(?:19|20|21)\d{2}$/),
    ...termsIn(raw),
    q: textIn(raw, 'q', /^.{1,100}$/),
    searchIn: choiceIn(raw, 'searchIn', searchPlaces),
    from: textIn(raw, 'from', dayPattern),
    to: textIn(raw, 'to', dayPattern),
    sort: choiceIn(raw, 'sort', sorts),
    order: choiceIn(raw, 'order', orders),
  });
}

/** What the server is asked, but for paging. */
export function filterQuery({ from, to, year, ...rest }: ListState): FacetQuery {
  return {
    ...rest,
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(from === undefined ? {} : { updatedFrom: startOfDay(from) }),
    ...(to === undefined ? {} : { updatedTo: endOfDay(to) }),
  };
}

export function listQuery(state: ListState): ResourceQuery {
  return { ...filterQuery(state), limit: 30 };
}

/** What leaves out nothing by itself. */
const manners: ReadonlySet<string> = new Set(['sort', 'order', 'searchIn'] satisfies (keyof ListState)[]);

export function isFiltered(state: ListState): boolean {
  return Object.keys(state).some((key) => !manners.has(key));
}

/** `1000+` when the server stopped counting. */
export function countText(count: { readonly value: number; readonly capped: boolean }): string {
  return count.capped ? `${count.value}+` : String(count.value);
}
