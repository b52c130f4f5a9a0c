import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { writeDatabaseTypes } from '../scripts/database-types.ts';
import { describeSchema } from '../scripts/describe-schema.ts';
import { aDatabase } from './harness.ts';

describe('what is written of the schema', () => {
  const database = aDatabase();

  it('is in db/schema.sql what the migrations make', async () => {
    expect(await describeSchema(database.url)).toBe(await readFile('db/schema.sql', 'utf8'));
  });

  it('is in the types what the migrations make', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'jiyue-types-'));
    try {
      const file = join(directory, 'database.types.ts');
      await writeDatabaseTypes(database.url, file);
      expect(await readFile(file, 'utf8')).toBe(await readFile('server/platform/database.types.ts', 'utf8'));
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
