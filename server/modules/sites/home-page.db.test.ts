import { beforeAll, describe, expect, it } from 'vitest';

import type { Actor } from '../../../contracts/actor.ts';
import { someBlocks } from '../../../test/factories/blocks.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  publish,
  someComposition,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { inMemory } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';

import { getResource, scheduleResource } from '../library/index.ts';
import { runDue } from './run-due.ts';
import { siteById } from './site.queries.ts';

describe('a composed home page', () => {
  const { db } = aDatabase();
  let now = new Date('2026-11-22T02:00:00Z');
  const stage = aStage(db, () => now);
  const pages = inMemory(db);
  let district: TestDistrict;
  let actor: Actor;
  let columnId: string;
  let foreignColumnId: string;

  beforeAll(async () => {
    district = await aDistrict(stage);
    ({ actor } = district);
    columnId = (await aColumn(stage, { site: district.portal, kind: 'news', name: '要闻', homePosition: 0 }))
      .id;
    foreignColumnId = (await aColumn(stage, { site: district.bureauSite, name: '教育通知' })).id;
    await aPublished(stage, actor, {
      unitId: district.office.id,
      columnIds: [columnId],
      content: { title: '第一条要闻' },
    });
    await aPublished(stage, actor, {
      unitId: district.bureau.id,
      columnIds: [foreignColumnId],
      content: { title: '开学通知' },
    });
    await pages.follow();
  });

  const homeOf = (siteId: string): string => pages.shown.get(`${siteId}/`) ?? '';
  const stageOf = async (id: string) => {
    const row = await getResource({ db, actor }, id);
    return { stage: row.stage, live: row.liveRevisionId !== null, reason: row.withdrawalReason };
  };
  const aHome = (title: string, blocks = someBlocks({ columnIds: [columnId, foreignColumnId] })) =>
    aDraft(stage, actor, {
      unitId: district.office.id,
      type: 'home',
      content: { title, siteId: district.portal.id, blocks },
    });

  it('takes the place of the automatic one at its release, and a withdrawal brings that back', async () => {
    const before = homeOf(district.portal.id);
    expect(before).toContain('第一条要闻');
    const id = await aHome('国庆版');
    await pages.follow();
    expect(homeOf(district.portal.id)).toBe(before);
    await publish(stage, actor, id);
    const touched = await pages.follow();
    const composed = homeOf(district.portal.id);
    expect(composed).toContain('辖区概况');
    // What another site's column shows is listed, with the whole address of that site.
    expect(composed).toContain(`http://${district.bureauSite.domains[0] ?? ''}/`);
    expect(composed).toContain('开学通知');
    expect(touched.filter((key) => !key.startsWith('article/'))).toEqual([`home/${district.portal.id}`]);
    await withdraw(stage, actor, id);
    await pages.follow();
    expect(homeOf(district.portal.id)).toBe(before);
    expect((await siteById(db, district.portal.id))?.homeResourceId).toBeNull();
  });

  it('follows the columns that its blocks show, those of other sites too', async () => {
    const id = await aHome('跟随栏目');
    await publish(stage, actor, id);
    await pages.follow();
    await aPublished(stage, actor, {
      unitId: district.bureau.id,
      columnIds: [foreignColumnId],
      content: { title: '招生通知' },
    });
    await pages.follow();
    expect(homeOf(district.portal.id)).toContain('招生通知');
  });

  it('is one for each site: a second one takes off the first in the same moment, and the record says why', async () => {
    const first = await aHome('第一版');
    await publish(stage, actor, first);
    const second = await aHome('第二版');
    await publish(stage, actor, second);
    expect((await siteById(db, district.portal.id))?.homeResourceId).toBe(second);
    expect(await stageOf(second)).toMatchObject({ stage: 'live', live: true });
    expect(await stageOf(first)).toEqual({
      stage: 'withdrawn',
      live: false,
      reason: '首页已由“第二版”接替',
    });
  });

  it('is edited like anything else: citizens see the former revision until the new one is signed', async () => {
    const id = await aHome('待修改');
    await publish(stage, actor, id);
    await pages.follow();
    const before = homeOf(district.portal.id);
    const blocks = someBlocks({ columnIds: [columnId] }).slice(0, 2);
    const content = someComposition('home', blocks, { title: '待修改', siteId: district.portal.id });
    await edit(stage, actor, id, content);
    await pages.follow();
    expect(homeOf(district.portal.id)).toBe(before);
    await publish(stage, actor, id);
    await pages.follow();
    expect(homeOf(district.portal.id)).not.toContain('辖区概况');
    expect((await siteById(db, district.portal.id))?.homeResourceId).toBe(id);
  });

  it('is switched at its hour by the due clock', async () => {
    const id = await aHome('元旦版');
    const { version } = await getResource({ db, actor }, id);
    const releaseAt = new Date(now.getTime() + 3_600_000);
    await stage.perform(actor, scheduleResource, {
      resourceId: id,
      expectedVersion: version,
      releaseAt: releaseAt.toISOString(),
      expireAt: null,
    });
    await publish(stage, actor, id);
    expect((await siteById(db, district.portal.id))?.homeResourceId).not.toBe(id);
    now = new Date(releaseAt.getTime() + 1_000);
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const log = silent as unknown as Parameters<typeof runDue>[0]['log'];
    expect(await runDue({ db, clock: stage.clock, performAsSystem: stage.performAsSystem, log })).toBe(1);
    expect((await siteById(db, district.portal.id))?.homeResourceId).toBe(id);
  });

  it('of two that are signed at the same moment, one is the home page and the other is none', async () => {
    const [one, other] = [await aHome('甲版'), await aHome('乙版')];
    await Promise.all([publish(stage, actor, one), publish(stage, actor, other)]);
    const home = (await siteById(db, district.portal.id))?.homeResourceId;
    expect([one, other]).toContain(home);
    const stages = [await stageOf(one), await stageOf(other)].map((each) => each.live);
    expect(stages.filter(Boolean)).toHaveLength(1);
  });

  it('withdraws and takes over at the same moment without waiting in a circle', async () => {
    const former = await aHome('将撤回');
    await publish(stage, actor, former);
    const next = await aHome('将接替');
    await Promise.allSettled([withdraw(stage, actor, former), publish(stage, actor, next)]);
    expect((await siteById(db, district.portal.id))?.homeResourceId).toBe(next);
    expect(await stageOf(former)).toMatchObject({ stage: 'withdrawn', live: false });
  });

  it('is not released on a site that changed hands after it was written', async () => {
    const id = await aHome('移交前');
    const move = (unitId: string) =>
      db.updateTable('sites.site').set({ unit_id: unitId }).where('id', '=', district.portal.id).execute();
    await move(district.bureau.id);
    const refused = publish(stage, actor, id);
    await expect(refused).rejects.toMatchObject({ kind: 'conflict', code: 'sites.site-not-yours' });
    await move(district.office.id);
    expect(await stageOf(id)).toMatchObject({ stage: 'draft', live: false });
  });

  it('shows its files on its site while it is the home page, and no longer', async () => {
    const picture = await db
      .insertInto('library.asset')
      .values({
        unit_id: district.office.id,
        digest: 'ce'.repeat(32),
        file_name: 'banner.png',
        media_type: 'image/png',
        size: 10,
        width: 40,
        height: 30,
        uploaded_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const film = await db
      .insertInto('library.asset')
      .values({
        unit_id: district.office.id,
        digest: 'cf'.repeat(32),
        file_name: 'film.mp4',
        media_type: 'video/mp4',
        size: 10,
        uploaded_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const blocks = someBlocks({ columnIds: [columnId], pictureId: picture.id, videoId: film.id });
    const id = await aHome('带图片', blocks);
    await publish(stage, actor, id);
    await pages.follow();
    const at = (name: string, digest: string): string | undefined =>
      pages.shown.get(`${district.portal.id}/files/${digest.repeat(32)}/${name}`);
    expect(at('banner.png', 'ce')).toBe(`file ${'ce'.repeat(32)}`);
    expect(at('film.mp4', 'cf')).toBe(`file ${'cf'.repeat(32)}`);
    await publish(stage, actor, await aHome('不带图片'));
    await pages.follow();
    expect(at('banner.png', 'ce')).toBeUndefined();
    expect(at('film.mp4', 'cf')).toBeUndefined();
  });
});
