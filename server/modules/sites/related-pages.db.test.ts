import { beforeAll, describe, expect, it } from 'vitest';

import type { ResourceContent } from '../../../contracts/library.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  edit,
  publish,
  someContent,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { differencesFromScratch, inMemory } from '../../../test/factories/sites-pages.ts';
import { aDatabase } from '../../../test/harness.ts';

describe('the pages of resources that name each other', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const pages = inMemory(db);
  let district: TestDistrict;
  let columnId: string;

  beforeAll(async () => {
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
  });

  const publishedPolicy = (content: Partial<ResourceContent>) =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      type: 'policy',
      columnIds: [columnId],
      content,
    });
  /** The page as events left it, which is what a full rebuild makes of it. */
  const pageOf = async (id: string): Promise<string> => {
    await pages.follow();
    expect(await differencesFromScratch(db, pages)).toEqual([]);
    const { path, site } = await db
      .selectFrom('publishing.page')
      .select(['path', 'site'])
      .where('key', '=', `article/${id}`)
      .executeTakeFirstOrThrow();
    return pages.shown.get(`${site}${path}`) ?? '';
  };

  it('link both ways as long as the one that names is live and names it', async () => {
    const old = await publishedPolicy({ title: '旧管理办法' });
    const article = await aPublished(stage, district.actor, {
      unitId: district.bureau.id,
      columnIds: [columnId],
      content: { title: '相关报道' },
    });
    expect(await pageOf(old)).not.toContain('修改本文件的文件');
    const decision = await publishedPolicy({ title: '修改决定', amends: [old], seeAlso: [article] });
    expect(await pageOf(old)).toMatch(/修改本文件的文件[\s\S]*修改决定/);
    expect(await pageOf(decision)).toMatch(/本文件修改的文件[\s\S]*旧管理办法/);
    // An article is named as well as a policy is.
    expect(await pageOf(article)).toMatch(/相关信息[\s\S]*修改决定/);
    await edit(stage, district.actor, decision, someContent({ title: '修改决定', amends: [old] }, 'policy'));
    await publish(stage, district.actor, decision);
    expect(await pageOf(article)).not.toContain('相关信息');
    await withdraw(stage, district.actor, decision);
    expect(await pageOf(old)).not.toContain('修改本文件的文件');
  });

  it('of an old version lead to the newest one that is public', async () => {
    const [third, second] = [
      await publishedPolicy({ title: '第三版办法' }),
      await publishedPolicy({ title: '第二版办法' }),
    ];
    const first = await publishedPolicy({ title: '第一版办法', validity: '已修改', replacedBy: [second] });
    const successor = /修改后的文本：[^<]*<a[^>]*>([^<]*)/;
    expect(successor.exec(await pageOf(first))?.[1]).toBe('第二版办法');
    const amended = someContent({ title: '第二版办法', validity: '已修改', replacedBy: [third] }, 'policy');
    await edit(stage, district.actor, second, amended);
    await publish(stage, district.actor, second);
    expect(successor.exec(await pageOf(first))?.[1]).toBe('第三版办法');
    await withdraw(stage, district.actor, third);
    expect(successor.exec(await pageOf(first))?.[1]).toBe('第二版办法');
  });
});
