import { describe, expect, it } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  atlasOptions,
  edit,
  publish,
  someContent,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { articlePages } from './article.pages.ts';

describe('what a page tells of what happened since', () => {
  const { db } = aDatabase();
  let now = new Date('2026-07-01T01:00:00Z');
  const stage = aStage(db, () => now);
  let made: ReturnType<typeof makeWorld> | undefined;
  const makeWorld = async () => {
    const district = await aDistrict(stage);
    const column = await aColumn(stage, { site: district.portal });
    return { actor: district.actor, wishes: { unitId: district.office.id, columnIds: [column.id] } };
  };
  const world = () => (made ??= makeWorld());
  const pageOf = async (id: string): Promise<string> => {
    const definition = articlePages(atlasOptions());
    const [page] = await definition.load(db, [`article/${id}`]);
    if (page?.outcome !== 'page') throw new Error(`resource ${id} has no page`);
    return definition.render(page);
  };
  const emergency = (values: Partial<ResourceContent>): Partial<ResourceContent> => ({
    values: {
      'emergency.kind': '自然灾害',
      'emergency.level': 'Ⅲ级（黄色）',
      'emergency.area': '沿江街道',
      'emergency.measures': '远离江边',
      'emergency.hotline': '12345',
    },
    ...values,
  });

  it('each correction with its day and unit, once, the newest first; a text that was never public corrects nothing', async () => {
    const { actor, wishes } = await world();
    const id = await aPublished(stage, actor, { ...wishes, content: { correctionNote: '还没有公开过' } });
    expect(await pageOf(id)).not.toContain('更正说明');
    for (const [day, correctionNote, title] of [
      ['2026-07-02', '电话改为 8123465。', '第二版'],
      // The editor left the note of the time before in the form.
      ['2026-07-03', '电话改为 8123465。', '第三版'],
      ['2026-07-04', '附件换成盖章件。', '第四版'],
    ] as const) {
      now = new Date(`${day}T01:00:00Z`);
      await edit(stage, actor, id, someContent({ title, correctionNote }));
      await publish(stage, actor, id);
    }
    const html = await pageOf(id);
    const notes = [...html.matchAll(/<time datetime="[^"]*">([^<]*)<\/time> ([^<]*)（区政府办公室）/g)];
    expect(notes.map(([, at, text]) => [at, text])).toEqual([
      ['2026-07-04 09:00', '附件换成盖章件。'],
      ['2026-07-02 09:00', '电话改为 8123465。'],
    ]);
  });

  it('an emergency its progress reports, the newest first, and each report the emergency', async () => {
    const { actor, wishes } = await world();
    const type = 'emergency' as const;
    const event = await aPublished(stage, actor, {
      ...wishes,
      type,
      content: emergency({ title: '洪水首报' }),
    });
    const reports: string[] = [];
    for (const hour of [2, 5]) {
      now = new Date(`2026-07-05T0${String(hour)}:00:00Z`);
      const content = emergency({
        title: `续报${String(hour)}`,
        progressOf: [event],
        summary: `水位${String(hour)}米`,
      });
      reports.push(await aPublished(stage, actor, { ...wishes, type, content }));
    }
    const html = await pageOf(event);
    const list = html.slice(html.indexOf('事件进展'));
    expect(list.indexOf('续报5')).toBeGreaterThan(0);
    expect(list.indexOf('续报5')).toBeLessThan(list.indexOf('续报2'));
    expect(list).toContain('水位5米');
    expect(await pageOf(reports[0] ?? '')).toContain('洪水首报');
  });

  it('what was misread and its refutation lead to each other', async () => {
    const { actor, wishes } = await world();
    const notice = await aPublished(stage, actor, { ...wishes, content: { title: '停水通知' } });
    const refutation = await aPublished(stage, actor, {
      ...wishes,
      type: 'rumour-refutation',
      content: {
        title: '全城停水三天是谣言',
        refutes: [notice],
        values: {
          'rumour-refutation.claim': '全城停水三天',
          'rumour-refutation.verdict': '不实',
          'rumour-refutation.verifiedBy': '区城管局',
          'rumour-refutation.verifiedOn': '2026-07-05',
          'rumour-refutation.sources': '供水公司停水计划',
        },
      },
    });
    const html = await pageOf(refutation);
    for (const words of ['全城停水三天', '供水公司停水计划', '停水通知']) expect(html).toContain(words);
    const other = await pageOf(notice);
    expect(other).toContain('辟谣和澄清');
    expect(other).toContain('全城停水三天是谣言');
  });
});
