import { describe, expect, test } from 'vitest';

import { tarOf } from '../old-copy.ts';
import { buildOldSite } from '../old-site.ts';
import { aVisit } from './browser.ts';
import { get } from './citizen.ts';
import { goTo } from './desk.ts';

const visit = aVisit();

/** One column of the old site with its articles, lists and files. */
function aSmallCopy() {
  const site = buildOldSite('demo', 120);
  const [folder = ''] = site.folders.filter((one) => one.startsWith('/zwgk/'));
  const files = site.files.filter(({ name }) => `/${name.toString()}`.startsWith(folder));
  const articles = site.articles.filter((one) => one.folder === folder);
  // Its own first folder, so that the journey finds nothing another run has left.
  const root = `old${String(Date.now())}`;
  return {
    host: site.host,
    folder: `/${root}${folder}`,
    articles: articles.map((one) => ({ ...one, path: `/${root}${one.path}` })),
    tar: tarOf(files.map(({ name, bytes }) => ({ name: `${root}/${name.toString()}`, bytes }))),
  };
}

describe('an operator who brings in an old site', () => {
  test('uploads a copy, looks at samples, maps the column, and finds the articles at their old addresses', async () => {
    const copy = aSmallCopy();
    const page = await visit.signInAs('yunweichen');
    await goTo(page, '旧站迁移');
    await page.getByRole('button', { name: '迁移一个旧站' }).first().click();
    const dialog = page.getByRole('dialog', { name: '迁移一个旧站' });
    await dialog.getByLabel('名称').fill('演示旧网站');
    await dialog.getByLabel('旧站域名').fill(copy.host);
    await dialog.getByLabel('目标站点').click();
    await page.locator('.ant-select-item-option').first().click();
    await dialog.getByLabel('所属单位').click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: '下一步' }).click();

    await page.getByRole('heading', { level: 1, name: '演示旧网站' }).waitFor();
    await page
      .getByLabel('副本压缩包')
      .setInputFiles({ name: 'copy.tar', mimeType: 'application/x-tar', buffer: copy.tar });
    await page.getByText(/副本现有 \d+ 个文件/).waitFor();
    await page.getByRole('button', { name: '采集样例' }).click();
    await page.getByText('采集样例已完成').waitFor();

    await page.getByRole('tab', { name: '规则与样例' }).click();
    await page.getByRole('button', { name: '按样例推荐规则' }).click();
    await page.getByText('已按样例给出规则').waitFor();
    const [first] = copy.articles;
    await page.getByText('都找到了').first().waitFor();
    const frame = page.locator('.relocation-sample iframe').first().contentFrame();
    // Which of its layouts the old site shows first is chance; that the page stands there is not.
    await frame.locator('body *').first().waitFor({ state: 'attached' });
    await page.getByRole('button', { name: '保存规则' }).click();
    await page.getByText('规则已保存').waitFor();

    await page.getByRole('tab', { name: '来源与运行' }).click();
    await page.getByRole('button', { name: '试运行' }).click();
    await page.getByText('试运行已完成').waitFor();
    await page.getByRole('tab', { name: /^栏目对应/ }).click();
    await page
      .getByRole('combobox', { name: /的新栏目$/ })
      .first()
      .click();
    await page.locator('.ant-select-item-option').nth(1).click();
    await page.getByRole('button', { name: '保存栏目对应' }).click();
    await page.getByText('栏目对应已保存').waitFor();

    await page.getByRole('tab', { name: '来源与运行' }).click();
    await page.getByRole('button', { name: '正式导入' }).click();
    await page.getByRole('button', { name: '开始导入' }).click();
    await page.getByText('正式导入已完成').waitFor({ timeout: 60_000 });

    const site = visit.district.siteUrl('www');
    const moved = await get(`${site}${encodeURI(first?.path ?? '')}`);
    expect(moved.status).toBe(301);
    const article = await get(new URL(moved.location ?? '', site).href);
    expect(article.status).toBe(200);
    expect(article.text).toContain(first?.title);
  });
});
