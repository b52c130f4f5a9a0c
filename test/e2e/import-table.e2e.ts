import { describe, expect, test } from 'vitest';

import { aWorkbook } from '../factories/documents.ts';
import { aVisit } from './browser.ts';
import { goTo } from './desk.ts';

const visit = aVisit();
const stamp = String(Date.now() % 1_000_000);
const title = `旧网站通知第${stamp}号`;

describe('an editor with a table of an old site', () => {
  test('uploads it, maps it, tries it, brings it in and finds it in the list', async () => {
    const page = await visit.signInAs('shuxiaowen');
    await goTo(page, '导入');
    const bytes = await aWorkbook({
      header: ['名目', '内容', '发布时间', '编号'],
      rows: [
        [title, '<p>各学校：</p><p>请认真执行。</p>', '2019年3月4日', `old-${stamp}-1`],
        ['', '没有标题的一条', '2019-03-05', `old-${stamp}-2`],
      ],
    });
    await page.getByLabel('要导入的文件').setInputFiles({
      name: '旧通知.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: bytes,
    });
    await page.getByRole('heading', { level: 1, name: '旧通知.xlsx' }).waitFor();
    await page.getByText('文件已识别').waitFor();

    // The heading of the title is called as nobody would guess.
    await page.getByLabel('标题', { exact: true }).click();
    await page.locator('.ant-select-item-option').filter({ hasText: '名目' }).last().click();
    await page.getByRole('button', { name: '保存对应关系' }).click();
    await page.getByText('对应关系已保存').waitFor();
    await page.getByText(title).first().waitFor();

    await page.getByRole('button', { name: '试运行' }).click();
    await page.getByText('试运行完成').waitFor();
    await page.getByText('可导入 1 条').waitFor();
    await page.getByText('没有标题。').first().waitFor();

    await page.getByRole('button', { name: '开始导入' }).click();
    await page.getByRole('button', { name: /^导\s?入$/ }).click();
    await page.getByText('导入完成').first().waitFor();
    await page.getByText('已导入 1 条').waitFor();
    expect(await page.getByRole('link', { name: '下载报告（Excel）' }).isVisible()).toBe(true);

    await goTo(page, '信息资源');
    await page.getByRole('link', { name: title }).first().waitFor();
  });
});
