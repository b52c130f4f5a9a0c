import { beforeAll, describe, expect, it } from 'vitest';

import type { Role } from '../../../contracts/actor.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import { systemActor } from '../../platform/context.ts';
import { recordEntry } from './record-entry.ts';

interface Page {
  items: { seq: string; at: string; action: string; objectId: string; result: string; code: string | null }[];
  nextCursor: string | null;
}

describe('the audit record over HTTP', () => {
  const database = aDatabase();
  const app = aConsole(database);
  let headers: Record<string, string>;

  beforeAll(async () => {
    const auditor = await anAccount(database.db, { roles: ['audit-admin'] });
    headers = await signIn(app, auditor);
    for (let n = 0; n < 25; n += 1) {
      await database.db.transaction().execute((db) =>
        recordEntry(db, {
          at: new Date(`2026-03-01T00:00:${String(Math.floor(n / 3)).padStart(2, '0')}Z`),
          actor: systemActor('clock'),
          action: 'library.release',
          objectKind: 'resource',
          objectId: String(n),
          unitId: null,
          result: n % 5 === 0 ? 'refused' : 'done',
          code: null,
          details: { n },
          address: null,
          requestId: 'r',
        }),
      );
    }
  });

  const list = async (query: string) => {
    const answer = await app.inject({ url: `/api/audit-entries?${query}`, headers });
    expect(answer.statusCode).toBe(200);
    return answer.json<Page>();
  };

  it('is paged newest first, each entry once, although several share an instant', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const page: Page = await list(`objectKind=resource&limit=4${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((item) => item.objectId));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => String(24 - n)));
  });

  it('is filtered by actor, action, object, result and time', async () => {
    expect((await list('actorId=clock&result=refused')).items).toHaveLength(5);
    expect((await list('action=library.release&objectId=7')).items.map((item) => item.objectId)).toEqual([
      '7',
    ]);
    const from = encodeURIComponent('2026-03-01T08:00:01+08:00');
    const to = encodeURIComponent('2026-03-01T00:00:02Z');
    expect((await list(`from=${from}&to=${to}`)).items.map((item) => item.objectId)).toEqual(['5', '4', '3']);
  });

  it('shows the sign-in of its reader', async () => {
    const [first] = (await list('action=identity.sign-in')).items;
    expect(first).toMatchObject({ result: 'done', code: null });
  });

  it('is verified by its reader, and says so in the record', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/audit-entries/verification', headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ intact: true, brokenAt: null, reason: null });
    expect((await list('action=audit.verify-chain')).items[0]).toMatchObject({ result: 'done' });
  });

  it.each<Role>(['editor', 'principal', 'operator', 'supervisor', 'system-admin', 'security-admin'])(
    'is closed to a person with the role %s, and the refusal is recorded',
    async (role) => {
      const person = await anAccount(database.db, { roles: [role] });
      const theirs = await signIn(app, person);
      const read = await app.inject({ url: '/api/audit-entries', headers: theirs });
      expect([read.statusCode, read.json<{ code: string }>().code]).toEqual([403, 'audit.reader-required']);
      const verify = await app.inject({
        method: 'POST',
        url: '/api/audit-entries/verification',
        headers: theirs,
      });
      expect([verify.statusCode, verify.json<{ code: string }>().code]).toEqual([
        403,
        'audit.reader-required',
      ]);
      const refusals = await list(`actorId=${person.id}&result=refused`);
      expect(refusals.items.map((item) => item.action)).toEqual(['audit.verify-chain', 'audit.list-entries']);
    },
  );

  it('is closed without a session', async () => {
    expect((await app.inject({ url: '/api/audit-entries' })).statusCode).toBe(401);
    const answer = await app.inject({ method: 'POST', url: '/api/audit-entries/verification' });
    expect(answer.statusCode).toBe(401);
  });

  it.each([
    'wish=1',
    'limit=0',
    'limit=x',
    'result=perhaps',
    'from=yesterday',
    'action=DROP%20TABLE',
    'actorId=%00',
  ])('refuses the query %s as malformed', async (query) => {
    const answer = await app.inject({ url: `/api/audit-entries?${query}`, headers });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'request.malformed']);
  });

  it.each(['x', '%FF', 'MjAyNi0xMy00NVQ5OTo5OTo5OS4wMDAwMDBaIDE'])(
    'refuses the made-up cursor %s',
    async (cursor) => {
      const answer = await app.inject({ url: `/api/audit-entries?cursor=${cursor}`, headers });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'audit.cursor-wrong']);
    },
  );
});
