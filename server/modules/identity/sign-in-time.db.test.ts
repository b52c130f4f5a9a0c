import { expect, it } from 'vitest';

import { aConsole } from '../../../test/app.ts';
import { anAccount, testPassword } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import { hashPassword } from './password-hash.ts';

const database = aDatabase();
const { db } = database;
const app = aConsole(database);
const post = (payload: object) => app.inject({ method: 'POST', url: '/api/session', payload });

it('signing in takes as long for a login nobody has', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, () => anAccount(db, { roles: ['editor'] })));
  // Other tests have hashes that cost next to nothing.
  const password_hash = await hashPassword(testPassword);
  const logins = people.map((person) => person.login);
  await db.updateTable('identity.account').set({ password_hash }).where('login', 'in', logins).execute();
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  for (const [n, person] of people.entries()) {
    for (const [kind, login] of [
      ['known', person.login],
      ['unknown', `nobody.${String(n)}`],
    ] as const) {
      const started = performance.now();
      await post({ login, password: 'Not-The-One-1' });
      times[kind].push(performance.now() - started);
    }
  }
  // The quickest of each: what else the machine does only ever adds.
  const ratio = Math.min(...times.unknown) / Math.min(...times.known);
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.6);
});
