import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Neighbourhood, ResourceContent } from '../../../contracts/library.ts';
import { systemActor } from '../../platform/context.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  asCommand,
  aStage,
  edit,
  publish,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileAssetStore } from '../../platform/asset-store.ts';
import { libraryRoutes } from './index.ts';
import { recordRelations } from './record-relations.ts';

describe('relations that are an order', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  let district: TestDistrict;
  let columnId: string;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
  });

  const policy = (content: Partial<ResourceContent>) =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      type: 'policy',
      columnIds: [columnId],
      content,
    });
  const change = (id: string, content: Partial<ResourceContent>) =>
    edit(stage, district.actor, id, someContent(content, 'policy'));
  const loop = { code: 'library.relation-loop' };

  it('cannot be turned round directly', async () => {
    const old = await policy({ title: '旧法' });
    const now = await policy({ title: '新法', repeals: [old] });
    await expect(change(old, { amends: [now] })).rejects.toMatchObject(loop);
    await expect(change(now, { repeals: [], replacedBy: [old] })).resolves.toBeDefined();
    await expect(change(now, { repeals: [old], replacedBy: [old] })).rejects.toMatchObject(loop);
  });

  it('cannot be turned round over others, whichever side wrote it down', async () => {
    const first = await policy({ title: '一' });
    const second = await policy({ title: '二', amends: [first] });
    await change(second, { amends: [first] });
    const third = await policy({ title: '三' });
    await change(second, { amends: [first], replacedBy: [third] });
    await publish(stage, district.actor, second);
    await expect(change(first, { repeals: [third] })).rejects.toMatchObject(loop);
    await expect(change(third, { replacedBy: [first] })).rejects.toMatchObject(loop);
    // One text may not stand on both sides of what is recorded either.
    await expect(
      aDraft(stage, district.actor, {
        unitId: district.office.id,
        type: 'policy',
        content: { amends: [third], replacedBy: [first] },
      }),
    ).rejects.toMatchObject(loop);
  });

  it('hold for what is a part of something and for attachments, each for itself', async () => {
    const whole = await policy({ title: '规划' });
    const part = await policy({ title: '专项', partOf: [whole] });
    await expect(change(whole, { partOf: [part] })).rejects.toMatchObject(loop);
    await expect(change(whole, { attachmentOf: [part], seeAlso: [part] })).resolves.toBeDefined();
  });

  it('that cross while they wait are refused to a person and left out by a clock', async () => {
    const [one, other] = [await policy({ title: '甲' }), await policy({ title: '乙' })];
    await change(one, { partOf: [other] });
    await change(other, { partOf: [one] });
    await publish(stage, district.actor, one);
    await expect(publish(stage, district.actor, other)).rejects.toMatchObject(loop);
    const byClock = asCommand((ctx) => recordRelations(ctx, other, someContent({ partOf: [one] })));
    await stage.perform(systemActor('clock'), byClock, undefined);
    const rows = await db
      .selectFrom('library.relation')
      .select('target_id')
      .where('resource_id', '=', other)
      .execute();
    expect(rows).toEqual([]);
  });
});

describe('what lies around a resource', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [libraryRoutes({ assets: createFileAssetStore('/nowhere'), uploadBytes: 1 })]);
  let district: TestDistrict;
  let columnId: string;
  let editor: Record<string, string>;
  let stranger: Record<string, string>;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    editor = await signIn(app, await anAccount(db, { unit: district.office, roles: ['editor'] }));
    stranger = await signIn(app, await anAccount(db, { unit: district.bureau, roles: ['editor'] }));
  });

  const around = async (id: string, headers = editor) => {
    const answer = await app.inject({ url: `/api/resources/${id}/relations`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<Neighbourhood>();
  };
  const policy = (content: Partial<ResourceContent>, unitId = district.office.id) =>
    aPublished(stage, district.actor, { unitId, type: 'policy', columnIds: [columnId], content });

  it('is told from both sides, with the other unit’s public title and whether it may be opened', async () => {
    const old = await policy({ title: '旧办法' }, district.bureau.id);
    const now = await policy({ title: '新办法', amends: [old] });
    const relation = { from: now, to: old, kind: 'amends', isPublic: true };
    const mine = await around(now);
    expect(mine.relations).toEqual([relation]);
    expect(mine.resources).toMatchObject([
      { id: now, isOpen: true },
      { id: old, title: '旧办法', isOpen: false, isPublic: true },
    ]);
    expect((await around(old, stranger)).relations).toEqual([relation]);
  });

  it('reaches two steps and no further', async () => {
    const one = await policy({ title: '一' });
    const two = await policy({ title: '二', amends: [one] });
    const three = await policy({ title: '三', amends: [two] });
    const four = await policy({ title: '四', amends: [three] });
    const ids = (await around(one)).resources.map((resource) => resource.id);
    expect(ids).toEqual([one, two, three]);
    expect(ids).not.toContain(four);
  });

  it('shows what the newest revision adds, marked as not public', async () => {
    const [one, other] = [await policy({ title: '甲' }), await policy({ title: '乙' })];
    await edit(stage, district.actor, one, someContent({ title: '甲', seeAlso: [other] }, 'policy'));
    expect((await around(one)).relations).toEqual([
      { from: one, to: other, kind: 'seeAlso', isPublic: false },
    ]);
    expect((await around(other)).relations).toEqual([]);
  });

  it('names nobody who is neither public nor of the own units, nor who is reached only through one', async () => {
    const own = await policy({ title: '本单位' });
    const hidden = await policy({ title: '将撤回', seeAlso: [own] }, district.bureau.id);
    const behind = await policy({ title: '后面', seeAlso: [hidden] }, district.bureau.id);
    expect((await around(own)).resources).toHaveLength(3);
    await withdraw(stage, district.actor, hidden);
    const after = await around(own);
    expect(after.resources.map((one) => one.id)).toEqual([own]);
    expect(after.relations).toEqual([]);
    expect(JSON.stringify(after)).not.toContain(behind);
  });

  it('is not found for a stranger, and takes no unknown key', async () => {
    const draft = await aDraft(stage, district.actor, { unitId: district.office.id });
    const answer = await app.inject({ url: `/api/resources/${draft}/relations`, headers: stranger });
    expect([answer.statusCode, answer.json<Problem>().code]).toEqual([404, 'library.resource-not-found']);
    const strange = await app.inject({ url: `/api/resources/${draft}/relations?deep=9`, headers: editor });
    expect(strange.statusCode).toBe(400);
  });
});
