import { describe, expect, it } from 'vitest';

import { aConsole } from './app.ts';
import { anAccount, aUnit, signIn } from './factories/identity.ts';
import { aDatabase } from './harness.ts';

describe('the test console', () => {
  const database = aDatabase();
  const app = aConsole(database);

  it('signs a person of a factory in', async () => {
    const parent = await aUnit(database.db);
    const unit = await aUnit(database.db, { parent });
    const editor = await anAccount(database.db, { unit: parent, roles: ['editor'] });
    expect(editor.actor.scope).toEqual({
      kind: 'units',
      unitIds: expect.arrayContaining([parent.id, unit.id]) as never,
    });
    const headers = await signIn(app, editor);
    const answer = await app.inject({ method: 'GET', url: '/api/session', headers });
    expect(answer.json()).toMatchObject({
      accountId: editor.id,
      roles: ['editor'],
      mustChangePassword: false,
    });
  });
});
