import type { ResourceContent } from '../contracts/library.ts';
import { referenceTo, type TermReference } from '../contracts/vocabulary.ts';
import type { DemoEntry, DemoTerm } from './district.ts';

export function regionsOf({ regions }: DemoEntry): Partial<ResourceContent> {
  return regions === undefined ? {} : { regions: regions.map((code) => referenceTo('region', code)) };
}

/** The term of that name. */
export function issuerNamed(terms: readonly DemoTerm[], name: string): TermReference {
  const term = terms.find(({ vocabulary, label }) => vocabulary === 'issuer' && label === name);
  if (!term) throw new Error(`the demonstration has no issuer ${name}`);
  return referenceTo('issuer', term.code);
}
