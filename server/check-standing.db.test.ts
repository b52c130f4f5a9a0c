import { beforeAll, describe, expect, it } from 'vitest';

import { type CheckDecision, type CheckRule, checkRuleApi } from '../contracts/check-rule.ts';
import type { Problem } from '../contracts/endpoint.ts';
import type { Proofreading } from '../contracts/proofreading.ts';
import { aConsole } from '../test/app.ts';
import { anAccount, signIn } from '../test/factories/identity.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  someContent,
  type TestDistrict,
} from '../test/factories/sites.ts';
import { aDatabase } from '../test/harness.ts';
import {
  createProofreader,
  isNightWanted,
  proofreadingRoutes,
  runNight,
} from './modules/proofreading/index.ts';
import { reviewRoutes } from './modules/review/index.ts';
import { dayInChina } from './platform/china-time.ts';
import { createLog } from './platform/log.ts';
import { submissionGate } from './submission-gate.ts';

type Headers = Record<string, string>;

describe('how a built-in rule weighs', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const proofreader = createProofreader();
  const app = aConsole({ db }, [
    proofreadingRoutes(proofreader),
    reviewRoutes([], { gate: submissionGate(proofreader) }),
  ]);
  let district: TestDistrict;
  let columnId: string;
  let editor: Headers;
  let operator: Headers;
  let supervisor: Headers;
  /** Three in the morning of the next day in China. */
  let night = new Date(Date.parse(`${dayInChina(new Date())}T19:00:00Z`));
  const today = dayInChina(new Date());

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    await anAccount(db, { unit: district.office, roles: ['reviewer'] });
    operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
    supervisor = await signIn(app, await anAccount(db, { roles: ['supervisor'] }));
  });

  const wrongDay = someContent({ title: '报名通知', summary: '', body: aBody('报名到2026年2月30日为止。') });
  const place = { columnIds: [] as string[], content: wrongDay };
  const draft = () =>
    aDraft(stage, district.actor, { ...place, unitId: district.office.id, columnIds: [columnId] });
  const send = (method: 'GET' | 'POST' | 'PUT', url: string, headers: Headers, payload?: object) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const rules = async () =>
    (await send('GET', checkRuleApi.listCheckRules.path, operator)).json<CheckRule[]>();
  const ruleOf = async (check: string, rule: string): Promise<CheckRule> => {
    const found = (await rules()).find((one) => one.check === check && one.rule === rule);
    if (!found) throw new Error(`no rule ${rule}`);
    return found;
  };
  const decide = async (check: string, rule: string, change: object, headers = operator) => {
    const { version } = await ruleOf(check, rule);
    return send('PUT', `/api/check-rules/${check}/${rule}`, headers, {
      ...{ expectedVersion: version, effectiveFrom: today, reason: '本区另有安排' },
      ...change,
    });
  };
  const codeOf = async (answer: ReturnType<typeof decide>) => (await answer).json<Problem>().code;
  const typed = async () => {
    const url = `/api/resources/${await draft()}/proofreading`;
    const answer = await send('POST', url, editor, { content: wrongDay });
    return answer.json<Proofreading>().findings.map(({ rule, severity }) => `${rule} ${severity}`);
  };
  const handedIn = async () => {
    const id = await draft();
    const { version } = await db
      .selectFrom('library.resource')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const answer = await send('POST', `/api/resources/${id}/reviews`, editor, { expectedVersion: version });
    return answer.statusCode === 201 ? 'accepted' : answer.json<Problem>().code;
  };
  const atNight = async (id: string) => {
    night = new Date(night.getTime() + 86_400_000);
    const log = createLog({ level: 'silent', pretty: false });
    const runner = { db, log, proofreader: createProofreader(), clock: () => night };
    while (await isNightWanted(runner)) await runNight(runner);
    const rows = await db
      .selectFrom('proofreading.finding')
      .select(['rule', 'severity'])
      .where('resource_id', '=', id)
      .where('state', '=', 'open')
      .execute();
    return rows.map(({ rule, severity }) => `${rule} ${severity}`);
  };

  it('is decided once, and followed when one types, hands in and at night', async () => {
    const published = await aPublished(stage, district.actor, {
      ...place,
      ...{ unitId: district.office.id, columnIds: [columnId] },
    });
    const asBuilt = 'no-such-day needs-reason';
    expect(await typed()).toContain(asBuilt);
    expect(await handedIn()).toBe('proofreading.reason-missing');
    expect(await atNight(published)).toContain(asBuilt);

    expect((await decide('times', 'no-such-day', { standing: 'blocks' })).statusCode).toBe(200);
    expect(await typed()).toContain('no-such-day blocks');
    expect(await handedIn()).toBe('proofreading.blocked');
    expect(await atNight(published)).toContain('no-such-day blocks');

    expect((await decide('times', 'no-such-day', { standing: 'off' })).statusCode).toBe(200);
    expect((await typed()).join()).not.toContain('no-such-day');
    expect(await handedIn()).toBe('accepted');
    expect((await atNight(published)).join()).not.toContain('no-such-day');

    const decisions = await send('GET', '/api/check-rules/times/no-such-day/decisions', supervisor);
    expect(
      decisions.json<CheckDecision[]>().map(({ number, standing, reason }) => [number, standing, reason]),
    ).toEqual([
      [2, 'off', '本区另有安排'],
      [1, 'blocks', '本区另有安排'],
    ]);
  });

  it('holds from its day on, and says until then what holds and what is to come', async () => {
    const later = dayInChina(new Date(Date.now() + 40 * 86_400_000));
    await decide('pictures', 'alt-missing', { standing: 'note', effectiveFrom: later });
    expect(await ruleOf('pictures', 'alt-missing')).toMatchObject({
      ...{ usual: 'needs-reason', standing: 'needs-reason' },
      last: { standing: 'note', effectiveFrom: later },
    });
    const earlier = decide('pictures', 'alt-missing', { standing: 'note', effectiveFrom: '2026-01-01' });
    expect(await codeOf(earlier)).toBe('proofreading.decided-earlier');
  });

  it('keeps the floor of what protects people by law, and may be raised', async () => {
    for (const [check, rule] of [
      ['personal-data', 'id-number'],
      ['personal-data', 'mobile'],
      ['pictures', 'emblem-not-approved'],
      ['wording', 'advertising'],
      ['links', 'blocked-host'],
    ] as const) {
      for (const standing of ['note', 'off'])
        expect(await codeOf(decide(check, rule, { standing })), rule).toBe('proofreading.rule-protected');
    }
    expect((await ruleOf('personal-data', 'id-number')).choices).toEqual(['blocks', 'needs-reason']);
    expect((await decide('pictures', 'emblem-not-approved', { standing: 'blocks' })).statusCode).toBe(200);
  });

  it('is decided by operators alone, on what they saw, of rules that there are', async () => {
    const change = { standing: 'note' };
    expect(await codeOf(decide('times', 'no-such-day', change, supervisor))).toBe(
      'proofreading.operator-required',
    );
    expect(await codeOf(decide('times', 'no-such-day', change, editor))).toBe(
      'proofreading.operator-required',
    );
    expect((await send('GET', checkRuleApi.listCheckRules.path, editor)).statusCode).toBe(403);
    expect(await codeOf(decide('times', 'no-such-day', { ...change, expectedVersion: 999 }))).toBe(
      'proofreading.set-changed',
    );
    const unknown = { standing: 'off', expectedVersion: 0, effectiveFrom: today, reason: '没有' };
    const answer = await send('PUT', '/api/check-rules/times/no-such-rule', operator, unknown);
    expect(answer.json<Problem>().code).toBe('proofreading.rule-not-found');
    expect((await decide('times', 'no-such-day', { ...change, reason: ' ' })).statusCode).toBe(400);
    expect((await decide('times', 'no-such-day', { ...change, more: 1 })).statusCode).toBe(400);
  });
});
