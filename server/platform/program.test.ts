import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { programVersion } from './program.ts';

it('the program tells the version of its package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(programVersion).toBe(version);
});
