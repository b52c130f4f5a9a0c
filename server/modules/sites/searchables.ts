import { bodiesIn } from '../../../contracts/blocks.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import { vocabularyOf } from '../../../contracts/term-reference.ts';
import type { Searchable, SearchDocument } from '../../platform/searchable.ts';
import { yearInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import { plainText } from '../../platform/rich-text/index.ts';
import { namesOf, unitPasts, type UnitPasts } from '../identity/index.ts';
import { beginningsOf, liveIdsAfter, type LiveResource, liveResources, typesOf } from '../library/index.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import { columnsById } from './column.queries.ts';
import { addressesOf, columnsListing } from './listing.queries.ts';
import { reuseAddressesOf } from './reuse.queries.ts';
import { allSites } from './site.queries.ts';
import { searchableWords } from './particulars.ts';
import { isListed } from './site.rules.ts';
import { type FoundUnder, withBroader } from '../vocabulary/index.ts';

const idOf = (key: string): string => key.slice(key.indexOf('/') + 1);

/** Live articles and policies. Text that is not live is never in the index, not even for a moment. */
export function articleSearchable(base: PublicBase): Searchable {
  return {
    kind: 'article',
    keysForTag: (tag) => {
      const match = /^(?:resource|findable):(\d+)$/.exec(tag);
      return match?.[1] === undefined ? [] : [`article/${match[1]}`];
    },
    allKeys: async (db, after, limit) =>
      (await liveIdsAfter(db, after === null ? '0' : idOf(after), limit)).map((id) => `article/${id}`),
    load: (db, keys) => loadDocuments(db, base, keys.map(idOf)),
  };
}

/** The words of a resource: its body, or those that stand in the blocks themselves. */
function textOf(content: ResourceContent): string {
  const bodies = [...(content.body ? [content.body] : []), ...bodiesIn(content.blocks ?? [])];
  const titles = (content.blocks ?? []).flatMap((block) => ('title' in block ? [block.title ?? ''] : []));
  return [...bodies.map(plainText), ...titles].join('\n');
}

async function loadDocuments(
  db: Db,
  base: PublicBase,
  ids: readonly string[],
): Promise<readonly SearchDocument[]> {
  const live = await liveResources(db, ids);
  const types = await typesOf(db, [...live.values()]);
  const addresses = await addressesOf(db, [...live.keys()]);
  const columnIds = [...new Set([...addresses.values()].map((one) => one.columnId))];
  const columns = new Map((await columnsById(db, columnIds)).map((column) => [column.id, column]));
  const listed = await columnsListing(db, [...live.keys()]);
  const elsewhere = await pathsElsewhere(db, [...live.keys()]);
  const sites = new Map((await allSites(db)).map((site) => [site.id, site]));
  const attached = [...live.values()].flatMap((one) => one.content.attachments ?? []);
  const words = await beginningsOf(db, [...new Set(attached.map((one) => one.assetId))], charactersOfFile);
  const unitIds = [...live.values()].flatMap(({ unitId, issuerId }) => [unitId, issuerId]);
  const units = await unitPasts(db, [...new Set(unitIds)]);
  const terms = [...new Set([...live.values()].flatMap((one) => one.terms))];
  const above = Map.groupBy(await withBroader(db, terms), (one) => one.term);
  return [...live.values()].flatMap((resource): SearchDocument[] => {
    const address = addresses.get(resource.id);
    const site = address && sites.get(address.siteId);
    if (!address || !site || !isListed(site)) return [];
    const { content } = resource;
    const found = resource.terms.flatMap((term) => above.get(term) ?? []);
    const parts = [
      textOf(content),
      ...searchableWords(types.of(resource), content),
      ...otherNames(found),
      attachedText(content, words),
      ...namesOfUnits(units, resource),
    ];
    return [
      {
        key: `article/${resource.id}`,
        version: Number(resource.revisionId),
        site: site.id,
        siteName: site.name,
        unit: resource.unitId,
        unitName: namesOf(units, resource.unitId)[0] ?? '',
        kind: columns.get(address.columnId)?.kind ?? 'news',
        title: content.title,
        body: parts.filter((part) => part !== '').join('\n'),
        elsewhere: elsewhere.get(resource.id),
        facts: factsOf(resource, listed.get(resource.id) ?? [], found),
        summary: content.summary ?? '',
        documentNumber: content.documentNumber ?? null,
        url: homeUrlOf(base, site.domains[0] ?? 'localhost') + address.path.slice(1),
        publishedAt: resource.firstPublishedAt,
        year: yearInChina(resource.firstPublishedAt),
      },
    ];
  });
}

/** Where other sites show these by reference now; without an entry, nowhere. */
async function pathsElsewhere(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NonNullable<SearchDocument['elsewhere']>>> {
  const standing = (await reuseAddressesOf(db, ids)).filter((one) => one.stands);
  const byResource = Map.groupBy(standing, (one) => one.resourceId);
  return new Map(
    [...byResource].map(([id, places]) => [id, places.map(({ siteId, path }) => ({ site: siteId, path }))]),
  );
}

/** What else its terms are called, and what is broader: whoever searches may know another word. */
function otherNames(found: readonly FoundUnder[]): readonly string[] {
  const names = new Set(found.flatMap(({ label, synonyms }) => [label, ...synonyms]));
  return names.size === 0 ? [] : [[...names].join(' ')];
}

/** Whoever knows a unit by the name it had, or has, finds what it published under the other one. */
function namesOfUnits(units: UnitPasts, { unitId, issuerId }: LiveResource): readonly string[] {
  const names = new Set([...namesOf(units, unitId), ...namesOf(units, issuerId)]);
  return names.size > 1 ? [[...names].join(' ')] : [];
}

/** Of one attached file, and of all of one page: enough to be found by, little enough not to drown the page itself. */
const charactersOfFile = 20_000;
const charactersOfFiles = 60_000;

/** Names and words of what is attached: who finds them is led to the page. */
function attachedText({ attachments = [] }: ResourceContent, words: ReadonlyMap<string, string>): string {
  const texts = attachments.map(({ assetId, name }) => `${name}\n${words.get(assetId) ?? ''}`.trim());
  return texts.join('\n').slice(0, charactersOfFiles).toWellFormed();
}

/** What a column is filtered by. A document is of the year in which it was written, whenever it came here. */
function factsOf(
  { content, firstPublishedAt }: LiveResource,
  columnIds: readonly string[],
  found: readonly FoundUnder[],
): readonly string[] {
  const { validity, issuer, category, writtenOn, producedOn } = content;
  const year = [writtenOn, producedOn].find((day) => day !== undefined && day !== '')?.slice(0, 4);
  const facts = [
    ...columnIds.map((id) => `column:${id}`),
    `written:${year ?? String(yearInChina(firstPublishedAt))}`,
    ...found.map(({ reference, label }) => `${vocabularyOf(reference)}:${label}`),
    ...Object.entries({ validity, issuer, category }).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [`${name}:${value}`],
    ),
  ];
  return [...new Set(facts)];
}
