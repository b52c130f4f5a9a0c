import { expect, test } from 'vitest';

import { aVisit } from './browser.ts';
import { beginArticle, bodyOf } from './desk.ts';

const visit = aVisit();

test('an editor sees findings beside the text and mends them by their suggestions', async () => {
  const page = await visit.signInAs('shuxiaowen');
  await beginArticle(page, `报名通知${String(Date.now() % 1_000_000)}`);
  await bodyOf(page).fill('请登录帐号查询，联系人手机13800138000。');
  await page.getByRole('tab', { name: '校核（2）' }).click();

  // Marked where they stand, also what is told with stars.
  await bodyOf(page).locator('.found', { hasText: '帐号' }).waitFor();
  await bodyOf(page).locator('.found-needs-reason', { hasText: '13800138000' }).waitFor();

  await page.getByRole('button', { name: '采用建议：账号' }).click();
  await page.getByRole('tab', { name: '校核（1）' }).waitFor();
  // With the keyboard too.
  await page.getByRole('button', { name: '采用建议：138****8000' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: '校核', exact: true }).waitFor();
  expect(await bodyOf(page).textContent()).toBe('请登录账号查询，联系人手机138****8000。');
});
