import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { slowestOf, watchViews } from './appearance.ts';
import { aVisit } from './browser.ts';
import { get } from './citizen.ts';
import { aPicture, approve, type Deed, goTo, openTask, placeIn, save, saveStateOf, submit } from './desk.ts';

const visit = aVisit();
const { district } = visit;
const portal = district.siteUrl('www');
// How fast is measured by `npm run bench -- latency`; here other journeys have the machine too.
const limit = 15_000;
const batch = String(Date.now() % 1_000_000);

/** From the menu, by its name and its purpose. */
async function addBlock(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '添加区块' }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
}

const blockOf = (page: Page, place: number, name: string) =>
  page.getByRole('region', { name: `第 ${String(place)} 块：${name}` });

async function reviewThrough(title: string): Promise<Deed> {
  let last: Deed = { clickedAt: 0, answeredAt: 0 };
  const steps = [
    ['tanjiaodui', '通过'],
    ['wufuhe', '通过'],
    ['jiangqianfa', '签发'],
  ] as const;
  for (const [login, button] of steps) {
    const page = await visit.signInAs(login);
    await openTask(page, title);
    last = await approve(page, button, visit.district.passwordOf(login));
    await page.context().close();
  }
  return last;
}

/** The address of what was just published, from the editor's screen. */
async function addressShown(page: Page): Promise<string> {
  await page.reload();
  await page.getByRole('tab', { name: '属性' }).click();
  return (await page.getByRole('link', { name: /^http/ }).first().getAttribute('href')) ?? '';
}

describe('pages that people of the portal’s unit compose in the console', () => {
  test('a topic with links, a figure and a banner is composed, reviewed, and public', async () => {
    const title = `第${batch}届浔阳读书节`;
    const page = await visit.signInAs('linwenqing');
    await goTo(page, '信息资源');
    await page.getByRole('button', { name: '新建' }).first().click();
    const dialog = page.getByRole('dialog', { name: '新建信息资源' });
    await dialog.getByRole('radio', { name: '专题' }).check();
    await dialog.getByLabel('标题').fill(title);
    await dialog.getByRole('button', { name: '开始起草' }).click();
    await page.waitForURL(/\/resources\/\d+$/);

    await addBlock(page, '概况');
    const profile = blockOf(page, 1, '概况');
    await profile.getByLabel('标题').fill('读书节简介');
    await profile.getByLabel('简介').fill('全区十二家书屋同时开放，免费借阅。');
    await addBlock(page, '办事服务');
    const services = blockOf(page, 2, '办事服务');
    await services.getByLabel('组名').fill('读者');
    await services.getByLabel('链接名称').fill('办理借书证');
    // What is wrong is said in place, and a draft is kept all the same.
    await services.getByLabel('链接地址').fill('javascript:alert(1)');
    await services.getByText('第1组第1个链接的地址要写成本站路径').waitFor();
    await services.getByLabel('链接地址').fill('/zwfw/');
    await addBlock(page, '图片');
    const picture = blockOf(page, 3, '图片');
    await picture
      .getByLabel('选择图片')
      .setInputFiles({ name: '横幅.png', mimeType: 'image/png', buffer: await aPicture('#2b6a4d') });
    await picture.getByLabel('图片内容说明（必填）').fill('读书节横幅');
    await picture.getByRole('img', { name: '当前图片' }).waitFor();

    // The banner goes to the top by keyboard, and comes back after it was removed by mistake.
    await page.locator('[id^="block-"]').nth(2).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await blockOf(page, 1, '图片').waitFor();
    await page.getByRole('button', { name: '删除第 1 块“图片”' }).click();
    await page.getByRole('button', { name: '撤销删除' }).click();
    await blockOf(page, 1, '图片').waitFor();

    await page.getByRole('tab', { name: '属性' }).click();
    await page.getByLabel(/^摘要/).fill('读书节的安排、书屋和借阅办法。');
    await placeIn(page, '主题活动');
    await save(page);
    await page.getByRole('tab', { name: '预览' }).click();
    await page.frameLocator('iframe[title="页面预览"]').getByText('全区十二家书屋同时开放').waitFor();
    await submit(page);
    const signature = await reviewThrough(title);
    const url = await addressShown(page);
    const sightings = await watchViews([{ name: 'the topic', url }], {
      since: signature.answeredAt,
      shows: ({ status, text }) =>
        status === 200 && text.includes('办理借书证') && text.includes('读书节简介'),
    });
    expect(sightings).toHaveLength(1);
    expect((await get(url)).text).not.toContain('javascript:');
  });

  test('a new home page is composed from the one that is there and takes its place with the signature', async () => {
    const before = await get(`${portal}/`);
    expect(before.text).not.toContain(`第${batch}号办事入口`);
    const page = await visit.signInAs('linwenqing');
    await goTo(page, '站点');
    await page.getByRole('button', { name: '浔阳区人民政府（演示）' }).click();
    await page.getByRole('button', { name: '编辑首页' }).click();
    await page.waitForURL(/\/resources\/\d+$/);
    // It begins with what citizens see now.
    await blockOf(page, 1, '图文要闻').waitFor();
    const title = `首页第${batch}版`;
    await page.locator('#field-title').fill(title);
    await addBlock(page, '办事服务');
    const services = page.getByRole('region', { name: /办事服务$/ }).last();
    await services.getByLabel('组名').fill('热点');
    await services.getByLabel('链接名称').fill(`第${batch}号办事入口`);
    await services.getByLabel('链接地址').fill('/zwfw/');
    // Saved by itself, and seen beside at once.
    await saveStateOf(page)
      .filter({ hasText: /^已保存/ })
      .waitFor();
    await page.frameLocator('iframe[title="页面预览"]').getByText(`第${batch}号办事入口`).waitFor();
    await submit(page);
    expect((await get(`${portal}/`)).text).not.toContain(`第${batch}号办事入口`);
    const signature = await reviewThrough(title);
    const sightings = await watchViews([{ name: 'the home page', url: `${portal}/` }], {
      since: signature.answeredAt,
      shows: ({ status, text }) => status === 200 && text.includes(`第${batch}号办事入口`),
    });
    expect(slowestOf(sightings)).toBeLessThan(limit);

    // Taken off again, the columns compose the page by themselves.
    const principal = await visit.signInAs('jiangqianfa');
    await principal.goto(page.url());
    await principal.getByRole('button', { name: '更多操作' }).click();
    await principal.getByRole('menuitem', { name: '从网站撤回…' }).click();
    const dialog = principal.getByRole('dialog', { name: '从网站撤回' });
    await dialog.getByLabel('撤回理由').fill('恢复自动首页');
    await dialog.getByRole('button', { name: /^撤\s?回$/ }).click();
    await watchViews([{ name: 'the home page', url: `${portal}/` }], {
      since: Date.now(),
      shows: ({ status, text }) => status === 200 && !text.includes(`第${batch}号办事入口`),
    });
  });

  test('an urgent notice is on every site within seconds, and gone as fast', async () => {
    const principal = await visit.signInAs('jiangqianfa');
    await goTo(principal, '站点');
    await principal.getByRole('button', { name: '发布公告…' }).click();
    const dialog = principal.getByRole('dialog', { name: '发布突发事件公告' });
    await dialog.getByLabel('链接的信息').click();
    await principal.locator('.ant-select-item-option').first().click();
    const words = `第${batch}号防汛应急响应`;
    await dialog.getByLabel('公告文字').fill(words);
    await dialog.getByRole('button', { name: '立即在所有网站显示' }).click();
    await principal.getByText('公告已发布').waitFor();
    const since = Date.now();
    const views = (['www', 'jyj', 'mzj'] as const).map((site) => ({
      name: `the notice of ${site}`,
      url: `${district.siteUrl(site)}/urgent.html`,
    }));
    const raised = await watchViews(views, { since, shows: ({ text }) => text.includes(words) });
    expect(slowestOf(raised)).toBeLessThan(limit);
    await principal.getByRole('button', { name: '撤下公告…' }).click();
    const end = principal.getByRole('dialog', { name: '撤下突发事件公告' });
    await end.getByLabel('撤下理由').fill('险情解除');
    await end.getByRole('button', { name: /^撤\s?下$/ }).click();
    await principal.getByText('公告已从所有网站撤下').waitFor();
    const ended = await watchViews(views, { since: Date.now(), shows: ({ text }) => !text.includes(words) });
    expect(slowestOf(ended)).toBeLessThan(limit);
  });
});
