import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aDatabase } from '../../test/harness.ts';
import { migrate, pendingMigrations, requireMigrated } from './migrate.ts';

describe('migrations', () => {
  const database = aDatabase();
  let folder = '';
  let counter = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jiyue-migrations-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A folder of its own for each test, later than those before; names are given without their hour. */
  async function aFolder(files: Readonly<Record<string, string>>): Promise<string> {
    const directory = await mkdtemp(join(folder, 'set-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    return directory;
  }
  const nextName = (what: string): string => {
    counter += 1;
    return `2099010100${String(counter).padStart(2, '0')}-test-${what}.sql`;
  };
  async function tables(): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string }>`select c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'`.execute(
      database.db,
    );
    return rows.map((row) => row.name);
  }

  it('are applied once, in the order of their names', async () => {
    const [one, two] = [nextName('one'), nextName('two')];
    const directory = await aFolder({
      [two]: 'insert into ordered values (2);',
      [one]: 'create table ordered (number int);',
    });
    expect(await pendingMigrations(database.url, directory)).toEqual([one, two]);
    expect(await migrate(database.url, directory)).toEqual([one, two]);
    expect(await migrate(database.url, directory)).toEqual([]);
    expect(await pendingMigrations(database.url, directory)).toEqual([]);
    await expect(requireMigrated(database.url, directory)).resolves.toBeUndefined();
  });

  it('that were edited after they had been applied are refused', async () => {
    const name = nextName('edited');
    const directory = await aFolder({ [name]: 'create table edited ();' });
    await migrate(database.url, directory);
    await writeFile(join(directory, name), 'create table edited (id int);');
    await expect(migrate(database.url, directory)).rejects.toThrow(`${name} was edited`);
  });

  it('that fail leave nothing of themselves, keep those before, and stop those after', async () => {
    const [good, bad, never] = [nextName('good'), nextName('bad'), nextName('never')];
    const directory = await aFolder({
      [good]: 'create table good ();',
      [bad]: 'create table half (); select 1 / 0;',
      [never]: 'create table never ();',
    });
    await expect(migrate(database.url, directory)).rejects.toThrow(`${bad} could not be applied`);
    const made = await tables();
    expect(made).toContain('good');
    expect(made).not.toContain('half');
    expect(made).not.toContain('never');
    expect(await pendingMigrations(database.url, directory)).toEqual([bad, never]);
    await writeFile(join(directory, bad), 'create table half ();');
    expect(await migrate(database.url, directory)).toEqual([bad, never]);
  });

  it('asked for by several at once are applied by one of them', async () => {
    const name = nextName('slow');
    const directory = await aFolder({ [name]: 'create table slow (); select pg_sleep(0.3);' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, directory)));
    expect(answers.flat()).toEqual([name]);
  });

  it.each(['create.sql', '2099-test.sql', '209901010000-Test.sql', '209901010000_test.sql'])(
    'called %s are refused',
    async (name) => {
      const directory = await aFolder({ [name]: 'select 1;' });
      await expect(migrate(database.url, directory)).rejects.toThrow(name);
    },
  );

  it('that are missing keep the program from starting', async () => {
    const directory = await aFolder({ [nextName('missing')]: 'select 1;' });
    await expect(requireMigrated(database.url, directory)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'service.database-not-migrated',
    });
    expect(await tables()).toContain('migration');
  });
});
