import { beforeAll, describe, expect, it } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import type { Proofreading } from '../../../contracts/proofreading.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  someContent,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createProofreader, isNightWanted, proofreadingRoutes, runNight } from './index.ts';

describe('the nightly run', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [proofreadingRoutes(createProofreader())]);
  let district: TestDistrict;
  let columnId: string;
  let editor: Record<string, string>;
  /** Three in the morning in China; each night is a later one. */
  let now = new Date('2031-03-01T19:00:00Z');

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
  });

  const live = (type: 'article' | 'policy' | 'interpretation', content: Partial<ResourceContent>) =>
    aPublished(stage, district.actor, {
      ...{ unitId: district.office.id, columnIds: [columnId] },
      ...{ type, content },
    });
  const runner = () => ({ db, proofreader: createProofreader(), clock: () => now });
  const runThrough = async () => {
    now = new Date(now.getTime() + 86_400_000);
    while (await isNightWanted(runner())) await runNight(runner());
  };
  const openRules = async (id: string) =>
    (
      await db
        .selectFrom('proofreading.finding')
        .select('rule')
        .where('resource_id', '=', id)
        .where('state', '=', 'open')
        .execute()
    ).map(({ rule }) => rule);

  it('notes a policy that nobody interprets, as its editor is told, until an interpretation is out', async () => {
    const policy = await live('policy', { title: '没有解读的办法' });
    const rulesInEditor = async () => {
      const answer = await app.inject({
        ...{ method: 'POST', url: `/api/resources/${policy}/proofreading`, headers: editor },
        payload: { content: someContent({ title: '没有解读的办法' }, 'policy') },
      });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json<Proofreading>().findings.map(({ rule }) => rule);
    };
    await runThrough();
    expect(await openRules(policy)).toContain('policy-unexplained');
    expect(await rulesInEditor()).toContain('policy-unexplained');
    await live('interpretation', { interprets: [policy], form: '文字解读' });
    await runThrough();
    expect(await openRules(policy)).not.toContain('policy-unexplained');
    expect(await rulesInEditor()).not.toContain('policy-unexplained');
  });
});
