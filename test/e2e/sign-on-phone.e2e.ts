import { expect, test } from 'vitest';

import { aVisit } from './browser.ts';
import { approve, beginArticle, openTask, placeIn, save, submit } from './desk.ts';

const visit = aVisit();
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** What a principal has between two meetings. */
const patience = 60_000;

async function readyToSign(title: string): Promise<void> {
  const editor = await visit.signInAs('shuxiaowen');
  await beginArticle(editor, title);
  await editor.getByRole('textbox', { name: '正文', exact: true }).fill('请各学校按时报名，逾期不再受理。');
  await editor.getByLabel(/^信息类别/).fill('通知公告');
  await editor.getByLabel(/^生成日期/).fill('2026-09-01');
  await placeIn(editor, '浔阳教体 通知公告');
  await save(editor);
  await submit(editor);
  for (const login of ['luchushen', 'meifushen'] as const) {
    const page = await visit.signInAs(login);
    await openTask(page, title);
    await approve(page, '通过', visit.district.passwordOf(login));
    await page.getByText('审核意见已提交').waitFor();
    await page.context().close();
  }
}

test('a principal reads, confirms and signs on a telephone, and finds the sheet', async () => {
  const title = `手机签发的通知${String(Date.now() % 1_000_000)}`;
  await readyToSign(title);
  const page = await visit.signInAs('zhongqianfa', phone);
  await page.getByRole('link', { name: `去审核：${title}` }).waitFor();
  const begun = Date.now();
  await page.getByRole('link', { name: `去审核：${title}` }).tap();
  await page.getByRole('heading', { name: '签发意见' }).waitFor();
  expect(await page.locator('.checklist-sum').textContent()).toContain('8 项全部为“否”');
  await page.getByRole('checkbox', { name: /我已复核复审/ }).tap();

  // Without the password nothing is sent, and the cursor goes where it is wanted.
  const sign = page.getByRole('button', { name: /^签\s?发$/ });
  await sign.tap();
  await page.getByText('签发要重新输入密码或者动态口令确认').waitFor();
  await page.keyboard.type('Wrong-Horse-58');
  await sign.tap();
  await page.getByText('密码不正确').waitFor();
  await page.getByLabel('您的登录密码').fill(visit.district.passwordOf('zhongqianfa'));
  await page.keyboard.press('Enter');
  await page.getByText('审核意见已提交').waitFor();
  expect(Date.now() - begun).toBeLessThan(patience);

  await page.getByRole('link', { name: '审批表' }).first().tap();
  const sheet = page.getByRole('article', { name: '信息发布审批表' });
  await sheet.waitFor();
  const words = (await sheet.textContent()) ?? '';
  for (const wanted of [title, '主动公开', '涉密标志：否', '以重新输入密码确认', '核验码'])
    expect(words).toContain(wanted);
});
