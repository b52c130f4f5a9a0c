import { beforeAll, describe, expect, it } from 'vitest';

import { someBlocks } from '../../../test/factories/blocks.ts';
import {
  aColumn,
  aDistrict,
  aDraft,
  aPublished,
  aStage,
  edit,
  place,
  publish,
  someComposition,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { inMemory } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { runDue } from './run-due.ts';

describe('a topic', () => {
  const { db } = aDatabase();
  let now = new Date('2026-11-22T02:00:00Z');
  const stage = aStage(db, () => now);
  const pages = inMemory(db);
  let district: TestDistrict;
  let topicColumn: string;
  let newsColumn: string;

  beforeAll(async () => {
    district = await aDistrict(stage);
    topicColumn = (await aColumn(stage, { site: district.portal, kind: 'topic', slug: 'zt' })).id;
    newsColumn = (await aColumn(stage, { site: district.portal, kind: 'news', slug: 'xw' })).id;
    await aPublished(stage, district.actor, { unitId: district.office.id, columnIds: [newsColumn] });
    await pages.follow();
  });

  const blocks = () => someBlocks({ columnIds: [newsColumn] });
  const aTopic = (title: string, endsOn?: string) =>
    aDraft(stage, district.actor, {
      unitId: district.office.id,
      type: 'topic',
      columnIds: [topicColumn],
      content: { title, blocks: blocks(), ...(endsOn === undefined ? {} : { endsOn }) },
    });
  const pageOf = (id: string): string =>
    [...pages.shown].find(([address]) => address.endsWith(`_${id}.html`))?.[1] ?? '';
  const ended = '结束归档，内容供查阅';
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const log = silent as unknown as Parameters<typeof runDue>[0]['log'];
  const tick = () => runDue({ db, clock: stage.clock, performAsSystem: stage.performAsSystem, log });

  it('has a page of its own, stands in its column, and answers 410 after its withdrawal', async () => {
    const id = await aTopic('优化营商环境');
    await publish(stage, district.actor, id);
    await pages.follow();
    expect(pageOf(id)).toContain('优化营商环境');
    expect(pageOf(id)).toContain('辖区概况');
    expect(pages.shown.get(`${district.portal.id}/zt/`)).toContain('优化营商环境');
    await withdraw(stage, district.actor, id);
    await pages.follow();
    expect(pageOf(id)).toMatch(/^gone /);
    expect(pages.shown.get(`${district.portal.id}/zt/`)).not.toContain('优化营商环境');
  });

  it('is said to be over once its last day has passed in China, and told so once', async () => {
    const id = await aTopic('安全生产月', '2026-11-22');
    await publish(stage, district.actor, id);
    now = new Date('2026-11-22T15:59:00Z');
    expect(await tick()).toBe(0);
    await pages.follow();
    expect(pageOf(id)).not.toContain(ended);
    now = new Date('2026-11-22T16:00:01Z');
    expect(await tick()).toBe(1);
    expect(await pages.follow()).toContain(`article/${id}`);
    expect(pageOf(id)).toContain(ended);
    expect(await tick()).toBe(0);
  });

  it('goes on when an edit gives it a later last day', async () => {
    const id = await aTopic('读书节', '2026-11-01');
    await publish(stage, district.actor, id);
    await pages.follow();
    expect(pageOf(id)).toContain(ended);
    const content = someComposition('topic', blocks(), { title: '读书节', endsOn: '2027-01-01' });
    await edit(stage, district.actor, id, content);
    await publish(stage, district.actor, id);
    await pages.follow();
    expect(pageOf(id)).not.toContain(ended);
  });

  it('has its main column among those of topics, and may be shown in others beside it', async () => {
    const id = await aTopic('只在专题');
    const elsewhere = place(stage, district.actor, id, [newsColumn, topicColumn]);
    await expect(elsewhere).rejects.toMatchObject({ code: 'sites.topic-column-required' });
    await expect(place(stage, district.actor, id, [topicColumn, newsColumn])).resolves.toBeDefined();
  });

  it('cannot be handed in with half-written blocks, and is told which', async () => {
    const id = await aDraft(stage, district.actor, {
      unitId: district.office.id,
      type: 'topic',
      columnIds: [topicColumn],
      content: {
        blocks: [
          { key: 'cards01', kind: 'cards', title: '', cards: [{ name: '入口', url: 'javascript:alert(1)' }] },
        ],
      },
    });
    await expect(publish(stage, district.actor, id)).rejects.toMatchObject({
      code: 'library.content-incomplete',
      details: {
        problems: [
          { field: 'blocks', message: '第1块“专题卡片”：请填写标题。' },
          { field: 'blocks', message: expect.stringContaining('第1张卡片的链接要写成本站路径') as string },
        ],
      },
    });
  });
});
