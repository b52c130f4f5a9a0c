import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { sourceFiles } from './tracked-files.ts';

// One PostgreSQL schema per module: the first half of a table's name says who owns it.
const tables = [...readFileSync('db/schema.sql', 'utf8').matchAll(/^create table (\w+)\.(\w+) \(/gm)].map(
  ([, schema = '', table = '']) => ({ schema, table }),
);
const modules = readdirSync('server/modules');
const server = sourceFiles().filter((file) => file.startsWith('server/') && !/\.test\.ts$/.test(file));

/** Whose code a file is: a module's, the platform's, or that of the program around them. */
function ownerOf(file: string): string {
  const [, , module = ''] = /^server\/(modules\/([^/]+)|[^/]+)/.exec(file) ?? [];
  return file.startsWith('server/platform/') ? 'platform' : module || 'program';
}

/** Every table that the code names, in a query builder's call and in raw SQL alike. Error codes are none. */
function tablesIn(code: string): readonly string[] {
  const text = code.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  return tables
    .filter(({ schema, table }) =>
      new RegExp(`(?<![\\w./-])"?${schema}"?\\."?${table}"?(?![\\w-])`).test(text),
    )
    .map(({ schema, table }) => `${schema}.${table}`);
}

describe('who touches which table', () => {
  it('knows the tables of every module', () => {
    expect(new Set(tables.map((one) => one.schema))).toEqual(new Set([...modules, 'platform']));
    expect(tables.length).toBeGreaterThan(20);
  });

  it('is seen in a query builder, in raw SQL and behind an alias, and not in an error code', () => {
    const seen = [
      "db.selectFrom('library.resource as r')",
      'sql`select 1 from library.resource where true`',
      'sql`lock table library.resource in share mode`',
      "sql.table('library.resource')",
      "where('library.resource.id', '=', id)",
    ];
    for (const text of seen) expect(tablesIn(text), text).toEqual(['library.resource']);
    for (const text of ["'library.resource-changed'", "from './library.resource.ts'"]) {
      expect(tablesIn(text), text).toEqual([]);
    }
  });

  it.each([...modules, 'platform', 'program'])('%s touches only its own', (owner) => {
    const strangers = server
      .filter((file) => ownerOf(file) === owner && !file.endsWith('database.types.ts'))
      .flatMap((file) =>
        tablesIn(readFileSync(file, 'utf8'))
          .filter((table) => !table.startsWith(`${owner}.`))
          .map((table) => `${file}: ${table}`),
      );
    expect(strangers).toEqual([]);
  });
});
