import { expect, test } from 'vitest';

import { issuerNamed } from './classify.ts';
import { columnsOf } from './compile-catalogue.ts';
import { readDistrict, readEntries } from './district.ts';

const district = await readDistrict('demo');
const entries = await readEntries('demo');
const codesOf = (vocabulary: string) =>
  district.terms.filter((term) => term.vocabulary === vocabulary).map((term) => term.code);

test('every unit of the demonstration issues documents under its name in the vocabulary', () => {
  const issuers = district.terms.filter((term) => term.vocabulary === 'issuer').map((term) => term.label);
  expect(issuers).toEqual(expect.arrayContaining(district.units.map((unit) => unit.name)));
});

test('a broader term stands before the narrower one', () => {
  for (const [at, { vocabulary, parent }] of district.terms.entries()) {
    const before = district.terms.slice(0, at).filter((term) => term.vocabulary === vocabulary);
    if (parent !== null) expect(before.map((term) => term.code)).toContain(parent);
  }
});

test('what the entries of the demonstration are classified by are its terms', () => {
  const policies = entries.filter((entry) => entry.type === 'policy');
  const issuers = policies.map(({ issuer, source }) => issuerNamed(district.terms, issuer ?? source));
  expect(new Set(issuers).size).toBeGreaterThan(4);
  const regions = new Set(entries.flatMap((entry) => entry.regions ?? []));
  expect(regions.size).toBeGreaterThan(3);
  expect(codesOf('region')).toEqual(expect.arrayContaining([...regions]));
});

test('the catalogue says of every column who keeps it filled, how often, with what and how', () => {
  const units = new Set(district.units.map((unit) => unit.key));
  const held = new Set(district.people.map(({ unit, roles }) => `${unit} ${roles.join()}`));
  for (const column of district.sites.flatMap((site) => columnsOf(site.columns))) {
    expect(held, column.name).toContain(`${column.unit} principal`);
    expect(held, column.name).toContain(`${column.unit} editor`);
    if (column.kind === 'channel') continue;
    const { updateRule, requirement, ways, suppliers } = column;
    expect([updateRule === null, requirement === '', ways.length === 0], column.name).toEqual([
      false,
      false,
      false,
    ]);
    expect([...units], column.name).toEqual(expect.arrayContaining([...suppliers]));
  }
  const ways = district.sites.flatMap((site) => columnsOf(site.columns)).flatMap((column) => column.ways);
  expect(new Set(ways).size).toBe(4);
});
