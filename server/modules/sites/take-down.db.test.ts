import { describe, expect, it } from 'vitest';

import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
} from '../../../test/factories/sites.ts';
import { anAccount } from '../../../test/factories/identity.ts';
import { aDatabase } from '../../../test/harness.ts';
import { getResource, submitHead } from '../library/index.ts';
import { asCommand } from '../../../test/factories/sites.ts';
import { listTakeDowns, replyToTakeDown, takeDownTasks } from './answer-take-down.ts';
import { importArchive } from './import-archive.ts';
import { publishRevision, takeDownResource } from './publish-resource.ts';
import { reviseArchive } from './revise-archive.ts';

describe('taking down by order', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  let made: ReturnType<typeof makeWorld> | undefined;
  const makeWorld = async () => {
    const district = await aDistrict(stage);
    const column = await aColumn(stage, { site: district.bureauSite });
    const operator = await anAccount(db, { roles: ['operator'] });
    const editor = await anAccount(db, { unit: district.bureau, roles: ['editor'] });
    const wishes = { unitId: district.bureau.id, columnIds: [column.id] };
    return { ...district, column, operator: operator.actor, editor: editor.actor, wishes };
  };
  const world = () => (made ??= makeWorld());
  const read = async (id: string) => getResource({ db, actor: (await world()).actor }, id);
  const takeDown = async (resourceId: string, reason = '含有未公开的个人信息') => {
    const { operator } = await world();
    const { version: expectedVersion } = await read(resourceId);
    return stage.perform(operator, takeDownResource, { resourceId, expectedVersion, reason });
  };

  it('removes at once, tells the unit with the reason, and is done with when the unit has answered', async () => {
    const { actor, editor, wishes } = await world();
    const id = await aPublished(stage, actor, wishes);
    await takeDown(id);
    expect(await read(id)).toMatchObject({ stage: 'withdrawn', liveRevisionId: null, takenDown: true });
    expect(
      await db.selectFrom('sites.listing').select('resource_id').where('resource_id', '=', id).execute(),
    ).toEqual([]);
    const reader = { db, actor: editor, now: new Date() };
    const [task] = await takeDownTasks(reader);
    expect(task).toMatchObject({ kind: 'take-down', resourceId: id });
    expect(task?.detail).toContain('含有未公开的个人信息');
    const row = await db
      .selectFrom('sites.take_down')
      .select('id')
      .where('resource_id', '=', id)
      .executeTakeFirstOrThrow();
    const holds = async () => (await listTakeDowns(reader, { resourceId: id })).items.map((one) => one.holds);
    await stage.perform(editor, replyToTakeDown, { takeDownId: row.id, reply: '已删去，重新送审。' });
    expect(await holds()).toEqual([true]);
    expect(await takeDownTasks(reader)).toEqual([]);
    await expect(
      stage.perform(editor, replyToTakeDown, { takeDownId: row.id, reply: '再答一次' }),
    ).rejects.toMatchObject({ code: 'sites.take-down-answered' });
    await publish(stage, actor, id);
    expect(await holds()).toEqual([false]);
  });

  it('comes back by a review that begins after it, not by one that was under way', async () => {
    const { actor, wishes } = await world();
    const id = await aPublished(stage, actor, wishes);
    await edit(stage, actor, id, someContent({ title: '改过的标题' }));
    const submit = asCommand(async (ctx) => submitHead(ctx, id, (await read(id)).version));
    const { revision } = await stage.perform(actor, submit, undefined);
    await takeDown(id);
    const sign = asCommand((ctx) => publishRevision(ctx, id, revision.id));
    await expect(stage.perform(actor, sign, undefined)).rejects.toMatchObject({ code: 'library.taken-down' });
    expect(await read(id)).toMatchObject({ stage: 'in-review', liveRevisionId: null });
    await db.updateTable('library.resource').set({ stage: 'returned' }).where('id', '=', id).execute();
    await publish(stage, actor, id);
    expect(await read(id)).toMatchObject({ stage: 'live', takenDown: false });
  });

  it('is not undone by the platform or the old site that the text came from', async () => {
    const { column, wishes } = await world();
    const { unitId } = wishes;
    const items = [{ importKey: '旧站/下架', type: 'article' as const, content: someContent() }];
    const [imported] = await stage.performAsSystem(importArchive, { unitId, columnId: column.id, items });
    const id = imported?.resourceId ?? '';
    await takeDown(id);
    const again = { unitId, items, revivable: ['旧站/下架'] };
    expect(await stage.performAsSystem(reviseArchive, again)).toEqual([]);
    expect(await read(id)).toMatchObject({ stage: 'withdrawn', liveRevisionId: null, takenDown: true });
  });

  it('is the operator’s alone, and of what citizens see or will see', async () => {
    const { actor, editor, operator, wishes } = await world();
    const id = await aPublished(stage, actor, wishes);
    const input = { resourceId: id, expectedVersion: (await read(id)).version, reason: '应当下架' };
    await expect(stage.perform(editor, takeDownResource, input)).rejects.toMatchObject({
      code: 'library.operator-required',
    });
    const draft = await aDraft(stage, actor, wishes);
    await expect(
      stage.perform(operator, takeDownResource, {
        resourceId: draft,
        expectedVersion: 1,
        reason: '应当下架',
      }),
    ).rejects.toMatchObject({ code: 'library.stage-forbids' });
  });
});
