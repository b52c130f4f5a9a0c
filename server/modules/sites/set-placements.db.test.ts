import { beforeAll, describe, expect, it } from 'vitest';

import type { Problem } from '../../../contracts/endpoint.ts';
import type { Address } from '../../../contracts/sites.ts';
import { aConsole } from '../../../test/app.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  asCommand,
  aStage,
  atlasOptions,
  edit,
  publish,
  someContent,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { recallWork, returnWork, scheduleResource, submitHead } from '../library/index.ts';
import { sitesRoutes } from './index.ts';

const submitWork = asCommand((ctx, input: { resourceId: string; expectedVersion: number }) =>
  submitHead(ctx, input.resourceId, input.expectedVersion),
);
const giveBack = asCommand(returnWork);
const takeBack = asCommand(recallWork);

describe('the columns of a resource', () => {
  const { db } = aDatabase();
  const app = aConsole({ db }, [sitesRoutes(atlasOptions())]);
  const stage = aStage(db);
  let world: Awaited<ReturnType<typeof aWorld>>;

  async function aWorld() {
    const district = await aDistrict(stage);
    const { bureauSite: site, bureau } = district;
    const chosen = await aColumn(stage, { site, unitId: bureau.id });
    const other = await aColumn(stage, { site, unitId: bureau.id });
    const editor = await anAccount(db, { roles: ['editor'], unit: bureau });
    return { ...district, chosen, other, editor: await signIn(app, editor) };
  }
  beforeAll(async () => {
    world = await aWorld();
  });

  const versionOf = async (id: string) =>
    (await db.selectFrom('library.resource').select('version').where('id', '=', id).executeTakeFirstOrThrow())
      .version;
  const draft = () => aDraft(stage, world.actor, { unitId: world.bureau.id, columnIds: [world.chosen.id] });
  const submitted = async () => {
    const resourceId = await draft();
    const expectedVersion = await versionOf(resourceId);
    await stage.perform(world.actor, submitWork, { resourceId, expectedVersion });
    return resourceId;
  };
  const live = () =>
    aPublished(stage, world.actor, { unitId: world.bureau.id, columnIds: [world.chosen.id] });
  const inReviewAndLive = async () => {
    const resourceId = await live();
    await edit(stage, world.actor, resourceId, someContent({ title: '改过的标题' }));
    const expectedVersion = await versionOf(resourceId);
    await stage.perform(world.actor, submitWork, { resourceId, expectedVersion });
    return resourceId;
  };
  const scheduled = async () => {
    const resourceId = await draft();
    const releaseAt = new Date(Date.now() + 86_400_000).toISOString();
    const hours = { resourceId, expectedVersion: await versionOf(resourceId), releaseAt, expireAt: null };
    await stage.perform(world.actor, scheduleResource, hours);
    expect(await publish(stage, world.actor, resourceId)).toMatchObject({ outcome: 'scheduled' });
    return resourceId;
  };

  const placements = async (id: string) =>
    (await app.inject({ url: `/api/resources/${id}/placements`, headers: world.editor }))
      .json<Address>()
      .placements.map((one) => [one.columnId, one.isMain, one.live]);
  const move = (id: string) =>
    app.inject({
      method: 'PUT',
      url: `/api/resources/${id}/placements`,
      headers: world.editor,
      payload: { columnIds: [world.other.id, world.chosen.id] },
    });

  it.each([
    ['in review', submitted, '稿件正在审核，请先撤回审核再操作。'],
    [
      'in review again while an older revision is live',
      inReviewAndLive,
      '稿件正在审核，请先撤回审核再操作。',
    ],
    ['signed and waiting for its hour', scheduled, '稿件已签发待发布，请先撤回再操作。'],
  ])('stand still while it is %s: they are part of what was looked at', async (_when, make, title) => {
    const id = await make();
    const before = await placements(id);
    const answer = await move(id);
    expect(answer.statusCode).toBe(409);
    expect(answer.json<Problem>()).toMatchObject({ code: 'library.stage-forbids', title });
    expect(await placements(id)).toEqual(before);
    expect(before.map(([columnId]) => columnId)).toEqual([world.chosen.id]);
  });

  it.each([
    ['a draft', draft],
    [
      'returned by a reviewer',
      async () => {
        const id = await submitted();
        await stage.perform(world.actor, giveBack, id);
        return id;
      },
    ],
    [
      'taken back by its author',
      async () => {
        const id = await submitted();
        await stage.perform(world.actor, takeBack, id);
        return id;
      },
    ],
    ['live', live],
    [
      'withdrawn',
      async () => {
        const id = await live();
        await withdraw(stage, world.actor, id);
        return id;
      },
    ],
  ])('can be chosen while it is %s', async (_what, make) => {
    const id = await make();
    const wasLive = (await placements(id)).some(([, , isLive]) => isLive);
    expect((await move(id)).statusCode).toBe(200);
    expect(await placements(id)).toEqual([
      [world.other.id, true, wasLive],
      [world.chosen.id, false, wasLive],
    ]);
  });
});
