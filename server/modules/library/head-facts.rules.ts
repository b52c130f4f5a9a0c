import type { ResourceContent } from '../../../contracts/library.ts';
import { termsIn } from '../../../contracts/term-values.ts';

/** What lists know of the newest revision without reading it. */
export interface HeadFacts {
  readonly title: string;
  readonly document_number: string | null;
  readonly open_mode: string | null;
  readonly validity: string | null;
  readonly year: number | null;
  /** References to terms; null when there are none, as in all that was written before there were any. */
  readonly terms: readonly string[] | null;
}

const orNull = (text: string | undefined): string | null => (text === undefined || text === '' ? null : text);

/** A day begins with its year, also in a draft that is half typed. */
function yearOf(day: string | null): number | null {
  const year = Number(/^\d{4}(?=-)/.exec(day ?? '')?.[0]);
  return Number.isNaN(year) || year === 0 ? null : year;
}

/** What a list is narrowed by that is kept as a column. */
export function termColumn(content: ResourceContent): readonly string[] | null {
  const terms = termsIn(content);
  return terms.length === 0 ? null : terms;
}

export function headFacts(content: ResourceContent): HeadFacts {
  return {
    title: content.title,
    document_number: content.documentNumber ?? null,
    open_mode: orNull(content.openMode),
    validity: orNull(content.validity),
    terms: termColumn(content),
    year: yearOf(orNull(content.writtenOn) ?? orNull(content.producedOn)),
  };
}
