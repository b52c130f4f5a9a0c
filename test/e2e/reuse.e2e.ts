import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { aVisit } from './browser.ts';

const visit = aVisit();
const { district } = visit;

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(`window.axe ? 0 : (() => { ${axe.source} })()`);
  return page.evaluate<string[]>(
    `axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`,
  );
}

describe('an editor who finds what another unit published', () => {
  test('puts it into a column of the own, and citizens read it there with its source', async () => {
    const page = await visit.signInAs('shuxiaowen');
    await page.goto(`${district.consoleUrl}/resources`);
    await page.getByRole('link', { name: '信息引用' }).click();
    await page.getByRole('heading', { level: 1, name: '信息引用' }).waitFor();
    const first = page.getByRole('checkbox', { name: /^选择/ }).first();
    await first.waitFor();
    const title = (await first.getAttribute('aria-label'))?.slice(3, -1) ?? '';
    // With the keyboard alone, as all of this can be done.
    await first.focus();
    await page.keyboard.press('Space');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '引用到栏目' }).click();
    const dialog = page.getByRole('dialog', { name: /^引用到栏目/ });
    await dialog.getByLabel('栏目').click();
    await page.locator('.ant-select-item-option').first().click();
    await dialog.getByRole('button', { name: /^开\s?始$/ }).click();
    const report = page.getByRole('dialog', { name: '批量操作' });
    await report.getByText('完成', { exact: true }).first().waitFor();

    await page.goto(`${district.consoleUrl}/resources/reuses?show=made`);
    const link = page.getByRole('link', { name: title }).first();
    await link.waitFor();
    expect(await violations(page)).toEqual([]);
    const url = (await link.getAttribute('href')) ?? '';
    // The browser knows the names of sites, other programs of this machine need not.
    await expect
      .poll(async () => (await page.goto(url))?.status(), { timeout: 15_000, interval: 500 })
      .toBe(200);
    await page.getByText('原文：').waitFor();
    const canonical = (await page.locator('link[rel=canonical]').getAttribute('href')) ?? '';
    expect([canonical === url, (await page.goto(canonical))?.status()]).toEqual([false, 200]);

    await page.goto(`${district.consoleUrl}/resources/reuses?show=made`);
    await page.getByRole('button', { name: `结束引用：${title}` }).click();
    await page.getByRole('dialog').getByLabel('原因').fill('只是试一试');
    await page.getByRole('dialog').getByRole('button', { name: '结束引用' }).click();
    await page.getByText('已结束').first().waitFor();
  });
});
