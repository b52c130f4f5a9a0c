import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { fieldName } from '../../platform/dump/dump-rows.ts';
import { packageParts } from './package-parts.ts';

const page = readFileSync('docs/package-format.md', 'utf8');
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
);
const words: Readonly<Record<string, string>> = { bytes: 'hex', ids: 'list of id', small: 'integer' };

describe('docs/package-format.md', () => {
  it('has a section for each part, in the order of the package', () => {
    expect([...sections.keys()]).toEqual(packageParts.map(({ name }) => name));
  });

  it.each(packageParts.map((part) => [part.name, part] as const))(
    'tells of every field of %s',
    (name, part) => {
      const section = sections.get(name) ?? '';
      for (const [column, kind] of Object.entries(part.fields)) {
        const plain = kind.replace('?', '');
        const told = `\`${fieldName(column)}\` ${words[plain] ?? plain}${kind.endsWith('?') ? '?' : ''}`;
        // Neither `id` for `id?` nor the other way round.
        expect(section.replaceAll('\n', ' '), told).toMatch(
          new RegExp(`${told.replace('?', '\\?')}(?![?a-z])`),
        );
      }
      const order = part.order.map((column) => `\`${fieldName(column)}\``).join(', ');
      expect(section).toContain(`Ordered by ${order}.`);
    },
  );
});
