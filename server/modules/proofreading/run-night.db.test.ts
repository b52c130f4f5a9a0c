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
import { createLog } from '../../platform/log.ts';
import { createProofreader, isNightWanted, type Proofreader, proofreadingRoutes, runNight } from './index.ts';

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
  const log = createLog({ level: 'silent', pretty: false });
  const runner = (proofreader = createProofreader()) => ({ db, log, proofreader, clock: () => now });
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

  it('stops in the morning, and the next night begins where it came to', async () => {
    await live('article', { title: '早上以前' });
    now = new Date(now.getTime() + 86_400_000);
    const checked: string[] = [];
    const noting: Proofreader = {
      ready: () => Promise.resolve(''),
      check: ({ content }) => {
        checked.push(content.title);
        return Promise.resolve({ findings: [], complete: true, heaviestLeftOut: null });
      },
    };
    expect(await runNight(runner(noting))).toBeGreaterThan(0);
    const first = checked.splice(0);
    now = new Date(now.getTime() + 5 * 3_600_000);
    expect(await runNight(runner(noting))).toBe(0);
    await live('article', { title: '第二夜' });
    now = new Date(now.getTime() + 19 * 3_600_000);
    await runNight(runner(noting));
    expect(checked.splice(0)).toEqual(['第二夜']);
    expect(await runNight(runner(noting))).toBe(0);
    await runThrough();
    now = new Date(now.getTime() + 86_400_000);
    await runNight(runner(noting));
    expect(checked).toEqual([...first, '第二夜']);
  });

  it('goes on behind a text that cannot be checked, and half a character stops nothing', async () => {
    const broken = await live('policy', { title: '不能校核' });
    // What is told of it ends in the middle of its last sign.
    const href = `https://partner.example.com/${'x'.repeat(171)}😀`;
    const link = { type: 'text' as const, text: '这里', marks: [{ type: 'link' as const, attrs: { href } }] };
    const whole = await live('article', {
      body: { type: 'doc', content: [{ type: 'paragraph', content: [link] }] },
    });
    await runThrough();
    const before = await openRules(broken);
    expect(before).toContain('policy-unexplained');
    const proofreader = createProofreader();
    const refusing: Proofreader = {
      ready: proofreader.ready,
      check: (text) => {
        if (text.content.title === '不能校核') throw new Error('broken');
        return proofreader.check(text);
      },
    };
    now = new Date(now.getTime() + 86_400_000);
    while (await isNightWanted(runner())) await runNight(runner(refusing));
    expect(await openRules(broken)).toEqual(before);
    expect(await openRules(whole)).toContain('unapproved-host');
  });
});
