import type { MappingPreview, NewMappingRule } from '../../../contracts/ways.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { liveFacts, liveHeadings } from '../library/index.ts';
import { withNarrower } from '../vocabulary/index.ts';
import { requireRule } from './change-mapping-rule.ts';
import { columnsListing } from './listing.queries.ts';
import { suits } from './mapping-rule.rules.ts';
import { newestSourceEntries } from './mapping-turn.queries.ts';
import { sourceColumnIds } from './run-mapping-rules.ts';
import { requireOperator } from './sites.policy.ts';

/** Held against the conditions: some tenths of a second, however large the library is. */
const mostLooked = 5000;
const firstShown = 20;

/** What a rule would find if it stood now, among the newest of what its sources show. */
export async function previewMappingRule(reader: Reader, rule: NewMappingRule): Promise<MappingPreview> {
  const { db } = reader;
  requireOperator(reader.actor);
  await requireRule(reader, rule.columnId, rule);
  const entries = await newestSourceEntries(db, await sourceColumnIds(db, rule), mostLooked + 1);
  const looked = entries.slice(0, mostLooked).map((entry) => entry.resourceId);
  const facts = await liveFacts(db, looked);
  const narrower = new Set(rule.term === null ? [] : await withNarrower(db, [rule.term]));
  const found = looked.filter((id) => {
    const one = facts.get(id);
    return one !== undefined && suits(rule, one, narrower);
  });
  const listed = await columnsListing(db, found);
  const headings = await liveHeadings(db, found.slice(0, firstShown));
  const names = await unitNames(db, [...new Set([...headings.values()].map((one) => one.unitId))]);
  return {
    looked: looked.length,
    complete: entries.length <= mostLooked,
    found: found.length,
    already: found.filter((id) => listed.get(id)?.includes(rule.columnId)).length,
    first: found.slice(0, firstShown).flatMap((id) => {
      const heading = headings.get(id);
      if (!heading) return [];
      const { title, unitId, firstPublishedAt } = heading;
      const unitName = names.get(unitId) ?? '';
      return [{ resourceId: id, title, unitName, publishedAt: firstPublishedAt.toISOString() }];
    }),
  };
}
