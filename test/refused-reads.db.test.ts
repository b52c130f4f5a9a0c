import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import { allEndpoints } from '../contracts/index.ts';
import { anAccount, signIn } from './factories/identity.ts';
import { aCorrection } from './factories/interaction.ts';
import { aDraft, aSiteWithColumn } from './factories/library.ts';
import { aReviewTeam, submit } from './factories/review.ts';
import { formOf } from './form-data.ts';
import { aDatabase } from './harness.ts';
import { aSystem } from './system.ts';

describe('a read that is refused', () => {
  const database = aDatabase();
  const { db } = database;
  const system = aSystem(database);
  let ids: Readonly<Record<string, string>> = {};
  let stranger: Record<string, string> = {};

  beforeAll(async () => {
    const team = await aReviewTeam(db);
    const { site, column } = await aSiteWithColumn(db, team.unit);
    const draft = await aDraft(db, { editor: team.editor, column });
    const form = formOf({ unitId: team.unit.id }, { name: 'a.txt', bytes: '内部资料' });
    const upload = await system.app.inject({
      method: 'POST',
      url: '/api/assets',
      headers: { ...(await signIn(system.app, team.editor)), ...form.headers },
      payload: form.payload,
    });
    const file = formOf(
      { unitId: team.unit.id, mode: 'drafts', type: 'article' },
      { name: 'a.csv', bytes: '标题,正文\n甲,乙\n' },
    );
    const sent = await system.app.inject({
      method: 'POST',
      url: '/api/imports',
      headers: { ...(await signIn(system.app, team.editor)), ...file.headers },
      payload: file.payload,
    });
    ids = {
      import: sent.json<{ id: string }>().id,
      unit: team.unit.id,
      site: site.id,
      column: column.id,
      resource: draft.id,
      review: await submit(db, team.editor, draft.id),
      asset: upload.json<{ id: string }>().id,
      'type-definition': 'article',
      // Whether there is one is told to nobody who may not know.
      'bulk-act': '1',
      relocation: '1',
      'access-key': '1',
      webhook: '1',
      'webhook-message': '1',
      export: '1',
      term: '1',
      reorganization: '1',
      subscription: '1',
      'joint-release': '1',
      'rule-set': '1',
      topic: '1',
      correction: (await aCorrection(db, { siteId: site.id, path: column.path })).id,
    };
    stranger = await signIn(system.app, await anAccount(db, { roles: ['editor'] }));
  });

  const recorded = async (requestId: string) =>
    db
      .selectFrom('audit.entry')
      .select(['object_kind', 'object_id', 'result', 'code'])
      .where('request_id', '=', requestId)
      .execute();
  const refusalOf = async (url: string) => {
    const answer = await system.app.inject({ url, headers: stranger });
    const { code, requestId } = answer.json<Problem>();
    expect([403, 404], url).toContain(answer.statusCode);
    return { code, entries: await recorded(requestId) };
  };

  /** What a read cannot be asked without. */
  const needed: Readonly<Record<string, string>> = {
    '/api/subscriptions/:id/items': '?state=refused',
    '/api/sites/:id/updates': '?year=2026',
    '/api/sites/:id/updates.xlsx': '?year=2026',
  };
  const reads = allEndpoints.filter(({ method, path }) => method === 'GET' && path.includes('/:id'));
  it.each(reads.map(({ path }) => path))('%s leaves on record what was asked for', async (path) => {
    const [, kind = ''] = /^\/api\/([a-z-]+)s\/:id/.exec(path) ?? [];
    const id = ids[kind] ?? 'unknown';
    const address = `${path.replace(':id', id).replace(/:(number|signatureId)/, '1')}${needed[path] ?? ''}`;
    const { code, entries } = await refusalOf(address);
    expect(entries).toEqual([{ object_kind: kind, object_id: id, result: 'refused', code }]);
  });

  it('says so of a list of what belongs to somebody else, and of an upload there', async () => {
    const { code, entries } = await refusalOf(`/api/columns?siteId=${ids['site'] ?? ''}`);
    expect(entries).toEqual([{ object_kind: 'site', object_id: ids['site'], result: 'refused', code }]);
    const form = formOf({ unitId: ids['unit'] ?? '' }, { name: 'a.txt', bytes: '内部资料' });
    const upload = await system.app.inject({
      method: 'POST',
      url: '/api/assets',
      headers: { ...stranger, ...form.headers },
      payload: form.payload,
    });
    expect(upload.statusCode).toBe(404);
    expect(await recorded(upload.json<Problem>().requestId)).toMatchObject([
      { object_kind: 'unit', object_id: ids['unit'], result: 'refused' },
    ]);
  });
});
