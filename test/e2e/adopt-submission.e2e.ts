import { describe, expect, test } from 'vitest';

import { aVisit } from './browser.ts';
import { goTo } from './desk.ts';
import { inspectScreen } from './inspect-screen.ts';

const visit = aVisit();
const { district } = visit;

describe('what a unit offers to the portal', () => {
  test('is adopted by the editor of the column with the keyboard alone, and citizens read it there', async () => {
    const page = await visit.signInAs('linwenqing');
    await page.getByRole('heading', { name: /^报送，等我采用/ }).waitFor();
    await goTo(page, '报送与采用');
    const adopt = page.getByRole('button', { name: /^采用：/ }).first();
    await adopt.waitFor();
    expect(await inspectScreen(page), 'desk').toEqual([]);
    const title = (await adopt.getAttribute('aria-label'))?.slice('采用：'.length) ?? '';
    await adopt.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `采用：${title}`, exact: true }).waitFor({ state: 'detached' });
    await page.getByText('统计', { exact: true }).click();
    await page.getByText('导出表格').waitFor();
    expect(await inspectScreen(page), 'figures').toEqual([]);

    const column = `${district.siteUrl('www')}/zwzx/xyyw/`;
    await expect
      .poll(
        async () => {
          await page.goto(column);
          return page.getByRole('main').getByRole('link', { name: title }).count();
        },
        { timeout: 15_000, interval: 500 },
      )
      .toBe(1);
  });

  test('comes back with a reason, is offered from the page of the information, and withdrawn', async () => {
    const page = await visit.signInAs('tangxiaoli');
    await page.getByRole('heading', { name: /^报送被退回/ }).waitFor();
    await page.getByRole('link', { name: /^去修改：甘棠街道开展冬季消防/ }).click();
    await page.getByRole('tab', { name: '关联' }).click();
    await page.getByLabel('报送到的门户栏目').fill('浔阳要闻');
    await page.keyboard.press('Enter');
    await page.getByLabel('给栏目编辑的说明').fill('已补充整改情况');
    await page.getByRole('button', { name: /^报\s?送$/ }).click();
    await page.getByText('已报送').waitFor();
    await page.goto(`${district.consoleUrl}/submissions?show=own`);
    const withdraw = page.getByRole('button', { name: /^撤回报送/ });
    await withdraw.waitFor();
    expect(await inspectScreen(page), 'own').toEqual([]);
    await withdraw.click();
    await page.getByText('已撤回').first().waitFor();
  });

  test('is one of four ways: an operator looks at what a rule would show before it stands', async () => {
    const page = await visit.signInAs('yunweichen');
    await goTo(page, '栏目');
    await page.getByRole('button', { name: '便民服务' }).click();
    await page.getByText('全部街道的栏目').waitFor();
    expect(await inspectScreen(page), 'ways').toEqual([]);
    await page.getByRole('button', { name: '新增规则' }).click();
    const dialog = page.getByRole('dialog', { name: /^新增映射规则/ });
    await dialog.getByLabel('来源栏目').fill('医疗服务');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: /^预览/ }).click();
    await dialog.getByRole('status').waitFor();
    expect(await dialog.getByRole('status').textContent()).toContain('符合条件的');
    // A narrow screen shows the column in a drawer of its own: whoever makes it narrow begins the rule again.
    expect(await inspectScreen(page, [1440]), 'rule').toEqual([]);
    await dialog.getByRole('button', { name: /^取\s?消$/ }).click();

    const editor = await visit.signInAs('linwenqing');
    await editor.goto(`${district.consoleUrl}/submissions?show=matches`);
    const show = editor.getByRole('button', { name: /^显示：/ }).first();
    await show.waitFor();
    expect(await inspectScreen(editor), 'matches').toEqual([]);
    await show.click();
    await editor.getByText('没有等待确认的映射').waitFor();
  });
});
