import { beforeAll, describe, expect, it } from 'vitest';

import type { CheckedRevision, Finding } from '../contracts/proofreading.ts';
import { aConsole } from '../test/app.ts';
import { anAccount, signIn } from '../test/factories/identity.ts';
import { aRuleSet, aWord } from '../test/factories/proofreading.ts';
import {
  aBody,
  aColumn,
  aDistrict,
  aDraft,
  aStage,
  someContent,
  type TestDistrict,
} from '../test/factories/sites.ts';
import { aDatabase } from '../test/harness.ts';
import { createProofreader, proofreadingRoutes } from './modules/proofreading/index.ts';
import { reviewRoutes } from './modules/review/index.ts';
import { submissionGate } from './submission-gate.ts';

type Headers = Record<string, string>;

describe('what is handed in is checked', () => {
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
  let stranger: Headers;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    await anAccount(db, { unit: district.office, roles: ['reviewer'] });
    stranger = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
    await aRuleSet(db, [aWord('绝禁词'), aWord('宜改词', { prefer: '好词', severity: 'note' })], {
      severity: 'blocks',
    });
    await aRuleSet(db, [aWord('慎用词')], { severity: 'needs-reason' });
  });

  const content = (title: string, ...lines: string[]) =>
    someContent({ title, summary: '', body: aBody(...lines) });
  const draft = (one: ReturnType<typeof content>) =>
    aDraft(stage, district.actor, { unitId: district.office.id, content: one, columnIds: [columnId] });
  const send = async (method: 'GET' | 'POST', url: string, headers: Headers, payload?: object) =>
    app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const submit = async (id: string, reasons?: readonly object[]) => {
    const { version } = await db
      .selectFrom('library.resource')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return send('POST', `/api/resources/${id}/reviews`, editor, {
      expectedVersion: version,
      ...(reasons ? { reasons } : {}),
    });
  };
  const stageOf = async (id: string) =>
    (
      await db
        .selectFrom('library.resource')
        .select(['stage', 'version', 'head_revision_id'])
        .where('id', '=', id)
        .execute()
    )[0];

  it('what blocks refuses with the list, and the draft stays as it was', async () => {
    const id = await draft(content('不能提交', '这里有绝禁词。'));
    const before = await stageOf(id);
    const answer = await submit(id);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'proofreading.blocked',
      details: { findings: [{ found: '绝禁词', place: { part: 'body', start: 3, end: 6 } }] },
    });
    expect(await stageOf(id)).toEqual(before);
    expect(before?.stage).toBe('draft');
  });

  it('what needs a reason goes on with one for each finding, which is kept with the revision for ever', async () => {
    const id = await draft(content('须说明', '慎用词与慎用词。'));
    const refused = await submit(id);
    expect(refused.json()).toMatchObject({ code: 'proofreading.reason-missing' });
    const { findings } = refused.json<{ details: { findings: Finding[] } }>().details;
    expect(findings).toHaveLength(2);
    const reasons = findings.map(({ rule, place, found }) => ({
      rule,
      place,
      found,
      reason: '引用原文，不宜改动',
    }));
    expect((await submit(id, reasons.slice(1))).statusCode).toBe(422);
    const elsewhere = reasons.map((one) => ({ ...one, place: { ...one.place, start: 0 } }));
    expect((await submit(id, elsewhere)).statusCode).toBe(422);
    expect((await submit(id, reasons)).statusCode).toBe(201);

    const shown = await send('GET', `/api/resources/${id}/revisions/1/proofreading`, editor);
    const checked = shown.json<CheckedRevision>();
    expect(checked.findings).toHaveLength(2);
    expect(checked.overrides.map((one) => one.reason)).toEqual(['引用原文，不宜改动', '引用原文，不宜改动']);
    const hidden = await send('GET', `/api/resources/${id}/revisions/1/proofreading`, stranger);
    expect(hidden.statusCode).toBe(404);
    const change = db.updateTable('proofreading.override').set({ reason: '改了' }).execute();
    await expect(change).rejects.toThrow('never changed');
  });

  it('a reason is stated once: what is handed in again goes on with it, and it stays whose it was', async () => {
    const id = await draft(content('再次提交', '慎用词与慎用词。'));
    const { findings } = (await submit(id)).json<{ details: { findings: Finding[] } }>().details;
    const reasons = findings.map(({ rule, place, found }, at) => ({
      rule,
      place,
      found,
      reason: `理由之${String(at)}`,
    }));
    const some = await submit(id, reasons.slice(1));
    expect(some.json<{ details: { findings: Finding[] } }>().details.findings).toEqual(findings);
    expect((await submit(id, reasons)).statusCode).toBe(201);
    const reviews = await send('GET', `/api/reviews?resourceId=${id}`, editor);
    const [review] = reviews.json<{ items: { id: string }[] }>().items;
    const back = await send('POST', `/api/reviews/${review?.id ?? ''}/recall`, editor);
    expect(back.statusCode, back.body).toBeLessThan(300);
    expect((await submit(id)).statusCode).toBe(201);
    const shown = await send('GET', `/api/resources/${id}/revisions/1/proofreading`, editor);
    expect(shown.json<CheckedRevision>().overrides.map((one) => one.reason)).toEqual(['理由之0', '理由之1']);
  });

  it('more than can be told cannot be explained, and is refused', async () => {
    const id = await draft(content('太多', '慎用词，'.repeat(301)));
    const refused = await submit(id);
    expect(refused.json()).toMatchObject({ code: 'proofreading.too-many-findings' });
    const { findings } = refused.json<{ details: { findings: Finding[] } }>().details;
    expect(findings).toHaveLength(300);
    const reasons = findings.map(({ rule, place, found }) => ({
      rule,
      place,
      found,
      reason: '引用原文，不宜改动',
    }));
    expect((await submit(id, reasons)).json()).toMatchObject({ code: 'proofreading.too-many-findings' });
    expect((await stageOf(id))?.stage).toBe('draft');
  });

  it('what is cut within a character is kept all the same', async () => {
    const pattern = { name: '长段', pattern: '长.{200}', message: '太长', severity: null };
    await aRuleSet(db, [pattern], { kind: 'pattern', severity: 'note' });
    const id = await draft(content('表情', `长${'😀'.repeat(200)}`));
    const answer = await submit(id);
    expect(answer.statusCode, answer.body).toBe(201);
    const shown = await send('GET', `/api/resources/${id}/revisions/1/proofreading`, editor);
    const [finding] = shown.json<CheckedRevision>().findings;
    expect(finding?.found.isWellFormed()).toBe(true);
    expect(finding?.found).toHaveLength(200);
  });

  it('a note stops nobody and is shown with the revision', async () => {
    const id = await draft(content('只有提示', '宜改词'));
    expect((await submit(id)).statusCode).toBe(201);
    const shown = await send('GET', `/api/resources/${id}/revisions/1/proofreading`, editor);
    expect(shown.json<CheckedRevision>()).toMatchObject({
      findings: [{ found: '宜改词', suggestion: '好词' }],
      overrides: [],
    });
  });
});
