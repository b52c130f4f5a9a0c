import { choiceIn, compact, dayPattern, idPattern, textIn } from '../../lib/search-text.ts';

/** What the address of the screen says. */
export interface CatalogueState {
  readonly site?: string;
  readonly view?: 'calendar';
  /** An earlier day, and one to compare with. */
  readonly day?: string;
  readonly since?: string;
  readonly year?: string;
}

export function readCatalogueState(raw: Record<string, unknown>): CatalogueState {
  return compact<CatalogueState>({
    site: textIn(raw, 'site', idPattern),
    view: choiceIn(raw, 'view', ['calendar']),
    day: textIn(raw, 'day', dayPattern),
    since: textIn(raw, 'since', dayPattern),
    year: textIn(raw, 'year', /^20\d{2}$/),
  });
}
