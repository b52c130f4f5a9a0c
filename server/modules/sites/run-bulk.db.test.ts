import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../../contracts/actor.ts';
import type { Problem } from '../../../contracts/endpoint.ts';
import type { BulkReport, BulkSummary, NewBulkAct } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn, type TestAccount } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  atlasOptions,
  edit,
  someContent,
  type TestDistrict,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { type BulkRunner, runBulk, sitesRoutes } from './index.ts';

describe('an order for many resources', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())]);
  const runner: BulkRunner = {
    db,
    base: atlasOptions().base,
    clock: () => new Date(),
    performAs: (actor, command, input) => stage.perform(actor, command, input),
    log: { error: () => undefined },
  };
  let district: TestDistrict;
  let first: string;
  let second: string;
  let account: TestAccount;
  let editor: Record<string, string>;
  let principal: Record<string, string>;
  let stranger: Record<string, string>;

  beforeAll(async () => {
    district = await aDistrict(stage);
    first = (await aColumn(stage, { site: district.portal })).id;
    second = (await aColumn(stage, { site: district.portal })).id;
    account = await anAccount(db, { unit: district.office, roles: ['editor'] });
    editor = await signIn(app, account);
    principal = await signIn(app, await anAccount(db, { unit: district.office, roles: ['principal'] }));
    stranger = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
  });

  const order = (headers: Record<string, string>, payload: NewBulkAct | object) =>
    app.inject({ method: 'POST', url: '/api/bulk-acts', headers, payload });
  const doAll = async () => {
    while (await runBulk(runner, new AbortController().signal));
  };
  const done = async (headers: Record<string, string>, payload: NewBulkAct): Promise<BulkReport> => {
    const taken = await order(headers, payload);
    expect(taken.statusCode, taken.body).toBe(201);
    await doAll();
    const { id } = taken.json<BulkReport>();
    return (await app.inject({ url: `/api/bulk-acts/${id}`, headers })).json<BulkReport>();
  };
  const live = (unitId = district.office.id) =>
    aPublished(stage, district.actor, { unitId, columnIds: [first] });
  const columnsOf = async (resourceId: string) =>
    (
      await db
        .selectFrom('sites.listing')
        .select('column_id')
        .where('resource_id', '=', resourceId)
        .orderBy('column_id')
        .execute()
    ).map((row) => row.column_id);

  it('is done one by one, and each that is refused says why', async () => {
    const [one, there, other] = [await live(), await live(), await live()];
    await done(editor, { kind: 'place', resourceIds: [there], columnId: second });
    const report = await done(editor, { kind: 'place', resourceIds: [one, there, other], columnId: second });
    expect(report.items.map(({ resourceId, outcome }) => [resourceId, outcome])).toEqual([
      [one, 'done'],
      [there, 'refused'],
      [other, 'done'],
    ]);
    expect(report.counts).toEqual({ waiting: 0, done: 2, refused: 1, failed: 0 });
    expect(report.finishedAt).not.toBeNull();
    expect(report.items[1]?.message).toContain('已经在这个栏目');
    expect(await columnsOf(one)).toEqual([first, second]);
  });

  it('is not taken for what another unit has', async () => {
    const resourceIds = [await live(), await live(district.bureau.id)];
    const answer = await order(editor, { kind: 'place', resourceIds, columnId: second });
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'library.resource-not-found']);
  });

  it('takes off one column, and never the last', async () => {
    const [two, only] = [await live(), await live()];
    await done(editor, { kind: 'place', resourceIds: [two], columnId: second });
    const report = await done(editor, { kind: 'take-off', resourceIds: [two, only], columnId: first });
    expect(report.items.map((item) => item.outcome)).toEqual(['done', 'refused']);
    expect(await columnsOf(two)).toEqual([second]);
    expect(await columnsOf(only)).toEqual([first]);
  });

  it('withdraws with its reason what is as it was when it was ordered', async () => {
    const [one, changed] = [await live(), await live()];
    const payload = { kind: 'withdraw', resourceIds: [one, changed], reason: '内容过时' };
    const { id } = (await order(principal, payload)).json<BulkReport>();
    await edit(stage, district.actor, changed, someContent({ title: '刚改过' }));
    await doAll();
    const report = (await app.inject({ url: `/api/bulk-acts/${id}`, headers: principal })).json<BulkReport>();
    expect(report.items.map((item) => item.outcome)).toEqual(['done', 'refused']);
    const row = await db
      .selectFrom('library.resource')
      .select(['stage', 'withdrawal_reason'])
      .where('id', '=', one)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ stage: 'withdrawn', withdrawal_reason: '内容过时' });
    expect(await columnsOf(changed)).toEqual([first]);
  });

  it('writes a new revision for a new category, which goes through review like any other', async () => {
    const id = await live();
    await done(editor, { kind: 'set-category', resourceIds: [id], category: '应急管理' });
    const row = await db
      .selectFrom('library.resource')
      .innerJoin('library.revision', 'library.revision.id', 'library.resource.head_revision_id')
      .select(['head_revision_id', 'live_revision_id', 'content'])
      .where('library.resource.id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.content).toMatchObject({ category: '应急管理', title: someContent().title });
    expect(row.head_revision_id).not.toBe(row.live_revision_id);
  });

  it('does nothing twice when its worker is killed between two resources', async () => {
    const [one, other] = [await live(), await live()];
    const { id } = (
      await order(editor, { kind: 'place', resourceIds: [one, other], columnId: second })
    ).json<BulkReport>();
    const killed = new AbortController();
    const performAs: BulkRunner['performAs'] = async (actor, command, input) => {
      const result = await runner.performAs(actor, command, input);
      killed.abort();
      return result;
    };
    await runBulk({ ...runner, performAs }, killed.signal);
    await doAll();
    const report = (await app.inject({ url: `/api/bulk-acts/${id}`, headers: editor })).json<BulkReport>();
    expect(report.counts).toEqual({ waiting: 0, done: 2, refused: 0, failed: 0 });
  });

  it('ends with the rights of who gave it', async () => {
    const leaving = await anAccount(db, { unit: district.office, roles: ['editor'] });
    const headers = await signIn(app, leaving);
    const id = await live();
    const taken = await order(headers, { kind: 'place', resourceIds: [id], columnId: second });
    await db
      .updateTable('identity.account')
      .set({ disabled_at: new Date() })
      .where('id', '=', leaving.id)
      .execute();
    await doAll();
    const item = await db
      .selectFrom('sites.bulk_item')
      .select('outcome')
      .where('bulk_act_id', '=', taken.json<BulkReport>().id)
      .executeTakeFirstOrThrow();
    expect(item.outcome).toBe('refused');
    expect(await columnsOf(id)).toEqual([first]);
  });

  it('records a fault as a fault and goes on', async () => {
    const [one, other] = [await live(), await live()];
    const { id } = (
      await order(editor, { kind: 'place', resourceIds: [one, other], columnId: second })
    ).json<BulkReport>();
    const turns: Actor[] = [];
    await runBulk(
      {
        ...runner,
        performAs: (actor, command, input) => {
          turns.push(actor);
          if (turns.length === 1) throw new Error('the disk is full');
          return runner.performAs(actor, command, input);
        },
      },
      new AbortController().signal,
    );
    const report = (await app.inject({ url: `/api/bulk-acts/${id}`, headers: editor })).json<BulkReport>();
    expect(report.items.map((item) => item.outcome)).toEqual(['failed', 'done']);
    expect(turns.map((actor) => actor.id)).toEqual([account.id, account.id]);
    expect(JSON.stringify(report)).not.toContain('disk');
  });

  it('is refused to the wrong role, without what it needs, and when it is malformed', async () => {
    const id = await aDraft(stage, district.actor, { unitId: district.office.id });
    const codeOf = async (headers: Record<string, string>, payload: object) =>
      (await order(headers, payload)).json<Problem>().code;
    const resourceIds = [id];
    expect(await codeOf(editor, { kind: 'withdraw', resourceIds, reason: '过时' })).toBe(
      'sites.bulk-forbidden',
    );
    expect(await codeOf(editor, { kind: 'place', resourceIds })).toBe('sites.bulk-incomplete');
    expect(await codeOf(editor, { kind: 'place', resourceIds, columnId: '987654321' })).toBe(
      'sites.column-not-found',
    );
    for (const payload of [
      { kind: 'place', resourceIds: [], columnId: first },
      { kind: 'delete', resourceIds },
      { kind: 'place', resourceIds, columnId: first, wish: 1 },
    ]) {
      expect(await codeOf(editor, payload)).toBe('request.malformed');
    }
  });

  it('is told to nobody but who gave it', async () => {
    const report = await done(editor, { kind: 'place', resourceIds: [await live()], columnId: second });
    const answer = await app.inject({ url: `/api/bulk-acts/${report.id}`, headers: stranger });
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'sites.bulk-not-found']);
    expect((await app.inject({ url: '/api/bulk-acts', headers: stranger })).json()).toEqual([]);
    const own = (await app.inject({ url: '/api/bulk-acts', headers: editor })).json<BulkSummary[]>();
    expect(own.map((one) => one.id)).toContain(report.id);
  });
});
