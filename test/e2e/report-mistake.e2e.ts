import { describe, expect, test } from 'vitest';

import { aVisit } from './browser.ts';
import { get } from './citizen.ts';
import { goTo } from './desk.ts';

const visit = aVisit();
const { district } = visit;
const column = `${district.siteUrl('jyj')}/tzgg/`;
const words = `第${String(Date.now() % 1_000_000)}段的日期写错了，应当是十二月一日。`;

async function anArticle(): Promise<string> {
  const path = /href="(\/[^"]*\/t\d{8}_\d+\.html)"/.exec((await get(column)).text)?.[1];
  if (path === undefined) throw new Error(`no article in ${column}`);
  return new URL(path, column).href;
}

describe('a citizen who finds a mistake', () => {
  test('reports it without a script, the responder answers, and the citizen reads the answer', async () => {
    const page = await visit.open(await anArticle(), { javaScriptEnabled: false });
    const title = (await page.locator('article h1').textContent()) ?? '';
    await page.getByRole('link', { name: '内容有误？告诉我们' }).click();
    await page.getByRole('link', { name: title }).waitFor();

    // Something is wrong first: everything comes back.
    await page.getByRole('radio', { name: '内容不准确' }).check();
    await page.getByLabel('哪里有错，应当是什么').fill(words);
    await page.getByLabel('联系方式（可不填）').fill('12345');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('alert').getByText('手机号').waitFor();
    expect(await page.getByLabel('哪里有错，应当是什么').inputValue()).toBe(words);
    expect(await page.getByRole('radio', { name: '内容不准确' }).isChecked()).toBe(true);
    await page.getByLabel('联系方式（可不填）').fill('138 0792 1234');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('heading', { level: 1, name: '已经收到，谢谢您' }).waitFor();
    const code = (await page.locator('.query-code').textContent()) ?? '';
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);

    const desk = await visit.signInAs('banlijyj');
    await desk
      .getByRole('link', { name: `去答复：${title}` })
      .first()
      .waitFor();
    await goTo(desk, '纠错');
    await desk.getByRole('listitem').filter({ hasText: words }).getByRole('link', { name: title }).click();
    await desk.getByRole('heading', { level: 1, name: title }).waitFor();
    await desk.getByText(words).waitFor();
    await desk.getByText('13807921234').waitFor();
    await desk.getByRole('button', { name: '发出答复' }).click();
    await desk.getByRole('alert').getByText('请先选择办理结果').waitFor();
    await desk.getByRole('radio', { name: '确有错误，已改正' }).check();
    await desk.getByLabel('答复内容（群众凭查询码可以看到）').fill('您好，日期已经改正，谢谢您的提醒。');
    await desk.getByRole('button', { name: '发出答复' }).click();
    await desk.getByText('答复已发出').waitFor();
    await goTo(desk, '纠错');
    await desk.getByText('已改正', { exact: true }).first().click();
    await desk.getByRole('listitem').filter({ hasText: words }).waitFor();
    expect(await desk.locator('main').textContent()).not.toContain('13807921234');

    await page.goto(`${district.siteUrl('www')}/correction/status`);
    await page.getByLabel('查询码').fill(code.toLowerCase());
    await page.getByRole('button', { name: '查询' }).click();
    await page.getByText('您好，日期已经改正，谢谢您的提醒。').waitFor();
    expect(page.url()).not.toContain(code.toLowerCase());
    expect(await page.locator('main').textContent()).not.toContain('13807921234');
  });

  test('says on the page that it did not help, by keyboard and without leaving it', async () => {
    const address = await anArticle();
    const page = await visit.open(address);
    const feedback = page.getByRole('region', { name: '这页有用吗？' });
    await feedback.locator('summary').focus();
    await page.keyboard.press('Enter');
    await feedback.getByRole('radio', { name: '看不懂' }).check();
    await feedback.getByRole('textbox').fill('请写明办理地点。');
    await feedback.getByRole('button', { name: '提交' }).press('Enter');
    await feedback.getByRole('status').getByText('谢谢您的反馈').waitFor();
    expect(page.url()).toBe(address);
    const desk = await visit.signInAs('banlijyj');
    await goTo(desk, '页面评价');
    await desk.getByText('请写明办理地点。').first().waitFor();
  });
});
