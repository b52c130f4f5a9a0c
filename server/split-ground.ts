import type { SplitGround } from './modules/identity/index.ts';
import { classesOf, currentTypes, resourceHolding } from './modules/library/index.ts';
import { allSites, columnHolding, columnsById, mainColumnsOf, siteHolding } from './modules/sites/index.ts';
import { termsNamed, withBroader } from './modules/vocabulary/index.ts';
import { referenceTo } from '../contracts/vocabulary.ts';

/** What a split has to know of resources, columns and sites, as the modules tell it. */
export const splitGround: SplitGround = {
  keepers: {
    resource: resourceHolding.column,
    column: columnHolding.column,
    site: siteHolding.column,
  },
  resources: async (db, ids) => {
    const columns = await mainColumnsOf(db, ids);
    return new Map(
      (await classesOf(db, ids)).map(({ id, ...one }) => [id, { ...one, columnId: columns.get(id) ?? null }]),
    );
  },
  columns: async (db, ids) => new Map((await columnsById(db, ids)).map((column) => [column.id, column])),
  sites: async (db, ids) => {
    if (ids.length === 0) return new Map();
    const wanted = new Set(ids);
    const sites = (await allSites(db)).filter(({ id }) => wanted.has(id));
    return new Map(sites.map((site) => [site.id, site]));
  },
  terms: async (db, references) =>
    new Map(
      (await termsNamed(db, references)).map((term) => [referenceTo(term.vocabulary, term.code), term.label]),
    ),
  types: async (db) => new Map((await currentTypes(db)).map(({ key, name }) => [key, name])),
  broader: async (db, references) => {
    const found = Map.groupBy(await withBroader(db, references), ({ term }) => term);
    return new Map<string, readonly string[]>(
      [...found].map(([term, under]) => [term, under.map(({ reference }) => reference)]),
    );
  },
};
